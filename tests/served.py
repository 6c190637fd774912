"""A real `manage.py serve` in a data folder of its own, for tests that kill parts of it."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from commons.embedded.processes import dying_with_parent

PROJECT = Path(__file__).resolve().parents[1]
START_SECONDS = 240  # a machine with much else to do is slow
FOREIGN = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER", "PACK", "HOST")
PACK_TOML = """title = "Two bodies"
country = "XA"
currency = "GBP"
licence = "CC0-1.0"
[peer_groups.councils]
label = "Councils"
"""
ORGANISATIONS = """organisation,name,type,peer_group
quillsford,Quillsford,unitary,councils
brackenholt,Brackenholt,unitary,councils
"""


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return kept | {"DATA_DIR": str(data_dir), "WEB_WORKERS": "1", "WORKER_PROCESSES": "1"} | more


def manage(data_dir: Path, *arguments: str, patience: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=PROJECT, env=environment(data_dir, **more), capture_output=True, text=True, timeout=patience
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_of(data_dir: Path) -> dict[int, str]:
    """Every live process that was started for this data folder, by its environment or its command line."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            its_environment = (entry / "environ").read_bytes()  # Valkey writes its title over this
        except OSError:  # gone meanwhile
            continue
        if f"DATA_DIR={data_dir}\0".encode() in its_environment or (command and f"{data_dir}/" in f"{command}/"):
            found[int(entry.name)] = command
    return found


def eventually(condition: Callable[[], Any], seconds: float, what: str) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"Not within {seconds} seconds: {what}")


class Served:
    """`with Served(folder) as served:` serves a pack of two bodies, or what the folder holds, and ends it by Ctrl-C.

    `more` goes into its environment.
    """

    patience: float = START_SECONDS

    def __init__(self, folder: Path, **more: str) -> None:
        self.more = more
        self.folder, self.data_dir, self.port = folder, folder / "data", free_port()
        self.log = folder / "serve.log"
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Served":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end()

    def start(self) -> None:
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), "--pack", str(self._pack())]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=PROJECT,
                env=environment(self.data_dir, **self.more),
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dying_with_parent(signal.SIGTERM),  # when the tests themselves are killed
            )
        eventually(self._is_up, self.patience, "serve prints its address")

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def said(self) -> str:
        return self.log.read_text()

    def get(self, path: str) -> tuple[int, str]:
        """Status and body; status 0 where nothing answers, or not to the end, as while a part is being killed."""
        try:
            return self._ask(path)
        except (OSError, http.client.HTTPException):
            return 0, ""

    def health(self) -> dict[str, Any]:
        status, body = self.get("/health/ready")
        return json.loads(body) if status else {"status": "silent"}

    def pid(self, part: str) -> int:
        """The first process of a part: web, worker, beat, postgresql, valkey, keeper postgresql, keeper valkey."""
        pattern = {
            "web": r"-m granian",
            "worker": r"-m celery .* worker",
            "beat": r"-m celery .* beat",
            "postgresql": r"bin/postgres -D",
            "valkey": r"valkey-server",
        }.get(part, part)
        return min(
            (pid for pid, command in processes_of(self.data_dir).items() if re.search(pattern, command)), default=0
        )

    def send(self, part: str, number: signal.Signals) -> int:
        pid = eventually(lambda: self.pid(part), 10, f"{part} runs")
        os.kill(pid, number)
        return pid

    def kill(self, part: str) -> int:
        return self.send(part, signal.SIGKILL)

    def comes_back(self, part: str, killed: int, seconds: float = 20) -> None:
        eventually(lambda: self.pid(part) not in (0, killed), seconds, f"{part} runs again")
        eventually(lambda: self.health()["status"] == "ready", seconds, "the registry is ready again")

    def _ask(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def _is_up(self) -> bool:
        assert self.process.poll() is None, self.said()
        return "with the password" in self.said()

    def _pack(self) -> Path:
        pack = self.folder / "pack"
        pack.mkdir(exist_ok=True)
        (pack / "pack.toml").write_text(PACK_TOML)
        (pack / "organisations.csv").write_text(ORGANISATIONS)
        return pack
