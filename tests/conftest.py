"""The tests run on the real servers: the embedded ones, unless DATABASE_URL and REDIS_URL name others.

Their data folder is `.data/test` in the clone (DATA_DIR names another), and trades safety for speed. The processes of
pytest-xdist share it. Its server begins with the tables made (see `tables`), of which each test database is a copy.
"""

import os
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from commons.embedded import servers
from commons.embedded.postgresql import PostgreSQL, mark_throwaway
from commons.exceptions import Refused
from tests import tables
from tests.emptying import empty_what_was_written
from tests.licence import licence  # noqa: F401  (fixture)
from tests.sites import canary, site  # noqa: F401  (fixtures)

_session = ExitStack()
# A registry that is served is five processes of Python: what they import is compiled once, also where nobody else does.
os.environ["PYTHONPYCACHEPREFIX"] = str(settings.DATA_DIR / "bytecode")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_configure() -> None:
    mark_throwaway(settings.DATA_DIR)
    needed = servers.needed(settings.DATA_DIR)
    embedded = any(isinstance(server, PostgreSQL) for server in needed)
    try:
        if embedded:
            tables.copy_to(settings.DATA_DIR)
        _session.enter_context(servers.running(needed))
    except Refused as refusal:
        pytest.exit(str(refusal), returncode=1)
    if embedded and tables.is_copy(settings.DATA_DIR):
        connection.settings_dict["TEST"]["TEMPLATE"] = "app"
    TransactionTestCase._fixture_teardown = empty_what_was_written


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no process waits for another at the end."""
    items.sort(key=lambda item: [not item.get_closest_marker(marker) for marker in ("browser", "long")])


def pytest_unconfigure() -> None:
    _session.close()
