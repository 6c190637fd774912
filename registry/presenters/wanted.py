"""The page of wanted components."""

from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import ComponentKind
from catalogue.presenters import words
from commons.formatting import money, number
from commons.listing import Selection
from commons.listing.selection import Row


def wanted_page(selection: Selection, page: Page) -> dict[str, Any]:
    count = selection.total
    page.object_list = [wanted_row(row) for row in page]
    heading = ngettext("%(count)s component is wanted", "%(count)s components are wanted", count)
    return {
        "selection": selection,
        "page": page,
        "heading": heading % {"count": number(count)},
    }


def wanted_row(row: Row) -> Row:
    return {
        **row,
        "kind_words": ", ".join(str(ComponentKind(kind).label).lower() for kind in row["kinds"] or []),
        "wanted_words": words.bodies(row["wanted_by"]),
        "own": own(row) if row["own_systems"] else "",
    }


def own(row: Row) -> str:
    """“12 separate systems run by 11 public bodies; 9 state what they cost: £1.2 million a year together.”"""
    run = _("%(systems)s for its functions, run by %(bodies)s.") % {
        "systems": words.own_systems(row["own_systems"]).capitalize(),
        "bodies": words.bodies(row["own_bodies"]),
    }
    if not row["costs_stated"]:
        return run + " " + _("None of them states what it costs.")
    stated = stated_cost(row)
    if not row["costs_not_stated"]:
        return f"{run} {stated}"
    silent = ngettext("%(count)s does not.", "%(count)s do not.", row["costs_not_stated"])
    return f"{run} {stated} " + silent % {"count": number(row["costs_not_stated"])}


def stated_cost(row: Row) -> str:
    if row["cost_stated_status"] == "suppressed":
        said = ngettext(
            "%(count)s of them states its cost; sums of fewer than %(bodies)s bodies are not shown.",
            "%(count)s of them state their cost; sums of fewer than %(bodies)s bodies are not shown.",
            row["costs_stated"],
        )
        return said % {"count": number(row["costs_stated"]), "bodies": settings.SUMS_FROM_BODIES}
    said = ngettext(
        "%(count)s of them states its cost: %(sum)s a year.",
        "%(count)s of them state their cost: %(sum)s a year together.",
        row["costs_stated"],
    )
    return said % {"count": number(row["costs_stated"]), "sum": money(row["cost_stated"], row["currency"])}
