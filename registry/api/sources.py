"""Sources: read by everybody, written with a token that has `sources:write` for their body."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import exceptions, serializers

from commons.api.description import describe_list, describe_one, fields_of, problems, serializer
from commons.api.views import DetailView, ListView, in_json
from commons.listing.text import as_json
from registry.actions.sources import NOT_ALLOWED, add_source, change_source, stop_source
from registry.api.writing import REFUSALS, TOKEN, Writing
from registry.listings import SourceListing
from registry.models import Organisation, Source, SourceKind
from registry.permissions import Actor, may_keep_sources

LARGEST_ID = 2**63 - 1
ONE_SOURCE = serializer("Source", fields_of(SourceListing.columns))


class SourceChangeSerializer(serializers.Serializer):
    every_days = serializers.IntegerField(min_value=1, max_value=90, default=1, help_text="How often it is read.")
    looked_after = serializers.BooleanField(default=False, help_text="The body looks after what is found there.")
    contact = serializers.EmailField(
        default="", allow_blank=True, help_text="Who is written to where it fails. It is shown to nobody."
    )


class NewSourceSerializer(SourceChangeSerializer):
    organisation = serializers.CharField(max_length=120, help_text="The body's slug.")
    kind = serializers.ChoiceField(choices=SourceKind.choices)
    address = serializers.CharField(max_length=2_000, help_text="Of the repository, the file or the catalogue.")


@describe_list(SourceListing(), "Source", "Sources")
@extend_schema_view(
    post=extend_schema(
        operation_id="add_source",
        summary="Name a source",
        description="It is read within minutes, and then every so many days.",
        tags=["Sources"],
        auth=TOKEN,
        request=NewSourceSerializer,
        responses={(201, "application/json"): ONE_SOURCE, **problems(*REFUSALS)},
    )
)
class Sources(Writing, ListView):
    listing = SourceListing()

    def post(self, request, **kwargs: Any) -> HttpResponseBase:
        actor = self.signed(request)
        asked = self.checked(request, NewSourceSerializer)
        body = Organisation.objects.filter(slug=asked.pop("organisation")).first()
        if body is None or not may_keep_sources(actor, body):
            raise exceptions.PermissionDenied(NOT_ALLOWED)  # the same for a body that is not there
        source = add_source(organisation=body, by=actor, **asked)
        response = row_of(source, status=201)
        response["Location"] = request.build_absolute_uri(f"/api/v1/sources/{source.pk}")
        return response


KEY = [OpenApiParameter("key", OpenApiTypes.INT, OpenApiParameter.PATH, description="The source's number.")]


@describe_one("source", "Sources", ONE_SOURCE, "The source's number.", OpenApiTypes.INT)
@extend_schema_view(
    patch=extend_schema(
        operation_id="change_source",
        summary="Change a source",
        tags=["Sources"],
        auth=TOKEN,
        parameters=KEY,
        request=SourceChangeSerializer(partial=True),
        responses={(200, "application/json"): ONE_SOURCE, **problems(*REFUSALS)},
    ),
    delete=extend_schema(
        operation_id="stop_source",
        summary="Read a source no more",
        description="What came from it stays.",
        tags=["Sources"],
        auth=TOKEN,
        parameters=KEY,
        responses={204: None, **problems("unauthenticated", "forbidden", "conflict", "not-found")},
    ),
)
class OneSource(Writing, DetailView):
    noun = "source"

    def text(self, key: int) -> str | None:
        row = SourceListing().one(pk=key) if key <= LARGEST_ID else None
        return as_json(row) if row else None

    def patch(self, request, key: int, **kwargs: Any) -> HttpResponseBase:
        actor, source = self.kept(request, key)
        asked = self.checked(request, SourceChangeSerializer, partial=True)
        now = {name: getattr(source, name) for name in ("every_days", "looked_after", "contact")}
        return row_of(change_source(source=source, by=actor, **now | asked))

    def delete(self, request, key: int, **kwargs: Any) -> HttpResponseBase:
        actor, source = self.kept(request, key)
        stop_source(source=source, by=actor)
        return HttpResponse(status=204)

    def kept(self, request, key: int) -> tuple[Actor, Source]:
        """Who asks, and the source that they may change. Raises Http404, PermissionDenied."""
        actor = self.signed(request)
        source = Source.objects.select_related("organisation").filter(pk=key).first() if key <= LARGEST_ID else None
        if source is None:
            raise Http404(f"There is no source “{key}”.")
        if not may_keep_sources(actor, source.organisation):
            raise exceptions.PermissionDenied(NOT_ALLOWED)
        return actor, source


def row_of(source: Source, status: int = 200) -> HttpResponse:
    return in_json(as_json(SourceListing().one(pk=source.pk)), status)
