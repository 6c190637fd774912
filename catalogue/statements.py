"""The statements about one component or one function, as lists of their own: the pages' and their files' rows."""

from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from commons.listing import Asked, Column, Sort
from registry.listings import DeclarationListing
from registry.models import Declaration, DeclarationKind
from registry.models.declaration import EXPIRES_AFTER

NARROWED_BY = ("function", "stage", "evidence", "peer_group", "confirmed_before", "confirmed_after")


class AdopterListing(DeclarationListing):
    """Every body that says something about its use of one component."""

    name = "adopters"
    columns = (*DeclarationListing.columns, Column("body_kind", "Kind of body"))
    filters = tuple(known for known in DeclarationListing.filters if known.name in NARROWED_BY)
    sorts = (
        Sort("kind", "Kind of body", ("organisation__peer_group__label", "organisation__name")),
        Sort("organisation", "A to Z", ("organisation__name",)),
        Sort("since", "Longest use first", ("since", "organisation__name")),
        Sort("confirmed", "Last confirmed first", ("-confirmed", "organisation__name")),
    )
    default_sort = "kind"
    fields = {**DeclarationListing.fields, "body_kind": "organisation__peer_group__label"}

    def __init__(self, component: int):
        self.component = component

    def base(self, asked: Asked) -> QuerySet:
        return super().base(asked).filter(kind=DeclarationKind.ADOPTION, component=self.component)


class SystemListing(DeclarationListing):
    """Every system of their own that bodies run for one function: those that count first, then by the body's name."""

    name = "systems"
    filters = ()
    sorts = (
        Sort("organisation", "A to Z", ("-counts", "organisation__name", "system")),
        Sort("contract_end", "Contract ends first", ("-counts", "contract_end", "organisation__name")),
        Sort("annual_cost", "Cost, highest first", ("-counts", "-annual_cost", "organisation__name")),
    )

    def __init__(self, function: int, on: date):
        self.function, self.on = function, on

    def base(self, asked: Asked) -> QuerySet:
        counts = ExpressionWrapper(Q(confirmed__gte=self.on - EXPIRES_AFTER), output_field=BooleanField())
        own = Declaration.objects.current().duplicates().filter(function=self.function)
        return own.annotate(counts=counts)
