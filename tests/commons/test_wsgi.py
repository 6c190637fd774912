import os
import subprocess
import sys

ASK = (
    "import commons.wsgi; from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"
)


def options(**environment: str) -> str:
    env = {name: value for name, value in os.environ.items() if name != "PGOPTIONS"} | environment
    return subprocess.run([sys.executable, "-c", ASK], env=env, check=True, capture_output=True, text=True).stdout


def test_web_process_limits_what_one_statement_may_take():
    assert "statement_timeout=20s" in options()


def test_operator_may_choose_another_limit():
    assert "statement_timeout=5s" in options(PGOPTIONS="-c statement_timeout=5s")
    assert "20s" not in options(PGOPTIONS="-c statement_timeout=5s")
