"""The whole product under one command: servers, tables, demo pack, web, worker and timetable."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from commons.embedded import servers
from commons.embedded.supervisor import Supervisor
from commons.management import first_start, serving


class Command(BaseCommand):
    help = "Serve the registry: web, worker and timetable, with embedded servers where no URL names others."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        pack = Path(os.environ.get("PACK") or settings.BASE_DIR / "demo")
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--pack", type=Path, default=pack, help="what an empty registry starts with (demo/)")

    def handle(self, *, host: str, port: int, pack: Path, **_: object) -> None:
        began = time.monotonic()
        serving.end_at_signals()
        try:
            serving.refuse_taken_port(host, port)
            needed = servers.needed(settings.DATA_DIR)
            with serving.alone(settings.DATA_DIR), servers.running(needed) as uses:
                self.prepare(pack)
                self.serve(host, port, serving.watching(uses, self.tell), began)
        except KeyboardInterrupt:
            self.tell("Stopped.")

    def prepare(self, pack: Path) -> None:
        if first_start.migrate():
            self.tell("The tables are up to date.")
        first_start.load_pack(pack, self.tell)

    def serve(self, host: str, port: int, look: Callable[[], None], began: float) -> None:
        supervisor = Supervisor(self.pass_on)
        web, *others = serving.programs(host, port)
        try:
            supervisor.start(web)  # alone, because the reader waits for it
            supervisor.run(until=lambda: look() or serving.answers(host, port))
            supervisor.start(*others)
            self.tell_address(serving.address(host, port), time.monotonic() - began)
            edition = first_start.FirstEdition(self.tell)
            supervisor.run(until=lambda: look() or edition.is_there_or_late())
            supervisor.run(until=lambda: look() or False)
        finally:
            serving.ignore_further_signals()
            self.tell("Stopping …")
            supervisor.stop()

    def tell_address(self, address: str, seconds: float) -> None:
        sign_in = None if os.environ.get("DATABASE_URL") else first_start.demo_sign_in()
        self.tell(f"\nThe registry is at {address} (after {seconds:.1f} seconds). Ctrl-C ends it.")
        if sign_in:
            self.tell(f"Sign in at {address}/admin/ as {sign_in[0]} with the password {sign_in[1]}\n")

    def pass_on(self, program: str, line: str) -> None:
        self.tell(f"{program:<6} | {line}")

    def tell(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
