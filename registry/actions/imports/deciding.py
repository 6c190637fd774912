"""What people decide about an import: which column is which, that it is applied, that it is dropped."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from commons.exceptions import Refused
from registry.actions.bodies import locked, refuse_ended
from registry.actions.imports.telling import leave_to_worker, tell
from registry.models import Act, Event, Import, ImportState, JobState, KnownHeading, Organisation, Wish
from registry.permissions import Actor, may_declare, may_draft
from registry.portfolio_file.columns import BY_NAME, LEFT_OUT
from registry.portfolio_file.headings import folded, lacking


class AlreadyImported(Refused):
    """It was applied already: asked for twice, it is done once."""


@transaction.atomic
def name_columns(*, imported: Import, columns: Sequence[str], by: Actor) -> Import:
    """Say what each heading means, in their order; LEFT_OUT is not read. The body's next file is read alike.

    Raises Refused: not allowed, not asked, a column that there is not, one named twice, or one that is needed missing.
    """
    body, imported = hold(imported)
    refuse_preparing(body, by)
    if imported.state not in (ImportState.ASKING, ImportState.READY):
        raise Refused(_("The columns of this file are not asked for now."))
    columns = list(columns)
    named = [name for name in columns if name]
    if len(columns) != len(imported.headings) or any(name not in BY_NAME for name in named):
        raise Refused(_("Choose one of the list for each column."))
    if twice := next((name for name in named if named.count(name) > 1), ""):
        raise Refused(_("Two columns are “%(name)s”. Leave one of them out.") % {"name": BY_NAME[twice].label})
    if sentence := lacking(columns):
        raise Refused(sentence)
    Event.objects.create(
        act=Act.NAME_COLUMNS, **by.signature, detail={"organisation": body.slug, "columns": len(named)}
    )
    remember(body, imported.headings, columns)
    imported.columns = columns
    leave_to_worker(imported, ImportState.RECEIVED)
    return imported


def remember(body: Organisation, headings: Sequence[str], columns: Sequence[str]) -> None:
    known = {folded(heading): column or LEFT_OUT for heading, column in zip(headings, columns, strict=True)}
    KnownHeading.objects.bulk_create(
        [
            KnownHeading(organisation=body, heading=heading, column=column)
            for heading, column in known.items()
            if heading
        ],
        update_conflicts=True,
        unique_fields=["organisation", "heading"],
        update_fields=["column"],
    )


@transaction.atomic
def apply_import(*, imported: Import, wish: Wish = Wish.GOOD, by: Actor) -> Import:
    """Have the good rows of a preview published, by a worker. Its event is written when that is done.

    Raises Refused: not allowed, nothing to apply, rows with problems where all or none were wished, or AlreadyImported.
    """
    body, imported = hold(imported)
    if not may_declare(by, body):
        raise Refused(f"You may not publish what {body} says. Ask an owner to apply it.")
    refuse_ended(body)
    if imported.state in (ImportState.APPLYING, ImportState.APPLIED):
        raise AlreadyImported(_("It is applied already."))
    if imported.state != ImportState.READY:
        raise Refused(_("There is no preview to apply: see what became of it."))
    if wish == Wish.ALL_OR_NOTHING and imported.problems:
        raise Refused(_("Some rows have a problem, so nothing is applied. Mend them, or import the good rows."))
    if not imported.good:
        raise Refused(_("There is nothing to apply: no row is new or changed."))
    imported.wished_by, imported.wished_with = by.person, by.token
    leave_to_worker(imported, ImportState.APPLYING)
    return imported


@transaction.atomic
def drop_import(*, imported: Import, by: Actor) -> Import:
    """Cancel an import, or drop its preview. Nothing of it is kept but that it was. Asked twice, done once.

    Raises Refused: not allowed, or it is being applied, or was.
    """
    body, imported = hold(imported)
    refuse_preparing(body, by)
    if imported.state == ImportState.DROPPED:
        return imported
    if imported.state in (ImportState.APPLYING, ImportState.APPLIED):
        raise Refused(_("It is applied in one go, and cannot be stopped. It can be taken back for 24 hours."))
    if imported.state == ImportState.FAILED:
        raise Refused(_("It has ended already, and nothing was saved."))
    Event.objects.create(act=Act.DROP_IMPORT, **by.signature, detail={"organisation": body.slug})
    imported.state, imported.taken, imported.taken_until = ImportState.DROPPED, None, None
    imported.save()
    imported.lines.all().delete()
    imported.parts.all().delete()
    tell(imported.job_id, state=JobState.CANCELLED, stage=ImportState.DROPPED.label, sentence=_("Nothing was saved."))
    return imported


def hold(imported: Import) -> tuple[Organisation, Import]:
    """The body and the import, each locked, in this order everywhere."""
    body = locked(imported.organisation)
    return body, Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)


def refuse_preparing(body: Organisation, by: Actor) -> None:
    if not may_draft(by, body):
        raise Refused(f"You may not prepare what {body} says.")
