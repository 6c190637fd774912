"""The entry point that the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")
os.environ.setdefault("PGOPTIONS", "-c statement_timeout=20s")  # of this process only: a load may take its time
application = get_wsgi_application()
