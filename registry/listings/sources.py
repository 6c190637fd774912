from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Rows, Sort
from commons.listing.expressions import CountOf
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry.actions.likenesses import NOTHING
from registry.models import (
    Difference,
    HarvestLine,
    ObjectState,
    Organisation,
    Outcome,
    Source,
    SourceKind,
    SourceObject,
    SourceState,
)


def day(moment: datetime | None) -> Any:
    return timezone.localdate(moment) if moment else None


class SourceListing(QueryListing):
    """Where descriptions of components are harvested from, with the state of each."""

    name = "sources"
    columns = (
        Column("id", "Number", kind="number"),
        Column("kind", "Kind", kind="choice", choices=dict(SourceKind.choices)),
        Column("address", "Address"),
        Column("organisation", "Organisation", kind="ref"),
        Column("state", "State", kind="choice", choices=dict(SourceState.choices)),
        Column("looked_after", "Looked after", "The body looks after what is found there.", kind="flag"),
        Column("every_days", "Read every so many days", kind="number"),
        Column("tried", "Read last", kind="date"),
        Column("succeeded", "Last read without errors", kind="date"),
        Column("failing_since", "Has errors since", kind="date"),
        Column("failure", "What went wrong"),
        Column("described", "Things that it describes", kind="number"),
        Column("refused", "Of these not taken, or no longer there", kind="number"),
        Column("differences", "Differences to choose", kind="number"),
    )
    filters = (
        Filter("q", "Address or organisation", kind="text", many=False),
        Filter("state", "State", choices=Fixed(SourceState.choices), field="state"),
        Filter("kind", "Kind", choices=Fixed(SourceKind.choices), field="kind"),
        Filter(
            "organisation",
            "Organisation",
            choices=Rows(Organisation.objects.filter(sources__isnull=False)),
            field="organisation__slug",
            label_field="organisation__name",
            top=20,
        ),
    )
    sorts = (
        Sort("organisation", "Organisation, A to Z", ("organisation__name", "address")),
        Sort("tried", "Read last first", ("-tried_at",)),
        Sort("failing", "Has errors longest first", ("failing_since",)),
    )
    default_sort = "organisation"
    fields = {
        **{name: name for name in ("id", "kind", "address", "state", "looked_after", "every_days", "failure")},
        **{name: name for name in ("tried_at", "succeeded_at", "failing_since", "described", "refused", "differences")},
        "organisation_slug": "organisation__slug",
        "organisation_name": "organisation__name",
    }

    def base(self, asked: Asked) -> QuerySet:
        mine = SourceObject.objects.listed().filter(source=OuterRef("pk")).order_by()
        differ = Difference.objects.open().listed().filter(thing__source=OuterRef("pk")).order_by()
        return Source.objects.with_state().annotate(
            described=CountOf(mine),
            refused=CountOf(mine.exclude(state=ObjectState.GOOD)),
            differences=CountOf(differ),
        )

    def narrow_q(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        return queryset.filter(Q(address__icontains=values[0]) | Q(organisation__name__icontains=values[0]))

    def row(self, values: Row) -> Row:
        days = {name: day(values[f"{name}_at"]) for name in ("tried", "succeeded")}
        made = {"organisation": reference(values, "organisation"), "failing_since": day(values["failing_since"])}
        return labelled(self.columns, values | days | made)


class ThingsOf(QueryListing):
    """What one source describes, and the component that each became."""

    name = "source-things"
    columns = (
        Column("name", "Name"),
        Column("identifier", "What the source calls it"),
        Column("state", "State", kind="choice", choices=dict(ObjectState.choices)),
        Column("component", "Component", kind="ref"),
        Column("read", "Last read without errors", kind="date"),
        Column("troubled_since", "Has errors since", kind="date"),
        Column("trouble", "What is wrong"),
        Column("already", "What was here already", "Components that may do the same as a new one; for 90 days."),
    )
    filters = (
        Filter("q", "Name", kind="text", many=False, field="name__icontains"),
        Filter("state", "State", choices=Fixed(ObjectState.choices), field="state"),
    )
    sorts = (Sort("name", "A to Z", ("name", "identifier")),)
    default_sort = "name"
    fields = {
        **{name: name for name in ("name", "identifier", "state", "read_at", "troubled_since", "trouble", "already")},
        "component_slug": "component__slug",
        "component_name": "component__name",
    }

    def __init__(self, source: Source) -> None:
        self.source = source

    def base(self, asked: Asked) -> QuerySet:
        said = HarvestLine.objects.filter(thing=OuterRef("pk"), outcome=Outcome.NEW).exclude(message__in=["", NOTHING])
        things = SourceObject.objects.listed().filter(source=self.source)
        return things.annotate(already=Subquery(said.order_by("-pk").values("message")[:1]))

    def row(self, values: Row) -> Row:
        days = {"read": day(values["read_at"]), "troubled_since": day(values["troubled_since"])}
        return labelled(self.columns, values | days | {"component": reference(values, "component")})


class LinesOf(QueryListing):
    """The log of one source: a line for each thing in each reading of the last 90 days."""

    name = "source-log"
    columns = (
        Column("reading", "Reading", kind="number"),
        Column("read", "Read", kind="date"),
        Column("outcome", "What became of it", kind="choice", choices=dict(Outcome.choices)),
        Column("name", "Name"),
        Column("identifier", "What the source calls it"),
        Column("message", "Message"),
        Column("component", "Component", kind="ref"),
    )
    filters = (
        Filter("outcome", "What became of it", choices=Fixed(Outcome.choices), field="outcome"),
        Filter("reading", "Number of a reading", kind="text", many=False),
    )
    sorts = (Sort("latest", "Latest first", ("-harvest__began_at",)),)
    default_sort = "latest"
    fields = {
        "reading": F("harvest_id"),
        "began_at": "harvest__began_at",
        "outcome": "outcome",
        "message": "message",
        "name": "thing__name",
        "identifier": "thing__identifier",
        "component_slug": "thing__component__slug",
        "component_name": "thing__component__name",
    }

    def __init__(self, source: Source) -> None:
        self.source = source

    def base(self, asked: Asked) -> QuerySet:
        things = SourceObject.objects.listed().filter(source=self.source)
        return HarvestLine.objects.filter(harvest__source=self.source, thing__in=things)

    def narrow_reading(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        number = values[0]
        return (
            queryset.filter(harvest=int(number))
            if number.isascii() and number.isdigit() and len(number) < 18
            else (queryset.none())
        )

    def row(self, values: Row) -> Row:
        return labelled(
            self.columns, values | {"read": day(values["began_at"]), "component": reference(values, "component")}
        )
