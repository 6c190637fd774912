"""The process that keeps one embedded server up: it starts it, starts it again when it dies, and ends it when nobody
holds the users' lock any more. A killed keeper takes its server along.

Started by `commons.embedded.servers` as `python -m commons.embedded.keeper KEY DATA_DIR`. It writes one line when the
server answers (empty) or cannot be started (the sentence).
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from commons.embedded import processes
from commons.embedded.locks import FileLock
from commons.embedded.postgresql import PostgreSQL
from commons.embedded.server import Server
from commons.embedded.valkey import Valkey
from commons.exceptions import Refused

SERVERS: dict[str, type[Server]] = {server.key: server for server in (PostgreSQL, Valkey)}
START_SECONDS = 60
STOP_SECONDS = 20
PATIENCE_SECONDS = 3  # with what a killed keeper left behind
LOOK_SECONDS = 0.3  # how often the keeper looks for users
STEADY_SECONDS = 5  # a server that dies younger than this is waited for, longer each time
LONGEST_PAUSE_SECONDS = 5
LARGEST_LOG_BYTES = 10_000_000
WAKING = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT}


class Keeper:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = 0.0

    def start(self) -> None:
        """Start the server and wait until it answers; raises Refused with the end of its log."""
        lock = self._program_lock()
        self.server.make()
        with self.server.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.server.program(), *self.server.arguments()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.server.folder,
                pass_fds=[lock.fd],  # so the lock is free only when the last process of the server is gone
                start_new_session=True,
                **self.server.popen_options(),
            )
        lock.close()
        self.started = time.monotonic()
        self._await_answer()

    def stop(self) -> None:
        if self.process is None:
            return
        for stop_signal in (self.server.stop_signal, signal.SIGQUIT, signal.SIGKILL):
            if self.process.poll() is not None:
                return
            self.process.send_signal(stop_signal)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue

    def keep(self, change: FileLock) -> None:
        """Return when the server is to end: told so, or holding the `change` lock because nobody uses it any more."""
        while not _told_to_end(signal.sigtimedwait(WAKING, LOOK_SECONDS)):
            if self.process is None or self.process.poll() is not None:
                self._start_again()
            elif self._nobody_left(change):
                return

    def _start_again(self) -> None:
        steady = time.monotonic() - self.started > STEADY_SECONDS
        self.pause = 0 if steady else min(LONGEST_PAUSE_SECONDS, max(0.25, self.pause * 2))
        self._note(f"{self.server.name} ended; it is started again in {self.pause} seconds")
        time.sleep(self.pause)
        try:
            self.start()
        except Refused as refusal:
            self._note(str(refusal))

    def _nobody_left(self, change: FileLock) -> bool:
        if not change.take():
            return False  # somebody is coming or going
        with FileLock(self.server.lock_path("users")) as users:
            if users.take():
                return True
        change.release()
        return False

    def _program_lock(self) -> FileLock:
        """Wait until no process of an earlier start is alive; end those that a killed keeper left hanging."""
        lock = FileLock(self.server.lock_path("program"))
        for death in (None, signal.SIGTERM, signal.SIGKILL):
            for pid in processes.of_program(self.server.program(), self.server.folder) if death else []:
                os.kill(pid, death)
            end = time.monotonic() + PATIENCE_SECONDS
            while time.monotonic() < end:
                if lock.take():
                    return lock
                time.sleep(0.02)
        raise Refused(f"An earlier {self.server.name} still runs in {self.server.folder}: end it, then try again.")

    def _await_answer(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not self.server.answers():
            if self.process is None or self.process.poll() is not None or time.monotonic() > end:
                raise Refused(f"{self.server.name} did not start. The end of {self.server.log}: {self._last_words()}")
            time.sleep(0.02)

    def _last_words(self) -> str:
        lines = self.server.log.read_text(errors="replace").splitlines()
        return " / ".join(line.strip() for line in lines[-3:]) or "(empty)"

    def _note(self, sentence: str) -> None:
        with self.server.log.open("a") as log:
            log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} keeper: {sentence}\n")


def main(key: str, data_dir: Path) -> None:
    server = SERVERS[key](data_dir)
    signal.pthread_sigmask(signal.SIG_BLOCK, WAKING)
    _begin_log(server.log)
    keeper = Keeper(server)
    with FileLock(server.lock_path("change")) as change, FileLock(server.lock_path("keeper")) as mine:
        mine.wait(seconds=PATIENCE_SECONDS, doing=f"keeping {server.name} up")
        try:
            keeper.start()
            _report("")
            keeper.keep(change)
        finally:
            keeper.stop()
            mine.release()  # before `change`, so that whoever comes next finds no keeper


def _told_to_end(information: signal.struct_siginfo | None) -> bool:
    return information is not None and information.si_signo in (signal.SIGTERM, signal.SIGINT)


def _report(sentence: str) -> None:
    """Tell the process that started us, and let go of its pipe."""
    os.write(sys.stdout.fileno(), f"{' '.join(sentence.split())}\n".encode())
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())


def _begin_log(log: Path) -> None:
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), sys.stderr.fileno())


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]))
    except Refused as refusal:
        _report(str(refusal))
        sys.exit(1)
