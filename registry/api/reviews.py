"""Reviews in the API: the list for everybody; one is written and withdrawn by programs of the body that it is of."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.views import APIView

from catalogue.models import Component
from commons.api.description import describe_list, fields_of, problems, serializer
from commons.api.problems import of_status, problem
from commons.api.views import ListView, refusal, sent
from commons.listing.text import as_json
from registry.actions.reviews import LONGEST_WEEKS, withdraw_review, write_review
from registry.api.authentication import BearerAuthentication, actor_of
from registry.listings import ReviewListing
from registry.models import Organisation
from registry.models.review import LONGEST
from registry.permissions import may_review

LARGEST = 65_536  # bytes of a body: two texts and their JSON
METHODS = "GET, HEAD, PUT, DELETE, OPTIONS"


class ReviewSerializer(serializers.Serializer):
    """What a body found. One of the texts at least says something."""

    went_well = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST, help_text="Markdown.")
    blocked = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST, help_text="What stood in the way. Markdown."
    )
    weeks_to_adopt = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=LONGEST_WEEKS)
    written_on = serializers.DateField(required=False, help_text="Today where it is left out.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if unknown := set(self.initial_data) - set(self.fields):
            raise serializers.ValidationError(f"There is no field “{min(unknown)[:60]}”.")
        return attrs


@describe_list(ReviewListing(), "Review", "Reviews")
class Reviews(ListView):
    listing = ReviewListing()


WHERE = [
    OpenApiParameter("component", OpenApiTypes.STR, OpenApiParameter.PATH, description="The component's slug."),
    OpenApiParameter("organisation", OpenApiTypes.STR, OpenApiParameter.PATH, description="The body's slug."),
]
ONE_REVIEW = serializer("ReviewOne", fields_of(ReviewListing.columns))
WRITES = ("unauthenticated", "forbidden", "not-found", "conflict")


class OneReview(APIView):
    """The review of one body of one component."""

    authentication_classes = (BearerAuthentication,)
    permission_classes = ()
    throttle_classes = ()
    parser_classes = (JSONParser,)
    http_method_names = ("get", "head", "put", "delete", "options")

    def perform_authentication(self, request: Request) -> None:
        """Who reads is not asked who they are."""
        if request.method in ("PUT", "DELETE"):
            super().perform_authentication(request)

    @extend_schema(
        operation_id="get_review",
        summary="One review",
        auth=[],
        tags=["Reviews"],
        parameters=WHERE,
        responses={(200, "application/json"): ONE_REVIEW, **problems("not-found")},
    )
    def get(self, request: Request, component: str, organisation: str) -> HttpResponseBase:
        return sent(request._request, text_of(component, organisation).encode(), "")

    @extend_schema(
        operation_id="write_review",
        summary="Write a review, or change it",
        description="In the name of a body that declares that it uses the component, or that it stopped. The token "
        "needs the scope declarations:write. The earlier review is kept as history.",
        tags=["Reviews"],
        parameters=WHERE,
        request=ReviewSerializer,
        responses={
            (200, "application/json"): ONE_REVIEW,
            **problems("bad-request", *WRITES, "too-large", "unsupported-media-type"),
        },
    )
    def put(self, request: Request, component: str, organisation: str) -> HttpResponseBase:
        body, of = self.found(request, component, organisation)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return problem("too-large", f"A review has at most {LARGEST:,} bytes.")
        said = ReviewSerializer(data=request.data if isinstance(request.data, dict) else {"": request.data})
        if not said.is_valid():
            return of_status(400, sentence(said.errors))
        write_review(organisation=body, component=of, by=actor_of(request), **said.validated_data)
        return HttpResponse(text_of(component, organisation), content_type="application/json")

    @extend_schema(
        operation_id="withdraw_review",
        summary="Withdraw a review",
        tags=["Reviews"],
        parameters=WHERE,
        responses={204: None, **problems(*WRITES)},
    )
    def delete(self, request: Request, component: str, organisation: str) -> HttpResponseBase:
        body, of = self.found(request, component, organisation)
        withdraw_review(organisation=body, component=of, by=actor_of(request))
        return HttpResponse(status=204)

    def found(self, request: Request, component: str, organisation: str) -> tuple[Organisation, Component]:
        """The body and the component, once it is sure that the token may write for the body."""
        if actor_of(request).is_anonymous:
            raise exceptions.NotAuthenticated("Send a token, as “Authorization: Bearer dcr_…”.")
        body = get_object_or_404(Organisation, slug=organisation)
        if not may_review(actor_of(request), body):
            raise exceptions.PermissionDenied(f"The token may not write in the name of {body}.")
        return body, get_object_or_404(Component.objects.listed(), slug=component)

    def handle_exception(self, error: Exception) -> HttpResponseBase:
        if isinstance(error, Http404):
            return problem("not-found", "There is no such review.")
        if isinstance(error, exceptions.MethodNotAllowed):
            refused = problem("method-not-allowed", f"This address answers {METHODS}.")
            refused["Allow"] = METHODS
            return refused
        if (answer := refusal(error)) is not None:
            return answer
        raise error

    def finalize_response(self, request: HttpRequest, response: HttpResponseBase, *args: Any, **kwargs: Any):
        response["Access-Control-Allow-Origin"] = "*"
        return response

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(status=204, headers={"Allow": METHODS})
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type"
        return response


def text_of(component: str, organisation: str) -> str:
    row = ReviewListing().one(component__slug=component, organisation__slug=organisation)
    if row is None:
        raise Http404
    return as_json(row)


def sentence(errors: Any) -> str:
    """The first thing that is wrong, with its field."""
    name, wrong = next(iter(errors.items()))
    return str(wrong[0]) if name == "non_field_errors" else f"{name}: {wrong[0]}"
