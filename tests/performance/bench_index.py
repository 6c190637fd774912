"""What the live preview costs: made anew by 1, 2 and 4 workers, and after a write, beside its sums in one statement.

    DATA_DIR=… python -m tests.performance.bench_index [--organisations 50000]     (or DATABASE_URL=…)

It makes its own data in an empty database and measures the CPU of its workers and of their PostgreSQL backends beside
wall time, which depends on what else the machine does.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import django

EACH = 200
WORKERS = (1, 2, 4)
ONE_CORE_A_WORKER = {"OPENBLAS_NUM_THREADS": "1"}


class Line(NamedTuple):
    """Seconds of wall time and of CPU, MB of the largest worker, and the most seconds of wall time that it may take."""

    work: str
    wall: float
    cpu: float
    peak: float = 0
    limit: float | None = None

    @property
    def kept(self) -> bool:
        return self.limit is None or self.wall <= self.limit


def measure(organisations: int) -> list[Line]:
    """The lines of the table, from the database as it is; targets are those of 50,000 organisations."""
    scale = organisations / 50_000
    rebuilt = [rebuild(number, scale) for number in WORKERS]
    return [baseline(), *rebuilt, *after_writes(), *marking()]


def prepare(organisations: int) -> None:
    """Make the data where the database is empty."""
    from registry.models import Organisation
    from tests.performance import national_world

    if not Organisation.objects.exists():
        national_world.make(organisations, EACH)


def baseline() -> Line:
    """The sums of all organisations in one statement, as the method's text has it (section 5), and nothing else."""
    from django.db import connection

    from public_value.evidence import facts, frozen, gathering, transfer
    from public_value.methodology import CLASSES, Parameters
    from public_value.models import Edition, EditionState

    edition = Edition.objects.filter(state=EditionState.PREVIEW).first() or begun()
    parameters = Parameters.from_json(edition.parameters)
    bounds = facts.bounds_of(parameters, edition.snapshot_date, None) | {
        "edition": edition.pk,
        "classes": list(CLASSES),
    }
    query = f"WITH {frozen.YARDSTICK}, pv_fact AS ({facts.ROWS}) {gathering.sums(parameters)}"

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET work_mem = '256MB'")
            transfer.fetch(query, gathering.columns_of(parameters), bounds)
            cursor.execute("RESET work_mem")

    return timed("baseline: the sums alone, in one statement", ask)


def begun():
    from public_value.models import Edition, Preview
    from public_value.preview import following, rebuilding

    rebuilding.begin(following.due().yardstick)
    return Edition.objects.get(preview__in=Preview.objects.building())


def rebuild(workers: int, scale: float) -> Line:
    """From the beginning of a rebuild until readers see it, by worker processes that are up already."""
    from public_value.models import Preview

    crew = [started() for _ in range(workers)]
    for worker in crew:
        worker.stdout.readline()
    began, before = time.monotonic(), cpu()
    if not Preview.objects.building().exists():
        begun()
    begin = cpu() - before
    for worker in crew:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    while Preview.objects.building().exists():
        time.sleep(0.05)
    wall = time.monotonic() - began
    told = [json.loads(worker.communicate()[0]) for worker in crew]
    limit = 90 * scale if workers == 2 else None
    name = f"everything anew, {workers} worker{'s' if workers > 1 else ''}"
    return Line(name, wall, begin + sum(each["cpu"] for each in told), max(each["peak"] for each in told), limit)


def started() -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.performance.bench_index", "--work"]
    environment = os.environ | ONE_CORE_A_WORKER
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def work() -> None:
    """One worker: says that it is there, waits, follows until nothing is due, and says what that cost."""
    from django.db import connection

    from public_value.preview import following

    following.due()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    while following.follow(600):
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3 + backend_peak(connection)
    sys.stdout.write(json.dumps({"cpu": cpu(), "peak": peak}))


