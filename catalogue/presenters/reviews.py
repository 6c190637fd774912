"""What bodies found when they took a component up, on its page, on a page of their own, and where one is written."""

from datetime import date

from django.core.paginator import Page
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Component
from catalogue.presenters.trail import trail
from commons.formatting import number, plain_date
from commons.listing import Selection
from registry.models import Evidence, Stage


def of(component: Component) -> dict:
    """The newest ones; `component` is as `component_rows.described` gives it."""
    return {
        "rows": [in_words(one, parse_date(one["written_on"]), day(one["since"])) for one in component.newest_reviews],
        "count": component.reviews_count,
        "heading": counted(component.reviews_count),
    }


def page(component: Component, selection: Selection, rows: Page) -> dict:
    """`rows` is the page of `selection` that the reader asks for."""
    rows.object_list = [
        in_words({**row, **row["organisation"]}, row["written_on"], row["since"]) for row in rows.object_list
    ]
    return {
        "component": component,
        "selection": selection,
        "page": rows,
        "heading": counted(selection.total),
        "breadcrumbs": trail(component, _("Reviews")),
    }


def counted(count: int) -> str:
    return ngettext("%(count)s review", "%(count)s reviews", count) % {"count": number(count)}


def in_words(row: dict, written_on: date | None, since: date | None) -> dict:
    weeks = row["weeks_to_adopt"]
    return {
        "slug": row["slug"],
        "name": row["name"],
        "written_on": written_on,
        "use": use(row["stage"], since),
        "evidence": str(Evidence(row["evidence"]).label) if row["evidence"] else _("No evidence stated"),
        "went_well": row["went_well"],
        "blocked": row["blocked"],
        "weeks": ngettext("%(weeks)s week", "%(weeks)s weeks", weeks) % {"weeks": number(weeks)}
        if weeks is not None
        else "",
    }


def use(stage: str, since: date | None) -> str:
    """“Uses it since 1 May 2024”."""
    stopped = stage == Stage.RETIRED
    if since is None:
        return _("Used it, and stopped") if stopped else _("Uses it; since when is not stated")
    words = _("Used it from %(day)s, and stopped") if stopped else _("Uses it since %(day)s")
    return words % {"day": plain_date(since)}


def day(text: str | None) -> date | None:
    return parse_date(text) if text else None
