"""Taking a file in. It is looked through, kept in parts, and read by a worker."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from commons.exceptions import Refused
from registry.actions.bodies import locked, refuse_ended
from registry.actions.imports.telling import leave_to_worker
from registry.models import (
    Act,
    Event,
    Import,
    ImportPart,
    ImportState,
    Job,
    JobKind,
    JobState,
    Organisation,
    Wish,
)
from registry.permissions import Actor, may_declare, may_draft
from registry.spreadsheets import Form, Unreadable, form_of
from registry.spreadsheets.limits import size_of

PART = 512 * 1024
MOST_OPEN, MOST_A_DAY = 20, 100  # of a body: each holds a file
LONGEST_NAME = 200


class Received(NamedTuple):
    """`known`: the body has sent this very file before, and nothing is to be done again."""

    imported: Import
    known: bool


def receive_import(
    *, organisation: Organisation, file: BinaryIO, name: str = "", wish: Wish = Wish.PREVIEW, by: Actor
) -> Received:
    """Take a file in. The same file again leads to what it led to, as long as all of that still stands.

    Raises Refused: not allowed, a body that does not exist today, too many that wait, or a file that cannot be taken.
    """
    refuse_uploading(organisation, wish, by)
    try:
        form = form_of(file, name)
    except Unreadable as unreadable:
        raise Refused(str(unreadable)) from unreadable
    return received(organisation, file, form, shown(name, form), wish, by)


@transaction.atomic
def received(organisation: Organisation, file: BinaryIO, form: Form, name: str, wish: Wish, by: Actor) -> Received:
    organisation = locked(organisation)
    refuse_ended(organisation)
    digest = digest_of(file)
    if known := done_before(organisation, digest):
        return Received(anew(known, wish, by), known=True)
    since = timezone.now() - timedelta(days=1)
    if Import.objects.filter(organisation=organisation, uploaded_in__at__gt=since).count() >= MOST_A_DAY:
        raise Refused(_("You have uploaded many files today. Go on tomorrow, or put them into one."))
    if waiting(organisation) >= MOST_OPEN:
        raise Refused(_("Many imports of yours wait. Apply or drop some of them first."))
    imported = Import.objects.create(
        organisation=organisation,
        job=begun(),
        wish=wish,
        name=name,
        form=form,
        size=size_of(file),
        digest=digest,
        uploaded_in=Event.objects.create(
            act=Act.UPLOAD_PORTFOLIO, **by.signature, detail={"organisation": organisation.slug}
        ),
        wished_by=by.person if wish != Wish.PREVIEW else None,
        wished_with=by.token if wish != Wish.PREVIEW else None,
        watched_at=timezone.now(),
    )
    for number, content in enumerate(pieces(file)):
        ImportPart.objects.create(imported=imported, number=number, content=content)
    return Received(imported, known=False)


def anew(known: Import, wish: Wish, by: Actor) -> Import:
    """A preview is checked once more: what was a problem may be none any longer."""
    if known.state == ImportState.READY:
        known.wish, known.moved = wish, False
        if wish != Wish.PREVIEW:
            known.wished_by, known.wished_with = by.person, by.token
        leave_to_worker(known, ImportState.RECEIVED)
    return known


def refuse_uploading(organisation: Organisation, wish: Wish, by: Actor) -> None:
    if not may_draft(by, organisation):
        raise Refused(f"You may not prepare what {organisation} says.")
    if wish != Wish.PREVIEW and not may_declare(by, organisation):
        raise Refused(f"You may not publish what {organisation} says. Ask for a preview, which an owner applies.")


def begun() -> Job:
    now = timezone.now()
    return Job.objects.create(
        kind=JobKind.IMPORT,
        state=JobState.QUEUED,
        stage=str(ImportState.RECEIVED.label),
        started_at=now,
        heartbeat_at=now,
    )


def pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(PART):
        yield piece


def digest_of(file: BinaryIO) -> str:
    digest = sha256()
    for piece in pieces(file):
        digest.update(piece)
    return digest.hexdigest()


def shown(name: str, form: Form) -> str:
    """A file's name as a page may show it: without folders, and without what cannot be seen."""
    name = name.replace("\\", "/").rpartition("/")[2]
    seen = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    return seen[-LONGEST_NAME:] or _("A table that was pasted") + f" ({form.value})"


def done_before(organisation: Organisation, digest: str) -> Import | None:
    """The import of the same file that is under way, or that left nothing to do: all of its rows stand as it said."""
    same = Import.objects.filter(organisation=organisation, digest=digest).select_related("job")
    if under_way := same.open().first():
        return under_way
    found = same.filter(state=ImportState.APPLIED, problems=0, applied_in__isnull=False).first()
    if found is None:
        return None
    own = organisation.declarations
    undone = own.filter(recorded_in=found.applied_in, superseded_in__isnull=False)
    since = own.filter(recorded_in__gt=found.applied_in)
    return None if undone.exists() or since.exists() else found


def waiting(organisation: Organisation) -> int:
    """Imports that somebody, or a worker, still has something to do about."""
    nothing = Q(state=ImportState.READY, new=0, changed=0)
    return Import.objects.open().filter(organisation=organisation).exclude(nothing).count()
