"""Plain letters about searches."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from catalogue.search.news import News, in_words
from commons import formatting
from commons.listing import BadParameter
from registry.models import Alert

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
    """With what mail programs need to stop it by one click (RFC 8058)."""
    stop = f"{settings.SITE_ADDRESS}{reverse('registry:stop_alert', args=[alert.pk])}"
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject=" ".join(subject.split())[:200], body=text, to=[alert.email], headers=headers)


def item(one: News, since: datetime) -> str:
    done = "new" if one.is_new(since) else "changed"
    address = f"{settings.SITE_ADDRESS}{reverse('catalogue:component', args=[one.slug])}"
    return f"- {' '.join(one.name.split())} ({done} on {formatting.plain_date(one.updated_at.date())})\n  {address}"


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
