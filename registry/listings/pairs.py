from django.db.models import F, Q, QuerySet

from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry.models import Pair, PairState
from registry.presenters.pairs import sentences


class PairListing(QueryListing):
    """Components that may be one, with what speaks for each pair. For moderators alone."""

    name = "pairs"
    columns = (
        Column("id", "Number", kind="number"),
        Column("first", "Component", kind="ref"),
        Column("second", "Other component", kind="ref"),
        Column("reasons", "What speaks for it", kind="list"),
        Column("state", "State", kind="choice", choices=dict(PairState.choices)),
        Column("found", "Found", kind="date"),
        Column("reason", "Why they are not one"),
    )
    filters = (
        Filter("q", "Name of a component", kind="text", many=False),
        Filter("state", "State", choices=Fixed(PairState.choices), field="state"),
    )
    sorts = (
        Sort("found", "Found last first", ("-found_on", "-pk")),
        Sort("name", "Name, A to Z", ("first__name", "second__name")),
    )
    default_sort = "found"
    fields = {
        **{name: name for name in ("id", "reasons", "state", "reason")},
        "found": F("found_on"),
        **{f"{side}_{what}": f"{side}__{what}" for side in ("first", "second") for what in ("slug", "name")},
    }

    def base(self, asked: Asked) -> QuerySet:
        return Pair.objects.listed()

    def narrow_q(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        return queryset.filter(Q(first__name__icontains=values[0]) | Q(second__name__icontains=values[0]))

    def row(self, values: Row) -> Row:
        made = {side: reference(values, side) for side in ("first", "second")}
        return labelled(self.columns, values | made | {"reasons": sentences(values["reasons"])})
