"""Which letters a step of a challenge asks for. They are recorded with the step, and go out afterwards."""

from datetime import date, timedelta

from django.utils import timezone

from registry.actions.challenges.letters import of_body, of_challenger
from registry.actions.challenges.subjects import answerers, people_to_write_to
from registry.actions.post import write_letters
from registry.models import Challenge, Challenger, ChallengeStep, Letter, LetterKind, StepKind

TO_BODIES = (StepKind.RAISED, StepKind.REPLIED)
TO_CHALLENGER = (StepKind.ASKED, StepKind.CHANGED, StepKind.KEPT, StepKind.UPHELD, StepKind.LEFT)
RECEIPTS_A_DAY = 3  # to one address: nobody is to be flooded by somebody else who types it


def put_letters(step: ChallengeStep, today: date) -> None:
    """One letter an address, whomever it is of: of several bodies, or of one of them and of whoever challenged."""
    if step.kind == StepKind.WITHDRAWN:
        letters_of(step.challenge).filter(claimed_at=None).delete()
    if step.kind in TO_BODIES:
        for body in answerers(step.challenge, today):
            owe(step, people_to_write_to(body), *of_body(step, body.name))
    if step.kind in TO_CHALLENGER:
        challenger = Challenger.objects.filter(challenge=step.challenge).first()
        if challenger:
            owe(step, [challenger.email], *of_challenger(step))


def put_receipt(step: ChallengeStep, email: str) -> None:
    """Keep the address, and write to it where that is not too often."""
    yesterday = timezone.now() - timedelta(days=1)
    lately = Challenger.objects.filter(email__iexact=email, challenge__recorded_in__at__gt=yesterday)
    if lately.count() < RECEIPTS_A_DAY:
        owe(step, [email], *of_challenger(step))
    Challenger.objects.create(challenge=step.challenge, email=email)


def owe(step: ChallengeStep, to: list[str], subject: str, text: str) -> None:
    about = f"{prefix(step.challenge)}step {step.pk}"
    write_letters(to=to, about=about, subject=subject, text=text, kind=LetterKind.CHALLENGE)


def letters_of(challenge: Challenge):
    return Letter.objects.filter(about__startswith=prefix(challenge))


def prefix(challenge: Challenge) -> str:
    return f"challenge {challenge.reference} "
