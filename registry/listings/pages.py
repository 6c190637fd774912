"""Lists as the public pages of bodies show them: narrower than the API's, so that no page ranks a body."""

from dataclasses import replace
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from catalogue.models import Lifecycle
from commons.listing import Asked, Filter, QueryListing
from registry.listings.declarations import DeclarationListing
from registry.listings.organisations import OrganisationListing
from registry.listings.payments import PaymentListing
from registry.models import Organisation


def chosen(filters: tuple[Filter, ...], changes: dict[str, dict]) -> tuple[Filter, ...]:
    """The filters named in `changes`, in that order, each with its changes."""
    named = {known.name: known for known in filters}
    return tuple(replace(named[name], **change) for name, change in changes.items())


class BodiesByName(OrganisationListing):
    """Public bodies as the page that finds one filters them."""

    filters = chosen(
        OrganisationListing.filters,
        {"q": {}, "declared": {}, "peer_group": {"label": "Kind of body"}, "nation": {}, "region": {}, "type": {}},
    )


class OfOneBody(QueryListing):
    """A list of bodies' statements, of which one body's are shown."""

    def __init__(self, body: Organisation):
        self.body = body

    def base(self, asked: Asked) -> QuerySet:
        return super().base(asked).filter(organisation=self.body)


class StatementsOf(OfOneBody, DeclarationListing):
    """Everything that one body has said; with `history=1` also what it said before."""

    name = "statements"
    filters = chosen(
        DeclarationListing.filters,
        {"function": {"facet": True, "label_field": "function__name", "top": 20}}
        | {
            name: {}
            for name in ("kind", "stage", "evidence", "confirmed_before", "confirmed_after", "inherited", "history")
        },
    )
    sorts = tuple(sort for sort in DeclarationListing.sorts if sort.name != "organisation")
    default_sort = "function"


class LinesOf(OfOneBody, PaymentListing):
    """The published payment lines of one body in one year."""

    filters = chosen(
        PaymentListing.filters,
        {
            "q": {},
            "financial_year": {"many": False, "facet": False},
            "linked": {},
            "function": {"facet": True, "label_field": "function__name", "top": 12},
            "component": {"facet": True, "label_field": "component__name", "top": 12},
            "from": {},
            "to": {},
        },
    )

    def facet_fields(self, known: Filter) -> tuple[Any, Any]:
        """A draft that was paid for is not offered as a choice: its name would tell that it exists."""
        if known.name != "component":
            return super().facet_fields(known)
        listed = ~Q(component__lifecycle=Lifecycle.DRAFT)
        return Case(When(listed, then=F("component__slug"))), Case(When(listed, then=F("component__name")))
