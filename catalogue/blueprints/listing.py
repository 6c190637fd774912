"""The list of patterns of services."""

from django.db.models import OuterRef, Q, QuerySet

from catalogue.models import Blueprint, Function, ServiceKind, Slot, Step
from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Rows, Sort
from commons.listing.expressions import CountOf
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row

OF_BLUEPRINT = Slot.objects.filter(step__blueprint=OuterRef("pk"))


class BlueprintListing(QueryListing):
    """Patterns of services: the steps that services of one kind have, and the slots that components fill."""

    name = "blueprints"
    columns = (
        Column("slug", "Blueprint code"),
        Column("name", "Blueprint"),
        Column("kind", "Kind of service", kind="choice", choices=dict(ServiceKind.choices)),
        Column("summary", "Summary"),
        Column("function", "What the whole service does", kind="ref"),
        Column("steps", "Steps", kind="number"),
        Column("slots", "Slots", kind="number"),
        Column("unfilled", "Slots that no shared component can fill", kind="number"),
        Column("source", "Source"),
    )
    filters = (
        Filter("q", "Search blueprints", kind="text", many=False),
        Filter("kind", "Kind of service", choices=Fixed(ServiceKind.choices), field="kind"),
        Filter(
            "function",
            "Function",
            choices=Rows(Function.objects.all()),
            field="steps__slots__functions__slug",
            facet=False,
        ),
    )
    sorts = (Sort("name", "A to Z", ("name",)),)
    default_sort = "name"
    fields = {
        **{name: name for name in ("slug", "name", "kind", "summary", "source")},
        "function_slug": "function__slug",
        "function_name": "function__name",
        "step_count": "step_count",
        "slot_count": "slot_count",
        "unfilled_count": "unfilled_count",
    }

    def base(self, asked: Asked) -> QuerySet:
        steps = Step.objects.filter(blueprint=OuterRef("pk"))
        return Blueprint.objects.annotate(
            step_count=CountOf(steps),
            slot_count=CountOf(OF_BLUEPRINT),
            unfilled_count=CountOf(OF_BLUEPRINT.unfilled()),
        )

    def narrow_q(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        return queryset.filter(Q(name__icontains=values[0]) | Q(summary__icontains=values[0]))

    def narrow_function(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        """Those with a slot that the function fills."""
        return queryset.filter(pk__in=Step.objects.filter(slots__functions__slug__in=values).values("blueprint"))

    def row(self, values: Row) -> Row:
        made = {
            "function": reference(values, "function"),
            "steps": values["step_count"],
            "slots": values["slot_count"],
            "unfilled": values["unfilled_count"],
        }
        return labelled(self.columns, values | made)
