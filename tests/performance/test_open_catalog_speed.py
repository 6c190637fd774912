"""Pages of the Open Catalog at 100,000 components: the rows come from an index, wherever the page begins."""

import re
import statistics
import time
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import Component
from registry.open_catalog.paging import written
from tests.performance import catalogue_world

COMPONENTS, TIMES = 100_000, 5
MOST_MS = {"25 software": 60, "100 software": 200, "100 software, used by": 300, "by url": 30, "25 publishers": 60}
ADDRESS = "https://code.example.org/group/name-{}.git"


@pytest.mark.django_db(transaction=True)
def test_pages_are_quick_from_the_first_to_the_last(capsys):
    catalogue_world.make(COMPONENTS)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_component SET repository = 'https://code.example.org/group/name-' || id WHERE id % 2 = 0"
        )
        cursor.execute("VACUUM ANALYZE catalogue_component, registry_organisation, registry_stewardship")
    middle = cursor_at(COMPONENTS // 2)
    asked = {
        "25 software": f"/v1/software?page[after]={middle}",
        "100 software": f"/v1/software?page[size]=100&page[after]={middle}",
        "100 software, used by": f"/v1/software?page[size]=100&usedBy=true&page[after]={middle}",
        "by url": f"/v1/software?url={ADDRESS.format(5000)}",
        "25 publishers": "/v1/publishers",
        "first page": "/v1/software",
        "last page": f"/v1/software?page[before]={cursor_at(COMPONENTS - 1)}",
    }
    found = {name: measured(path) for name, path in asked.items()}
    with capsys.disabled():
        print("\n".join(["", *map(line, found, found.values())]))  # noqa: T201 - what a benchmark is for
    assert all(found[name].cpu_ms <= most for name, most in MOST_MS.items())
    ends = [found[name].rows_ms for name in ("25 software", "first page", "last page")]
    assert max(ends) < 10  # an offset would take a hundred


def cursor_at(number: int) -> str:
    return written(Component.objects.order_by("created_at", "uuid")[number])


class Measured(NamedTuple):
    """`first_ms`: before texts are kept; `cpu_ms`: of this process, after that; `rows_ms`: of the database."""

    first_ms: float
    cpu_ms: float
    queries: int
    rows_ms: float


def line(name: str, found: Measured) -> str:
    return (
        f"{name:24}{found.first_ms:8.0f} ms at first, {found.cpu_ms:6.0f} ms CPU again, {found.queries:3} queries,"
        f" {found.rows_ms:6.2f} ms for the rows"
    )


def measured(path: str) -> Measured:
    client, taken = Client(), []
    with CaptureQueriesContext(connection) as captured:
        begun = time.perf_counter()
        assert client.get(path).json()["data"]
        first = 1000 * (time.perf_counter() - begun)
        asked = [query["sql"] for query in captured.captured_queries]
    for _ in range(TIMES):
        begun = time.process_time()
        client.get(path)
        taken.append(1000 * (time.process_time() - begun))
    return Measured(first, statistics.median(taken), len(asked), explained(asked[0]))


def explained(sql: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT TEXT) " + sql.replace("%", "%%"))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    return float(re.search(r"Execution Time: ([\d.]+) ms", plan)[1])
