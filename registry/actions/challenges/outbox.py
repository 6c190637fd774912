"""Which letters a step of a challenge asks for. They are recorded with the step, and go out afterwards."""

from datetime import date, timedelta

from django.utils import timezone

from registry.actions.challenges.secrets import recipient
from registry.actions.challenges.subjects import answerers, people_to_write_to
from registry.models import ChallengeLetter, Challenger, ChallengeStep, StepKind

TO_BODIES = (StepKind.RAISED, StepKind.REPLIED)
TO_CHALLENGER = (StepKind.RAISED, StepKind.ASKED, StepKind.CHANGED, StepKind.KEPT, StepKind.UPHELD, StepKind.LEFT)
RECEIPTS_A_DAY = 3  # to one address: nobody is to be flooded by somebody else who types it


def put_letters(step: ChallengeStep, today: date) -> None:
    """One letter an address, however many of the bodies it is of."""
    letters = [*(to_bodies(step, today) if step.kind in TO_BODIES else [])]
    ChallengeLetter.objects.bulk_create({letter.recipient: letter for letter in letters}.values())
    # The receipt waits for the address, which is recorded after the challenge: see `put_receipt`.
    if step.kind in TO_CHALLENGER and step.kind != StepKind.RAISED:
        challenger = Challenger.objects.filter(challenge=step.challenge).first()
        if challenger:
            put_letter(step, challenger.email)


def put_receipt(step: ChallengeStep, email: str) -> None:
    Challenger.objects.create(challenge=step.challenge, email=email)
    yesterday = timezone.now() - timedelta(days=1)
    sent = ChallengeLetter.objects.filter(
        recipient=recipient(email), organisation=None, step__kind=StepKind.RAISED, next_try_at__gt=yesterday
    )
    if sent.count() < RECEIPTS_A_DAY:
        put_letter(step, email)


def put_letter(step: ChallengeStep, email: str) -> None:
    """Nobody who was written to of this step, as one of a body, is written to of it again."""
    letter = ChallengeLetter(step=step, recipient=recipient(email), email=email, next_try_at=timezone.now())
    ChallengeLetter.objects.bulk_create([letter], ignore_conflicts=True)


def to_bodies(step: ChallengeStep, today: date) -> list[ChallengeLetter]:
    now = timezone.now()
    return [
        ChallengeLetter(step=step, organisation=body, recipient=recipient(email), email=email, next_try_at=now)
        for body in answerers(step.challenge, today)
        for email in people_to_write_to(body)
    ]
