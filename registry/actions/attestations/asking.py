"""Asking a component's stewards to attest that a body uses it: of itself where a public link answers, or by hand."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from commons import formatting
from commons.exceptions import Refused
from registry import letters
from registry.actions.bodies import locked, refuse_ended
from registry.actions.post import write_letters
from registry.grading import in_use, thing_of
from registry.models import (
    Act,
    Attestation,
    AttestationKind,
    AttestationState,
    Declaration,
    Event,
    Evidence,
    Membership,
    Organisation,
    Role,
    Stewardship,
)
from registry.models.attestation import ANSWER_WITHIN, ASK_AGAIN_AFTER, OPEN, group_of
from registry.permissions import Actor, may_draft

ANSWERING = (Role.STEWARDS_OFFICER, Role.OWNER)
ASKED_ONCE = (AttestationState.VOID,)  # states that do not count as having been asked


def ask_stewards(organisation: Organisation, statements: Iterable[Declaration], event: Event) -> list[Attestation]:
    """Ask about those of a body's statements that rest on a link alone, and that nobody was asked about yet."""
    ripe = [one for one in statements if in_use(one) and one.evidence == Evidence.E1]
    if not ripe:
        return []
    asked = Attestation.objects.of_use().filter(
        organisation=organisation, component__in={one.component_id for one in ripe}
    )
    known = {thing_of(one) for one in asked.exclude(state__in=ASKED_ONCE)}
    new = [one for one in ripe if thing_of(one) not in known]
    able = independent_stewards(organisation, {one.component_id for one in new if one.component_id})
    return put(organisation, [one for one in new if one.component_id in able], able, event)


@transaction.atomic
def ask_for_attestation(*, organisation: Organisation, declaration: int, by: Actor) -> Attestation:
    """Ask the stewards about one statement, by its id. Raises Refused: not allowed, or the reason why not now."""
    organisation = locked(organisation)
    if not may_draft(by, organisation):
        raise Refused(f"You may not ask in the name of {organisation}.")
    refuse_ended(organisation)
    current = Declaration.objects.current().filter(organisation=organisation, pk=declaration)
    one = current.select_related("component", "function").first()
    if one is None:
        raise Refused("This was changed meanwhile. Look at it again.")
    able = independent_stewards(organisation, {one.component_id} if one.component_id else set())
    refuse_asking(organisation, one, able)
    detail = {"organisation": organisation.slug, "function": one.function.slug, "component": one.component.slug}
    event = Event.objects.create(act=Act.ASK_FOR_ATTESTATION, **by.signature, detail=detail)
    return put(organisation, [one], able, event)[0]


def refuse_asking(organisation: Organisation, one: Declaration, able: dict[int, list[Organisation]]) -> None:
    if not in_use(one):
        raise Refused("A steward attests that a component is in use: this statement says nothing of the kind.")
    if one.evidence in (Evidence.E2, Evidence.E3):
        raise Refused("It is attested or measured already.")
    if one.evidence != Evidence.E1:
        raise Refused(
            "Name a public link first that others can look at. As soon as it has answered, the steward is asked."
        )
    if one.component_id not in able:
        raise Refused(
            f"Nobody can attest this: who looks after {one.component} is {organisation} itself or of its group, "
            "or nobody looks after it."
        )
    last = Attestation.objects.of_use().filter(
        organisation=organisation, function=one.function_id, component=one.component_id
    )
    before = last.exclude(state__in=ASKED_ONCE).order_by("-pk").first()
    if before is None:
        return
    if before.state in OPEN:
        raise Refused(f"The steward was asked already, and can answer until {formatting.plain_date(before.due_on)}.")
    again = (before.ended_on or before.answered_on or before.asked_on) + ASK_AGAIN_AFTER
    if timezone.localdate() < again:
        raise Refused(f"The steward can be asked again from {formatting.plain_date(again)}.")


def independent_stewards(organisation: Organisation, components: set[int]) -> dict[int, list[Organisation]]:
    """Who may attest for this body, by component: those that look after it today, outside of the body's group."""
    if not components:
        return {}
    existing = Organisation.objects.existing(timezone.localdate())
    kept: QuerySet = Stewardship.objects.current().filter(component__in=components, organisation__in=existing)
    others = kept.alias(group=group_of("organisation")).exclude(group=organisation.independence_group)
    found: dict[int, list[Organisation]] = {}
    for one in others.select_related("organisation"):
        found.setdefault(one.component_id, []).append(one.organisation)
    return found


def put(
    organisation: Organisation,
    statements: Sequence[Declaration],
    able: dict[int, list[Organisation]],
    event: Event,
) -> list[Attestation]:
    """Note what is asked, and write to the officers of those that are, once a week at most."""
    today = timezone.localdate()
    made = Attestation.objects.bulk_create(
        Attestation(
            kind=AttestationKind.USE,
            organisation=organisation,
            function_id=one.function_id,
            component_id=one.component_id,
            state=AttestationState.ASKED,
            asked_in=event,
            asked_on=today,
            due_on=today + ANSWER_WITHIN,
        )
        for one in statements
    )
    stewards = {body.pk: body for one in statements for body in able[one.component_id]}
    for steward in stewards.values():
        officers = Membership.objects.standing().filter(organisation=steward, role__in=ANSWERING)
        write_letters(
            to=officers.order_by("pk").values_list("person__email", flat=True),
            about=f"attestations asked of {steward.slug} in {today:%G-W%V}",
            subject=f"{steward}: public bodies ask you to attest that they use your components",
            text=letters.attestations_letter(steward, ANSWER_WITHIN.days),
        )
    return made
