"""Keeps a set of programs running: starts them, starts them again when they die, passes on what they say, ends them.

Each program leads a session of its own, so that whatever it started can be ended with it, and gets SIGTERM when this
process dies, even by kill -9. One thread, because the kernel ties that signal to the thread that started the program.
"""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from commons.embedded.processes import dying_with_parent

TICK_SECONDS = 0.2
STEADY_SECONDS = 10  # a program that dies younger than this is waited for, longer each time
LONGEST_PAUSE_SECONDS = 10
STOP_SECONDS = 15
Say = Callable[[str, str], None]  # name of the program, line


@dataclass
class Program:
    """A command to keep running, and its process when it has one."""

    name: str
    command: list[str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    young_deaths: int = 0

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=os.environ | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dying_with_parent(signal.SIGTERM),
        )
        self.started = time.monotonic()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """To the program and whatever it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def plan_restart(self) -> int:
        """Seconds until the next start: none, unless it died young before."""
        young = time.monotonic() - self.started < STEADY_SECONDS
        self.young_deaths = self.young_deaths + 1 if young else 0
        pause = min(LONGEST_PAUSE_SECONDS, 2 ** (self.young_deaths - 2)) if self.young_deaths > 1 else 0
        self.start_at = time.monotonic() + pause
        return pause


class Supervisor:
    def __init__(self, say: Say) -> None:
        self.programs: list[Program] = []
        self.say = say
        self._pipes = selectors.DefaultSelector()

    def start(self, *programs: Program) -> None:
        for program in programs:
            self.programs.append(program)
            self._start(program)

    def run(self, until: Callable[[], bool]) -> None:
        """Keep everything running until `until()` says so; it is asked at every tick."""
        while not until():
            self._pass_on(TICK_SECONDS)
            for program in self.programs:
                if not program.is_running():
                    self._mend(program)

    def stop(self) -> None:
        """End every program in an orderly way, and by force whatever is left after that."""
        running = [program for program in self.programs if program.is_running()]
        for program in running:
            os.kill(program.process.pid, signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        while any(program.is_running() for program in running) and time.monotonic() < end:
            self._pass_on(TICK_SECONDS)
        for program in self.programs:
            program.signal(signal.SIGKILL)
            if program.process is not None:
                program.process.wait()
        self._pass_on(0)
        self._pipes.close()

    def _start(self, program: Program) -> None:
        program.start()
        program.start_at = 0.0
        os.set_blocking(program.process.stdout.fileno(), False)
        self._pipes.register(program.process.stdout, selectors.EVENT_READ, program.name)

    def _mend(self, program: Program) -> None:
        if not program.start_at:
            program.signal(signal.SIGKILL)  # what a killed program left behind may hold its port
            pause = program.plan_restart()
            again = f"again in {pause} seconds" if pause else "again"
            self.say(program.name, f"ended ({_reason(program.process.returncode)}) and is started {again}")
        elif time.monotonic() >= program.start_at:
            self._start(program)

    def _pass_on(self, seconds: float) -> None:
        for key, _ in self._pipes.select(seconds):
            text = os.read(key.fd, 1 << 16)
            if not text:
                self._pipes.unregister(key.fileobj)
                key.fileobj.close()
            for line in text.decode(errors="replace").splitlines():
                if line.strip():
                    self.say(key.data, line)


def _reason(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
