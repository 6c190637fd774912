"""Reorganisations in the API, for everybody to read: what becomes of which bodies, and when."""

from django.db.models import F
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers

from commons.api.description import describe_list, describe_one, fields_of, serializer
from commons.api.views import DetailView, ListView
from commons.listing.text import as_json
from registry.listings.reorganisations import ReorganisationListing
from registry.models import Passing, Reorganisation

LARGEST_ID = 2**63 - 1


class PassingSerializer(serializers.Serializer):
    """Work of a body passes to another; the heir gets what cannot be had by two."""

    before = serializers.CharField(help_text="Slug of the body that it begins with.")
    after = serializers.CharField(help_text="Slug of the body that it leads to.")
    heir = serializers.BooleanField()


ONE = serializer(
    "Reorganisation",
    fields_of(ReorganisationListing.columns)
    | {
        "passings": PassingSerializer(many=True, help_text="To whom the work of each body passes."),
        "outcome": serializers.DictField(
            child=serializers.IntegerField(), help_text="How much followed of what, once it is carried out."
        ),
    },
)


@describe_list(ReorganisationListing(), "Reorganisation", "Reorganisations")
class Reorganisations(ListView):
    listing = ReorganisationListing()


@describe_one("reorganisation", "Reorganisations", ONE, "The reorganisation's number.", OpenApiTypes.INT)
class OneReorganisation(DetailView):
    noun = "reorganisation"

    def text(self, key: int) -> str | None:
        row = ReorganisationListing().one(pk=key) if key <= LARGEST_ID else None
        if row is None:
            return None
        passings = Passing.objects.filter(leaving__reorganisation=key).order_by(
            "leaving__organisation__slug", "becoming__number"
        )
        said = passings.values("heir", before=F("leaving__organisation__slug"), after=F("becoming__slug"))
        outcome = Reorganisation.objects.values_list("outcome", flat=True).get(pk=key)
        return as_json(row | {"passings": list(said), "outcome": outcome})
