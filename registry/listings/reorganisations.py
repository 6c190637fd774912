from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Sort
from commons.listing.rows import labelled
from commons.listing.selection import Row
from registry.models import Becoming, Leaving, Reorganisation, ReorganisationKind, ReorganisationState


class ReorganisationListing(QueryListing):
    """What becomes of bodies: planned, carried out, or cancelled."""

    name = "reorganisations"
    columns = (
        Column("id", "Number", kind="number"),
        Column("area", "Area"),
        Column("kind", "What happens", kind="choice", choices=dict(ReorganisationKind.choices)),
        Column("state", "State", kind="choice", choices=dict(ReorganisationState.choices)),
        Column("vesting_day", "First day of what comes after", kind="date"),
        Column("before", "Bodies that it begins with", kind="refs"),
        Column("after", "Bodies that it leads to", "A planned one is made on the day.", kind="refs"),
        Column("source_url", "Source"),
        Column("planned", "Planned, or changed last", kind="date"),
        Column("seconded", "Seconded", kind="date"),
        Column("carried_out", "Carried out", kind="date"),
        Column("cancelled", "Cancelled", kind="date"),
    )
    filters = (
        Filter("q", "Name of an area or a body", kind="text", many=False),
        Filter("state", "State", choices=Fixed(ReorganisationState.choices), field="said_state"),
        Filter("kind", "What happens", choices=Fixed(ReorganisationKind.choices), field="kind"),
    )
    sorts = (
        Sort("day", "Last day first", ("-vesting_day", "area"), turned="First day first"),
        Sort("area", "A to Z", ("area",)),
    )
    default_sort = "day"
    fields = {
        **{name: name for name in ("id", "area", "kind", "vesting_day", "source_url", "before", "after")},
        "state": "said_state",
        **{name: F(f"{name}_in__at") for name in ("planned", "seconded", "carried_out", "cancelled")},
    }

    def base(self, asked: Asked) -> QuerySet:
        before = Leaving.objects.filter(reorganisation=OuterRef("pk")).order_by("organisation__name")
        after = Becoming.objects.filter(reorganisation=OuterRef("pk")).order_by("number")
        return Reorganisation.objects.with_state().annotate(
            before=ArraySubquery(before.values_list(JSONObject(slug="organisation__slug", name="organisation__name"))),
            after=ArraySubquery(after.values_list(JSONObject(slug="slug", name="name"))),
        )

    def narrow_q(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        named = Q(leavings__organisation__name__icontains=values[0]) | Q(becomings__name__icontains=values[0])
        found = Reorganisation.objects.filter(Q(area__icontains=values[0]) | named)
        return queryset.filter(pk__in=found.values("pk"))

    def row(self, values: Row) -> Row:
        days = {
            name: values[name].date() if values[name] else None
            for name in ("planned", "seconded", "carried_out", "cancelled")
        }
        return labelled(self.columns, values | days | {"source_url": values["source_url"] or None})
