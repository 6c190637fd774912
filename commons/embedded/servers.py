"""The embedded servers as everybody uses them: up while somebody needs them, down after the last one.

`manage.py`, `serve` and the tests all come through `running`. Whoever uses a server holds a shared lock, which the
kernel drops however its holder ends; the server's keeper (see `keeper`) looks at that lock.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from commons.embedded.keeper import SERVERS, START_SECONDS
from commons.embedded.locks import FileLock, is_held
from commons.embedded.server import Server
from commons.exceptions import Refused

CHANGE_SECONDS = 60  # how long another process may be bringing a server up or down
PROJECT = Path(__file__).resolve().parents[2]


def needed(data_dir: Path, environ: Mapping[str, str] = os.environ) -> list[Server]:
    """The embedded servers that no URL in the environment stands in for."""
    return [server(data_dir) for server in SERVERS.values() if not environ.get(server.url_setting)]


@contextmanager
def running(servers: list[Server]) -> Iterator[list["Use"]]:
    """Have these servers up for the time of the block. Raises Refused with one sentence when that cannot be."""
    with ExitStack() as stack:
        uses = [stack.enter_context(Use(server)) for server in servers]
        try:
            for use in uses:
                use.begin()
            for use in uses:
                use.settle()
            yield uses
        finally:
            begun = [use for use in uses if use.begun]
            for use in begun:
                use.end()
            for use in begun:
                use.finish()


class Use:
    """One process's use of one server.

    Coming (`begin`, `settle`) and going (`end`, `finish`) are in two steps each, so that two servers start and stop
    at the same time.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        server.make_folders()
        self.users = FileLock(server.lock_path("users"))
        self.change = FileLock(server.lock_path("change"))
        self.report: int | None = None  # the pipe of a keeper that we started
        self.begun = self.last = False
        self.keeper: int | None = None  # its process number, when it is our child

    def begin(self) -> None:
        """Say that the server is needed, and start a keeper where none is at work."""
        self.change.wait(seconds=CHANGE_SECONDS, doing=f"starting or stopping {self.server.name}")
        self.begun = self.users.take(shared=True)
        if not self.is_kept():
            self.report = self._start_keeper()

    def settle(self) -> None:
        """Wait until the server answers."""
        try:
            if self.report is not None:
                self._hear_keeper(self.report)
            self._await_answer()
        finally:
            self.report = None
            self.change.release()

    def is_kept(self) -> bool:
        return is_held(self.server.lock_path("keeper"))

    def end(self) -> None:
        """Say that the server is needed no longer; the last one tells its keeper to end it."""
        self.change.wait(seconds=CHANGE_SECONDS, doing=f"starting or stopping {self.server.name}")
        self.last = self.users.take()
        with FileLock(self.server.lock_path("keeper")) as keeper:
            pid = keeper.owner()
            if self.last and pid and not keeper.take(shared=True):
                os.kill(pid, signal.SIGTERM)

    def finish(self) -> None:
        """Wait until what `end` stopped is gone."""
        end = time.monotonic() + CHANGE_SECONDS
        while self.last and self.is_kept() and time.monotonic() < end:
            time.sleep(0.01)
        self._forget_keeper()

    def __enter__(self) -> "Use":
        return self

    def __exit__(self, *_: object) -> None:
        self.users.close()
        self.change.close()

    def _start_keeper(self) -> int:
        """Start it detached, in a session of its own: Ctrl-C is for us, and it outlives us while others need it."""
        ours, its = os.pipe()
        environment = os.environ | {"PYTHONPATH": str(PROJECT)}
        command = [sys.executable, "-m", "commons.embedded.keeper", self.server.key, str(self.server.data_dir)]
        streams = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, its, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        self._forget_keeper()
        self.keeper = os.posix_spawn(sys.executable, command, environment, file_actions=streams, setsid=True)
        os.close(its)
        return ours

    def _forget_keeper(self) -> None:
        """Let the kernel forget a child that has ended."""
        if self.keeper and os.waitpid(self.keeper, os.WNOHANG)[0]:
            self.keeper = None

    def _hear_keeper(self, pipe: int) -> None:
        heard = select.select([pipe], [], [], 3 * START_SECONDS)[0]
        with os.fdopen(pipe) as stream:
            sentence = stream.readline() if heard else ""
        if sentence != "\n":
            raise Refused(sentence.strip() or f"{self.server.name} could not be started: see {self.server.log}.")

    def _await_answer(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not self.server.answers():
            if time.monotonic() > end:
                raise Refused(f"{self.server.name} does not answer; {self.server.log} may say why.")
            time.sleep(0.02)
