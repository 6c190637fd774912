"""`kill -9` of a worker in the middle of an import: another goes on, and nothing is there twice or for ever."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone

from registry.actions.imports import AlreadyImported, apply_import, receive_import, work_due
from registry.actions.imports.leases import LEASE, Lost, step
from registry.actions.imports.working import MOST_TRIES, go_on, take_due
from registry.models import Act, Declaration, Event, Import, ImportState, Job, JobState
from tests import factories
from tests.registry.imports.conftest import now, table

ROWS = 12_000
WORKER = """
import django
django.setup()
from registry.actions.imports import work_due
work_due()
"""


@pytest.fixture
def many(db) -> str:
    for number in range(300):
        factories.function(slug=f"work-{number}")
    return table(*[[f"work-{number % 300}", f"System {number}", "Quill", "", ""] for number in range(ROWS)])


@pytest.fixture
def worker():
    """A process of its own, that works at the database of the test."""
    started = []

    def start() -> subprocess.Popen:
        options = connection.settings_dict
        address = f"postgresql://{options['USER']}@/{options['NAME']}?host={options['HOST']}"
        environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "commons.settings"}
        started.append(subprocess.Popen([sys.executable, "-c", WORKER], env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(true, process: subprocess.Popen, what: str) -> None:
    ends = time.monotonic() + 120
    while not true():
        assert process.poll() is None, f"the worker ended before {what}"
        assert time.monotonic() < ends, what
        time.sleep(0.01)


def kill(process: subprocess.Popen) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def lease_runs_out(imported: Import) -> None:
    Import.objects.filter(pk=imported.pk).update(taken_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_another_worker_goes_on_where_one_was_killed(world, many, worker):
    file = BytesIO(many.encode())
    imported = receive_import(organisation=world.body, file=file, name="p.csv", by=world.owner).imported
    reading = worker()
    wait_for(lambda: imported.lines.count() >= 4_000, reading, "rows are read")
    kill(reading)
    assert now(imported).job.state == JobState.RUNNING
    assert work_due() == 0  # the lease of the dead one still runs

    lease_runs_out(imported)
    assert work_due() == 1
    imported = now(imported)
    assert (imported.state, imported.new, imported.problems) == (ImportState.READY, ROWS, 0)

    apply_import(imported=imported, by=world.owner)
    applying = worker()
    wait_for(lambda: now(imported).job.state == JobState.RUNNING, applying, "it is applied")
    time.sleep(0.3)
    kill(applying)
    lease_runs_out(imported)
    work_due()

    assert now(imported).state == ImportState.APPLIED
    assert Declaration.objects.current().count() == Declaration.objects.count() == ROWS
    assert Event.objects.filter(act=Act.IMPORT_PORTFOLIO).count() == 1


@pytest.mark.django_db(transaction=True)
def test_same_file_from_many_at_once_is_one_import(world, function):
    rows = table(["bookings", "A", "", "", ""]).encode()

    def send(_number: int) -> int:
        try:
            sent = receive_import(organisation=world.body, file=BytesIO(rows), name="p.csv", by=world.owner)
            return sent.imported.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(send, range(16)))) == 1
    assert Import.objects.count() == Event.objects.filter(act=Act.UPLOAD_PORTFOLIO).count() == 1


@pytest.mark.django_db(transaction=True)
def test_button_pressed_by_many_at_once_applies_once(world, function):
    imported = world.sends(table(["bookings", "A", "", "", ""]))

    def press(_number: int) -> str:
        try:
            apply_import(imported=imported, by=world.owner)
            work_due()
        except AlreadyImported:
            return "already"
        finally:
            connection.close()
        return "applied"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(press, range(16)))
    work_due()
    assert told.count("applied") == 1
    assert Event.objects.filter(act=Act.IMPORT_PORTFOLIO).count() == Declaration.objects.count() == 1


def test_lease_is_one_worker_s(world, function):
    world.sends("function,Zzz,Thingamajig\n")
    imported = world.sends(table(["bookings", "A", "", "", ""]))
    apply_import(imported=imported, by=world.owner)

    assert take_due().pk == imported.pk
    assert take_due() is None


def test_worker_that_was_away_writes_nothing_more(world, function):
    imported = world.sends(table(["bookings", "A", "", "", ""]))
    apply_import(imported=imported, by=world.owner)
    slow = take_due()
    lease_runs_out(imported)
    assert work_due() == 1

    with pytest.raises(Lost), step(slow):
        pytest.fail("it is another's")
    with pytest.raises(Lost):
        go_on(slow)
    assert Declaration.objects.current().count() == 1


def test_import_that_kills_every_worker_is_given_up(world, function, time_machine):
    imported = world.sends(table(["bookings", "A", "", "", ""]))
    apply_import(imported=imported, by=world.owner)
    began = timezone.now()
    for number in range(MOST_TRIES):
        assert take_due() is not None
        time_machine.move_to(began + (number + 1) * (LEASE + timedelta(seconds=1)))
    work_due()

    imported = now(imported)
    assert (imported.state, imported.job.state) == (ImportState.FAILED, JobState.FAILED)
    assert "Nothing was saved" in imported.job.sentence
    assert Job.objects.filter(finished_at=None).count() == 0


def test_fault_of_our_own_ends_as_failed(world, function, monkeypatch, caplog):
    def broken(_imported):
        raise RuntimeError("secret words")

    monkeypatch.setattr("registry.actions.imports.checking.check", broken)
    imported = world.sends(table(["bookings", "A", "", "", ""]))

    assert imported.state == ImportState.FAILED
    assert "secret" not in imported.job.sentence
    assert "secret words" in caplog.text
