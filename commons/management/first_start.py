"""What a new registry gets before it is served: its tables, the demo pack, an operator to look around with."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from commons.embedded import addresses
from public_value.models import Edition
from public_value.tasks import ensure_first_edition
from registry.models import Organisation, Person

DEMO_OPERATOR = "operator@demo.example"
RING_SECONDS = 10
PATIENCE_SECONDS = 120


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
    """Has a worker compute the first edition, and says how far it is."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.began = self.ring_at = time.monotonic()

    def is_there_or_late(self) -> bool:
        """Whether waiting is over. Asks the worker again now and then: a doorbell may be lost."""
        waited = time.monotonic() - self.began
        if edition := first_edition():
            if self.ring_at > self.began:
                self.tell(f"The first edition, {edition}, is computed (after {waited:.1f} seconds).")
            return True
        if waited > PATIENCE_SECONDS:
            self.tell("There is no edition yet: what the worker said above is the reason, or it still computes.")
            return True
        if time.monotonic() >= self.ring_at:
            self.tell(f"A worker computes the first edition … {waited:.0f} s")
            ensure_first_edition.delay()
            self.ring_at = time.monotonic() + RING_SECONDS
        return False


def first_edition() -> Edition | None:
    """None also while the database restarts."""
    try:
        return Edition.objects.dated().first()
    except Error:
        return None
    finally:
        connection.close()  # `serve` keeps none
