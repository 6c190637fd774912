"""Attesting what a body's own system costs: by a finance officer of the body who has not declared it.

The officer is independent where they declared, confirmed or took back nothing for the body in the last 12 months, and
this system never.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.attestations.answering import in_words, regrade
from registry.actions.attestations.rows import end
from registry.actions.bodies import locked, refuse_ended
from registry.actions.declarations.rows import with_all
from registry.grading import cost_digest
from registry.models import (
    Act,
    Attestation,
    AttestationKind,
    AttestationState,
    Declaration,
    DeclarationKind,
    Event,
    Evidence,
    Organisation,
    Person,
)
from registry.permissions import Actor, may_attest_cost

DECLARING = (Act.DECLARE, Act.CONFIRM, Act.UNDO, Act.PLAN_ASSEMBLY, Act.UNDO_PLAN)
APART_FOR = timedelta(days=365)


@transaction.atomic
def attest_costs(*, organisation: Organisation, declarations: set[int], by: Actor) -> list[Attestation]:
    """Vouch for the cost and the contract of these systems, by the ids of their statements: grade E2 from now on.

    Raises Refused: not allowed, not independent, changed meanwhile, or one that states no cost.
    """
    organisation = locked(organisation)
    refuse_attesting(organisation, by)
    if not declarations:
        raise Refused("Choose at least one.")
    found = list(with_all(costed(organisation).filter(pk__in=declarations).select_related("function")))
    if len(found) != len(declarations):
        raise Refused("Some of these were changed or attested meanwhile. Look at the list again.")
    refuse_dependent(organisation, found, by.person)
    today = timezone.localdate()
    told = [[organisation.slug, one.function.slug, one.system] for one in found]
    detail = {"organisation": organisation.slug, "costs": told}
    event = Event.objects.create(act=Act.ATTEST, **by.signature, detail=detail)
    made = Attestation.objects.bulk_create(
        Attestation(
            kind=AttestationKind.COST,
            organisation=organisation,
            function_id=one.function_id,
            system=one.system,
            state=AttestationState.ATTESTED,
            digest=cost_digest(one, one.withheld.all()),
            asked_in=event,
            asked_on=today,
            due_on=today,
            answered_in=event,
            answered_on=today,
        )
        for one in found
    )
    regrade(made, {organisation.pk: organisation}, event)
    return made


@transaction.atomic
def withdraw_cost(*, organisation: Organisation, attestation: int, reason: str, by: Actor) -> Attestation:
    """Take back what a finance officer of the body attested. Raises Refused: not allowed, no reason, or ended."""
    organisation = locked(organisation)
    refuse_attesting(organisation, by)
    reason = in_words(reason, "Say why you take it back.")
    mine = Attestation.objects.standing().filter(kind=AttestationKind.COST, organisation=organisation, pk=attestation)
    found = list(mine.select_for_update(of=("self",)).select_related("function"))
    if not found:
        raise Refused("This attestation stands no longer. Look at the list again.")
    one = found[0]
    detail = {"organisation": organisation.slug, "costs": [[organisation.slug, one.function.slug, one.system]]}
    event = Event.objects.create(act=Act.WITHDRAW_ATTESTATION, **by.signature, detail=detail | {"reason": reason})
    end(found, AttestationState.WITHDRAWN, event, reason=reason)
    regrade(found, {organisation.pk: organisation}, event)
    return one


def costed(organisation: Organisation):
    """The body's own systems whose cost somebody could attest: it is stated, kept back or not, and rests on a link."""
    own = Declaration.objects.current().filter(organisation=organisation, kind=DeclarationKind.DUPLICATE)
    stated = own.filter(annual_cost__isnull=False) | own.filter(withheld__field="annual_cost")
    return own.filter(pk__in=stated.values("pk"), evidence=Evidence.E1)


def refuse_attesting(organisation: Organisation, by: Actor) -> None:
    if not may_attest_cost(by, organisation):
        raise Refused(f"Only a finance attestor of {organisation}, signed in by name, may do this.")
    refuse_ended(organisation)


def refuse_dependent(organisation: Organisation, found: list[Declaration], person: Person) -> None:
    if declared_lately(organisation, person):
        raise Refused(
            f"You declared or confirmed something for {organisation} in the last 12 months. Somebody else has to "
            "attest what its systems cost."
        )
    said = Declaration.objects.filter(organisation=organisation, recorded_in__by=person, recorded_in__act__in=DECLARING)
    for one in found:
        if said.filter(function=one.function_id, system__iexact=one.system).exists():
            raise Refused(f"You declared {one.system} yourself: somebody else has to attest what it costs.")


def declared_lately(organisation: Organisation, person: Person) -> bool:
    said = Declaration.objects.filter(organisation=organisation, recorded_in__by=person, recorded_in__act__in=DECLARING)
    return said.filter(recorded_in__at__gt=timezone.now() - APART_FOR).exists()
