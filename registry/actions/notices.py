"""Letters to bodies that use a component which ends. Each goes once: it is claimed before it is sent."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from commons.formatting import plain_date
from registry import letters
from registry.models import Notice

MOST_AT_ONCE = 200  # the timetable comes by again


def mail_due_notices() -> int:
    """Send the letters that are due, and return how many went. Safe with any number of workers."""
    sent, last = 0, 0
    for _turn in range(MOST_AT_ONCE):
        notice = claim(after=last)
        if notice is None:
            break
        sent, last = sent + send(notice), notice.pk
    return sent


@transaction.atomic
def claim(*, after: int = 0) -> Notice | None:
    """The next letter, for this worker alone and for good: a worker that dies has perhaps sent it.

    `after` passes over what was tried already: one that the mail server refuses must not keep the others waiting.
    """
    due = Notice.objects.to_mail(timezone.localdate()).filter(pk__gt=after).order_by("pk")
    notice = due.select_for_update(skip_locked=True, of=("self",)).first()
    if notice:
        notice.claimed_at = timezone.now()
        notice.save(update_fields=["claimed_at"])
    return notice


def send(notice: Notice) -> bool:
    """Whether it went. One that the mail server refused, or that did not reach it, is due again the next time."""
    deprecation = notice.deprecation
    subject = f"{deprecation.component} ends on {plain_date(deprecation.ends_on)}"
    if not letters.send(letters.addressed(notice.organisation.contact_email, subject, letter(notice))):
        Notice.objects.filter(pk=notice.pk).update(claimed_at=None)
        return False
    Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
    return True


def letter(notice: Notice) -> str:
    deprecation = notice.deprecation
    component, successor = deprecation.component, deprecation.successor
    return (
        f"{notice.organisation} has told the {settings.SERVICE_NAME} that it uses {component}, or plans to.\n\n"
        f"{component} is switched off on {plain_date(deprecation.ends_on)}. Its successor is {successor}:\n"
        f"{letters.component_page(successor.slug)}\n\n"
        f"What is known of {component}, and whom to ask:\n{letters.component_page(component.slug)}\n"
    )
