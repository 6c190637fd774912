"""A country's registry for benchmarks of the index: as many bodies and declarations as asked, the same each time.

Nothing in it is real, and no rule of the registry is broken: what is left out while it is made is only to look at each
row again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

SQL = Path(__file__).with_suffix(".sql")
GROUPS, FUNCTIONS, COMPONENTS_EACH, TWICE = 10, 400, 50, 40
FILLED = ("declaration", "organisation", "account", "stewardship", "attestation")
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'registry_declaration' AND indexname NOT LIKE '%pkey'
"""


def make(organisations: int = 50_000, each: int = 200) -> int:
    """Fill an empty database; each body says `each` things. Returns the number of declarations."""
    sizes = {
        "groups": GROUPS,
        "functions": FUNCTIONS,
        "components": FUNCTIONS * COMPONENTS_EACH,
        "each": COMPONENTS_EACH,
        "organisations": organisations,
        "cells": each - TWICE,
        "twice": TWICE,
    }
    with transaction.atomic(), connection.cursor() as cursor, without_indexes(cursor):
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(SQL.read_text(), sizes)
    with connection.cursor() as cursor:
        for table in FILLED:
            cursor.execute(f"VACUUM ANALYZE registry_{table}")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM registry_declaration")
        return cursor.fetchone()[0]


@contextmanager
def without_indexes(cursor) -> Iterator[None]:
    """Made once at the end, they take a tenth of the time. The unique ones still refuse what is there twice."""
    cursor.execute(INDEXES)
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _, definition in indexes:
        cursor.execute(definition)
