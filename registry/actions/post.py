"""Letters that acts owe somebody: written with the act, sent by a worker, each once."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from registry import letters
from registry.models import Letter, LetterKind
from registry.models.letter import MOST_TRIES

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 200  # the timetable comes by again
MOST_REFUSALS = 5  # in one run: a mail server that takes nothing is left alone until the next one
LONGEST_ABOUT = 300
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(days=1)  # so that a long weekend is survived
KEPT_FOR = timedelta(days=30)


def write_letter(
    *, to: str, about: str, subject: str, text: str, kind: LetterKind = LetterKind.LETTER, stop: str = ""
) -> None:
    """Owe somebody a letter, in the transaction of the act. Nothing where they had one about this already.

    `about` names the thing; whoever is written to is added here. `stop`: where one click stops such letters.
    """
    write_letters(to=[to], about=about, subject=subject, text=text, kind=kind, stop=stop)


def write_letters(
    *, to: Iterable[str], about: str, subject: str, text: str, kind: LetterKind = LetterKind.LETTER, stop: str = ""
) -> None:
    """The same letter to each of several addresses; blank ones are nobody's."""
    now = timezone.now()
    owed = [
        Letter(
            about=key(about, address),
            kind=kind,
            to=address,
            subject=" ".join(subject.split())[:200],
            text=text,
            stop=stop,
            written_at=now,
            next_at=now,
        )
        for address in dict.fromkeys(filter(None, to))
    ]
    Letter.objects.bulk_create(owed, ignore_conflicts=True)


def key(about: str, address: str) -> str:
    """One for each thing and address, however long they are."""
    whole = f"{about} to {address.lower()}"
    return whole if len(whole) <= LONGEST_ABOUT else f"{whole[:200]} {sha256(whole.encode()).hexdigest()}"


def send_letters() -> int:
    """Send what is due, and return how many went. Safe with any number of workers."""
    sent = refused = 0
    while sent < MOST_AT_ONCE and refused < MOST_REFUSALS:
        letter = claim()
        if letter is None:
            break
        if send(letter):
            sent += 1
        else:
            refused += 1
    return sent


@transaction.atomic
def claim() -> Letter | None:
    """The next letter, for this worker alone and for good: a worker that dies has perhaps sent it."""
    letter = Letter.objects.due(timezone.now()).order_by("next_at").select_for_update(skip_locked=True).first()
    if letter:
        letter.claimed_at = timezone.now()
        letter.tries += 1
        letter.save(update_fields=["claimed_at", "tries"])
    return letter


def send(letter: Letter) -> bool:
    """Whether it went. What the mail server does not take is tried again, later each time, and then given up."""
    now = timezone.now()
    mine = Letter.objects.filter(pk=letter.pk)
    headers = letters.one_click(letter.stop) if letter.stop else None
    if letters.send(letters.addressed(letter.to, letter.subject, letter.text, headers, kind=LetterKind(letter.kind))):
        mine.update(sent_at=now)
        return True
    if letter.tries < MOST_TRIES:
        mine.update(claimed_at=None, next_at=now + min(FIRST_PAUSE * 2 ** (letter.tries - 1), LONGEST_PAUSE))
    else:
        logger.error("Letter %s is given up after %s tries", letter.pk, letter.tries)
    return False


def forget_letters() -> int:
    """Forget letters some days after they went or were given up: they hold addresses. Nothing is owed twice later."""
    old = Letter.objects.filter(written_at__lt=timezone.now() - KEPT_FOR, claimed_at__isnull=False)
    return old.delete()[0]
