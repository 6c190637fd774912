"""The list of public bodies, A to Z."""

from datetime import date

from django.core.paginator import Page
from django.utils.translation import gettext as _

from commons.listing import Selection
from registry.presenters import words


def page(selection: Selection, page: Page, on: date) -> dict:
    rows = [row | {"state": state(row, on), "facts": facts(row)} for row in page.object_list]
    return {
        "selection": selection,
        "page": page,
        "rows": rows,
        "heading": words.bodies(selection.total),
        "search": selection.asked.value("q") or "",
    }


def state(row: dict, on: date) -> str:
    if row["end"]:
        return "ended" if row["end"] <= on else "ending"
    return "coming" if row["start"] and row["start"] > on else ""


def facts(row: dict) -> list[str]:
    """Kind, place, and what it has told; never a figure where it has told nothing."""
    group = row["peer_group"]["name"] if row["peer_group"] else row["type"]
    place = row["region"] if row["region"] == row["nation"] else ", ".join(filter(None, (row["region"], row["nation"])))
    return [fact for fact in (group, place, *told(row)) if fact]


def told(row: dict) -> list[str]:
    """That it named none is not that it has none, so no zero is said."""
    used, own = row["components_used"], row["own_systems"]
    if not row["declared"]:
        return [_("has not told us yet")]
    if used is None:
        return [_("nothing that it said is fresh enough to count")]
    return [
        _("uses %(count)s") % {"count": words.uses(used)} if used else _("names no shared component"),
        _("runs %(count)s") % {"count": words.systems(own)} if own else _("names no system of its own"),
    ]
