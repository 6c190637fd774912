"""The product's settings, with a data folder of the tests' own."""

import os
from pathlib import Path

os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[1] / ".data" / "test"))

from commons.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and nothing else
HARVEST_PAUSE = 0.0  # nobody but the tests themselves is asked
