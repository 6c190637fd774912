"""A worker's part: one import at a time, under a lease, whatever became of whoever had it before."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from django import db
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.exceptions import Refused
from registry.actions.imports import applying, checking, reading
from registry.actions.imports.leases import LEASE, Lost, step
from registry.actions.imports.telling import counts, tell, write_of
from registry.models import Import, ImportState, JobState, Wish
from registry.spreadsheets import Unreadable

logger = logging.getLogger(__name__)
MOST_TRIES = 3
OWN_FAULT = (
    "A fault of the registry stopped it. Nothing was saved. Upload the file again; if it ends so again, tell us."
)
GIVEN_UP = "Three workers began it and did not come to an end. Nothing was saved. Upload the file in smaller parts."


def work_due(*, most: int = 50) -> int:
    """Work at what waits, until nothing does, and return at how many. Others may do the same at once."""
    for number in range(most):
        imported = take_due()
        if imported is None:
            return number
        work_at(imported)
    return most


@transaction.atomic
def take_due() -> Import | None:
    """The import that has waited longest, for this worker alone while the lease lasts."""
    due = Import.objects.due(timezone.now()).order_by("tries", "pk")
    imported = due.select_for_update(skip_locked=True, of=("self",)).select_related("organisation").first()
    if imported is None:
        return None
    imported.taken, imported.taken_until = uuid4(), timezone.now() + LEASE
    imported.tries += 1
    imported.save(update_fields=["taken", "taken_until", "tries"])
    stage = _("Reading") if imported.state == ImportState.RECEIVED else _("Applying")
    tell(imported.job_id, state=JobState.RUNNING, stage=stage)
    return imported


def work_at(imported: Import) -> None:
    try:
        if imported.tries > MOST_TRIES:
            raise Unreadable(GIVEN_UP)
        go_on(imported)
    except Lost:
        logger.info("The import of job %s is another worker's, or was dropped", imported.job_id)
    except (db.OperationalError, db.InterfaceError):
        raise  # it is tried again when the database is back
    except (Unreadable, Refused) as refused:
        fail(imported, str(refused))
    except Exception:
        logger.exception("The import of job %s ended by a fault", imported.job_id)
        fail(imported, OWN_FAULT)


def go_on(imported: Import) -> None:
    """From where it is to where somebody has to decide, or to its end."""
    if imported.state == ImportState.RECEIVED:
        if not reading.read(imported):
            return
        checking.check(imported)
        if not settled(imported):
            return
    while not applying.apply(imported):
        checking.check(imported)  # something was said meanwhile
        if not settled(imported, moved=True):
            return


def settled(imported: Import, *, moved: bool = False) -> bool:
    """Leave a checked import to whoever decides; True where that is decided already, and it is applied at once."""
    wished = imported.wish == Wish.GOOD or (imported.wish == Wish.ALL_OR_NOTHING and not imported.problems)
    if imported.good and wished:
        proceed(imported)
        return True
    nothing = not imported.good and not imported.problems
    imported.state = ImportState.APPLIED if nothing else ImportState.READY
    imported.moved = moved
    with released(imported):
        if nothing:
            sentence = _("Nothing is new or changed: every row says what stands already.")
            tell(imported.job_id, state=JobState.DONE, stage=ImportState.APPLIED.label, sentence=sentence)
        else:
            tell(imported.job_id, state=JobState.ASKING, stage=ImportState.READY.label, sentence=counts(imported))
            write_of(imported, f"preview {imported.tries}", _("Your portfolio is checked. %s.") % counts(imported))
    return False


def proceed(imported: Import) -> None:
    with step(imported) as mine:
        imported.state = ImportState.APPLYING
        mine.update(state=imported.state)
        tell(imported.job_id, state=JobState.RUNNING, stage=_("Applying"))


@contextmanager
def released(imported: Import) -> Iterator[None]:
    """Write how far it is, and give up the lease. Raises Lost."""
    with step(imported) as mine:
        yield
        mine.update(
            **{name: getattr(imported, name) for name in ("state", "moved", "headings", "sample", "columns")},
            sheet=imported.sheet,
            heading_row=imported.heading_row,
        )
        Import.objects.filter(pk=imported.pk).update(taken=None, taken_until=None, tries=0)


def fail(imported: Import, sentence: str) -> None:
    """It has ended, and nothing of it was saved: a transaction that did not end leaves nothing."""
    try:
        imported.state = ImportState.FAILED
        with released(imported):
            imported.lines.all().delete()
            imported.parts.all().delete()
            tell(imported.job_id, state=JobState.FAILED, stage=ImportState.FAILED.label, sentence=sentence)
            write_of(imported, "failed", _("Your portfolio could not be imported. %s") % sentence)
    except Lost:
        logger.info("The import of job %s is another worker's, or was dropped", imported.job_id)
