"""What is missing from the commons: slots of blueprints that nothing fills."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import JSONObject
from django.utils import timezone

from catalogue.models import Blueprint, Function, Slot
from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Rows, Sort
from commons.listing.expressions import CountOf
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from registry import sums
from registry.listings.declarations import CURRENCY
from registry.models import Assembly, Declaration, Part

REASONS = {"none_exists": "No shared component exists", "left_empty": "Left empty in saved assemblies"}


def own_builds(on: date) -> QuerySet:
    """The systems that bodies run themselves for the functions of a slot, confirmed in three years."""
    return Declaration.objects.current().duplicates().counting(on).filter(function__slots=OuterRef("pk")).order_by()


class WantedListing(QueryListing):
    """Slots of blueprints that no shared component can fill, or that saved assemblies leave empty though required.

    Beside each: how many bodies have saved an assembly that lacks it, and what bodies disclose of the systems that they
    run themselves for its functions. Costs are as declared, each in the prices of its own year; a system for several
    slots stands at each of them, so that sums of different rows must not be added up.
    """

    name = "wanted"
    columns = (
        Column("slug", "Slot code"),
        Column("name", "Wanted"),
        Column("blueprint", "Blueprint", kind="ref"),
        Column("step", "Step"),
        Column("functions", "Functions", kind="refs"),
        Column("kinds", "Kinds of components", "Blank: any kind.", kind="list"),
        Column("required", "Required", kind="flag"),
        Column("reason", "Why it is wanted", kind="choice", choices=REASONS),
        Column("wanted_by", "Bodies that want it", "Bodies with a saved assembly that lacks it.", kind="number"),
        Column("own_systems", "Systems of their own", kind="number"),
        Column("own_bodies", "Bodies that run one", kind="number"),
        Column("costs_stated", "Systems whose cost is stated", kind="number"),
        Column("costs_not_stated", "Systems whose cost is not stated", kind="number"),
        Column("cost_stated", "Stated cost a year", "Suppressed: too few bodies state it.", kind="money", status=True),
        Column("currency", "Currency"),
    )
    filters = (
        Filter("q", "Search what is wanted", kind="text", many=False),
        Filter("reason", "Why it is wanted", choices=Fixed(REASONS), field="reason"),
        Filter(
            "blueprint",
            "Blueprint",
            choices=Rows(Blueprint.objects.all()),
            field="step__blueprint__slug",
            label_field="step__blueprint__name",
            top=20,
        ),
        Filter("function", "Function", choices=Rows(Function.objects.all()), field="functions__slug", facet=False),
    )
    sorts = (
        Sort("wanted", "Wanted by most", ("-wanted_by", "-bodies", "name")),
        Sort("systems", "Most own systems", ("-systems", "name")),
        Sort("name", "A to Z", ("name",)),
    )
    default_sort = "wanted"
    fields = {
        **{name: name for name in ("slug", "name", "kinds", "required", "reason", "wanted_by", "currency")},
        **{name: name for name in ("systems", "bodies", "priced", "pricing", "cost", "serving")},
        "blueprint_slug": "step__blueprint__slug",
        "blueprint_name": "step__blueprint__name",
        "step_name": "step__name",
    }

    def base(self, asked: Asked) -> QuerySet:
        builds = own_builds(timezone.localdate())
        lacking = Assembly.objects.listed().filter(blueprint=OuterRef("step__blueprint"))
        lacking = lacking.exclude(Exists(Part.objects.filter(assembly=OuterRef("pk"), slot=OuterRef(OuterRef("pk")))))
        functions = Function.objects.filter(slots=OuterRef("pk")).order_by("name", "slug")
        unfilled = Exists(Slot.objects.unfilled().filter(pk=OuterRef("pk")))
        return Slot.objects.annotate(
            wanted_by=CountOf(lacking, of="organisation"),
            reason=Case(
                When(unfilled, then=Value("none_exists")),
                When(required=True, wanted_by__gt=0, then=Value("left_empty")),
                default=Value(""),
                output_field=CharField(),
            ),
            systems=CountOf(builds),
            bodies=CountOf(builds, of="organisation"),
            priced=CountOf(builds.exclude(annual_cost=None)),
            pricing=CountOf(builds.exclude(annual_cost=None), of="organisation"),
            cost=summed(builds),
            serving=ArraySubquery(functions.values(object=JSONObject(slug="slug", name="name"))),
            currency=CURRENCY,
        ).exclude(reason="")

    def narrow_q(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        return queryset.filter(Q(name__icontains=values[0]) | Q(step__blueprint__name__icontains=values[0]))

    def narrow_function(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        return queryset.filter(pk__in=Slot.objects.filter(functions__slug__in=values))

    def row(self, values: Row) -> Row:
        made = {
            "blueprint": reference(values, "blueprint"),
            "step": values["step_name"],
            "functions": values["serving"],
            "own_systems": values["systems"],
            "own_bodies": values["bodies"],
            "costs_stated": values["priced"],
            "costs_not_stated": values["systems"] - values["priced"],
            "cost_stated": values["cost"] if sums.is_shown(values["pricing"]) else None,
            "cost_stated_status": cost_status(values),
        }
        return labelled(self.columns, values | made)


def cost_status(values: Row) -> str | None:
    """Why no sum is shown. Nothing known is not nothing spent."""
    if not values["pricing"]:
        return "not_answered"
    return None if sums.is_shown(values["pricing"]) else "suppressed"


def summed(builds: QuerySet) -> Subquery:
    """None where no cost is stated: nothing known is not nothing spent."""
    total = builds.annotate(all=Value(1)).values("all").annotate(total=Sum("annual_cost")).values("total")
    return Subquery(total, output_field=DecimalField())
