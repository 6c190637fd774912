"""Lists whose rows come straight from a QuerySet."""

from collections.abc import Iterator, Mapping
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, F, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from commons.listing import cursors
from commons.listing.listing import Asked, Listing
from commons.listing.parts import Facet, Filter, Option
from commons.listing.selection import Row, Selection

CHUNK = 2000


class QuerySelection(Selection):
    listing: "QueryListing"

    @cached_property
    def base(self) -> QuerySet:
        """Put together once: to do so costs more than to narrow it, and every facet narrows it anew."""
        return self.listing.base(self.asked)

    def queryset(self, leaving_out: Filter | None = None) -> QuerySet:
        queryset = self.base
        for known in self.listing.filters:
            values = self.asked.values.get(known.name)
            if values and known != leaving_out:
                queryset = self.listing.narrow(queryset, known, values)
        return queryset

    @cached_property
    def total(self) -> int:
        return self.queryset().count()

    def ordered(self, *, backwards: bool = False) -> QuerySet:
        """In the asked order; `backwards` reads the same order from its end."""
        queryset = self.queryset()
        return queryset.order_by(*[in_order(queryset.model, *key, backwards) for key in self.keys])

    @property
    def keys(self) -> list[tuple[str, bool]]:
        return self.asked.sort.keys(backwards=self.asked.backwards)

    def slice(self, start: int, stop: int) -> list[Row]:
        return [self.listing.row(values) for values in self.listing.values(self.ordered())[start:stop]]

    def rows(self) -> Iterator[Row]:
        return map(self.listing.row, self.listing.values(self.ordered()).iterator(CHUNK))

    def after(self, cursor: str | None, limit: int) -> tuple[list[Row], str | None, str | None]:
        place = cursors.read(cursor, self.asked.order)
        found = self.beside(place) if place else self.ordered()
        names = [f"key_{number}" for number, _ in enumerate(self.keys)]
        keys = {name: F(field) for name, (field, _) in zip(names, self.keys, strict=True)}
        read = list(self.listing.values(found, **keys)[: limit + 1])
        read, onward, back = cursors.around(
            read, limit, place, self.asked.order, lambda values: [values[name] for name in names]
        )
        return [self.listing.row({k: v for k, v in row.items() if k not in names}) for row in read], onward, back

    def beside(self, place: cursors.Place) -> QuerySet:
        found = self.ordered(backwards=place.backwards)
        return found.filter(beyond(found.model, self.keys, place))

    @cached_property
    def facets(self) -> list[Facet]:
        """Every facet's counts in one query. A facet's own choice does not narrow its own counts."""
        counted = [known for known in self.listing.filters if known.counted]
        parts = [self.counts(known) for known in counted]
        if not parts:
            return []
        found: dict[str, list] = {known.name: [] for known in counted}
        for name, value, label, count in parts[0].union(*parts[1:], all=True).order_by() if parts[1:] else parts[0]:
            found[name].append((value, label, count))
        return [Facet(known, self.options(known, found[known.name])) for known in counted]

    def counts(self, known: Filter) -> QuerySet:
        """(filter, value, label, count) rows of one facet."""
        value, label = self.listing.facet_fields(known)
        return (
            self.queryset(leaving_out=known)
            .order_by()
            .annotate(facet_value=Cast(value, TextField()), facet_label=Cast(label, TextField()))
            .values_list(Value(known.name), "facet_value", "facet_label")
            .annotate(facet_count=Count("pk"))
        )

    def options(self, known: Filter, found: list[tuple[str | None, str | None, int]]) -> list[Option]:
        """Values that some row has, and those chosen though no row has them."""
        chosen = self.asked.values.get(known.name, [])
        named = {value: (label, count) for value, label, count in found if value}
        fixed = getattr(known.choices, "known", {})
        options = [Option(value, fixed.get(value) or label, n, value in chosen) for value, (label, n) in named.items()]
        options += [Option(value, self.label_of(known.name, value), 0, True) for value in chosen if value not in named]
        places = {value: place for place, value in enumerate(fixed)}
        options.sort(key=lambda option: (places.get(option.value, 0), 0 if fixed else -option.count, option.label))
        return shortened(options, known.top)


