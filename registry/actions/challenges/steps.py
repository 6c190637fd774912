"""What every act on a challenge does: one event, one step, the state that it leads to, and the letters."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from catalogue.describing.cleaning import prose, web_address
from commons.exceptions import Refused
from commons.working_days import PROMISED, last_of
from registry.actions.challenges.outbox import put_letters
from registry.models import (
    LEADS_TO,
    Act,
    Challenge,
    ChallengeOutcome,
    ChallengeState,
    ChallengeStep,
    Event,
    Organisation,
    StepKind,
)
from registry.models.challenge.challenge import LONGEST
from registry.permissions import Actor

TO_ANSWER, TO_REPLY, TO_ESCALATE = PROMISED, 10, PROMISED  # working days
DAYS = {
    StepKind.RAISED: TO_ANSWER,
    StepKind.ASKED: TO_REPLY,
    StepKind.REPLIED: TO_ANSWER,
    StepKind.KEPT: TO_ESCALATE,
    StepKind.ESCALATED: TO_ANSWER,
    StepKind.OVERDUE: TO_ANSWER,
}
OUTCOMES = {
    StepKind.CHANGED: ChallengeOutcome.CHANGED,
    StepKind.KEPT: ChallengeOutcome.KEPT,
    StepKind.UPHELD: ChallengeOutcome.UPHELD,
    StepKind.LEFT: ChallengeOutcome.KEPT,
}
FORMULA = tuple("=+-@")


def locked(challenge: Challenge) -> Challenge:
    """As it is now, and nobody else acts on it until the act is done."""
    of = Challenge.objects.select_for_update(of=("self",))
    return of.select_related("organisation", "function", "component", "declaration", "payment").get(pk=challenge.pk)


def take(challenge: Challenge, kind: StepKind, act: Act, by: Actor, **said: Any) -> ChallengeStep:
    """Record a step of a locked challenge. `said` are the step's own fields: text, evidence_url, organisation …"""
    event = Event.objects.create(act=act, **by.signature, detail=about(challenge) | {"step": kind.value})
    return put(challenge, kind, event, **said)


def put(challenge: Challenge, kind: StepKind, event: Event, **said: Any) -> ChallengeStep:
    today = timezone.localdate()
    challenge.state, challenge.outcome = LEADS_TO[kind], OUTCOMES.get(kind, "")
    challenge.due_on = due_after(kind, today)
    challenge.ended_on = None if challenge.is_standing else today
    if challenge.pk:
        challenge.save(update_fields=["state", "outcome", "due_on", "ended_on"])
    else:
        challenge.save()
    step = ChallengeStep.objects.create(
        challenge=challenge, kind=kind, state=challenge.state, recorded_in=event, **said
    )
    put_letters(step, today)
    return step


def due_after(kind: StepKind, today: date) -> date | None:
    """The last of so many working days that begin tomorrow."""
    return last_of(today + timedelta(days=1), DAYS[kind]) if kind in DAYS else None


def about(challenge: Challenge) -> dict[str, Any]:
    """What an event may tell: neither what was claimed nor by whom."""
    named = {name: getattr(challenge, name) for name in ("organisation", "function", "component")}
    detail = {"challenge": challenge.reference, "about": challenge.about}
    return detail | {name: row.slug for name, row in named.items() if row}


def refuse_unless(challenge: Challenge, *states: ChallengeState) -> None:
    if challenge.state not in states:
        raise Refused(f"This challenge is not at that point any more: {challenge.get_state_display().lower()}.")


def in_words(text: str, what: str) -> str:
    """A text as it is kept. Raises Refused: blank, too long, or one that a spreadsheet would run."""
    text = prose(text, LONGEST + 1)
    if not text:
        raise Refused(what)
    if len(text) > LONGEST:
        raise Refused(f"A text may have {LONGEST:,} characters.")
    if text.startswith(FORMULA):
        raise Refused("A text may not begin with =, +, - or @, which a spreadsheet would run as a formula.")
    return text


def evidence(address: str) -> str:
    """A web address or nothing. Raises Refused."""
    address = address.strip()
    if address and not (address := web_address(address)):
        raise Refused("The link to the evidence must be a web address, such as https://www.example.org/minutes.")
    return address


def spokesman(bodies: list[Organisation], by: Actor, may: Any) -> Organisation | None:
    """The body that the actor speaks for: one of those that are asked."""
    return next((body for body in bodies if may(by, [body])), None)
