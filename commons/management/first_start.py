"""What a new registry gets before it is served: its tables, the demo pack, an operator to look around with."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from commons.embedded import addresses
from registry.models import Organisation, Person

DEMO_OPERATOR = "operator@demo.example"
RING_SECONDS = 10
PATIENCE_SECONDS = 120  # then the address is printed, and the worker goes on


def migrate() -> bool:
    """Bring the tables up to date; whether there was anything to do. (`migrate` itself takes seconds to do nothing.)"""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def load_pack(pack: Path, tell: Callable[[str], None]) -> None:
    """Load the pack into an empty registry; again, where an earlier load was interrupted (it changes nothing twice)."""
    unfinished = settings.DATA_DIR / "run" / "pack-load"
    if Organisation.objects.exists() and not unfinished.exists():
        return
    tell(f"Loading {pack} …")
    unfinished.touch()
    call_command("load_pack", str(pack))
    unfinished.unlink()


def sign_in_file() -> Path:
    return settings.DATA_DIR / "demo-sign-in.txt"


def demo_sign_in() -> tuple[str, str] | None:
    """The demo operator's address and password, made at the first call; None once the password was changed."""
    file = sign_in_file()
    if not file.exists():
        addresses.write_private(file, f"{DEMO_OPERATOR}\n{secrets.token_urlsafe(12)}\n")
    email, password = file.read_text().split()
    person = Person.objects.filter(email=email).first()
    if person is None:
        person = Person.objects.create_superuser(email, password, name="Demo operator")
    return (email, password) if person.check_password(password) else None


class FirstEdition:
    """Has a worker compute the first edition, and says how long it takes."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.asked_at: float | None = None
        self.ring_at = 0.0

    def is_there_or_late(self) -> bool:
        """Whether waiting is over. Asks the worker again now and then: a doorbell may be lost."""
        try:
            from public_value.tasks import ensure_first_edition

            from public_value.models import Edition
        except ImportError:
            self.tell("This version computes no editions yet.")
            return True
        if Edition.objects.exists():
            return True
        now = time.monotonic()
        if self.asked_at is None:
            self.asked_at = now
        if now >= self.ring_at:
            self.tell(f"A worker computes the first edition … {now - self.asked_at:.0f} s")
            ensure_first_edition.delay()
            self.ring_at = now + RING_SECONDS
        return now - self.asked_at > PATIENCE_SECONDS
