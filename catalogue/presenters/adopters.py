"""Who uses one component, body by body."""

from datetime import date

from django.core.paginator import Page
from django.utils.translation import gettext as _

from catalogue.models import Component
from catalogue.presenters import usage, words
from catalogue.presenters.links import external
from catalogue.presenters.trail import trail
from commons.listing import Selection
from registry.independence import caps


def adopters_page(component: Component, selection: Selection, page: Page, on: date) -> dict:
    """`page` is the page of `selection` that the reader asks for."""
    total = usage.totals(usage.by_kind(component, on))
    capped = caps([(row["id"], row["evidence"]) for row in page], on)
    page.object_list = [
        {
            **row,
            "source": external(row["source_url"] or ""),
            "cap": capped[row["id"]].words if row["id"] in capped else "",
        }
        for row in page
    ]
    return {
        "component": component,
        "heading": usage.headline(total, component.name),
        "total": total,
        "silence": usage.silence(total[""]),
        "statements": words.statements(selection.total),
        "selection": selection,
        "page": page,
        "several_functions": len({row["function"]["slug"] for row in page}) > 1,
        "today": on,
        "breadcrumbs": trail(component, _("Who uses it")),
    }
