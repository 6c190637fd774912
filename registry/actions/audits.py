"""Audits of attestations: drawn when a year is over, decided by moderators."""

from django.db import transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.attestations.answering import in_words
from registry.actions.bodies import locked
from registry.audits import draw, given_in, line
from registry.models import Act, Attestation, Audit, AuditResult, Event, Organisation
from registry.permissions import Actor, may_audit


def draw_audits(year: int | None = None, *, by: Actor) -> int:
    """Draw what is audited of each steward's attestations of a year that is over, once; how many. Last year's where
    none is named. Safe with any number of workers. Raises Refused for a year that is not over.
    """
    this_year = timezone.localdate().year
    year = year or this_year - 1
    if year >= this_year:
        raise Refused(f"{year} is not over yet.")
    given = Attestation.objects.of_use().filter(answered_on__year=year).exclude(state="declined")
    drawn = Audit.objects.filter(year=year).values("steward")
    stewards = Organisation.objects.filter(pk__in=given.values("steward")).exclude(pk__in=drawn).order_by("pk")
    return sum(draw_of(steward, year, by=by) for steward in stewards)


@transaction.atomic
def draw_of(steward: Organisation, year: int, *, by: Actor) -> int:
    """Of one steward; 0 where it was done meanwhile."""
    steward = locked(steward)
    if Audit.objects.filter(steward=steward, year=year).exists():
        return 0
    given = {one.pk: one for one in given_in(steward, year)}
    made = draw(steward.slug, year, [line(one) for one in given.values()])
    detail = {"steward": steward.slug, "year": year, "seed": made.seed, "of": len(given), "drawn": list(made.keys)}
    event = Event.objects.create(act=Act.DRAW_AUDIT, **by.signature, detail=detail)
    Audit.objects.bulk_create(
        Audit(attestation=given[key], steward=steward, year=year, seed=made.seed, drawn_in=event) for key in made.keys
    )
    return len(made.keys)


@transaction.atomic
def decide_audit(*, audit: Audit, result: AuditResult, reason: str, by: Actor) -> Audit:
    """Say whether what was attested is so. One that is not confirmed weighs on all of the steward's for 12 months.

    Raises Refused: not allowed, without a reason, or decided already.
    """
    if not may_audit(by):
        raise Refused("Only moderators decide audits.")
    reason = in_words(reason, "Say what you found: the steward and the body read it, and so does the public.")
    found = Audit.objects.select_for_update(of=("self",)).select_related("steward").get(pk=audit.pk)
    if found.result:
        raise Refused("Somebody has decided this already.")
    detail = {"steward": found.steward.slug, "attestation": found.attestation_id, "result": result.value}
    found.result, found.reason, found.decided_on = result, reason, timezone.localdate()
    found.decided_in = Event.objects.create(act=Act.DECIDE_AUDIT, **by.signature, detail=detail | {"reason": reason})
    found.save(update_fields=["result", "reason", "decided_on", "decided_in"])
    return found
