from django.db.models import Q
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers

from commons.api.description import (
    BLANK,
    ReferenceSerializer,
    describe_list,
    describe_one,
    fields_of,
    serializer,
)
from commons.api.views import DetailView, ListView
from commons.listing.text import as_json
from registry.listings import DeclarationListing, OrganisationListing, PaymentListing, WantedListing
from registry.models import Organisation

LARGEST_ID = 2**63 - 1

ONE_ORGANISATION = serializer(
    "Organisation",
    fields_of(OrganisationListing.columns)
    | {
        "parent": ReferenceSerializer(**BLANK, help_text="The body that it is part of."),
        "affiliation_group": serializers.CharField(
            **BLANK, help_text="Bodies of one group count as one wherever independence is asked for."
        ),
        "predecessors": ReferenceSerializer(many=True, help_text="Bodies whose work it went on with."),
        "latitude": serializers.FloatField(**BLANK),
        "longitude": serializers.FloatField(**BLANK),
    },
)
ONE_DECLARATION = serializer("Declaration", fields_of(DeclarationListing.columns))


@describe_list(OrganisationListing(), "Organisation", "Organisations")
class Organisations(ListView):
    listing = OrganisationListing()


@describe_one(
    "organisation", "Organisations", ONE_ORGANISATION, "Its slug, or one of its codes as scheme:code (gss:E07000223)."
)
class OneOrganisation(DetailView):
    noun = "organisation"

    def text(self, key: str) -> str | None:
        scheme, _, code = key.partition(":")
        found = (
            Organisation.objects.filter(Q(slug=key) | Q(identifiers__scheme=scheme, identifiers__code=code))
            .select_related("parent")
            .first()
        )
        if found is None:
            return None
        more = {
            "parent": {"slug": found.parent.slug, "name": found.parent.name} if found.parent else None,
            "affiliation_group": found.affiliation_group or None,
            "predecessors": list(found.predecessors.values("slug", "name")),
            "latitude": None if found.latitude is None else float(found.latitude),
            "longitude": None if found.longitude is None else float(found.longitude),
        }
        return as_json(OrganisationListing().one(pk=found.pk) | more)


@describe_one("declaration", "Declarations", ONE_DECLARATION, "The declaration's number.", OpenApiTypes.INT)
class OneDeclaration(DetailView):
    noun = "declaration"

    def text(self, key: int) -> str | None:
        row = DeclarationListing().one({"history": "1"}, pk=key) if key <= LARGEST_ID else None
        return as_json(row) if row else None


@describe_list(PaymentListing(), "Payment", "Spending")
class Spend(ListView):
    listing = PaymentListing()


@describe_list(WantedListing(), "Wanted", "Wanted components")
class Wanted(ListView):
    listing = WantedListing()
