"""Telling a source's owner that it cannot be read: on the first day and on the third, then no more."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from registry.letters import addressed, send
from registry.models import Source

THIRD_DAY = timedelta(days=2)

BODY = """The registry reads {kind} of {organisation}:

{address}

Since {since} it cannot be read:

{failure}

What was read before stays in the catalogue, and says that its source has errors. After 90 days it is left out of
searches, until the source can be read again. Nothing is deleted.

What was read, and when: {page}
"""


def letters_due(source: Source, today: date, *, busy: bool) -> int:
    """How many letters it should have had by today. A host that is only busy is given until the third day."""
    failing = today - timezone.localdate(source.failing_since)
    if failing >= THIRD_DAY:
        return 2
    return 0 if busy else 1


def write_to_owner(source: Source, now: datetime, *, busy: bool) -> bool:
    """Write where it is time, never twice on one day; whether a letter went out. The caller saves the source.

    What the mail server refuses is tried again with the next reading.
    """
    today = timezone.localdate(now)
    due, to = letters_due(source, today, busy=busy), owner_of(source)
    if not to or source.letters >= due or source.letter_on == today:
        return False
    if not send(addressed(to, f"Source cannot be read: {source.address[:150]}", letter(source))):
        return False
    source.letters, source.letter_on = due, today
    return True


def owner_of(source: Source) -> str:
    """The source's own contact, else that of the only component that was made from it."""
    if source.contact:
        return source.contact
    found = source.things.filter(made=True).values_list("component__profile__contact_email", flat=True)[:2]
    return (found[0] or "") if len(found) == 1 else ""


def letter(source: Source) -> str:
    since = timezone.localdate(source.failing_since)
    return BODY.format(
        kind=f"a source ({source.get_kind_display()})",
        organisation=source.organisation,
        address=source.address,
        since=f"{since.day} {since:%B %Y}",
        failure=source.failure,
        page=f"{settings.SITE_ADDRESS}{source.get_absolute_url()}",
    )
