"""Django's cache in PostgreSQL, for the few values that every process must agree on (docs/adr/0015).

Each operation is one statement, so two processes at once see each other. Values are JSON: what is read from the
database is never run. Where the database is away nobody can sign in anyway, and 503 is answered.
"""

import hashlib
import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

TABLE = "registry_sharedvalue"
LIVE = "(kept.expires_at IS NULL OR kept.expires_at > statement_timestamp())"
END = "statement_timestamp() + make_interval(secs => %s)"  # of NULL seconds: NULL, never
WRITE = f"""
    INSERT INTO {TABLE} AS kept (key, value, expires_at) VALUES (%s, %s, {END})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at"""
ADD = f"{WRITE} WHERE NOT {LIVE}"
GET = f"SELECT value FROM {TABLE} AS kept WHERE key = %s AND {LIVE}"
TOUCH = f"UPDATE {TABLE} AS kept SET expires_at = {END} WHERE key = %s AND {LIVE}"
DELETE = f"DELETE FROM {TABLE} WHERE key = %s"
LONGEST_KEY = 250


class SharedCache(BaseCache):
    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        """Whether it was not there: of several at once, one alone is told so."""
        return run(ADD, self._name(key, version), json.dumps(value), self._seconds(timeout)) > 0

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        run(WRITE, self._name(key, version), json.dumps(value), self._seconds(timeout))

    def get(self, key, default=None, version=None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(GET, [self._name(key, version)])
            found = cursor.fetchone()
        return json.loads(found[0]) if found else default

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        return run(TOUCH, self._seconds(timeout), self._name(key, version)) > 0

    def delete(self, key, version=None) -> bool:
        return run(DELETE, self._name(key, version)) > 0

    def clear(self) -> None:
        run(f"DELETE FROM {TABLE}")

    def _name(self, key: str, version: int | None) -> str:
        """As it is, or its digest where it is too long for its column."""
        name = self.make_key(key, version)
        return name if len(name) <= LONGEST_KEY else hashlib.sha256(name.encode()).hexdigest()

    def _seconds(self, timeout: Any) -> float | None:
        return self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout


def run(statement: str, *values: Any) -> int:
    """How many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount
