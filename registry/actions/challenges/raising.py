"""Saying that something is wrong or missing. Anybody may, without an account."""

from hashlib import sha256
from secrets import choice
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from catalogue.models import Lifecycle
from commons.exceptions import Refused
from commons.turns import take_turn
from registry.actions.challenges.limits import arrived, refuse_floods, sent_by
from registry.actions.challenges.outbox import put_receipt
from registry.actions.challenges.steps import about, evidence, in_words, put
from registry.actions.challenges.subjects import Subject
from registry.models import Act, Challenge, ChallengeState, Event, StepKind
from registry.models.challenge.challenge import LETTERS
from registry.permissions import Actor


class SentAlready(Refused):
    """The form of this challenge was taken before."""


class Raised(NamedTuple):
    """`is_new`: nobody had said the same of the same thing. Who says it again is led to the challenge that stands;
    whoever sends their own form twice is still the one who raised it: `is_own`."""

    challenge: Challenge
    is_new: bool
    is_own: bool


@transaction.atomic
def raise_challenge(
    *,
    subject: Subject,
    claim: str,
    evidence_url: str = "",
    email: str = "",
    caller: str = "",
    nonce: str = "",
    by: Actor,
) -> Raised:
    """Put what is recorded of a thing under review, and tell whoever answers for it.

    `caller` is the keyed hash of where it comes from, `nonce` the form that was sent; blank where there is none.
    Raises Refused: a draft, no claim, a wrong address; SentAlready; TooMany.
    """
    claim, evidence_url, email = in_words(claim, "Say what is wrong or missing."), evidence(evidence_url), email.strip()
    refuse_wrong(subject, email)
    take_turn("raise_challenge")
    now, digest = timezone.now(), digest_of(claim)
    standing = Challenge.objects.standing().filter(thing=subject.thing, claim_digest=digest).first()
    sent = sent_by(nonce)
    if standing:
        return Raised(standing, is_new=False, is_own=standing == sent)
    if sent:
        raise SentAlready("This form has been sent before. Send it again if you mean another challenge.")
    refuse_floods(subject, caller, now)
    challenge = Challenge(
        reference=new_reference(),
        **subject.fields,
        claim=claim,
        claim_digest=digest,
        evidence_url=evidence_url,
        raised_on=timezone.localdate(),
        state=ChallengeState.OPEN,
    )
    challenge.recorded_in = Event.objects.create(act=Act.RAISE_CHALLENGE, **by.signature, detail=about(challenge))
    step = put(challenge, StepKind.RAISED, challenge.recorded_in)
    arrived(challenge, caller, nonce, now)
    if email:
        put_receipt(step, email)
    return Raised(challenge, is_new=True, is_own=True)


def refuse_wrong(subject: Subject, email: str) -> None:
    if subject.component is not None and subject.component.lifecycle == Lifecycle.DRAFT:
        raise Refused("There is no such thing to challenge.")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Refused("Give an email address such as name@example.org, or leave it blank.") from None
        if len(email) > 254:
            raise Refused("The email address is too long.")


def digest_of(claim: str) -> str:
    """The same for claims that differ in capitals and blanks alone."""
    return sha256(" ".join(claim.casefold().split()).encode()).hexdigest()


def new_reference() -> str:
    """Not in use: of fifty thousand million one is hardly ever taken."""
    while True:
        letters = "".join(choice(LETTERS) for _ in range(8))
        reference = f"{letters[:4]}-{letters[4:]}"
        if not Challenge.objects.filter(reference=reference).exists():
            return reference
