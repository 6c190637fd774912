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


def test_web_process_has_begun_to_draw_before_it_is_asked():
    ask = (
        "import threading, time; from commons.wsgi import application;"
        "[thread.join() for thread in threading.enumerate() if thread.name == 'begin drawing'];"
        "from public_value.charts import Bar, bars; began = time.monotonic();"
        "bars(id='a', title='A', overview='A', rows=[Bar('a', [1])], measure='m', show=str);"
        "print(time.monotonic() - began < 1)"
    )
    assert subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True).stdout == "True\n"
