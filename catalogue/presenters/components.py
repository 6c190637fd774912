"""The list of components, as a search found it."""

from datetime import date

from django.core.paginator import Page
from django.utils.translation import gettext as _

from catalogue.presenters import words
from catalogue.presenters.component import leading
from catalogue.search.selection import ComponentSelection
from commons.listing.selection import Row


def components_page(selection: ComponentSelection, page: Page, on: date) -> dict:
    """`page` is the page of `selection` that the reader asks for."""
    rows = list(page)
    why = selection.why([row["slug"] for row in rows]) if selection.sort.name == "relevance" else {}
    page.object_list = [row_in_words(row) | {"why": why.get(row["slug"], "")} for row in rows]
    return {
        "heading": heading(selection),
        "selection": selection,
        "page": page,
        "functions": [] if selection.done == "as_typed" else selection.nearest_functions,
        "today": on,
    }


def heading(selection: ComponentSelection) -> str:
    """“214 components for ‘missed bin’”."""
    found = words.components(selection.total)
    search = selection.asked.value("q")
    return _("%(found)s for ‘%(search)s’") % {"found": found, "search": search} if search else found


def row_in_words(row: Row) -> Row:
    return {
        **row,
        "lead": leading(row["summary"] or "")[0],
        "users": words.used_by(row["used_by"]) if row["used_by"] else _("no declared use yet"),
    }
