"""A steward's claims that bodies use its component. Each body confirms or rejects; silence stays a claim."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction

from catalogue.models import Component, Function
from commons.exceptions import Refused
from registry.actions.bodies import locked, refuse_ended
from registry.models import Act, Claim, Event, Organisation
from registry.permissions import Actor, may_report_usage

MOST_AT_ONCE = 2_000


class Claimed(NamedTuple):
    """That a body uses the component for a function, perhaps since a day."""

    organisation: Organisation
    function: Function
    since: date | None = None


@transaction.atomic
def claim_use(*, steward: Organisation, component: Component, claims: Sequence[Claimed], by: Actor) -> list[Claim]:
    """Claim that these bodies use the component; what is claimed already stays as it is. Returns what is new.

    Raises Refused: not allowed, not a steward of it, oneself, or too many at once.
    """
    steward = locked(steward)  # one act in its name at a time, so that two see each other
    refuse_telling(steward, component, by)
    if len(claims) > MOST_AT_ONCE:
        raise Refused(f"Claim at most {MOST_AT_ONCE:,} uses at once.")
    if any(one.organisation.pk == steward.pk for one in claims):
        raise Refused(f"{steward} does not claim that it uses something itself: it declares it.")
    standing = Claim.objects.standing().filter(component=component)
    known = set(standing.values_list("organisation", "function"))
    new = {
        (one.organisation.pk, one.function.pk): one
        for one in claims
        if (one.organisation.pk, one.function.pk) not in known
    }
    if not new:
        return []
    detail = {"steward": steward.slug, "component": component.slug, "claims": len(new)}
    event = Event.objects.create(act=Act.CLAIM_USE, **by.signature, detail=detail)
    made = [
        Claim(
            component=component,
            function=one.function,
            organisation=one.organisation,
            steward=steward,
            since=one.since,
            claimed_in=event,
            claimed_at=event.at,
        )
        for one in new.values()
    ]
    # Another steward of the component may have claimed the same at this moment: then that stands.
    Claim.objects.bulk_create(made, ignore_conflicts=True)
    return list(Claim.objects.filter(claimed_in=event))


@transaction.atomic
def withdraw_claim(*, claim: Claim, by: Actor) -> Claim:
    """Take a claim back. Raises Refused: not allowed, or taken back already."""
    locked(claim.steward)
    if not may_report_usage(by, claim.steward):
        raise Refused(f"You may not take back what {claim.steward} claims.")
    found = Claim.objects.standing().select_for_update().filter(pk=claim.pk).first()
    if found is None:
        raise Refused("This claim was taken back already.")
    detail = {"steward": claim.steward.slug, "component": claim.component.slug, "organisation": claim.organisation.slug}
    found.withdrawn_in = Event.objects.create(act=Act.WITHDRAW_CLAIM, **by.signature, detail=detail)
    found.save(update_fields=["withdrawn_in"])
    return found


def refuse_telling(steward: Organisation, component: Component, by: Actor) -> None:
    """To say who uses a component: claims, and counts of use."""
    if not may_report_usage(by, steward):
        raise Refused(f"You may not say in the name of {steward} who uses its components.")
    refuse_ended(steward)
    if not looks_after(steward, component):
        raise Refused(f"{steward} does not look after {component}.")


def looks_after(steward: Organisation, component: Component) -> bool:
    return component.stewardships.current().filter(organisation=steward).exists()
