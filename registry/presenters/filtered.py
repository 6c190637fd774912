"""What templates/filtered.html shows: a page of a list, with its filters."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page

from commons.listing import Selection
from commons.listing.selection import Row


def filtered(
    selection: Selection,
    page: Page,
    rows: Sequence[Row],
    *,
    name: str,
    heading: str,
    noun: str,
    empty: str = "",
    private: bool = False,
    breadcrumbs: Sequence[dict],
) -> dict[str, Any]:
    """`name` is the list's, `heading` says how many rows there are, `noun` what they are, in the plural.

    `empty` is said where nothing is asked for and nothing is there; a `private` list is in no file that a page's head
    names.
    """
    return {
        "selection": selection,
        "page": page,
        "rows": rows,
        "name": name,
        "heading": heading,
        "noun": noun,
        "empty": empty,
        "private": private,
        "breadcrumbs": breadcrumbs,
    }