def after_writes() -> list[Line]:
    """From a committed write until its figures, and its ranks, are new."""
    from django.utils import timezone

    from public_value.preview import draining, following
    from registry.models import Declaration, Organisation

    bodies = list(Organisation.objects.order_by("?").values_list("pk", flat=True)[:500])

    def confirm(chosen: list[int]) -> None:
        day = timezone.localdate()
        for body in chosen:
            row = Declaration.objects.current().filter(organisation=body).first()
            Declaration.objects.filter(pk=row.pk).update(confirmed=day)

    def one() -> None:
        confirm(bodies[:1])
        draining.drain()

    for _ in range(2):
        one()
    lines = [timed("1 dirty organisation, write to figures", one, limit=0.5)]
    confirm(bodies)
    lines.append(timed("500 dirty organisations", draining.drain, limit=2))
    return [*lines, timed("the ranks that they touched", following.follow)]


def marking() -> list[Line]:
    """What the triggers add to a bulk load of declarations that nobody keeps."""
    from django.db import connection, transaction

    copied = """
        INSERT INTO registry_declaration (kind, organisation_id, function_id, component_id, system, supplier, stage,
            coverage, price_fy, evidence, exempt_reason, why, reason, contact, source_url, confirmed, recorded_in_id)
        SELECT kind, organisation_id, 1 + (function_id + 200) % 400, component_id, system, supplier, stage, coverage,
               price_fy, evidence, exempt_reason, why, reason, contact, source_url, confirmed, recorded_in_id
        FROM registry_declaration WHERE kind = 'adoption' ORDER BY id LIMIT 100000
        ON CONFLICT DO NOTHING
    """

    def load(before: str) -> Callable[[], None]:
        def rolled_back() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{before}{copied}")
                transaction.set_rollback(True)

        return rolled_back

    with_marks, without = load(""), load("SET LOCAL session_replication_role = replica; ")
    found = {}
    for _ in range(3):
        for name, act in (("without marks or other triggers", without), ("with them", with_marks)):
            line = timed(f"100,000 declarations loaded, {name}", act)
            found[name] = min(found.get(name, line), line, key=lambda each: each.cpu)
    return list(found.values())


def timed(name: str, act: Callable[[], object], limit: float | None = None) -> Line:
    began, before = time.monotonic(), cpu()
    act()
    return Line(name, time.monotonic() - began, cpu() - before, limit=limit)


def cpu() -> float:
    """CPU seconds of this process and of its backend so far."""
    from django.db import connection

    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + int(backend.read_text().split()[0]) / 1e9


def backend_peak(connection) -> float:
    """MB that the backend had at most beside the memory that all backends share."""
    status = Path(f"/proc/{connection.connection.info.backend_pid}/status").read_text()
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in status.splitlines() if line.endswith("kB")}
    return (kilobytes["VmHWM"] - kilobytes["RssShmem"]) / 1e3


def table(lines: list[Line]) -> str:
    rows = [f"{'seconds':<52}{'wall':>8}{'CPU':>8}{'MB':>7}{'limit':>8}"]
    for line in lines:
        limit = "" if line.limit is None else f"{line.limit:.1f}"
        mark = "" if line.kept else "  MISSED"
        rows.append(f"{line.work:<52}{line.wall:>8.2f}{line.cpu:>8.2f}{line.peak:>7.0f}{limit:>8}{mark}")
    alone = next(line for line in lines if "1 worker" in line.work)
    for line in lines:
        if "workers" in line.work:
            rows.append(f"{line.work}: {alone.wall / line.wall:.2f} times as fast as one")
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--organisations", type=int, default=50_000)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons.settings")
    django.setup()
    if arguments.work:
        work()
        return 0
    with served():
        prepare(arguments.organisations)
        lines = measure(arguments.organisations)
    sys.stdout.write(table(lines) + "\n")
    return 0 if all(line.kept for line in lines) else 1


@contextmanager
def served() -> Iterator[None]:
    """The data folder's servers, with the tables of this code. A new folder trades safety for speed."""
    from django.conf import settings
    from django.core.management import call_command

    from commons.embedded.postgresql import mark_throwaway
    from commons.embedded.servers import needed, running

    mark_throwaway(settings.DATA_DIR)
    with running(needed(settings.DATA_DIR)):
        call_command("migrate", verbosity=0)
        yield


if __name__ == "__main__":
    sys.exit(main())
