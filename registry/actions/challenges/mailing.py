"""Letters about challenges. Each goes once: it is claimed before it is sent."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from registry import letters
from registry.actions.challenges.letters import written
from registry.models import ChallengeLetter, ChallengeState

MOST_AT_ONCE = 200  # the timetable comes by again
MOST_TRIES = 6
FIRST_PAUSE = timedelta(minutes=10)  # doubled each time: the last try is after some five hours


def mail_challenge_letters() -> int:
    """Send what is due, and return how many went. Safe with any number of workers."""
    sent = 0
    for _turn in range(MOST_AT_ONCE):
        letter = claim()
        if letter is None:
            break
        sent += send(letter)
    return sent


@transaction.atomic
def claim() -> ChallengeLetter | None:
    """The next letter, for this worker alone: one that dies has perhaps sent it. Refused ones come again later."""
    due = ChallengeLetter.objects.due(timezone.now()).order_by("next_try_at", "pk")
    letter = due.select_for_update(skip_locked=True).first()
    if letter:
        letter.claimed_at = timezone.now()
        letter.save(update_fields=["claimed_at"])
    return letter


def send(letter: ChallengeLetter) -> bool:
    """Whether it went. After some tries nobody tries any more; either way the address goes from here."""
    now = timezone.now()
    if is_past(letter):
        ChallengeLetter.objects.filter(pk=letter.pk).update(email="")
        return False
    if letters.send(written(letter)):
        ChallengeLetter.objects.filter(pk=letter.pk).update(mailed_at=now, email="")
        return True
    tries = letter.tries + 1
    again = {"claimed_at": None, "next_try_at": now + FIRST_PAUSE * 2 ** (tries - 1)}
    ChallengeLetter.objects.filter(pk=letter.pk).update(tries=tries, **(again if tries < MOST_TRIES else {"email": ""}))
    return False


def is_past(letter: ChallengeLetter) -> bool:
    """A body is not asked for an answer that it is not its turn to give any more."""
    return letter.organisation_id is not None and letter.step.challenge.state != ChallengeState.OPEN
