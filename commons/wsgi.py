"""The entry point that the web server calls."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=20s")  # of this process only: a load may take its time
application = get_wsgi_application()

from public_value.charts import begin_drawing  # noqa: E402 - it needs the settings that are complete only now

Thread(target=begin_drawing, name="begin drawing", daemon=True).start()
