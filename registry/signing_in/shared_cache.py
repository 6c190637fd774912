"""Django's cache in PostgreSQL, for the few values that every process must agree on (docs/adr/0015).

Each operation is one statement, so two processes at once see each other. Values are JSON: what is read from the
database is never run. Where the database is away nobody can sign in anyway, and 503 is answered.
"""

import json
from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

LIVE = "(expires_at IS NULL OR expires_at > statement_timestamp())"
TABLE = "registry_sharedvalue"
INSERT = f"INSERT INTO {TABLE} AS kept (key, value, expires_at) VALUES (%s, %s, %s) ON CONFLICT (key) DO UPDATE"
INSERT += " SET value = excluded.value, expires_at = excluded.expires_at"


class SharedCache(BaseCache):
    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        """Whether it was not there: of several at once, one alone is told so."""
        return self._write(
            f"{INSERT} WHERE NOT {LIVE.replace('expires_at', 'kept.expires_at')}", key, value, timeout, version
        )

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        self._write(INSERT, key, value, timeout, version)

    def get(self, key, default=None, version=None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT value FROM {TABLE} WHERE key = %s AND {LIVE}", [self._name(key, version)])
            found = cursor.fetchone()
        return json.loads(found[0]) if found else default

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        with connection.cursor() as cursor:
            change = f"UPDATE {TABLE} SET expires_at = %s WHERE key = %s AND {LIVE}"
            cursor.execute(change, [self._end(timeout), self._name(key, version)])
            return cursor.rowcount > 0

    def delete(self, key, version=None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE key = %s", [self._name(key, version)])
            return cursor.rowcount > 0

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")

    def _write(self, statement: str, key, value, timeout, version) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(statement, [self._name(key, version), json.dumps(value), self._end(timeout)])
            return cursor.rowcount > 0

    def _name(self, key, version) -> str:
        return self.make_and_validate_key(key, version=version)

    def _end(self, timeout):
        if timeout is DEFAULT_TIMEOUT:
            timeout = self.default_timeout
        return None if timeout is None else timezone.now() + timedelta(seconds=timeout)
