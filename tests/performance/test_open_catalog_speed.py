"""Pages of the Open Catalog at 100,000 components: the rows come from an index, wherever the page begins."""

import re
import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import Component
from tests.performance import catalogue_world

COMPONENTS, TIMES = 100_000, 5
MOST_MS = {
    "25 software": 300,
    "100 software": 1_000,
    "100 software, used by": 1_200,
    "by url": 150,
    "25 publishers": 300,
}
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
    }
    found = {name: measured(path) for name, path in asked.items()}
    first, last = measured("/v1/software"), measured(f"/v1/software?page[before]={cursor_at(COMPONENTS - 1)}")
    with capsys.disabled():
        print()
        for name, (ms, queries, rows_ms) in found.items():
            print(f"{name:24}{ms:8.0f} ms  {queries:3} queries, {rows_ms:6.2f} ms for the rows")  # noqa: T201
        print(f"{'first and last page':24}{first[0]:8.0f} ms {last[0]:8.0f} ms; rows {first[2]:.2f}, {last[2]:.2f} ms")  # noqa: T201
    assert all(found[name][0] <= most for name, most in MOST_MS.items())
    assert max(first[2], last[2], found["25 software"][2]) < 10  # an offset would take a hundred


def cursor_at(number: int) -> str:
    from registry.open_catalog.paging import written

    return written(Component.objects.order_by("created_at", "uuid")[number])


def measured(path: str) -> tuple[float, int, float]:
    """(milliseconds of an answer, its queries, milliseconds that the database takes to find the rows)."""
    client, taken = Client(), []
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).json()["data"]
        asked = [query["sql"] for query in captured.captured_queries]
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(path)
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken), len(asked), explained(asked[0])


def explained(sql: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT TEXT) " + sql.replace("%", "%%"))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    print(sql[:60], plan)
    return float(re.search(r"Execution Time: ([\d.]+) ms", plan)[1])
