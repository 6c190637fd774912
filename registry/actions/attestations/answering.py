"""Attesting, declining to, and taking an attestation back: by named officers of those that look after a component."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.attestations.grading import grade_anew
from registry.actions.attestations.rows import end, write
from registry.actions.bodies import refuse_ended
from registry.actions.declarations.rows import with_all
from registry.models import Act, Attestation, AttestationState, Declaration, Event, Organisation
from registry.permissions import Actor, may_attest_use

MOST_AT_ONCE = 200
LONGEST_REASON = 2000


@transaction.atomic
def attest(*, steward: Organisation, attestations: Collection[int], by: Actor) -> list[Attestation]:
    """Vouch for these statements, by the ids of what was asked: each is of grade E2 from now on.

    Raises Refused: not allowed, one's own or one's group's statements, answered meanwhile, or too late.
    """
    refuse_answering(steward, by)
    found, bodies = in_hand(steward, attestations)
    event = note(Act.ATTEST, steward, found, by)
    settle(found, AttestationState.ATTESTED, steward, event)
    regrade(found, bodies, event)
    return found


@transaction.atomic
def decline(*, steward: Organisation, attestations: Collection[int], reason: str, by: Actor) -> list[Attestation]:
    """Say that one does not vouch for these, and why. Raises Refused, as `attest` does, or without a reason."""
    refuse_answering(steward, by)
    reason = in_words(reason, "Say why you do not attest this: the body reads it, and so does the public.")
    found, _bodies = in_hand(steward, attestations)
    event = note(Act.DECLINE_ATTESTATION, steward, found, by, reason=reason)
    settle(found, AttestationState.DECLINED, steward, event, reason=reason)
    return found


@transaction.atomic
def withdraw_attestation(*, steward: Organisation, attestation: int, reason: str, by: Actor) -> Attestation:
    """Take back what one attested: the statement has the grade again that its link gives it.

    Raises Refused: not allowed, without a reason, or one that stands no longer.
    """
    refuse_answering(steward, by)
    reason = in_words(reason, "Say why you take it back: the body reads it, and so does the public.")
    mine = Attestation.objects.given_by(steward).standing().filter(pk=attestation)
    bodies = lock_bodies(mine)
    found = list(mine.select_for_update(of=("self",)).select_related("organisation", "function", "component"))
    if not found:
        raise Refused("This attestation stands no longer. Look at the list again.")
    event = note(Act.WITHDRAW_ATTESTATION, steward, found, by, reason=reason)
    end(found, AttestationState.WITHDRAWN, event, reason=reason)
    regrade(found, bodies, event)
    return found[0]


def refuse_answering(steward: Organisation, by: Actor) -> None:
    if not may_attest_use(by, steward):
        raise Refused(f"Only a steward's officer or an owner of {steward}, signed in by name, may do this.")
    refuse_ended(steward)


def in_words(text: str, sentence: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(sentence)
    if len(text) > LONGEST_REASON:
        raise Refused(f"The reason may have {LONGEST_REASON:,} characters, and has {len(text):,}.")
    return text


def in_hand(steward: Organisation, keys: Collection[int]) -> tuple[list[Attestation], dict[int, Organisation]]:
    """What was asked, locked, with its bodies. Raises Refused where one of it cannot be answered."""
    if not keys:
        raise Refused("Choose at least one.")
    if len(set(keys)) > MOST_AT_ONCE:
        raise Refused(f"Answer at most {MOST_AT_ONCE} at once.")
    every = Attestation.objects.filter(pk__in=keys)
    bodies = lock_bodies(every)
    refuse_own(steward, bodies.values())
    asked = Attestation.objects.asked_of(steward).asked().filter(pk__in=keys, due_on__gte=timezone.localdate())
    locked = Attestation.objects.filter(pk__in=asked).select_for_update(of=("self",)).order_by("pk")
    found = list(locked.select_related("organisation", "function", "component").with_statement())
    if len(found) != len(set(keys)) or any(one.statement is None for one in found):
        raise Refused(
            "Some of these were answered or changed meanwhile, or their time is over. Look at the list again."
        )
    return found, bodies


def lock_bodies(attestations) -> dict[int, Organisation]:
    """The bodies whose statements these are, in one order for everybody, so that none waits for another in a circle."""
    keys = attestations.order_by().values("organisation")
    rows = Organisation.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
    return {body.pk: body for body in rows}


def refuse_own(steward: Organisation, bodies: Collection[Organisation]) -> None:
    for body in bodies:
        if body.independence_group == steward.independence_group:
            whose = "its own statements" if body.pk == steward.pk else f"statements of {body}, which is of its group"
            raise Refused(f"{steward} may not attest {whose}: it has to be somebody independent.")


def note(act: Act, steward: Organisation, found: Sequence[Attestation], by: Actor, **more: Any) -> Event:
    told = [[one.organisation.slug, one.function.slug, one.component.slug] for one in found]
    return Event.objects.create(act=act, **by.signature, detail={"steward": steward.slug, "statements": told, **more})


def settle(
    found: Sequence[Attestation], state: AttestationState, steward: Organisation, event: Event, **more: Any
) -> None:
    changes = {"state": state, "steward": steward, "answered_in": event, "answered_on": timezone.localdate(), **more}
    write(found, changes)


def regrade(found: Sequence[Attestation], bodies: dict[int, Organisation], event: Event) -> None:
    """Say the statements again with their grades of now, body by body."""
    for key, body in sorted(bodies.items()):
        mine = [one for one in found if one.organisation_id == key]
        ids = Attestation.objects.filter(pk__in=[one.pk for one in mine]).with_statement().values("statement")
        grade_anew(body, list(with_all(Declaration.objects.current().filter(pk__in=ids))), event)
