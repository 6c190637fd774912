"""What bodies and moderators say to a challenge."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalogue.models import Lifecycle
from commons.exceptions import Refused
from registry.actions.challenges.steps import in_words, locked, refuse_unless, spokesman, take
from registry.actions.challenges.subjects import answerers
from registry.actions.looking import settle
from registry.models import About, Act, Challenge, ChallengeState, Declaration, Event, Organisation, StepKind, Waiting
from registry.permissions import Actor, may_answer_challenge, may_moderate

NOT_YOURS = "You may not answer this challenge: it is put to others."
OF_STATEMENTS = (About.DECLARATION, About.MISSING)
# What a statement says beside how it is known and when it was last confirmed.
CONTENT = (
    *("kind", "component_id", "system", "supplier", "stage", "coverage", "transactions", "annual_cost", "price_fy"),
    *("since", "contract_end", "exempt_until", "exempt_reason", "why", "reason", "source_url"),
)


@transaction.atomic
def agree_to_challenge(*, challenge: Challenge, text: str, by: Actor) -> Challenge:
    """Close it with what was changed. Of a statement the change is found by itself, and there has to be one.

    Raises Refused: not allowed, not its turn, nothing said, or nothing changed yet.
    """
    challenge, body = answering(challenge, by)
    text = in_words(text, "Say what you changed.")
    found = change_since(challenge)
    if found is None and challenge.about in OF_STATEMENTS:
        raise Refused(
            f"Nothing has changed yet in what {challenge.organisation} says of {challenge.function}. "
            "Change it first, then close the challenge."
        )
    changed = {"declaration": found.declaration, "changed_in": found.event} if found else {}
    take(challenge, StepKind.CHANGED, Act.AGREE_TO_CHALLENGE, by, text=text, organisation=body, **changed)
    return challenge


@transaction.atomic
def keep_record(*, challenge: Challenge, reason: str, by: Actor) -> Challenge:
    """Keep what is recorded. Whoever challenged may ask the moderators once. Raises Refused: as above; no reason."""
    challenge, body = answering(challenge, by)
    reason = in_words(reason, "Say why the record is right.")
    take(challenge, StepKind.KEPT, Act.KEEP_RECORD, by, text=reason, organisation=body)
    return challenge


@transaction.atomic
def ask_challenger(*, challenge: Challenge, question: str, by: Actor) -> Challenge:
    """Ask whoever challenged for more. Raises Refused: as above; no question."""
    challenge, body = answering(challenge, by)
    question = in_words(question, "Say what you need to know.")
    take(challenge, StepKind.ASKED, Act.ASK_CHALLENGER, by, text=question, organisation=body)
    return challenge


@transaction.atomic
def decide_challenge(*, challenge: Challenge, upheld: bool, reason: str, by: Actor) -> Challenge:
    """The moderators' last word, where a body did not answer in time or whoever challenged does not agree.

    Raises Refused: not allowed, not escalated, no reason.
    """
    challenge = locked(challenge)
    if not may_moderate(by):
        raise Refused("Only moderators decide what has been passed to them.")
    refuse_unless(challenge, ChallengeState.ESCALATED)
    settle(Waiting.CHALLENGE, challenge.reference, by)
    reason = in_words(reason, "Say why you decide so.")
    take(challenge, StepKind.UPHELD if upheld else StepKind.LEFT, Act.DECIDE_CHALLENGE, by, text=reason)
    return challenge


def answering(challenge: Challenge, by: Actor) -> tuple[Challenge, Organisation | None]:
    """(the challenge as it is now, the body that answers). Raises Refused."""
    challenge = locked(challenge)
    bodies = answerers(challenge, timezone.localdate())
    if not may_answer_challenge(by, bodies):
        raise Refused(NOT_YOURS)
    refuse_unless(challenge, ChallengeState.OPEN)
    return challenge, spokesman(bodies, by, may_answer_challenge)


class Change(NamedTuple):
    """`declaration` is what is said instead, where something is."""

    event: Event
    declaration: Declaration | None


def change_since(challenge: Challenge) -> Change | None:
    """The last change of what the body says of the function since it was challenged; to confirm the same is none."""
    if challenge.about not in OF_STATEMENTS:
        return None
    since = challenge.recorded_in_id
    touched = Declaration.objects.filter(organisation=challenge.organisation, function=challenge.function).filter(
        Q(recorded_in__gt=since) | Q(superseded_in__gt=since)
    )
    rows = list(touched.select_related("recorded_in", "superseded_in", "component").order_by("-recorded_in", "-pk"))
    said_before = {(one.superseded_in_id, content(one)) for one in rows if one.superseded_in_id}
    for one in rows:
        if one.recorded_in_id > since and (one.recorded_in_id, content(one)) not in said_before:
            is_draft = one.component is not None and one.component.lifecycle == Lifecycle.DRAFT
            return Change(one.recorded_in, None if is_draft or one.superseded_in_id else one)
    said_after = {(one.recorded_in_id, content(one)) for one in rows}
    for one in rows:
        if one.superseded_in and (one.superseded_in_id, content(one)) not in said_after:
            return Change(one.superseded_in, None)
    return None


def content(one: Declaration) -> tuple:
    return tuple(getattr(one, name) for name in CONTENT)
