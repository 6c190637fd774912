"""The parts of `serve`: which programs run, on which address, and what is looked at meanwhile."""

import errno
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from commons.embedded.locks import FileLock
from commons.embedded.servers import Use
from commons.embedded.supervisor import Program
from commons.exceptions import Refused

LOOK_SECONDS = 1.0  # how often the embedded servers' keepers are looked at
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
CORES = os.cpu_count() or 1
WEB_WORKERS = os.environ.get("WEB_WORKERS") or str(min(4, CORES))
WEB_THREADS = os.environ.get("WEB_THREADS") or "4"
WORKER_PROCESSES = os.environ.get("WORKER_PROCESSES") or str(min(2, CORES))
# An idle thread keeps its database connection as long as Django would (CONN_MAX_AGE).
THREAD_SECONDS = "600"
CELERY = [sys.executable, "-m", "celery", "--quiet", "--skip-checks", "-A", "commons"]
# Celery warns of root for the sake of pickled messages, and takes only JSON here.
NO_ROOT_WARNING = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
# Workers share the cores already: threads of a matrix product would only wait for each other, and burn twice the CPU.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}


def programs(host: str, port: int) -> list[Program]:
    """The web server first."""
    environment = {
        "DATA_DIR": str(settings.DATA_DIR),
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL") or "WARNING",
    }
    return [
        Program("web", web_command(host, port), settings.BASE_DIR, environment),
        Program("worker", worker_command(), settings.BASE_DIR, environment | NO_ROOT_WARNING | ONE_THREAD),
        Program("beat", beat_command(), settings.BASE_DIR, environment),
    ]


def web_command(host: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--log-level", "warning"),
        *("--host", host, "--port", str(port), "--workers", WEB_WORKERS),
        *("--blocking-threads", WEB_THREADS, "--blocking-threads-idle-timeout", THREAD_SECONDS),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "10"),
        "commons.wsgi:application",
    ]


def worker_command() -> list[str]:
    return [
        *(*CELERY, "worker", "--loglevel", "WARNING", "-O", "fair"),
        *("--concurrency", WORKER_PROCESSES, "--without-gossip", "--without-mingle"),
    ]


def beat_command() -> list[str]:
    return [*CELERY, "beat", "--loglevel", "WARNING", "--pidfile="]


def address(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"


def answers(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"{address(host, port)}/health/live", timeout=2) as response:
            return response.status == 200
    except urllib.error.HTTPError as error:
        error.close()
        return True  # it answers, though not for this host name
    except OSError:
        return False


def refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refused(f"Port {port} is in use: choose another, for example PORT={port + 1} make run.") from None
            raise Refused(
                f"Port {port} of {host} cannot be served ({error.strerror}): choose another PORT or HOST."
            ) from None


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """One `serve` a data folder: two would ring the timetable's bells twice."""
    folder = data_dir / "run"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(folder / "serve") as lock:
        if not lock.take():
            raise Refused(f"Process {lock.owner()} already serves {data_dir}: end it, or choose another DATA_DIR.")
        lock.sign(os.getpid())
        yield


def watching(uses: list[Use], tell: Callable[[str], None]) -> Callable[[], None]:
    """What brings back an embedded server whose keeper somebody killed; to be called often."""
    look_at = 0.0

    def look() -> None:
        nonlocal look_at
        if time.monotonic() < look_at:
            return
        for use in uses:
            if not use.is_kept():
                tell(f"{use.server.name} lost its keeper and is started again.")
                try_again(use, tell)
        look_at = time.monotonic() + LOOK_SECONDS

    return look


def try_again(use: Use, tell: Callable[[str], None]) -> None:
    try:
        use.begin()
        use.settle()
    except Refused as refusal:
        tell(str(refusal))


def end_at_signals() -> None:
    """Let every way of asking for an end be the orderly one of Ctrl-C, also where a script started us without it."""
    for number in ENDING_SIGNALS:
        signal.signal(number, signal.default_int_handler)


def ignore_further_signals() -> None:
    """Once the end has begun, a second Ctrl-C does not disturb it."""
    for number in ENDING_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
