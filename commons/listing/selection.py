"""The rows that an address asks for, as every face needs them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from commons.listing.errors import BadParameter, ParameterError, shown
from commons.listing.parts import Chosen, Facet
from commons.listing.text import as_json

if TYPE_CHECKING:
    from commons.listing.listing import Asked, Listing

Row = dict[str, Any]
PAGE_SIZE = 25


class Selection:
    """What one address selects from a list. Nothing is read before it is asked for, and the total is counted once."""

    def __init__(self, listing: Listing, asked: Asked):
        self.listing, self.asked = listing, asked

    @cached_property
    def total(self) -> int:
        raise NotImplementedError

    def slice(self, start: int, stop: int) -> list[Row]:
        raise NotImplementedError

    def after(self, cursor: str | None, limit: int) -> tuple[list[Row], str | None, str | None]:
        """(rows, next cursor, previous cursor) of a keyset page: rows that come and go never shift it."""
        raise NotImplementedError

    def after_json(self, cursor: str | None, limit: int) -> tuple[list[str], str | None, str | None]:
        """As `after`, each row as the JSON text that is sent."""
        rows, onward, back = self.after(cursor, limit)
        return [as_json(row) for row in rows], onward, back

    def count(self) -> int:
        """The total, as cheaply as it can be had where the facets are not wanted."""
        return self.total

    def rows(self) -> Iterator[Row]:
        """Every row in order, read as they are used: memory stays flat."""
        raise NotImplementedError

    @cached_property
    def facets(self) -> list[Facet]:
        raise NotImplementedError

    @property
    def sort(self):
        return self.asked.sort

    @property
    def chosen(self) -> list[Chosen]:
        return [
            Chosen(known, value, self.label_of(known.name, value))
            for known in self.listing.filters
            for value in self.asked.values.get(known.name, ())
        ]

    def label_of(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return self.listing.filter(name).label
        if isinstance(value, date):
            return f"{value.day} {value:%B %Y}"
        return self.asked.labels.get((name, value), str(value))

    def page(self, number: int | str | None = 1, size: int = PAGE_SIZE) -> Page:
        """A numbered page, as Django's. Page 1 stands in for a page past the end."""
        number = page_number(number)
        paginator = Paginator(Numbered(self), size)
        return paginator.page(number if number <= paginator.num_pages else 1)

    def query(self, without: Chosen | None = None, **changes: Any) -> str:
        """The address's parameters, `?…`, with one choice taken out and others set; always from the first page.

        A blank value takes its parameter out. `selection.query(sort="-name")`, `selection.query(without=tag)`.
        """
        params = self.asked.params.copy()
        for name in ("page", "cursor"):
            params.pop(name, None)
        if without:
            kept = [text for text in params.getlist(without.filter.name) if text != str(without.value)]
            params.setlist(without.filter.name, kept if without.filter.repeatable else [])
        for name, value in changes.items():
            params.setlist(name, [str(value)] if value not in (None, "") else [])
        return stated(params)


class Numbered:
    """A selection as Django's paginator wants it."""

    def __init__(self, selection: Selection):
        self.selection = selection

    def count(self) -> int:
        return self.selection.total

    def __getitem__(self, part: slice) -> list[Row]:
        return self.selection.slice(part.start, part.stop) if part.stop > part.start else []


def stated(params: QueryDict) -> str:
    """The parameters that have a value; `?` alone where none has, which as a link clears them all."""
    for name in list(params):
        params.setlist(name, [text for text in params.getlist(name) if text])
    return f"?{params.urlencode()}"


def page_number(number: int | str | None) -> int:
    text = str(number or 1)
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise BadParameter(
            [ParameterError("page", "not_a_page", f"“page” must be a number from 1, not “{shown(text)}”.")]
        )
    return int(text[:9])
