#!/usr/bin/env python
"""Run a command; the embedded servers are up for its time where no URL names others."""

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from commons.exceptions import Refused

# Commands that never ask the database, and `serve`, which brings the servers up itself.
OFFLINE = {
    "build_assets", "collectstatic", "compilemessages", "diffsettings", "findstatic", "help", "makemessages",
    "serve", "spectacular", "startapp", "validate", "version",
}  # fmt: skip
OFFLINE_FLAGS = {"-h", "--help", "--version"}


def main(argv: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")
    try:
        with nullcontext() if is_offline(argv[1:]) else embedded_servers():
            execute_from_command_line(argv)
    except Refused as refusal:
        sys.exit(f"manage.py: {refusal}")
    except BrokenPipeError:  # whoever read what we print has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def is_offline(arguments: list[str]) -> bool:
    return not arguments or arguments[0] in OFFLINE or not OFFLINE_FLAGS.isdisjoint(arguments)


def embedded_servers():
    from django.conf import settings

    from commons.embedded import servers

    return servers.running(servers.needed(settings.DATA_DIR))


if __name__ == "__main__":
    main(sys.argv)
