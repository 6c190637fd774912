"""The lifecycle of the real embedded servers, in a data folder of the tests' own."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import redis

from commons.embedded import addresses, servers
from commons.embedded.locks import FileLock, is_held
from commons.embedded.postgresql import PostgreSQL, mark_throwaway
from commons.embedded.valkey import Valkey
from commons.exceptions import Refused
from tests.served import PROJECT, environment, eventually, manage, processes_of

USER = """
import sys, time
from pathlib import Path
from commons.embedded import servers
with servers.running(servers.needed(Path(sys.argv[1]), {})):
    print("up", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    data_dir = tmp_path_factory.mktemp("embedded") / "data"
    mark_throwaway(data_dir)
    with servers.running(servers.needed(data_dir, {})):
        pass
    return data_dir


@pytest.fixture
def data_dir(folder, monkeypatch):
    """Down before each test and after it."""
    monkeypatch.setenv("DATA_DIR", str(folder))  # by which `processes_of` knows the servers
    yield folder
    eventually(lambda: not processes_of(folder).keys() - {os.getpid()}, 10, "nothing is left running")


@pytest.fixture
def user(data_dir):
    """Another process that uses the servers."""
    command = [sys.executable, "-c", USER, str(data_dir)]
    with subprocess.Popen(
        command, cwd=PROJECT, env=environment(data_dir), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "up\n"
        yield process
        process.kill()


def running(data_dir):
    return servers.running(servers.needed(data_dir, {}))


def query(data_dir, sql):
    with psycopg.connect(addresses.database_url(data_dir), autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def program_pid(data_dir, server):
    return int((data_dir / server / "postmaster.pid").read_text().split()[0])


def test_needed_leaves_out_what_a_url_names(tmp_path):
    assert [server.key for server in servers.needed(tmp_path, {})] == ["postgresql", "valkey"]
    assert [server.key for server in servers.needed(tmp_path, {"DATABASE_URL": "postgresql://x"})] == ["valkey"]
    assert servers.needed(tmp_path, {"DATABASE_URL": "postgresql://x", "REDIS_URL": "redis://x"}) == []


def test_running_brings_both_up_and_leaves_nothing(data_dir):
    with running(data_dir):
        assert query(data_dir, "SHOW server_encoding") == "UTF8"
        assert query(data_dir, "SELECT datlocale FROM pg_database WHERE datname = 'app'") == "C.UTF-8"
        assert query(data_dir, "SHOW listen_addresses") == ""
        assert redis.from_url(addresses.redis_url(data_dir)).ping()
    assert not PostgreSQL(data_dir).answers()
    assert not Valkey(data_dir).answers()
    assert not is_held(PostgreSQL(data_dir).lock_path("program"))


def test_a_second_user_is_quick_and_the_last_one_ends_them(data_dir, user):
    began = time.monotonic()
    with running(data_dir):
        assert time.monotonic() - began < 0.3
    assert query(data_dir, "SELECT 1") == 1, "the other user still has it"


def test_servers_end_when_their_only_user_is_killed(data_dir, user):
    user.kill()
    eventually(lambda: not PostgreSQL(data_dir).answers() and not Valkey(data_dir).answers(), 5, "both are down")


def test_killed_postgresql_comes_back_with_what_was_committed(data_dir):
    with running(data_dir):
        query(data_dir, "CREATE TABLE IF NOT EXISTS kept (id int)")
        query(data_dir, "INSERT INTO kept VALUES (1)")
        before = query(data_dir, "SELECT count(*) FROM kept")
        os.kill(program_pid(data_dir, "postgresql"), signal.SIGKILL)
        eventually(PostgreSQL(data_dir).answers, 10, "PostgreSQL answers again")
        assert query(data_dir, "SELECT count(*) FROM kept") == before


def test_killed_valkey_comes_back_with_what_was_written(data_dir):
    with running(data_dir):
        client = redis.from_url(addresses.redis_url(data_dir))
        client.set("kept", "1")
        time.sleep(1.5)  # it writes to the disk every second
        killed = client.info()["process_id"]
        os.kill(killed, signal.SIGKILL)
        eventually(Valkey(data_dir).answers, 10, "Valkey answers again")
        assert client.get("kept") == b"1"
        client.close()


def test_killed_keeper_takes_its_server_along_and_the_next_user_has_it_again(data_dir):
    with running(data_dir):
        with FileLock(PostgreSQL(data_dir).lock_path("keeper")) as keeper:
            os.kill(keeper.owner(), signal.SIGKILL)
        eventually(lambda: not PostgreSQL(data_dir).answers(), 10, "its server ends")
        with running(data_dir):
            assert query(data_dir, "SELECT 1") == 1


def test_stale_files_of_a_crashed_machine_are_no_obstacle(data_dir):
    """The number in the old file belongs to another process by now: our own."""
    stale = f"{os.getpid()}\n{data_dir}/postgresql\n1700000000\n5432\n{data_dir}/sockets\n\n 1 1\nready   \n"
    (data_dir / "postgresql" / "postmaster.pid").write_text(stale)
    for socket in (addresses.postgresql_socket(data_dir), addresses.valkey_socket(data_dir)):
        socket.unlink(missing_ok=True)
        socket.touch()
    (data_dir / "sockets" / ".s.PGSQL.5432.lock").write_text(stale)
    with running(data_dir):
        assert query(data_dir, "SELECT 1") == 1


def test_hanging_holder_of_the_lock_is_named(data_dir, monkeypatch):
    monkeypatch.setattr(servers, "CHANGE_SECONDS", 0.2)
    with FileLock(PostgreSQL(data_dir).lock_path("change")) as lock:
        assert lock.take()
        lock.sign(4711)
        with pytest.raises(Refused, match="Process 4711 has been starting or stopping PostgreSQL"), running(data_dir):
            pass


def test_a_server_that_cannot_start_says_why(data_dir):
    hba = data_dir / "postgresql" / "pg_hba.conf"
    text = hba.read_text()
    hba.write_text("nonsense\n")
    with pytest.raises(Refused, match=r"PostgreSQL did not start. The end of .*pg_hba.conf"), running(data_dir):
        pass
    hba.write_text(text)


def test_data_of_another_postgresql_is_refused_in_a_sentence(data_dir):
    version = data_dir / "postgresql" / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(Refused, match="holds the data of PostgreSQL 17 and this is 18"), running(data_dir):
        pass
    version.write_text("18\n")


def test_users_that_come_and_go_at_once_all_have_their_server(data_dir):
    def come_and_go(_: int) -> str:
        command = [sys.executable, "-c", USER.replace("time.sleep(60)", "pass"), str(data_dir)]
        options = {"cwd": PROJECT, "env": environment(data_dir), "capture_output": True, "text": True}
        return subprocess.run(command, **options, timeout=60).stdout

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(come_and_go, range(12))) == ["up\n"] * 12


def test_manage_says_unwritable_in_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    done = manage(tmp_path / "file" / "data", "check")
    assert done.returncode == 1
    assert done.stderr.startswith("manage.py: The data folder")
    assert done.stderr.count("\n") == 1


def test_manage_starts_nothing_for_commands_that_ask_no_database(tmp_path):
    assert manage(tmp_path, "version").returncode == 0
    assert not (tmp_path / "postgresql").exists()
