import signal
import socket

import pytest

from tests.served import Served, eventually, manage, processes_of

pytestmark = pytest.mark.long


@pytest.fixture
def served(tmp_path):
    with Served(tmp_path) as served:
        yield served


def test_serve_survives_kill_9_and_ends_without_a_trace(served):
    assert served.health()["status"] == "ready"
    sign_in = served.data_dir / "demo-sign-in.txt"
    assert sign_in.stat().st_mode & 0o777 == 0o600
    assert sign_in.read_text().split()[1] in served.said()

    served.comes_back("web", served.kill("web"))
    served.comes_back("postgresql", served.kill("postgresql"))

    assert served.get("/admin/")[0] == 200, "an answer from the database, after both were killed"
    assert "web    | Traceback" not in served.said()
    assert served.end(signal.SIGINT) == 0
    assert processes_of(served.data_dir) == {}


def test_serve_names_a_port_that_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = manage(tmp_path, "serve", "--port", str(port))
    assert (done.returncode, done.stderr) == (
        1,
        f"manage.py: Port {port} is in use: choose another, for example PORT={port + 1} make run.\n",
    )
    eventually(lambda: not processes_of(tmp_path), 5, "nothing was started")
