from collections.abc import Collection, Iterator
from itertools import batched

from commons.listing import Column, Listing, Selection, Sort
from commons.listing.selection import Row
from registry.history import reading
from registry.history.scopes import Scope
from registry.history.telling import WHAT, Teller
from registry.models import Act

BATCH = 500


class HistorySelection(Selection):
    """Walked from page to page, never counted: history is long, and its newest part is what is read."""

    listing: "HistoryListing"

    def after(self, cursor: str | None, limit: int) -> tuple[list[Row], str | None, str | None]:
        changes, onward, back = reading.after(self.listing.scope, cursor, limit)
        return self.listing.teller.rows(changes), onward, back

    def rows(self) -> Iterator[Row]:
        for changes in batched(reading.every(self.listing.scope), BATCH):
            yield from self.listing.teller.rows(changes)

    def count(self) -> int:
        return 0

    @property
    def facets(self) -> list:
        return []


class HistoryListing(Listing):
    """What was recorded and when, the newest first: by whom, what stood before and what stands after.

    In public there are roles and bodies, no names.
    """

    columns = (
        Column("at", "When", kind="date"),
        Column("act", "Act", kind="choice", choices=dict(Act.choices)),
        Column("who", "By whom"),
        Column("what", "What", kind="choice", choices={name: str(label) for name, label in WHAT.items()}),
        Column("organisation", "Organisation", kind="ref"),
        Column("function", "Function", kind="ref"),
        Column("component", "Shared component", kind="ref"),
        Column("before", "Before"),
        Column("after", "After"),
        Column("reference", "Challenge"),
        Column("source", "Source"),
    )
    sorts = (Sort("at", "Newest first", ("-at",)),)
    default_sort = "at"
    selection_class = HistorySelection

    def __init__(self, scope: Scope, *, inside: Collection[int] | None = ()) -> None:
        self.scope, self.teller = scope, Teller(inside=inside)
        self.name = scope.name
