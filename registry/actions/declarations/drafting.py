"""Preparing what a body will say. A draft is its own people's; it changes nothing until it is published."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from catalogue.models import Function
from commons.exceptions import Refused
from registry.actions.bodies import locked, refuse_ended
from registry.models import Act, Draft, Event, Organisation
from registry.permissions import Actor, may_draft
from registry.said import Said

MOST_STATEMENTS = 50


class DraftChanged(Refused):
    """Somebody else has saved the draft meanwhile."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("Somebody has saved this draft meanwhile. Look at both versions, and choose.")
        self.draft = draft


@transaction.atomic
def save_draft(
    *,
    organisation: Organisation,
    function: Function,
    statements: Sequence[Said],
    seen: Collection[int],
    revision: int,
    ready: bool = False,
    by: Actor,
) -> Draft:
    """Keep what somebody prepares, mistakes included. `revision` is that of the draft they had before them; 0: none.

    Raises Refused: not allowed, too many statements; DraftChanged.
    """
    organisation = locked(organisation)
    refuse_drafting(organisation, by)
    if len(statements) > MOST_STATEMENTS:
        raise Refused(f"A function has at most {MOST_STATEMENTS} statements.")
    found = Draft.objects.filter(organisation=organisation, function=function).first()
    if found is not None and found.revision != revision:
        raise DraftChanged(found)
    draft = found or Draft(organisation=organisation, function=function, revision=0)
    draft.statements = [said.as_json() for said in statements]
    draft.seen, draft.ready = sorted(seen), ready
    draft.revision += 1
    draft.saved_by, draft.saved_at = by.person, timezone.now()
    draft.save()
    note(Act.SAVE_DRAFT, organisation, function, by)
    return draft


@transaction.atomic
def drop_draft(*, draft: Draft, by: Actor) -> None:
    """Raises Refused: not allowed."""
    refuse_drafting(draft.organisation, by)
    if Draft.objects.filter(pk=draft.pk).delete()[0]:
        note(Act.DROP_DRAFT, draft.organisation, draft.function, by)


def refuse_drafting(organisation: Organisation, by: Actor) -> None:
    if not may_draft(by, organisation):
        raise Refused(f"You may not prepare what {organisation} says.")
    refuse_ended(organisation)


def note(act: Act, organisation: Organisation, function: Function, by: Actor) -> None:
    Event.objects.create(act=act, **by.signature, detail={"organisation": organisation.slug, "function": function.slug})
