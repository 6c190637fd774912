"""Saying that what stands is still so: the least work that keeps a portfolio true."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.bodies import locked, refuse_ended
from registry.actions.declarations.rows import record, restated, supersede, with_all
from registry.actions.search import refresh_search
from registry.models import STAGES_IN_USE, Act, Declaration, DeclarationKind, Event, Organisation
from registry.permissions import Actor, may_draft


@transaction.atomic
def confirm_declarations(*, organisation: Organisation, declarations: Collection[int], by: Actor) -> list[Declaration]:
    """Confirm these of what a body says, by id, as of today. What was confirmed today already stays as it is.

    Returns what was confirmed. Raises Refused: not allowed, one that stands no longer, or one that states nothing that
    can be checked.
    """
    organisation = locked(organisation)
    if not may_draft(by, organisation):
        raise Refused(f"You may not confirm what {organisation} says.")
    today = timezone.localdate()
    refuse_ended(organisation)
    current = Declaration.objects.current().filter(organisation=organisation, pk__in=declarations)
    found = list(with_all(current.select_related("function")))
    if len(found) != len(set(declarations)):
        raise Refused("Some of these were changed meanwhile. Look at the list again, and confirm what it shows.")
    for one in found:
        if not confirmable(one):
            raise Refused(
                f"{one} states neither a cost nor a number of transactions, so that nobody can check it. "
                "Add one of them first."
            )
    due = [one for one in found if one.confirmed != today or one.inherited_from_id]
    if not due:
        return []
    detail = {"organisation": organisation.slug, "confirmed": len(due)}
    event = Event.objects.create(act=Act.CONFIRM, **by.signature, detail=detail)
    supersede(due, event)
    again = record([restated(one, confirmed=today, inherited_from_id=None) for one in due], event)
    refresh_search({one.component_id for one in again if one.component_id})
    return again


def confirmable(declaration: Declaration) -> bool:
    """Whether confirming it says something that can be checked: a cost or a volume, where anything runs (AG-3)."""
    runs = declaration.kind == DeclarationKind.DUPLICATE or declaration.stage in STAGES_IN_USE
    held = {one.field for one in declaration.withheld.all()}
    stated = declaration.annual_cost is not None or declaration.transactions is not None or "annual_cost" in held
    return stated or not runs
