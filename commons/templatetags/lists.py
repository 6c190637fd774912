"""{% load lists %}: what the includes of a list page need from a selection (`commons.listing`)."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from commons.listing import Chosen, Filter, Selection

register = template.Library()


@register.simple_tag
def query(selection: Selection, without: Chosen | None = None, **changes: Any) -> str:
    """{% query selection without=chosen %}, {% query selection sort="-name" %}: the address's parameters, changed."""
    return selection.query(without=without, **changes)


@register.simple_tag
def all_filters_cleared(selection: Selection) -> str:
    """The address's parameters with the search and the order kept and every other filter taken out."""
    return selection.query(**{chosen.filter.name: "" for chosen in selection.chosen if chosen.filter.name != "q"})


@register.filter
def chosen_filters(selection: Selection) -> list[Chosen]:
    """What the reader chose beside the search words, which stand in their own box."""
    return [chosen for chosen in selection.chosen if chosen.filter.name != "q"]


@register.filter
def panel_filters(selection: Selection) -> list[Filter]:
    """Filters that are typed or ticked, not counted: search words, dates, yes or no."""
    return [known for known in selection.listing.filters if known.kind != "choice"]


@register.filter
def asked(selection: Selection, known: Filter) -> Any:
    """{{ selection|asked:filter }}: the value in the address, as a form field writes it."""
    value = selection.asked.value(known.name)
    return "" if value is None else value


@register.simple_tag
def kept_fields(selection: Selection) -> SafeString:
    """Hidden fields for what the address asks beside the panel's own fields: the order, a choice made by a link."""
    shown = {known.name for known in selection.listing.filters if known.kind != "choice" or known.counted}
    params = selection.asked.params
    kept = (
        (name, value) for name in params if name not in {*shown, "page", "cursor"} for value in params.getlist(name)
    )
    return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', kept)


@register.filter
def shown_pages(page: Page) -> list[int | None]:
    """Page numbers to link: the first, the last, this one and its neighbours; None where some are left out."""
    wanted = sorted({1, page.number - 1, page.number, page.number + 1, page.paginator.num_pages})
    numbers: list[int | None] = []
    for number in (number for number in wanted if 1 <= number <= page.paginator.num_pages):
        if numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.filter
def sort_direction(selection: Selection, name: str) -> str:
    """{{ selection|sort_direction:"name" }}: the column's aria-sort, “ascending”, “descending” or “none”."""
    if selection.sort.name != name:
        return "none"
    return "descending" if selection.asked.backwards else "ascending"


@register.simple_tag
def sort_query(selection: Selection, name: str) -> str:
    """The address that sorts by a column, the other way round when it is sorted by it already."""
    turned = selection.sort.name == name and not selection.asked.backwards
    return selection.query(sort=f"-{name}" if turned else name)


@register.filter
def beside(rows: Sequence, links: Sequence[str]) -> list[tuple]:
    """{% for row, link in figure.rows|beside:figure.links %}: each row with its link, None where it has none."""
    return list(zip_longest(rows, links[: len(rows)]))
