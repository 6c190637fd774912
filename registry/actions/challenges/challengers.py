"""What whoever raised a challenge does afterwards. The secret link is all that tells them."""

from django.db import transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.challenges.outbox import letters_of
from registry.actions.challenges.secrets import is_secret_of
from registry.actions.challenges.steps import about, evidence, in_words, locked, refuse_unless, take
from registry.models import (
    Act,
    Challenge,
    ChallengeOutcome,
    Challenger,
    ChallengeState,
    Event,
    StepKind,
)
from registry.models.challenge.challenge import UNDER_REVIEW
from registry.permissions import Actor


@transaction.atomic
def reply_to_question(*, challenge: Challenge, secret: str, text: str, evidence_url: str = "", by: Actor) -> Challenge:
    """Say more: then it is the body's turn again. Raises Refused: not the challenger, nothing asked, nothing said."""
    challenge = own(challenge, secret)
    refuse_unless(challenge, ChallengeState.ASKED)
    text, evidence_url = in_words(text, "Say what you were asked for."), evidence(evidence_url)
    take(challenge, StepKind.REPLIED, Act.REPLY_AS_CHALLENGER, by, text=text, evidence_url=evidence_url)
    return challenge


@transaction.atomic
def withdraw_challenge(*, challenge: Challenge, secret: str, by: Actor) -> Challenge:
    """Take it back. It stays in public as withdrawn. Raises Refused: not the challenger, or it is settled."""
    challenge = own(challenge, secret)
    refuse_unless(challenge, *UNDER_REVIEW)
    take(challenge, StepKind.WITHDRAWN, Act.WITHDRAW_CHALLENGE, by)
    return challenge


@transaction.atomic
def escalate_challenge(*, challenge: Challenge, secret: str, by: Actor) -> Challenge:
    """Ask the moderators about a record that was kept. Raises Refused: not theirs, not kept, too late, twice."""
    challenge = own(challenge, secret)
    if not may_escalate(challenge):
        raise Refused("This can be passed to the moderators once, within 20 working days of the record being kept.")
    take(challenge, StepKind.ESCALATED, Act.ESCALATE_CHALLENGE, by)
    return challenge


def may_escalate(challenge: Challenge) -> bool:
    """Whether a body kept the record so lately that its word may still be questioned."""
    kept = challenge.state == ChallengeState.ANSWERED and challenge.outcome == ChallengeOutcome.KEPT
    in_time = challenge.due_on is not None and challenge.due_on >= timezone.localdate()
    return kept and in_time and not challenge.steps.filter(kind=StepKind.ESCALATED).exists()


@transaction.atomic
def forget_challenger(*, challenge: Challenge, secret: str, by: Actor) -> None:
    """Delete the address; no more letters go. Twice is as good as once. Raises Refused: not the challenger."""
    challenge = own(challenge, secret)
    if forget(challenge):
        Event.objects.create(act=Act.FORGET_CHALLENGER, **by.signature, detail=about(challenge))


def forget(challenge: Challenge) -> bool:
    """Whether there was an address. Letters to it go too, those that have gone out and those that have not."""
    found = Challenger.objects.filter(challenge=challenge).first()
    if found is None:
        return False
    letters_of(challenge).filter(to__iexact=found.email).delete()
    found.delete()
    return True


def own(challenge: Challenge, secret: str) -> Challenge:
    if not is_secret_of(challenge, secret):
        raise Refused("Only whoever raised the challenge may do this, by the link that was given to them.")
    return locked(challenge)
