"""One real `manage.py serve` for all processes of a test run: whoever comes first starts it, and ends it last."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commons.embedded.locks import FileLock
from commons.embedded.postgresql import mark_throwaway
from tests import tables
from tests.served import PACK_TOML, Served, eventually

START_SECONDS = 240
LONGEST_RUN_SECONDS = 1800


class ServedPack(Served):
    """Serves a given pack, with its first edition, from a data folder with the tables that trades safety for speed."""

    def __init__(self, folder: Path, pack: Path) -> None:
        super().__init__(folder)
        self.pack = pack
        mark_throwaway(self.data_dir)
        tables.copy_to(self.data_dir)

    def start(self) -> None:
        """Pages of the index are there once a worker has computed the first edition, which comes after the address."""
        super().start()
        eventually(lambda: self.health().get("last_edition"), START_SECONDS, "the first edition is computed")

    def is_at(self, port: int) -> None:
        """Say where another process serves it."""
        self.port, self.url = port, f"http://127.0.0.1:{port}"

    def sign_in(self) -> tuple[str, str]:
        """The demo operator's address and password."""
        email, password = (self.data_dir / "demo-sign-in.txt").read_text().split()
        return email, password

    def _pack(self) -> Path:
        return self.pack


class Town(ServedPack):
    """Serves a small pack without an edition, which its tests may change."""

    def start(self) -> None:
        Served.start(self)


@contextmanager
def town(folder: Path, tables: dict[str, str]) -> Iterator[Town]:
    """A registry of these tables, for the tests of one file."""
    pack = folder / "pack"
    pack.mkdir()
    (pack / "pack.toml").write_text(PACK_TOML)
    for name, text in tables.items():
        (pack / name).write_text(text)
    server = Town(folder, pack)
    server.start()
    try:
        yield server
    finally:
        end(server)


@contextmanager
def shared(run: Path, name: str, pack: Path) -> Iterator[ServedPack]:
    """Serve the pack once for all processes that share the folder `run`.

    It is served for as long as one of them is in this block; one that comes after that starts anew.
    """
    folder, port = run / name, run / f"{name}.port"
    with FileLock(run / f"{name}.change") as change, FileLock(run / f"{name}.users") as users:
        change.wait(seconds=START_SECONDS, doing=f"starting to serve {name}")
        server, ours = ServedPack(folder, pack), not port.exists()
        if ours:
            server.start()
            port.write_text(str(server.port))
        else:
            server.is_at(int(port.read_text()))
        users.take(shared=True)
        change.release()
        try:
            yield server
        finally:
            users.release()
            if ours:
                change.wait(seconds=START_SECONDS, doing=f"starting to serve {name}")
                users.wait(seconds=LONGEST_RUN_SECONDS, doing=f"reading {name}")
                port.unlink()
                end(server)


def end(server: ServedPack) -> None:
    """End it, and keep its folder only when something was wrong."""
    code = server.end()
    assert code == 0, server.said()
    assert "Traceback" not in server.said(), server.said()
    shutil.rmtree(server.folder)
