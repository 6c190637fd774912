from collections.abc import Collection, Iterator
from itertools import batched

from commons.listing import Column, Listing, Selection, Sort, cursors
from commons.listing.selection import Row
from registry.history.reading import PLACE, Change
from registry.history.scopes import Scope
from registry.history.telling import WHAT
from registry.models import Act

ORDER = "-at"
BATCH = 500


class HistorySelection(Selection):
    """Walked from page to page, never counted: history is long, and its newest part is what is read."""

    listing: "HistoryListing"

    def after(self, cursor: str | None, limit: int) -> tuple[list[Row], str | None, str | None]:
        place = cursors.read(cursor, ORDER)
        if place is not None and len(place.keys) != len(PLACE):
            raise cursors.unknown()
        found = self.listing.scope.read(place, limit + 1)
        changes, onward, back = cursors.around(found, limit, place, ORDER, lambda change: change.place)
        return self.listing.teller.rows(changes), onward, back

    def rows(self) -> Iterator[Row]:
        for changes in batched(self.every(), BATCH):
            yield from self.listing.teller.rows(changes)

    def every(self) -> Iterator[Change]:
        """All of them, some at a time."""
        place = None
        while found := self.listing.scope.read(place, BATCH):
            yield from found
            place = cursors.Place(ORDER, found[-1].place)

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
        self.scope, self.teller = scope, scope.teller(inside)
        self.name = scope.name
