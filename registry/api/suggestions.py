"""GET /suggestions: names of components, functions and bodies, while one is typing."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from catalogue.search.suggestions import Suggestion, suggestions
from commons.api.description import parameter, problems
from commons.api.views import ReadView, only
from commons.listing.text import as_json
from registry.suggestions import suggested_bodies

LONGEST = 100
PAGES = {"component": "catalogue:component", "function": "catalogue:function", "organisation": "registry:organisation"}


class SuggestionSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(list(PAGES))
    slug = serializers.CharField()
    name = serializers.CharField()
    href = serializers.CharField(help_text="Its page.")


class SuggestionsSerializer(serializers.Serializer):
    suggestions = SuggestionSerializer(many=True)


@extend_schema_view(
    get=extend_schema(
        operation_id="suggest_names",
        summary="Names while typing",
        description="Components, functions and bodies whose names, or words of them, begin as typed: from two letters.",
        tags=["Components"],
        parameters=[parameter("q", "What has been typed so far."), parameter("format", "JSON alone.", enum=["json"])],
        responses={(200, "application/json"): SuggestionsSerializer, **problems("bad-parameter", "not-acceptable")},
    )
)
class Suggestions(ReadView):
    def get(self, request, **kwargs: Any) -> HttpResponseBase:
        asked = request._request.GET
        only(asked, ("q", "format"))
        typed = asked.get("q", "").replace("\x00", " ").strip()[:LONGEST]
        return self.answer(request._request, lambda: (as_json({"suggestions": found(typed)}).encode(), ""))


def found(typed: str) -> list[dict[str, str]]:
    return [in_json(one) for one in [*suggestions(typed), *suggested_bodies(typed, timezone.localdate())]]


def in_json(one: Suggestion) -> dict[str, str]:
    return {"kind": one.kind, "slug": one.slug, "name": one.name, "href": reverse(PAGES[one.kind], args=[one.slug])}
