"""Plain letters: about searches, and to bodies that look after components that are made one."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from catalogue.models import Component
from catalogue.search.news import News, in_words
from commons import formatting, notify
from commons.listing import BadParameter
from registry.models import Alert, LetterKind, Organisation

logger = logging.getLogger(__name__)
LISTED = 20
OPT_IN = """Somebody, perhaps you, asked {service} to write to this address when components change that are found by:

{search}

If that was you, open this page and confirm it:
{page}

If it was not, do nothing. Without an answer your address is deleted after 7 days.
"""
NEWS = """New or changed components found by {search}:

{items}
{more}
The whole search: {address}

You asked for this at {service}. Stop these emails, and have your address deleted:
{page}
"""

MERGED = """{service} had recorded one component twice. A moderator has made one of the two, and {body} looks after it:

{kept} is kept:
{kept_page}

{merged} is retired, and its page leads to the other one:
{merged_page}

What bodies say of {merged} is said of {kept} from now on, and what described the one describes the other. {now}
What was said before stays in the history, and can be put back by hand.
{ask}"""

ATTESTATIONS = """Public bodies have declared that they use components which {steward} looks after, and ask {steward} to
attest it. Somebody of {steward} can do so, or decline with a reason, within {days} days:

{page}

What nobody answers lapses: the statements stand, and count for less.
"""


def addressed(
    to: str,
    subject: str,
    text: str,
    headers: Mapping[str, str] | None = None,
    *,
    kind: LetterKind = LetterKind.LETTER,
) -> EmailMessage:
    """A letter whose subject stays on one line, whatever names are in it. `kind` chooses its template, if any."""
    headers = {notify.KIND: kind.value, **(headers or {})}
    return EmailMessage(subject=" ".join(subject.split())[:200], body=text, to=[to], headers=headers)


def send(letter: EmailMessage) -> bool:
    """Whether it went. Where the mail server does not take it, the log says so."""
    try:
        letter.send()
    except (OSError, SMTPException, ValueError):  # ValueError: an address that no letter can carry
        logger.warning("A letter could not be sent: %s", letter.subject)
        return False
    return True


def merge_letter(body: Organisation, kept: Component, merged: Component, *, keeps: bool) -> str:
    """`keeps`: the body looks after the kept one from now on; else it looks after the retired one alone."""
    now = f"{body} looks after {kept}." if keeps else f"Others look after {kept}; {body} is not among them."
    ask = f"\nIf the two are not one, write to {settings.FEEDBACK_EMAIL}.\n" if settings.FEEDBACK_EMAIL else ""
    return MERGED.format(
        service=settings.SERVICE_NAME,
        body=body,
        kept=kept,
        merged=merged,
        kept_page=component_page(kept.slug),
        merged_page=component_page(merged.slug),
        now=now,
        ask=ask,
    )


def attestations_letter(steward: Organisation, days: int) -> str:
    page = f"{settings.SITE_ADDRESS}{reverse('registry:attestations', args=[steward.slug])}"
    return ATTESTATIONS.format(steward=steward, days=days, page=page)


def opt_in_letter(alert: Alert) -> EmailMessage:
    text = OPT_IN.format(service=settings.SERVICE_NAME, search=said(alert), page=page(alert))
    return letter(alert, f"Confirm: emails about {said(alert)}", text)


def news_letter(alert: Alert, found: Sequence[News], since: datetime) -> EmailMessage:
    listed = "\n".join(item(one, since) for one in found[:LISTED])
    beyond = len(found) - LISTED
    text = NEWS.format(
        search=said(alert),
        items=listed,
        more=f"\nAnd {beyond} more.\n" if beyond > 0 else "",
        address=search_address(alert),
        service=settings.SERVICE_NAME,
        page=page(alert),
    )
    number = f"{len(found)} new or changed component{'s' if len(found) > 1 else ''}"
    return letter(alert, f"{number}: {said(alert)}", text)


def letter(alert: Alert, subject: str, text: str) -> EmailMessage:
    return addressed(alert.email, subject, text, one_click(reverse("registry:stop_alert", args=[alert.pk])))


def one_click(path: str) -> dict[str, str]:
    """What mail programs need to stop such letters by one click (RFC 8058)."""
    stop = f"<{settings.SITE_ADDRESS}{path}>"
    return {"List-Unsubscribe": stop, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def item(one: News, since: datetime) -> str:
    done = "new" if one.is_new(since) else "changed"
    day = formatting.plain_date(one.updated_at.date())
    return f"- {' '.join(one.name.split())} ({done} on {day})\n  {component_page(one.slug)}"


def component_page(slug: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('catalogue:component', args=[slug])}"


def said(alert: Alert) -> str:
    try:
        return " ".join(in_words(alert.search).split())
    except BadParameter:
        return "your search"


def page(alert: Alert) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('registry:alert', args=[alert.pk])}"


def search_address(alert: Alert) -> str:
    query = f"?{alert.search}" if alert.search else ""
    return f"{settings.SITE_ADDRESS}{reverse('catalogue:component_list')}{query}"
