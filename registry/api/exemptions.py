"""Exemptions in the API, for everybody to read: what is asked, and what a panel said."""

from django.db.models import F
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
from registry.listings import ExemptionListing
from registry.models import PanelSeat

LARGEST_ID = 2**63 - 1


class SeatSerializer(serializers.Serializer):
    """A seat of the panel; who sits there is told by body alone."""

    number = serializers.IntegerField()
    organisation = ReferenceSerializer()
    as_steward = serializers.BooleanField(help_text="It looks after a component for the function.")
    grants = serializers.BooleanField(**BLANK, help_text="Null: has not voted yet.")
    reason = serializers.CharField(**BLANK)
    voted_at = serializers.DateTimeField(**BLANK)


ONE = serializer("Exemption", fields_of(ExemptionListing.columns) | {"panel": SeatSerializer(many=True)})


@describe_list(ExemptionListing(), "Exemption", "Exemptions")
class Exemptions(ListView):
    listing = ExemptionListing()


@describe_one("exemption", "Exemptions", ONE, "The exemption's number.", OpenApiTypes.INT)
class OneExemption(DetailView):
    noun = "exemption"

    def text(self, key: int) -> str | None:
        row = ExemptionListing().one(pk=key) if key <= LARGEST_ID else None
        return as_json(row | {"panel": list(map(seat, seats(key)))}) if row else None


def seats(key: int):
    found = PanelSeat.objects.filter(exemption=key).order_by("number")
    named = {"slug": F("organisation__slug"), "name": F("organisation__name"), "voted_at": F("voted_in__at")}
    return found.values("number", "as_steward", "grants", "reason", **named)


def seat(values: dict) -> dict:
    body = {"slug": values.pop("slug"), "name": values.pop("name")}
    return values | {"organisation": body, "reason": values["reason"] or None}
