"""What readers' requests cost a registry that is served as users serve it, from outside, by another process.

    python -m tests.performance.bench_served FOLDER [--components 100000] [--payments 1000000]

It fills a data folder of its own once (a second call finds it filled), starts `manage.py serve` on it and asks over
loopback, a bounded number of times. CPU is what web and database processes spent by the kernel's own count.
"""

import argparse
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import batched, combinations, islice
from pathlib import Path
from statistics import quantiles
from typing import Self
from urllib.parse import urlencode

from tests.performance.catalogue_world import SUBJECTS
from tests.served import PROJECT, Served, environment, processes_of

CLIENTS = 8
NOT_READING = ("celery", "valkey", "keeper", "manage.py")
DETAILS, LISTS, SEARCHES, SPENDERS, ATTEMPTS = 400, 120, 120, 400, 3


@dataclass(frozen=True)
class Cost:
    """Of one kind of request: CPU ms of web and database together, and wall ms that 95 of 100 stay within."""

    work: str
    cpu: float
    p95: float
    most_cpu: float | None = None
    most_p95: float | None = None

    @property
    def kept(self) -> bool:
        within = [(self.cpu, self.most_cpu), (self.p95, self.most_p95)]
        return all(most is None or found <= most for found, most in within)


class Reader:
    """One client on one connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, address: str, tag: str = "", cookie: str = "") -> tuple[float, str]:
        """Seconds until the whole answer was there, and its ETag."""
        headers = {"If-None-Match": tag} if tag else {"Cookie": cookie} if cookie else {}
        began = time.perf_counter()
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != (304 if tag else 200):
            raise RuntimeError(f"{address} answers {answer.status}.")
        return time.perf_counter() - began, answer.headers.get("ETag", "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()


class Bench:
    def __init__(self, served: Served) -> None:
        self.served, self.reader = served, Reader(served.port)

    def cost(
        self, work: str, addresses: Sequence[str], *, most_cpu=None, most_p95=None, tags: Sequence[str] = (), cookie=""
    ) -> Cost:
        """Ask each address once, one after the other."""
        before = self.cpu()
        seconds = [
            self.reader.get(address, tag, cookie)[0]
            for address, tag in zip(addresses, tags or [""] * len(addresses), strict=True)
        ]
        spent = (self.cpu() - before) / len(addresses)
        return Cost(work, spent, 1e3 * quantiles(seconds, n=20)[-1], most_cpu, most_p95)

    def soonest(self, work: str, batches: Iterable[Sequence[str]], **targets: float) -> tuple[Cost, Sequence[str]]:
        """The first of several batches of like requests that keeps its targets, else the last, with its cost: on a
        shared machine a neighbour's burst is in the times of one batch, and a slow answer in those of all."""
        for batch in batches:
            cost = self.cost(work, batch, **targets)
            if cost.kept:
                break
        return cost, batch

    def cpu(self) -> float:
        """CPU ms that the web and database processes have spent, from their start."""
        return sum(
            int((task / "schedstat").read_text().split()[0]) / 1e6
            for pid, command in processes_of(self.served.data_dir).items()
            if not any(word in command for word in NOT_READING)
            for task in Path(f"/proc/{pid}/task").iterdir()
        )

    def tags(self, addresses: Sequence[str]) -> list[str]:
        return [self.reader.get(address)[1] for address in addresses]

    def a_second(self, addresses: Sequence[str]) -> float:
        """Requests a second of CLIENTS readers together."""

        def read(part: Sequence[str]) -> None:
            with Reader(self.served.port) as reader:
                for address in part:
                    reader.get(address)

        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(read, [addresses[place::CLIENTS] for place in range(CLIENTS)]))
        return len(addresses) / (time.perf_counter() - began)