class QueryListing(Listing):
    """`fields` names what is read for a row, as in `values(**fields)`; `row` makes of it what every face shows."""

    selection_class = QuerySelection
    fields: Mapping[str, Any] = {}

    def base(self, asked: Asked) -> QuerySet:
        """The rows that anybody may see, before any filter."""
        raise NotImplementedError

    def one(self, asked: Mapping[str, Any] | None = None, **lookup: Any) -> Row | None:
        """The row that `lookup` finds among those that anybody may see; None where there is none."""
        found = self.values(self.base(self.read(asked or {})).filter(**lookup).order_by("pk"))[:1]
        return next((self.row(values) for values in found), None)

    def row(self, values: Row) -> Row:
        return values

    def values(self, queryset: QuerySet, **keys: Any) -> QuerySet:
        named = {name: F(source) if isinstance(source, str) else source for name, source in self.fields.items()}
        plain = [name for name, source in self.fields.items() if source == name]
        return queryset.values(*plain, **{k: v for k, v in named.items() if k not in plain}, **keys)

    def narrow(self, queryset: QuerySet, known: Filter, values: list[Any]) -> QuerySet:
        """By `narrow_<filter>` where the list has one, else by the filter's field."""
        if own := getattr(self, f"narrow_{known.name}", None):
            return own(queryset, values)
        if known.kind == "choice":
            return queryset.filter(**{f"{known.field}__in": values})
        return queryset.filter(**{known.field: values[0]})

    def facet_fields(self, known: Filter) -> tuple[Any, Any]:
        return F(known.field), F(known.label_field or known.field)


def shortened(options: list[Option], top: int | None) -> list[Option]:
    """The first `top`, and every chosen one."""
    if top is None:
        return options
    return [option for place, option in enumerate(options) if place < top or option.selected]


def nullable(model: type[Model], path: str) -> bool:
    """Whether a row may have a blank at the end of `path`. An annotation may."""
    try:
        for name in path.split("__"):
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
            if field.null:
                return True
            model = field.related_model or model
    except FieldDoesNotExist:
        return True
    return False


def in_order(model: type[Model], path: str, down: bool, backwards: bool):
    """Blanks come last. Where there can be none the order is plain, so that a plain index serves it."""
    blanks = {"nulls_first" if backwards else "nulls_last": True} if nullable(model, path) else {}
    return F(path).desc(**blanks) if down != backwards else F(path).asc(**blanks)


def beyond(model: type[Model], keys: list[tuple[str, bool]], place: cursors.Place) -> Q:
    """Rows on the far side of `place`: past it in the first key, or level there and past it in the next, and so on."""
    if len(place.keys) != len(keys):
        raise cursors.unknown()
    ways, level = [], Q()
    for (path, down), value in zip(keys, place.keys, strict=True):
        ways.append(level & past(model, path, value, down, place.backwards))
        level &= at(path, value)
    # Says the same once more of the first key alone: from it an index finds where to start.
    first = past(model, *(keys[0][0], place.keys[0], keys[0][1]), place.backwards) | at(keys[0][0], place.keys[0])
    return reduce(and_, [first, reduce(or_, ways)])


def at(path: str, value: Any) -> Q:
    return Q(**{f"{path}__isnull": True}) if value is None else Q(**{path: value})


def past(model: type[Model], path: str, value: Any, down: bool, backwards: bool) -> Q:
    if value is None:
        return Q(**{f"{path}__isnull": False}) if backwards else Q(pk__in=[])
    q = Q(**{f"{path}__{'lt' if down != backwards else 'gt'}": value})
    return q | Q(**{f"{path}__isnull": True}) if nullable(model, path) and not backwards else q
