"""Taking an act on declarations back, for a day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.attestations.asking import ask_stewards
from registry.actions.attestations.keeping import end_with_statements, revive
from registry.actions.bodies import locked
from registry.actions.declarations.rows import record, restated, supersede, with_all
from registry.actions.evidence_links import answering
from registry.actions.search import refresh_search
from registry.grading import grade, grounds
from registry.models import Act, Declaration, Event, Organisation, Withheld
from registry.permissions import Actor, may_declare

POSSIBLE_FOR = timedelta(hours=24)
ACTS = (Act.DECLARE, Act.CONFIRM, Act.IMPORT_PORTFOLIO)


def undoable(event: Event, now: datetime) -> bool:
    """Whether the act is of a kind and an age that can be taken back."""
    return event.act in ACTS and now - event.at <= POSSIBLE_FOR


@transaction.atomic
def undo_declarations(*, organisation: Organisation, event: Event, by: Actor) -> int:
    """Put back what an act changed: what it recorded ends, and what it ended is said again.

    A function about which something was said since stays as it is. Returns how many functions were put back.
    Raises Refused: not allowed, too late, or nothing left to put back.
    """
    organisation = locked(organisation)
    if not may_declare(by, organisation):
        raise Refused(f"You may not publish what {organisation} says, so you may not take it back either.")
    if not undoable(event, timezone.now()):
        raise Refused("This can be taken back for 24 hours. Change what stands instead.")
    own = Declaration.objects.filter(organisation=organisation)
    recorded, ended = list(own.filter(recorded_in=event)), list(with_all(own.filter(superseded_in=event)))
    cells = {one.function_id for one in (*recorded, *ended)}
    since = own.current().filter(function__in=cells).exclude(recorded_in=event)
    changed = set(since.filter(recorded_in__gt=event).values_list("function", flat=True))
    changed |= {one.function_id for one in recorded if one.superseded_in_id}
    back = cells - changed
    if not back:
        raise Refused("There is nothing to take back: it was taken back already, or something was said since.")
    detail = {"organisation": organisation.slug, "event": event.pk, "functions": len(back)}
    undo = Event.objects.create(act=Act.UNDO, **by.signature, detail=detail)
    supersede([one for one in recorded if one.function_id in back], undo)
    revive(organisation, back, event)
    again = record(put_back(organisation, [one for one in ended if one.function_id in back]), undo)
    end_with_statements(organisation, back, undo)
    ask_stewards(organisation, again, undo)
    refresh_search({one.component_id for one in (*recorded, *ended) if one.component_id})
    return len(back)


def put_back(organisation: Organisation, ended: list[Declaration]) -> list[tuple[Declaration, list[Withheld]]]:
    """The statements as they were, each with the grade that it has earned by now: its steward may have answered."""
    today = timezone.localdate()
    found = grounds(organisation, {one.function_id for one in ended}, today)
    good = answering((one.source_url for one in ended if one.source_url), timezone.now())
    return [
        restated(
            one,
            evidence=grade(
                one, one.withheld.all(), found, stated=one.evidence, answers=one.source_url in good, on=today
            ),
        )
        for one in ended
    ]
