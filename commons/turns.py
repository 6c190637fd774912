"""One at a time, of whoever does the same thing."""

from django.db import connection


def take_turn(name: str) -> None:
    """Until the transaction ends nobody else has the turn of this name: whoever comes second sees what the first wrote.

    Outside a transaction it holds nobody back.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
