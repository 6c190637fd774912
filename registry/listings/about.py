"""The filters that every list of statements shares: whose they are, for which function, by which component."""

from django.db.models import QuerySet

from catalogue.models import Component, Function
from commons.listing import Filter, QueryListing, Rows
from registry.models import Organisation

ABOUT = (
    Filter(
        "organisation",
        "Organisation",
        choices=Rows(Organisation.objects.all()),
        field="organisation__slug",
        facet=False,
    ),
    Filter(
        "function",
        "Function",
        help="With everything below it.",
        choices=Rows(Function.objects.all()),
        field="function__slug",
        facet=False,
    ),
    Filter(
        "component",
        "Shared component",
        choices=Rows(Component.objects.listed()),
        field="component__slug",
        facet=False,
    ),
)


class AboutListing(QueryListing):
    """A list with these filters."""

    def narrow_function(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        return queryset.filter(function__in=Function.objects.within(values))
