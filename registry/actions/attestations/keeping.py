"""Keeping attestations true to what they are of: they end with the statement, and what nobody answers lapses."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from registry.actions.attestations.rows import end
from registry.actions.bodies import locked
from registry.actions.declarations.rows import with_all
from registry.grading import cost_digest
from registry.models import Act, Attestation, AttestationKind, AttestationState, Declaration, Event, Organisation

MOST_AT_ONCE = 500  # the timetable comes by again


def end_with_statements(organisation: Organisation, functions: Collection[int], event: Event) -> list[Attestation]:
    """End what is of statements that stand no longer, or that say something else now. In the act that changed them."""
    open_ones = Attestation.objects.open().filter(organisation=organisation, function__in=functions)
    found = list(open_ones.with_statement())
    costs = [one.statement for one in found if one.kind == AttestationKind.COST and one.statement]
    said = {one.pk: one for one in with_all(Declaration.objects.filter(pk__in=costs))} if costs else {}
    over = [
        one
        for one in found
        if one.statement is None
        or (
            one.kind == AttestationKind.COST
            and one.digest != cost_digest(said[one.statement], said[one.statement].withheld.all())
        )
    ]
    if over:
        end(over, AttestationState.VOID, event)
    return over


def revive(organisation: Organisation, functions: Collection[int], undone: Event) -> None:
    """What an act ended stands again where the act is taken back."""
    ended = Attestation.objects.filter(
        organisation=organisation, function__in=functions, ended_in=undone, state=AttestationState.VOID
    )
    back = {"ended_in": None, "ended_on": None}
    ended.filter(answered_in__isnull=False).update(state=AttestationState.ATTESTED, **back)
    ended.filter(answered_in=None).update(state=AttestationState.ASKED, **back)


@transaction.atomic
def lapse_overdue() -> int:
    """End what nobody answered in time, and return how many. Safe with any number of workers."""
    due = Attestation.objects.overdue(timezone.localdate()).order_by("due_on", "pk")
    found = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("organisation")[:MOST_AT_ONCE])
    if not found:
        return 0
    told = sorted({one.organisation.slug for one in found})
    event = Event.objects.create(act=Act.LAPSE_ATTESTATIONS, detail={"organisations": told, "attestations": len(found)})
    end(found, AttestationState.LAPSED, event)
    return len(found)


def end_abandoned() -> int:
    """End what is of statements that went without an act of their body: a pack, a merger, a reorganisation."""
    gone = Attestation.objects.open().with_statement().filter(statement=None)
    bodies = sorted(set(gone.order_by().values_list("organisation", flat=True)[:MOST_AT_ONCE]))
    return sum(end_abandoned_of(body) for body in bodies)


@transaction.atomic
def end_abandoned_of(key: int) -> int:
    body = locked(Organisation(pk=key))
    gone = list(Attestation.objects.open().filter(organisation=body).with_statement().filter(statement=None))
    if gone:
        detail = {"organisation": body.slug, "attestations": len(gone)}
        end(gone, AttestationState.VOID, Event.objects.create(act=Act.GRADE_EVIDENCE, detail=detail))
    return len(gone)
