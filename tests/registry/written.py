"""What a request writes, statement by statement, and which of it would be committed together."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from registry.models import Event

WRITES = re.compile(r'\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO)\s+"?(\w+)"?', re.IGNORECASE)
KEPT_BESIDE = {
    "django_session",
    "usersessions_usersession",
    "registry_sharedvalue",  # limits and counters
    "registry_token",  # the day of its last use
    "django_admin_log",
}
"""Tables that are written beside an act: they may go on where it does not."""


@dataclass
class Written:
    """`at`: for each table the outermost transactions of the request in which it was written; None: by itself."""

    at: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def domain(self) -> dict[str, list[Any]]:
        return {table: places for table, places in self.at.items() if table not in KEPT_BESIDE}

    @property
    def events(self) -> int:
        return len(self.at.get(Event._meta.db_table, ()))

    @property
    def apart(self) -> list[str]:
        """Tables that were written in another transaction than the event, or in none."""
        (whole,) = self.at[Event._meta.db_table]
        return [
            table for table, places in self.domain.items() if whole is None or any(place != whole for place in places)
        ]


@contextmanager
def watched(inside: int = 0) -> Iterator[Written]:
    """What is written meanwhile. `inside`: how many transactions are opened around the request in the meantime."""
    written, known = Written(), set(connection.introspection.table_names())
    depth = len(connection.savepoint_ids) + inside

    def watch(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        text = sql if isinstance(sql, str) else sql.as_string(None)
        for table in known.intersection(WRITES.findall(text)):
            open_now = connection.savepoint_ids
            rows = max(1, context["cursor"].rowcount) if table == Event._meta.db_table else 1
            written.at.setdefault(table, []).extend([open_now[depth] if len(open_now) > depth else None] * rows)
        return done

    with connection.execute_wrapper(watch):
        yield written


def one_event(client, address: str, sent: dict | None = None) -> str:
    """The act that the request made. It is the only one, and everything else is written with it."""
    with watched() as written:
        response = client.post(address, sent or {})
    assert response.status_code in (200, 302), response.content.decode()
    assert (written.events, written.apart) == (1, [])
    return Event.objects.latest("id").act
