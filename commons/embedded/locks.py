"""Locks between processes. The kernel drops a lock when its holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from commons.exceptions import Refused


class FileLock:
    """One flock on one file; the holder writes its process number in, so that a sentence can name it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, shared: bool = False) -> bool:
        """Take or convert the lock if that is possible at once."""
        try:
            fcntl.flock(self.fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self, *, seconds: float, doing: str) -> None:
        """Take the lock, waiting for it; raises Refused, naming the holder, when it does not come."""
        end = time.monotonic() + seconds
        while not self.take():
            if time.monotonic() > end:
                raise Refused(
                    f"Process {self.owner() or 'unknown'} has been {doing} for {seconds:.0f} seconds "
                    f"and holds {self.path}: end that process, then try again."
                )
            time.sleep(0.02)
        self.sign(os.getpid())

    def sign(self, pid: int) -> None:
        os.ftruncate(self.fd, 0)
        os.pwrite(self.fd, str(pid).encode(), 0)

    def owner(self) -> int | None:
        text = os.pread(self.fd, 20, 0)
        return int(text) if text.isdigit() else None

    def release(self) -> None:
        fcntl.flock(self.fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Forget the file. A child that inherited it keeps the lock."""
        os.close(self.fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def is_held(path: Path) -> bool:
    """Whether some process holds the lock exclusively."""
    with FileLock(path) as lock:
        return not lock.take(shared=True)


@contextmanager
def held(path: Path, *, seconds: float, doing: str) -> Iterator[FileLock]:
    with FileLock(path) as lock:
        lock.wait(seconds=seconds, doing=doing)
        yield lock
