"""What the environment makes of the settings, as production starts with them."""

import json
import os
import subprocess
import sys

import pytest

from tests.served import PROJECT

ASKED = """
import django, json
from django.conf import settings
django.setup()
names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
  "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_AGE", "ALLAUTH_TRUSTED_PROXY_COUNT", "SIGN_IN_DOMAINS", "LOGIN_URL"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def settings_with(**said: str) -> dict:
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "commons.settings", "SECRET_KEY": "s" * 60}
    started = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=PROJECT, env=environment | said, capture_output=True, text=True, timeout=120
    )
    assert started.returncode == 0, started.stderr
    return json.loads(started.stdout)


def test_behind_https_cookies_have_the_name_that_browsers_guard():
    found = settings_with(BEHIND_HTTPS="1")
    assert found["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert found["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SESSION_COOKIE_HTTPONLY"]
    assert found["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_on_ones_own_machine_nothing_needs_to_be_said():
    found = settings_with()
    assert found["SESSION_COOKIE_NAME"] == "sessionid"
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
    assert found["SESSION_COOKIE_AGE"] == 12 * 3600
    assert {"gov.uk", "gov.scot", "nhs.uk", "example"} <= set(found["SIGN_IN_DOMAINS"])
    assert found["LOGIN_URL"] == "account_login"


def test_lists_and_hours_are_settings():
    found = settings_with(SIGN_IN_DOMAINS="a.test, b.test", SESSION_HOURS="0.5", TRUSTED_PROXIES="2")
    assert found["SIGN_IN_DOMAINS"] == ["a.test", "b.test"]
    assert found["SESSION_COOKIE_AGE"] == 1800
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2


@pytest.mark.parametrize("said", ["county"])
def test_a_provider_without_its_settings_stops_the_start(said):
    with pytest.raises(AssertionError, match="set OIDC_COUNTY_ISSUER"):
        settings_with(OIDC_PROVIDERS=said)
