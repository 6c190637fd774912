"""Reviews in the API: the list for everybody; one is written and withdrawn by programs of the body that it is of."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from catalogue.models import Component
from commons.api.description import describe_list, fields_of, problems, serializer
from commons.api.views import ListView, in_json, sent
from commons.listing.text import as_json
from registry.actions.reviews import withdraw_review, write_review
from registry.api.writing import REFUSALS, TOKEN, Writing
from registry.listings import ReviewListing
from registry.models import Organisation
from registry.models.review import LONGEST, LONGEST_WEEKS
from registry.permissions import Actor, may_review


class ReviewSerializer(serializers.Serializer):
    """What a body found. One of the texts at least says something."""

    went_well = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST, help_text="Markdown.")
    blocked = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST, help_text="What stood in the way. Markdown."
    )
    weeks_to_adopt = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=LONGEST_WEEKS)
    written_on = serializers.DateField(required=False, help_text="Today where it is left out.")


@describe_list(ReviewListing(), "Review", "Reviews")
class Reviews(ListView):
    listing = ReviewListing()


WHERE = [
    OpenApiParameter("component", OpenApiTypes.STR, OpenApiParameter.PATH, description="The component's slug."),
    OpenApiParameter("organisation", OpenApiTypes.STR, OpenApiParameter.PATH, description="The body's slug."),
]
ONE_REVIEW = serializer("ReviewOne", fields_of(ReviewListing.columns))


class OneReview(Writing):
    """The review of one body of one component."""

    @extend_schema(
        operation_id="get_review",
        summary="One review",
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
        auth=TOKEN,
        parameters=WHERE,
        request=ReviewSerializer,
        responses={
            (200, "application/json"): ONE_REVIEW,
            **problems(*REFUSALS),
        },
    )
    def put(self, request: Request, component: str, organisation: str) -> HttpResponseBase:
        body, of, actor = self.found(request, component, organisation)
        write_review(organisation=body, component=of, by=actor, **self.checked(request, ReviewSerializer))
        return in_json(text_of(component, organisation))

    @extend_schema(
        operation_id="withdraw_review",
        summary="Withdraw a review",
        tags=["Reviews"],
        auth=TOKEN,
        parameters=WHERE,
        responses={204: None, **problems("unauthenticated", "forbidden", "not-found", "conflict")},
    )
    def delete(self, request: Request, component: str, organisation: str) -> HttpResponseBase:
        body, of, actor = self.found(request, component, organisation)
        withdraw_review(organisation=body, component=of, by=actor)
        return HttpResponse(status=204)

    def found(self, request: Request, component: str, organisation: str) -> tuple[Organisation, Component, Actor]:
        """The body, the component and who asks, once it is sure that the token may write for the body."""
        actor = self.signed(request)
        body = get_object_or_404(Organisation, slug=organisation)
        if not may_review(actor, body):
            raise exceptions.PermissionDenied(f"The token may not write in the name of {body}.")
        return body, get_object_or_404(Component.objects.listed(), slug=component), actor


def text_of(component: str, organisation: str) -> str:
    row = ReviewListing().one(component__slug=component, organisation__slug=organisation)
    if row is None:
        raise Http404("There is no such review.")
    return as_json(row)
