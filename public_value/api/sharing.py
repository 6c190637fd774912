"""What sharing would bring, for programs: what the pages of a component and of a function say, in figures."""

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from catalogue.models import Component, Function
from commons.api.description import BLANK, ReferenceSerializer, describe_one, parameter, serializer
from commons.api.views import DetailView, only
from commons.listing.errors import shown
from commons.listing.selection import page_number
from commons.listing.text import as_json
from public_value.api.editions import LABEL, edition_of
from public_value.api.savings import TWO_SAVINGS, both_bases
from public_value.api.what_if import DIFFERENCE, difference_of
from public_value.changes import Asked
from public_value.evidence.kept import Cell, Kept
from public_value.evidence.openings import open_to
from public_value.models import Edition
from public_value.presenters import component as component_page
from public_value.presenters import consolidation
from public_value.supposing import Supposed
from public_value.views.sharing import BODIES_A_PAGE

GAIN = serializer(
    "SharingGain",
    {
        "organisation": ReferenceSerializer(),
        "comparable_with": ReferenceSerializer(help_text="Its peer group in this edition."),
        "functions": ReferenceSerializer(many=True, help_text="For which it is supposed to use the component."),
        "paused": ReferenceSerializer(many=True, help_text="For which nothing is supposed: the body disputes them."),
        **TWO_SAVINGS,
        "difference": DIFFERENCE(allow_null=True, help_text="Of its score. Null: all of it is paused."),
        "adopt": serializers.ListField(
            child=serializers.CharField(), help_text="The same as a what-if of the body takes it, as far as one may."
        ),
    },
)
OPENINGS = serializer(
    "ComponentOpenings",
    {
        "component": ReferenceSerializer(),
        "total": serializers.IntegerField(help_text="Bodies that could hand work over to it."),
        "items": GAIN(many=True, help_text="By kind and name, never by points or money."),
        "next": serializers.URLField(**BLANK),
        "prev": serializers.URLField(**BLANK),
    },
)
QUARTER = serializer(
    "ContractQuarter",
    {"from": serializers.DateField(), "until": serializers.DateField(), "systems": serializers.IntegerField()},
)
CONTRACTS = serializer(
    "ContractEnds",
    {
        "ended": serializers.IntegerField(help_text="By the edition's day."),
        "quarters": QUARTER(many=True, help_text="After it, those in which contracts end."),
        "not_stated": serializers.IntegerField(),
    },
)
OFFER = serializer(
    "OfferedComponent",
    {
        "component": ReferenceSerializer(),
        "price": serializers.FloatField(allow_null=True, help_text="Of a transaction. Null: not stated."),
        "fee": serializers.FloatField(allow_null=True, help_text="A year. Null: not stated."),
    },
)
COUNTED = {
    "systems": "Systems that bodies run themselves and that count.",
    "bodies": "Bodies that run them.",
    "paused": "Systems that are in no figure below but the ends of contracts: the body disputes them.",
    "cases": "Those with a shared component beside them that states a price.",
    "saving": "Those with a saving in the central scenario.",
    "unprofitable": "Those whose move would cost more than it brings.",
    "priced": "Those whose cost is stated.",
}
CASE = serializer(
    "FunctionCase",
    {
        "function": ReferenceSerializer(),
        **{name: serializers.IntegerField(help_text=words) for name, words in COUNTED.items()},
        "stated_cost": serializers.FloatField(allow_null=True, help_text="Of those, a year. Null: none is stated."),
        **TWO_SAVINGS,
        "contracts": CONTRACTS(),
        "components": OFFER(many=True, help_text="On offer for it, from A to Z, at the edition's prices."),
    },
)


@extend_schema_view(
    get=extend_schema(parameters=[LABEL, parameter("page", "Fifteen bodies a page.", type=OpenApiTypes.INT, default=1)])
)
@describe_one("component in an edition", "Sharing", OPENINGS, "The component's slug.")
class ComponentOpenings(DetailView):
    """Which bodies would gain from adopting a component: suppose that each of them, by itself, used it for all that
    is left to share. No list is in order of points or money, and no figure is given that the gate holds back."""

    def get(self, request, label: str, key: str, **kwargs: Any) -> HttpResponseBase:
        asked: HttpRequest = request._request
        only(asked.GET, ("page", "format"))
        edition, found = edition_of(label), listed_component(key)
        number = page_number(asked.GET.get("page"))
        return self.answer(asked, lambda: (openings(asked, edition, found, number).encode(), ""))


def listed_component(slug: str) -> Component:
    found = None if "\x00" in slug else Component.objects.listed().filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no component “{shown(slug)}”.")
    return found


def openings(request: HttpRequest, edition: Edition, component: Component, number: int) -> str:
    page = Paginator(open_to(edition, component.pk), BODIES_A_PAGE).get_page(number)
    return as_json(
        {
            "component": {"slug": component.slug, "name": component.name},
            "total": page.paginator.count,
            "items": [gain(*case) for case in component_page.cases(edition, component, page)],
            "next": address(request, page.next_page_number()) if page.has_next() else None,
            "prev": address(request, page.previous_page_number()) if page.has_previous() else None,
        }
    )


def gain(found: Kept, asked: Asked, result: Supposed) -> dict:
    body, group = found.score.organisation, found.score.peer_group
    return {
        "organisation": {"slug": body.slug, "name": body.name},
        "comparable_with": {"slug": group.slug, "name": group.label},
        "functions": [reference(cell) for cell in found.cells_by_name if cell.function_id in asked.adoptions],
        "paused": [reference(cell) for cell in component_page.paused_of(found)],
        **both_bases(result.savings),
        "difference": difference_of(result) if asked else None,
        "adopt": component_page.chosen(found, asked),
    }


def reference(cell: Cell) -> dict[str, str]:
    return {"slug": cell.slug, "name": cell.name}


def address(request: HttpRequest, number: int) -> str:
    params = request.GET.copy()
    params["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")


@extend_schema_view(get=extend_schema(parameters=[LABEL]))
@describe_one("function in an edition", "Sharing", CASE, "The function's slug.")
class FunctionCase(DetailView):
    """A function's whole case for sharing: the systems that bodies run themselves for it, what all of them together
    would save by moving to the cheapest component on offer, when their contracts end, and what is on offer."""

    noun = "function"

    def get(self, request, label: str, key: str, **kwargs: Any) -> HttpResponseBase:
        self.edition = edition_of(label)
        return super().get(request, key=key, **kwargs)

    def text(self, key: str) -> str | None:
        function = Function.objects.filter(slug=key).first()
        return function and as_json(case(self.edition, function))


def case(edition: Edition, function: Function) -> dict:
    told = consolidation.told_of(edition, function)
    cost = told.pop("stated_cost")
    return {
        "function": {"slug": function.slug, "name": function.name},
        **told,
        "stated_cost": None if cost is None else round(cost, 2),
        **both_bases(consolidation.sums(edition, function)),
        "contracts": contracts(consolidation.contract_ends(edition, function)),
        "components": [
            {"component": {"slug": one["slug"], "name": one["name"]}, "price": one["price"], "fee": one["fee"]}
            for one in consolidation.candidates(edition, function)
        ],
    }


def contracts(found: dict) -> dict:
    quarters = [{"from": first, "until": last_day(first), "systems": systems} for first, systems in found["quarters"]]
    return found | {"quarters": quarters}


def last_day(first: date) -> date:
    """Of the quarter that begins on a day."""
    return (first.replace(day=1) + timedelta(days=95)).replace(day=1) - timedelta(days=1)
