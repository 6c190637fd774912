"""The letter to moderators that something waits for them: one a day at most, about the days until yesterday."""

from collections.abc import Callable, Mapping
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from commons.formatting import plain_date
from registry.actions.choosing import wanting
from registry.actions.members import acting_moderators
from registry.actions.post import KEPT_FOR, write_letters
from registry.models import Letter, LetterKind, Waiting

TOLD_ELSEWHERE = (Waiting.BODY, Waiting.OWNER)
"""Somebody waits for these to begin their work: each is a letter of its own, at once."""
LOOKED_ON = (Waiting.EXEMPTION,)
"""A panel decides."""
TOLD = tuple(kind for kind in Waiting if kind not in (*TOLD_ELSEWHERE, *LOOKED_ON))
TEXT = """New at the {service} since {day}, and waiting for a moderator:

{kinds}

All that waits: {queue}

You get one letter a day at most, and none where nothing new waits. Stop these letters: {account}
"""


def tell_moderators(arrived: Callable[[date, date], Mapping[str, int]], on: date | None = None) -> int:
    """Write to the moderators what waits since the last such letter, if anything; to how many.

    `arrived` counts, by kind, what waits since a day from the first on, and before the second. Safe with any number of
    workers.
    """
    today = on or timezone.localdate()
    first = told_until(today)
    to = wanting(LetterKind.WAITING, acting_moderators().values_list("person__email", flat=True))
    found = arrived(first, today) if to and first < today else {}
    new = {kind: found[kind] for kind in TOLD if found.get(kind)}
    if not new:
        return 0
    number = sum(new.values())
    write_letters(
        to=to,
        about=f"what waits on {today}",
        subject=f"{number:,} new {'thing' if number == 1 else 'things'} to review",
        text=TEXT.format(
            service=settings.SERVICE_NAME,
            day=plain_date(first),
            kinds="\n".join(f"- {kind.label}: {count:,}" for kind, count in new.items()),
            queue=f"{settings.SITE_ADDRESS}{reverse('registry:moderation')}",
            account=f"{settings.SITE_ADDRESS}{reverse('account_letters')}",
        ),
        kind=LetterKind.WAITING,
    )
    return len(to)


def told_until(today: date) -> date:
    """The day of the last such letter, which told of the days before it. Where there is none that is still kept,
    nothing new has come for so long, or nobody wanted to know."""
    last = Letter.objects.filter(kind=LetterKind.WAITING).order_by("-written_at").first()
    return timezone.localdate(last.written_at) if last else today - KEPT_FOR
