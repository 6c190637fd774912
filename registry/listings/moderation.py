"""The moderators' queue as a list: one statement over all kinds of what waits."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from commons.listing import Column, Facet, Filter, Fixed, Listing, Option, Selection, Sort
from commons.listing.rows import labelled
from commons.listing.selection import Row
from registry.listings.waiting import KINDS
from registry.models import Lease, Waiting

NAMES = ("item_kind", "key", "title", "since", "due")
LOOKED_AT = {"yes": "Somebody is looking at it", "no": "Nobody is looking at it"}


class WaitingSelection(Selection):
    """Three statements however long the queue is: how many there are of each kind, the rows, and who looks at what."""

    @cached_property
    def counts(self) -> dict[str, int]:
        """By kind, whatever kinds were chosen."""
        asked_for = self.asked.values.get("looked_at") or list(LOOKED_AT)
        yes = self.looked_at if "yes" in asked_for else {}
        no = (
            {kind: count - self.looked_at.get(kind, 0) for kind, count in self.all.items()} if "no" in asked_for else {}
        )
        return {kind: yes.get(kind, 0) + no.get(kind, 0) for kind in self.all}

    @cached_property
    def all(self) -> dict[str, int]:
        return counted([self.named(kind) for kind in Waiting])

    @cached_property
    def looked_at(self) -> dict[str, int]:
        """How many of each kind somebody looks at."""
        kinds = [Waiting(kind) for kind in dict.fromkeys(one.kind for one in self.leases)]
        return counted([self.named(kind).filter(key__in=self.keys_of(kind)) for kind in kinds])

    def keys_of(self, kind: Waiting) -> list[str]:
        return [one.key for one in self.leases if one.kind == kind]

    @cached_property
    def total(self) -> int:
        return sum(self.counts.get(kind, 0) for kind in self.kinds)

    @property
    def kinds(self) -> list[str]:
        return self.asked.values.get("kind") or list(Waiting.values)

    def named(self, kind: Waiting) -> QuerySet:
        found = KINDS[kind]()
        words = self.asked.value("q")
        return found.filter(title__icontains=words) if words else found

    def narrowed(self, kind: Waiting) -> QuerySet:
        found, asked_for = self.named(kind), self.asked.values.get("looked_at", [])
        if len(asked_for) != 1:
            return found
        held = Q(key__in=self.keys_of(kind))
        return found.filter(held if asked_for == ["yes"] else ~held)

    def ordered(self) -> QuerySet:
        parts = [self.narrowed(Waiting(kind)).values_list(*NAMES) for kind in self.kinds]
        whole = parts[0].union(*parts[1:], all=True).order_by() if parts[1:] else parts[0]
        keys = self.asked.sort.keys(backwards=self.asked.backwards)
        wanted = [f"-{name}" if down else name for name, down in keys if name != "pk"]
        return whole.order_by(*wanted, "item_kind", "key")

    def slice(self, start: int, stop: int) -> list[Row]:
        return list(self.made(self.ordered()[start:stop]))

    def rows(self) -> Iterator[Row]:
        return self.made(self.ordered().iterator(2000))

    def made(self, read: Any) -> Iterator[Row]:
        held = {(one.kind, one.key): one for one in self.leases}
        for values in read:
            row = dict(zip(NAMES, values, strict=True))
            lease = held.get((row["item_kind"], row["key"]))
            row |= {"kind": row["item_kind"], "waits_since": row["since"].date(), "due": row["due"]}
            row |= {
                "looked_at_by": str(lease.person) if lease else "",
                "looked_at_since": lease.since if lease else None,
            }
            yield labelled(self.listing.columns, row)

    @cached_property
    def leases(self) -> list[Lease]:
        return list(Lease.objects.standing(timezone.now()).select_related("person"))

    @cached_property
    def facets(self) -> list[Facet]:
        looked_at = {"yes": sum(self.looked_at.get(kind, 0) for kind in self.kinds)}
        looked_at["no"] = sum(self.all.get(kind, 0) for kind in self.kinds) - looked_at["yes"]
        return [self.facet("kind", dict(Waiting.choices), self.counts), self.facet("looked_at", LOOKED_AT, looked_at)]

    def facet(self, name: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> Facet:
        chosen = self.asked.values.get(name, [])
        options = [Option(value, label, counts.get(value, 0), value in chosen) for value, label in labels.items()]
        return Facet(self.listing.filter(name), [one for one in options if one.count or one.selected])


def counted(parts: list[QuerySet]) -> dict[str, int]:
    """How many of each kind, in one statement; none where nothing is asked."""
    asked = [one.values("item_kind").annotate(count=Count("pk")).values_list("item_kind", "count") for one in parts]
    return dict(asked[0].union(*asked[1:], all=True).order_by()) if asked else {}


def arrived(first: date, end: date) -> dict[str, int]:
    """How many of each kind wait since a day from the first on, and before the end: one statement."""
    begin, over = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, end))
    return counted([KINDS[kind]().filter(since__gte=begin, since__lt=over) for kind in Waiting])


class WaitingListing(Listing):
    """Everything that waits for a moderator, whatever it is: the longest waiting first. For moderators alone."""

    name = "moderation"
    columns = (
        Column("kind", "Kind", kind="choice", choices=dict(Waiting.choices)),
        Column("key", "Number, code or reference"),
        Column("title", "What it is"),
        Column("waits_since", "Waits since", kind="date"),
        Column("due", "Due", "Blank: no day is set.", "date"),
        Column("looked_at_by", "Looked at by", "Blank: nobody."),
        Column("looked_at_since", "Looked at since"),
    )
    filters = (
        Filter("q", "Name", kind="text", many=False),
        Filter("kind", "Kind", choices=Fixed(Waiting.choices)),
        Filter("looked_at", "Being looked at", choices=Fixed(LOOKED_AT)),
    )
    sorts = (
        Sort("age", "Waiting longest", ("since",), turned="Waiting shortest"),
        Sort("due", "Due first", ("due", "since")),
        Sort("name", "A to Z", ("title",)),
    )
    default_sort = "age"
    selection_class = WaitingSelection
