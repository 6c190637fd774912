"""The moderators' queue and its items as pages show them."""

from datetime import date, datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.formatting import number, plain_date
from commons.listing import Selection
from registry import domains
from registry.models import BodyRequest, Lease, Organisation, Waiting
from registry.permissions import Actor
from registry.presenters.filtered import filtered

ALIKE_SHOWN = 10
PAGES = {
    Waiting.BODY: "registry:body_request",
    Waiting.OWNER: "registry:first_owner",
    Waiting.COMPONENT: "registry:new_component",
    Waiting.PAIR: "registry:pair",
    Waiting.MERGE: "registry:second_merge",
    Waiting.CHALLENGE: "registry:answer_challenge",
    Waiting.WITHDRAWAL: "registry:decide_withdrawal",
    Waiting.EXEMPTION: "registry:exemption",
    Waiting.REORGANISATION: "registry:reorganisation_second",
    Waiting.EDITION: "registry:edition_to_publish",
}


def address_of(kind: str, key: str) -> str:
    """The page on which an item is decided."""
    return reverse(PAGES[Waiting(kind)], args=[key])


def page(selection: Selection, page: Page) -> dict[str, Any]:
    today, total = timezone.localdate(), selection.total
    heading = ngettext("%(total)s thing to review", "%(total)s things to review", total) % {"total": number(total)}
    return filtered(
        selection,
        page,
        [row | shown(row, today) for row in page.object_list],
        name=heading,
        heading=heading,
        noun=_("things to review"),
        empty=_("Everything has been decided. What comes in next stands here."),
        private=True,
        breadcrumbs=crumbs(),
    )


def shown(row: dict[str, Any], today: date) -> dict[str, Any]:
    return {
        "address": address_of(row["kind"], row["key"]),
        "age": age(row["waits_since"], today),
        "deadline": deadline(row["due"], today),
        "overdue": bool(row["due"] and row["due"] < today),
        "looked_at_clock": clock(row["looked_at_since"]) if row["looked_at_since"] else "",
    }


def age(since: date, today: date) -> str:
    days = (today - since).days
    if days < 1:
        return _("since today")
    return ngettext("for %(days)s day", "for %(days)s days", days) % {"days": number(days)}


def deadline(due: date | None, today: date) -> str:
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return ngettext("%(days)s day too late", "%(days)s days too late", -days) % {"days": number(-days)}
    if days == 0:
        return _("due today")
    return ngettext("due in %(days)s day", "due in %(days)s days", days) % {"days": number(days)}


def clock(at: datetime) -> str:
    """“10:42”, and with its day where that is not today."""
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local:%H:%M}, {plain_date(local)}"


def looked_at(lease: Lease | None, by: Actor) -> dict[str, Any]:
    """Who looks at an item, for its page: {mine, name, since, until, take, leave}; nothing where nobody does."""
    if lease is None:
        return {"lease": None}
    mine = by.person is not None and lease.person_id == by.person.pk
    where = [lease.kind, lease.key]
    return {
        "lease": {
            "mine": mine,
            "name": getattr(lease, "named", "") or str(lease.person),
            "since": clock(lease.since),
            "until": clock(lease.until),
            "take": reverse("registry:take_over", args=where),
            "leave": reverse("registry:put_back", args=where),
        }
    }


def bodies_like(asked: BodyRequest) -> list[Organisation]:
    """Bodies that may be the one that is asked for: with its name in theirs, its website or the domain."""
    words = Q(name__icontains=asked.name) | Q(aliases__contains=[asked.name])
    site = domains.host(asked.homepage).removeprefix("www.")
    for host in filter(None, {asked.domain, site}):
        words |= Q(homepage__icontains=host) | Q(email_domains__contains=[host])
    return list(Organisation.objects.filter(words).order_by("name")[:ALIKE_SHOWN])


def crumbs(*more: str) -> list[dict[str, str]]:
    home = {"text": _("Workspaces"), "href": reverse("registry:workspace")}
    queue = {"text": _("Things to review")}
    if not more:
        return [home, queue]
    return [home, queue | {"href": reverse("registry:moderation")}, *({"text": text} for text in more)]
