"""The lists of what exists."""

from django.db.models import OuterRef, Q, QuerySet

from catalogue.models import Component, Evolution, Function, FunctionKind, PeerGroup
from catalogue.search import ComponentListing
from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Rows, Sort
from commons.listing.expressions import CountOf
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row

__all__ = ["ComponentListing", "FunctionListing", "PeerGroupListing"]


class FunctionListing(QueryListing):
    """What public bodies do, as one tree. Its `components` are those made for the function itself, drafts left out."""

    name = "functions"
    columns = (
        Column("slug", "Function code"),
        Column("name", "Function"),
        Column("kind", "Kind", kind="choice", choices=dict(FunctionKind.choices)),
        Column("evolution", "How settled", kind="choice", choices=dict(Evolution.choices)),
        Column("parent", "Part of", kind="ref"),
        Column("codes", "Codes", "Codes of the function in other lists, as scheme:code.", kind="list"),
        Column("components", "Components", "Listed components made for this function.", kind="number"),
    )
    filters = (
        Filter("q", "Search functions", kind="text", many=False),
        Filter("kind", "Kind", choices=Fixed(FunctionKind.choices), field="kind"),
        Filter("evolution", "How settled", choices=Fixed(Evolution.choices), field="evolution"),
        Filter(
            "parent",
            "Part of",
            choices=Rows(Function.objects.all()),
            field="parent__slug",
            label_field="parent__name",
            top=20,
        ),
    )
    sorts = (
        Sort("name", "A to Z", ("name",)),
        Sort("components", "Most components", ("-components_listed",)),
    )
    default_sort = "name"
    fields = {
        "slug": "slug",
        "name": "name",
        "kind": "kind",
        "evolution": "evolution",
        "parent_slug": "parent__slug",
        "parent_name": "parent__name",
        "codes": "codes",
        "components_listed": "components_listed",
    }

    def base(self, asked: Asked) -> QuerySet:
        listed = Component.objects.listed().filter(functions=OuterRef("pk")).order_by()
        return Function.objects.annotate(components_listed=CountOf(listed))

    def narrow_q(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        return queryset.filter(Q(name__icontains=values[0]) | Q(codes__icontains=values[0]))

    def row(self, values: Row) -> Row:
        made = {"parent": reference(values, "parent"), "components": values["components_listed"]}
        return labelled(self.columns, values | made)


class PeerGroupListing(QueryListing):
    """Kinds of public bodies: the only bodies that are ever compared with each other."""

    name = "peer-groups"
    columns = (
        Column("slug", "Peer group code"),
        Column("name", "Peer group"),
        Column("parent", "Part of", kind="ref"),
        Column("driver_unit", "Size is counted in"),
    )
    filters = (Filter("q", "Search peer groups", kind="text", many=False, field="label__icontains"),)
    sorts = (Sort("name", "A to Z", ("label",)),)
    default_sort = "name"
    fields = {
        "slug": "slug",
        "name": "label",
        "driver_unit": "driver_unit",
        "parent_slug": "parent__slug",
        "parent_name": "parent__label",
    }

    def base(self, asked: Asked) -> QuerySet:
        return PeerGroup.objects.all()

    def row(self, values: Row) -> Row:
        return labelled(self.columns, values | {"parent": reference(values, "parent")})
