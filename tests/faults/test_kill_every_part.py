"""`kill -9` of every part of a real `serve`, as `make faults`. What was recorded stays, and everything comes back."""

import os
import re
import signal
import threading
import time

import psycopg
import pytest

from commons.embedded import addresses
from tests.served import Served, eventually, manage, processes_of

PARTS = ["web", "worker", "beat", "postgresql", "valkey", "keeper postgresql", "keeper valkey"]
RECORD = "INSERT INTO registry_event_of_the_test VALUES (%s)"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with Served(tmp_path_factory.mktemp("faults")) as served:
        yield served


class Writer(threading.Thread):
    """Records numbers one by one, remembers which were acknowledged, and connects again when it is cut off."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url, self.acknowledged, self.done = url, [], threading.Event()

    def run(self) -> None:
        number = 0
        while not self.done.is_set():
            try:
                with psycopg.connect(self.url, autocommit=True) as connection:
                    while not self.done.is_set():
                        number += 1
                        connection.execute(RECORD, [number])
                        self.acknowledged.append(number)
            except psycopg.OperationalError:
                time.sleep(0.05)


@pytest.fixture
def writer(served):
    url = addresses.database_url(served.data_dir)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS registry_event_of_the_test (number bigint)")
        connection.execute("TRUNCATE registry_event_of_the_test")
    writer = Writer(url)
    writer.start()
    yield writer
    writer.done.set()


def recorded(served) -> set[int]:
    with psycopg.connect(addresses.database_url(served.data_dir)) as connection:
        return {number for (number,) in connection.execute("SELECT number FROM registry_event_of_the_test")}


@pytest.mark.parametrize("part", PARTS)
def test_part_comes_back_and_nothing_acknowledged_is_lost(served, writer, part):
    eventually(lambda: len(writer.acknowledged) > 100, 20, "numbers are recorded")
    served.comes_back(part, served.kill(part))
    eventually(lambda: len(writer.acknowledged) > 200, 20, "numbers are recorded again")
    writer.done.set()
    writer.join(10)
    assert set(writer.acknowledged) - recorded(served) == set()


def test_only_503_is_answered_while_the_database_restarts(served):
    seen, done = set(), threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(served.get("/health/ready")[0])

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    served.comes_back("postgresql", served.kill("postgresql"))
    done.set()
    for reader in readers:
        reader.join(15)
    assert seen == {200, 503}


def test_reads_go_on_while_the_broker_hangs(served):
    pid = served.send("valkey", signal.SIGSTOP)
    try:
        assert served.get("/admin/login/")[0] == 200
        assert served.health()["status"] == "degraded"
    finally:
        os.kill(pid, signal.SIGCONT)
    eventually(lambda: served.health()["status"] == "ready", 10, "the broker is back")


def test_worker_takes_work_again_after_the_broker_was_killed(served):
    served.comes_back("valkey", served.kill("valkey"))
    ask = "from commons.celery import app; print(app.control.inspect(timeout=3).ping())"
    eventually(lambda: "pong" in manage(served.data_dir, "shell", "-v0", "-c", ask).stdout, 60, "the worker answers")


def test_program_that_dies_again_and_again_is_waited_for(served):
    for _ in range(3):
        served.comes_back("beat", served.kill("beat"), seconds=30)
    assert re.search(r"beat +\| ended \(SIGKILL\) and is started again in \d+ seconds", served.said())


def test_kill_9_of_serve_itself_leaves_nothing_running(tmp_path):
    with Served(tmp_path) as served:
        served.process.kill()
        served.process.wait(5)
        eventually(lambda: not processes_of(served.data_dir), 15, "everything has ended")
        served.start()
        assert served.health()["status"] == "ready"
        assert served.end(signal.SIGTERM) == 0
        assert processes_of(served.data_dir) == {}
