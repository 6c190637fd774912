"""The panel of an exemption: who may sit on it, and what follows when two of the three agree (AG-8, AG-10)."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from catalogue.describing.cleaning import prose
from commons.exceptions import Refused
from registry.actions.declarations.rows import record, restated, supersede
from registry.actions.exemptions.asking import LONGEST_TEXT, about, decide, waiting
from registry.models import (
    Act,
    Declaration,
    Event,
    Exemption,
    ExemptionOutcome,
    Organisation,
    PanelSeat,
    Stewardship,
)
from registry.models.moderation.exemption import AGREEING, SEATS, STEWARDS_SEAT
from registry.permissions import Actor, may_moderate, may_sit

FULL = "All three seats are taken."


def stewards(exemption: Exemption):
    """Bodies that look after a component for the function, outside the asking body's affiliation group."""
    kept = Stewardship.objects.current().filter(component__functions=exemption.function)
    return independent(exemption).filter(pk__in=kept.values("organisation"))


def peers(exemption: Exemption):
    """Bodies of the same kind, outside that group, and no stewards themselves: a panel has one steward alone."""
    body = exemption.organisation
    same = Q(peer_group=body.peer_group_id) if body.peer_group_id else Q(peer_group=None, type=body.type) & ~Q(type="")
    kept = Stewardship.objects.current().filter(component__functions=exemption.function)
    return independent(exemption).filter(same).exclude(pk__in=kept.values("organisation"))


def independent(exemption: Exemption):
    """Bodies that exist and whose group is neither the asking body's nor that of somebody who sits already."""
    out = {exemption.organisation.independence_group, *exemption.seats.values_list("group", flat=True)}
    alone = Q(affiliation_group="", slug__in=out)
    existing = Organisation.objects.existing(timezone.localdate())
    return existing.exclude(pk=exemption.organisation_id).exclude(Q(affiliation_group__in=out) | alone)


def eligible(exemption: Exemption, by: Actor, *, as_steward: bool) -> list[Organisation]:
    """The bodies for which an actor may take such a seat, from A to Z; none for the asking body's own people."""
    group = exemption.organisation.independence_group
    own = Organisation.objects.filter(pk__in=by.grants.keys())
    if by.person is None or any(body.independence_group == group for body in own):
        return []
    found = stewards(exemption) if as_steward else peers(exemption)
    return [body for body in found.filter(pk__in=own) if may_sit(by, body, as_steward=as_steward)]


def open_seat(exemption: Exemption, *, as_steward: bool) -> int | None:
    """The number of a free seat. The steward's is a peer's too where nobody outside the group looks after anything."""
    taken = set(exemption.seats.values_list("number", flat=True))
    if as_steward:
        return None if STEWARDS_SEAT in taken else STEWARDS_SEAT
    places = range(1 if not has_stewards(exemption) else STEWARDS_SEAT + 1, SEATS + 1)
    return next((number for number in reversed(places) if number not in taken), None)


def has_stewards(exemption: Exemption) -> bool:
    """Whether somebody outside the asking body's group could take the steward's seat; seats do not change it."""
    group = exemption.organisation.independence_group
    kept = Stewardship.objects.current().filter(component__functions=exemption.function).select_related("organisation")
    return any(one.organisation.independence_group != group for one in kept)


@transaction.atomic
def take_seat(*, exemption: Exemption, organisation: Organisation, as_steward: bool, by: Actor) -> PanelSeat:
    """Sit on the panel for a body. Of two who want the last seat one gets it.

    Raises Refused: decided already, not allowed, not independent, has a seat, or none is free.
    """
    exemption = waiting(exemption)
    if organisation not in eligible(exemption, by, as_steward=as_steward):
        raise Refused(
            f"You cannot sit on this panel for {organisation}: it needs a role of a body that looks after a component "
            "for the function, or of one of the same kind, outside the affiliation groups of the others."
        )
    number = open_seat(exemption, as_steward=as_steward)
    if number is None:
        raise Refused("The steward’s seat is taken." if as_steward else FULL)
    said = {"exemption": exemption.pk, "seat": number, "for": organisation.slug}
    event = Event.objects.create(act=Act.TAKE_SEAT, **by.signature, detail=about_it(exemption) | said)
    try:
        with transaction.atomic():
            return PanelSeat.objects.create(
                exemption=exemption,
                number=number,
                person=by.person,
                organisation=organisation,
                group=organisation.independence_group,
                as_steward=as_steward,
                taken_in=event,
            )
    except IntegrityError:
        raise Refused("You have a seat on this panel, or somebody was faster. Look at it again.") from None


@transaction.atomic
def leave_seat(*, seat: PanelSeat, by: Actor) -> Exemption:
    """Give a seat back for others. A moderator may free one whose holder does not vote.

    Raises Refused: decided already, not one's own, or voted.
    """
    exemption = waiting(seat.exemption)
    seat = PanelSeat.objects.select_for_update().get(pk=seat.pk)
    own = by.person is not None and seat.person_id == by.person.pk
    if not own and not may_moderate(by):
        raise Refused("Only whoever has the seat, or a moderator, gives it back.")
    if seat.voted_in_id:
        raise Refused("Whoever has voted stays on the panel.")
    said = {"exemption": exemption.pk, "seat": seat.number, "own": own}
    Event.objects.create(act=Act.LEAVE_SEAT, **by.signature, detail=about_it(exemption) | said)
    seat.delete()
    return exemption


@transaction.atomic
def vote(*, exemption: Exemption, grants: bool, reason: str, by: Actor) -> PanelSeat:
    """Vote once, with a public reason. When two agree it is decided; where they grant it, the body's statement is said
    again as exempt until the day.

    Raises Refused: decided already, no seat, a role that has ended, voted already, or no reason.
    """
    exemption = waiting(exemption)
    seats = exemption.seats.select_for_update(of=("self",)).select_related("organisation")
    seat = seats.filter(person=by.person).first() if by.person else None
    if seat is None:
        raise Refused("You have no seat on this panel.")
    if seat.voted_in_id:
        raise Refused("You have voted already.")
    if not may_sit(by, seat.organisation, as_steward=seat.as_steward):
        raise Refused(f"You sit here for {seat.organisation}, and have no role of it any more that allows it.")
    reason = prose(reason, LONGEST_TEXT)
    if not reason:
        raise Refused("Say why: the reason is public.")
    said = {"exemption": exemption.pk, "seat": seat.number, "grants": grants, "reason": reason}
    event = Event.objects.create(act=Act.VOTE_ON_EXEMPTION, **by.signature, detail=about_it(exemption) | said)
    seat.grants, seat.reason, seat.voted_in = grants, reason, event
    seat.save(update_fields=["grants", "reason", "voted_in"])
    if exemption.seats.filter(grants=grants).count() >= AGREEING:
        decide(exemption, ExemptionOutcome.GRANTED if grants else ExemptionOutcome.REFUSED, event)
        if grants:
            grant(exemption, event)
    return seat


def grant(exemption: Exemption, event: Event) -> None:
    """Say the statement again as exempt: it is not confirmed by that. Where it has ended meanwhile, nothing is said."""
    Organisation.objects.select_for_update().get(pk=exemption.organisation_id)
    rows = Declaration.objects.current().duplicates().prefetch_related("withheld")
    named = {name: getattr(exemption, name) for name in ("organisation", "function", "system")}
    one = rows.filter(**named).first()
    if one is not None:
        supersede([one], event)
        record([restated(one, exempt_until=exemption.until, exempt_reason=exemption.reason)], event)


def about_it(exemption: Exemption) -> dict[str, str]:
    return about(exemption.organisation, exemption.function)
