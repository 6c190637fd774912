"""How dear a search, a list and a component are, beside the same answers asked for as cheaply as can be.

    DATABASE_URL=… python -m tests.performance.bench_search [--components 100000]

It makes its own data in an empty database, sends requests through the whole WSGI application in this process, and
measures the CPU of this process and of its PostgreSQL backend together. A network server adds the same to each.
"""

import argparse
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import django

SEARCHES = ("q=waste+bin&kind=service", "q=payment+parking&lifecycle=live", "q=housing+repair", "q=bin+colection")
LISTS = ("kind=dataset&sort=name", "function=f7", "licence=MIT&kind=service", "sort=used_by")
ROUNDS = 25
# What a 304 may cost of a 200's CPU: a fifth, and for a list what the least request costs on a busy machine.
SPARED = {"search": 0.2, "list": 0.3}


class Line(NamedTuple):
    """CPU milliseconds a request, ours and the baseline's, and the most that ours may take."""

    work: str
    ours: float
    baseline: float
    limit: float

    @property
    def kept(self) -> bool:
        return self.ours <= self.limit


def measure() -> list[Line]:
    """The lines of the table, from the database as it is."""
    from django.db import connection

    connection.ensure_connection()
    searches = [f"/api/v1/components?{query}&facets=true&limit=20" for query in SEARCHES]
    lists = [f"/api/v1/components?{query}&limit=25" for query in LISTS]
    details = [f"/api/v1/components/c{number}" for number in listed_numbers(8)]
    raw_search, raw_list = cost(raw(searches)), cost(raw(lists))
    bare = cost(lambda: [get(f"/bare/{path.rpartition('/')[2]}") for path in details]) / len(details)
    lines = [
        ("search with facets, 20 hits, beside its SQL", searches, raw_search / len(searches), (1.3, 3)),
        ("filtered list, 25 rows, beside its SQL", lists, raw_list / len(lists), (1.5, 3)),
        ("one component, beside a bare view with a query", details, bare, (2.2, 0)),
    ]
    made = []
    for work, addresses, baseline, (times, more) in lines:
        ours = cost(lambda addresses=addresses: [fresh(address) for address in addresses]) / len(addresses)
        made.append(Line(work, ours, baseline, baseline * times + more))
    for work, addresses, first in (("search", searches, made[0].ours), ("list", lists, made[1].ours)):
        tags = [etag(address) for address in addresses]
        asked = list(zip(addresses, tags, strict=True))
        known = cost(lambda asked=asked: [get(address, tag) for address, tag in asked]) / len(addresses)
        again = cost(lambda addresses=addresses: [get(address) for address in addresses]) / len(addresses)
        made.append(Line(f"the same {work} again, beside the first time", again, first, first))
        made.append(Line(f"304 for a {work}, beside the first 200", known, first, first * SPARED[work]))
    naive = cost(naive_list, rounds=5)
    made.append(Line("filtered list, beside a naive ModelSerializer", made[1].ours, naive, naive))
    return made


def cost(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """CPU milliseconds of one call, here and in the database's backend: the least of five groups of calls."""
    from django.db import connection

    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    work()
    groups = []
    for _ in range(5):
        here, there = time.process_time(), int(backend.read_text().split()[0])
        for _ in range(rounds // 5):
            work()
        spent = (time.process_time() - here) * 1e3 + (int(backend.read_text().split()[0]) - there) / 1e6
        groups.append(spent / (rounds // 5))
    return min(groups)


def fresh(address: str) -> bytes:
    """An answer as the first asker gets it: nothing is kept of an earlier one but the copy of the narrow columns."""
    from catalogue.api.views import Components
    from catalogue.search.selection import DIVISIONS

    Components.answers.answers.clear()
    DIVISIONS.answers.clear()
    return get(address)


def etag(address: str) -> str:
    from hashlib import sha256

    return f'"{sha256(get(address)).hexdigest()[:32]}"'


def get(address: str, tag: str = "") -> bytes:
    """An answer of the whole application; empty where the client has the one that `tag` names."""
    from commons.wsgi import application

    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
    }
    if tag:
        environ["HTTP_IF_NONE_MATCH"] = tag
    answered = []
    body = b"".join(application(environ, lambda status, headers: answered.append(status)))
    if not answered[0].startswith("304" if tag else "200"):
        raise RuntimeError(f"{address}: {answered[0]} {body[:200]!r}")
    return body


def raw(addresses: list[str]) -> Callable[[], object]:
    """The same SQL by psycopg alone, its rows fetched and put together, nothing else."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        for address in addresses:
            fresh(address)
    statements = [each["sql"] for each in asked.captured_queries]

    def ask() -> list[int]:
        sizes = []
        with connection.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.nextset()
                sizes.append(len("".join(str(row[-1]) for row in cursor.fetchall())))
        return sizes

    return ask


def naive_list() -> bytes:
    """A ModelSerializer over components with what belongs to them, as one writes it first."""
    from rest_framework import serializers
    from rest_framework.renderers import JSONRenderer

    from catalogue.models import Component

    class Naive(serializers.ModelSerializer):
        class Meta:
            model = Component
            exclude = ("price_per_transaction", "fixed_fee")

    found = Component.objects.listed().filter(kind="dataset").order_by("name")[:25]
    return JSONRenderer().render(Naive(found, many=True).data)


def bare(request, slug: str):
    """The least that a view can do: one query, one answer."""
    from django.db import connection
    from django.http import HttpResponse

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM catalogue_component WHERE slug = %s", [slug])
        return HttpResponse(cursor.fetchone()[0])


def listed_numbers(number: int) -> list[int]:
    from catalogue.models import SearchEntry

    return list(SearchEntry.objects.order_by("component").values_list("component", flat=True)[:number])


def prepare(components: int) -> float:
    """Make the data and its index where the database is empty; seconds that 10,000 components' index took."""
    from django.db import connection
    from django.urls import path

    from catalogue.models import Component
    from commons import urls
    from registry.actions.search import refresh_search
    from tests.performance import catalogue_world

    urls.urlpatterns.append(path("bare/<str:slug>", bare))
    spent = 0.0
    if not Component.objects.exists():
        catalogue_world.make(components)
        began = time.monotonic()
        refresh_search()
        spent = (time.monotonic() - began) * 10_000 / components
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE catalogue_searchentry")
    return spent


def table(lines: list[Line]) -> str:
    rows = [f"{'CPU ms a request':<50}{'ours':>8}{'beside':>8}{'ratio':>8}{'limit':>8}"]
    for line in lines:
        ratio = line.ours / line.baseline
        mark = "" if line.kept else "  MISSED"
        rows.append(f"{line.work:<50}{line.ours:>8.2f}{line.baseline:>8.2f}{ratio:>8.2f}{line.limit:>8.2f}{mark}")
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--components", type=int, default=100_000)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")
    django.setup()
    if indexed := prepare(arguments.components):
        sys.stdout.write(f"Indexing 10,000 components took {indexed:.1f} s.\n")
    lines = measure()
    sys.stdout.write(table(lines) + "\n")
    return 0 if all(line.kept for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
