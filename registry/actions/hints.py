"""Answering what we think that a body uses: it says so, prepares a change, or rejects it."""

from django.db import transaction
from django.utils import timezone

from catalogue.models import Component
from commons.exceptions import Refused
from registry.actions.bodies import locked
from registry.actions.declarations import declare, save_draft
from registry.actions.declarations.drafting import refuse_drafting
from registry.actions.declarations.rows import of_cell, said_of
from registry.hints import Hint, hints
from registry.models import Act, DeclarationKind, Draft, Event, Organisation, RejectedHint
from registry.permissions import Actor
from registry.said import Said, from_json

LONGEST_REASON = 2000
DETAILED = (DeclarationKind.ADOPTION, DeclarationKind.DUPLICATE)


def open_hint(organisation: Organisation, key: str) -> Hint:
    """Raises Refused where it is not open (any more)."""
    found = next((one for one in hints(organisation, timezone.localdate()) if one.key == key), None)
    if found is None:
        raise Refused("This was answered already. Look at the list again.")
    return found


@transaction.atomic
def accept_hint(*, organisation: Organisation, key: str, by: Actor) -> Hint:
    """Declare what we think, beside what stands. Raises Refused: answered already, or as `declare` does."""
    organisation = locked(organisation)
    hint = open_hint(organisation, key)
    standing = [said_of(one) for one in of_cell(organisation, hint.function)]
    declare(
        organisation=organisation,
        function=hint.function,
        statements=[*detailed(standing), hint.said],
        source=hint.reason,
        by=by,
    )
    return hint


@transaction.atomic
def prepare_hint(*, organisation: Organisation, key: str, by: Actor) -> tuple[Draft, int]:
    """Put what we think into the function's draft, to be changed; the draft and the place of the statement in it.

    Raises Refused: not allowed, or answered already.
    """
    organisation = locked(organisation)
    refuse_drafting(organisation, by)
    hint = open_hint(organisation, key)
    draft = Draft.objects.filter(organisation=organisation, function=hint.function).first()
    standing = list(of_cell(organisation, hint.function))
    said = [from_json(one) for one in draft.statements] if draft else [said_of(one) for one in standing]
    kept = [one for one in detailed(said) if one.key != hint.said.key]
    saved = save_draft(
        organisation=organisation,
        function=hint.function,
        statements=[*kept, hint.said],
        seen=draft.seen if draft else [one.pk for one in standing],
        revision=draft.revision if draft else 0,
        by=by,
    )
    return saved, len(kept)


@transaction.atomic
def reject_hint(*, organisation: Organisation, key: str, reason: str = "", by: Actor) -> RejectedHint:
    """Say that it is not so: it is not proposed again. Whoever claimed it sees the reason.

    Raises Refused: not allowed, answered already, or a reason that is too long.
    """
    organisation = locked(organisation)
    refuse_drafting(organisation, by)
    hint = open_hint(organisation, key)
    reason = reason.replace("\r\n", "\n").strip()
    if len(reason) > LONGEST_REASON:
        raise Refused(f"The reason may have {LONGEST_REASON:,} characters, and has {len(reason):,}.")
    detail = {"organisation": organisation.slug, "function": hint.function.slug, "hint": key}
    return RejectedHint.objects.create(
        organisation=organisation,
        component=Component.objects.filter(slug=hint.said.component).first() if hint.said.component else None,
        system=hint.said.system,
        reason=reason,
        rejected_in=Event.objects.create(act=Act.REJECT_HINT, **by.signature, detail=detail),
    )


def detailed(statements: list[Said]) -> list[Said]:
    """Those beside which another one can stand."""
    return [one for one in statements if one.kind in DETAILED]