def measure(bench: Bench) -> list[Cost]:
    """Every line of the table. Searches are all different, so that nothing kept answers them."""
    pairs = [" ".join(pair) for pair in combinations(SUBJECTS[:40], 2)]
    searches = batched((urlencode({"q": text}) for text in pairs), SEARCHES)
    pages = [f"/components/?{query}" for query in next(searches)]
    apis = [
        [f"/api/v1/components?{query}&facets=true&limit=20" for query in part] for part in islice(searches, ATTEMPTS)
    ]
    lists = [f"/api/v1/components?function=f{1 + n}&sort=name&limit=25" for n in range(LISTS)]
    details = [f"/api/v1/components/c{n}" for n in listed(bench.served.data_dir, DETAILS)]
    component_pages = [f"/components/{address.rpartition('/')[2]}/" for address in details]
    spending = [f"/organisations/b{1 + n}/spending/" for n in range(SPENDERS)]
    bodies = [f"/organisations/b{1 + n}/" for n in range(LISTS)]
    for _ in range(CLIENTS):  # every process has begun
        for address in (apis[-1][-1], pages[-1], lists[-1], details[-1], spending[-1], "/reports/adoption/"):
            with Reader(bench.served.port) as reader:
                reader.get(address)
    json = bench.cost("a kept list, JSON", [lists[-1]] * 200)
    least = bench.cost("the least: one word, no question", ["/health/live"] * 300)
    new = "search, 20 hits, all facets, never asked before"
    search, known = bench.soonest(new, apis, most_cpu=12, most_p95=35)
    costs = [
        least,
        search,
        bench.cost("the same searches again", known, most_cpu=4),
        bench.cost("their 304", known, tags=bench.tags(known), most_cpu=0.2 * 12),
        bench.cost("filtered list, 25 rows, never asked before", lists, most_cpu=4),
        json,
        bench.cost("one component, JSON", details, most_cpu=2),
        bench.cost("page of a search, never asked before", pages, most_p95=300),
        bench.cost("pages of components, never asked before", component_pages, most_p95=300),
        bench.cost("pages of bodies, never asked before", bodies, most_p95=300),
        bench.cost("page of all components, made for one reader", ["/components/"] * 30, cookie="a=b", most_p95=300),
        bench.cost("the same page, kept", ["/components/"] * 200, most_cpu=3 * json.cpu),
        bench.cost("adoption report, made for one reader", ["/reports/adoption/"] * 20, cookie="a=b"),
    ]
    pictures = "spending of a hundred bodies, with their pictures"
    spent, seen = bench.soonest(pictures, batched(spending, 100), most_p95=300)
    return [*costs, spent, bench.cost("some of them again", [*seen] * 5, most_cpu=3 * json.cpu)]


def listed(data_dir: Path, number: int) -> list[int]:
    """Components that are in the catalogue, those with most adopters among them."""
    asked = "from catalogue.models import SearchEntry as S; print(*S.objects.order_by('component')"
    asked += f".values_list('component', flat=True)[:{number}])"
    return [int(word) for word in python(data_dir, "manage.py", "shell", "-v0", "-c", asked).split()]


def python(data_dir: Path, *arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=PROJECT, env=environment(data_dir), check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def fill(components: int, payments: int) -> None:
    """The data folder that the environment names, where it is empty."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from catalogue.models import Component
    from commons.embedded.servers import needed, running
    from registry.actions.search import refresh_search
    from tests.performance import catalogue_world, payments_world

    with running(needed(settings.DATA_DIR)):
        call_command("migrate", verbosity=0)
        if not Component.objects.exists():
            catalogue_world.make(components)
            payments_world.make(payments)
            refresh_search()
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")  # the server would begin to while requests are measured


def table(costs: Sequence[Cost], a_second: float) -> str:
    rows = [f"{'':<50}{'CPU ms':>8}{'target':>8}{'p95 ms':>8}{'target':>8}"]
    for cost in costs:
        most = [f"{most:>8.1f}" if most else f"{'':>8}" for most in (cost.most_cpu, cost.most_p95)]
        mark = "" if cost.kept else "  MISSED"
        rows.append(f"{cost.work:<50}{cost.cpu:>8.2f}{most[0]}{cost.p95:>8.1f}{most[1]}{mark}")
    rows.append(f"{CLIENTS} clients, new searches: {a_second:.0f} a second")
    return "\n".join(rows)


def run(folder: Path, components: int, payments: int, show: Callable[[str], object]) -> list[Cost]:
    """Fill, serve, measure; `show` gets the table."""
    served = Served(folder, WEB_WORKERS="2")
    made = ("--fill", "--components", str(components), "--payments", str(payments))
    python(served.data_dir, "-m", "tests.performance.bench_served", str(folder), *made)
    with served:
        bench = Bench(served)
        with bench.reader:
            costs = measure(bench)
        others = [urlencode({"q": " ".join(pair), "facets": "true"}) for pair in combinations(SUBJECTS[40:], 2)]
        show(table(costs, bench.a_second([f"/api/v1/components?{query}" for query in others[:400]])))
    return costs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--components", type=int, default=100_000)
    parser.add_argument("--payments", type=int, default=1_000_000)
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.fill:
        fill(asked.components, asked.payments)
        return 0
    costs = run(asked.folder.resolve(), asked.components, asked.payments, lambda text: sys.stdout.write(text + "\n"))
    return 0 if all(cost.kept for cost in costs) else 1


if __name__ == "__main__":
    sys.exit(main())
