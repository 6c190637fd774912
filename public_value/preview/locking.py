"""What keeps drains apart from the beginning and end of a rebuild: locks that go with their transaction."""

from django.db import connection

_NAME = "public_value.preview"


def beside_other_drains() -> None:
    """Wait while a rebuild begins or ends; other drains go on."""
    _lock("pg_advisory_xact_lock_shared")


def alone() -> None:
    """Wait for the running drains, and let no other begin: what one took from the queue is in the preview it read."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtext(%s))", [_NAME])
