"""All that a body says about one function, and confirming what stands."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from catalogue.models import Function
from commons.api.description import problems
from commons.api.problems import problem
from commons.api.views import etag_of, in_json, sent
from commons.listing.text import as_json
from public_value.tasks import follow_registry
from registry.actions.bodies import locked
from registry.actions.declarations import confirm_declarations, declare
from registry.api.declaring.described import (
    CELL,
    TAG,
    WHERE,
    CellSerializer,
    ConfirmationSerializer,
    ConfirmedSerializer,
    Declaring,
    said_from,
)
from registry.api.declaring.naming import body_named, function_named
from registry.api.once import KEY, once
from registry.api.writing import REFUSALS, TOKEN
from registry.listings import DeclarationListing
from registry.models import Declaration, Organisation
from registry.permissions import Actor


class Cell(Declaring):
    """All that a body says about one function."""

    @extend_schema(
        operation_id="get_function_statements",
        summary="What a body says about one function",
        tags=[TAG],
        parameters=WHERE,
        responses={(200, "application/json"): CELL, **problems("not-found")},
    )
    def get(self, request: Request, key: str, function: str) -> HttpResponseBase:
        return sent(request._request, text_of(body_named(key), function_named(function)).encode(), "")

    @extend_schema(
        operation_id="put_function_statements",
        summary="Say everything that a body does for one function",
        description="What is not said again ends. Send the ETag that you have read as If-Match. The token needs the "
        "scope declarations:write.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[
            *WHERE,
            KEY,
            OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True),
        ],
        request=CellSerializer,
        responses={
            (200, "application/json"): CELL,
            **problems(*REFUSALS, "precondition-failed", "precondition-required", "key-reused"),
        },
    )
    def put(self, request: Request, key: str, function: str) -> HttpResponseBase:
        body, actor = self.of_body(request, key)
        cell = function_named(function)
        if not request.headers.get("If-Match"):
            return problem("precondition-required", "Send the ETag of what you have read as If-Match.")
        return once(request, actor, lambda: self.replaced(request, body, cell, actor))

    @transaction.atomic
    def replaced(self, request: Request, body: Organisation, function: Function, actor: Actor) -> HttpResponse:
        locked(body)
        if request.headers["If-Match"].strip() not in ("*", etag_of(text_of(body, function).encode())):
            return problem("precondition-failed", "It was changed meanwhile: read it again.")
        given = self.checked(request, CellSerializer)
        declare(organisation=body, function=function, statements=list(map(said_from, given["statements"])), by=actor)
        follow_registry.delay_on_commit()
        response = in_json(text_of(body, function))
        response["ETag"] = etag_of(response.content)
        return response


class Confirmations(Declaring):
    @extend_schema(
        operation_id="confirm_declarations",
        summary="Confirm that declarations are still so",
        description="By their numbers, all or none. The token needs the scope declarations:write.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[WHERE[0], KEY],
        request=ConfirmationSerializer,
        responses={(200, "application/json"): ConfirmedSerializer, **problems(*REFUSALS, "key-reused")},
    )
    def post(self, request: Request, key: str) -> HttpResponseBase:
        body, actor = self.of_body(request, key)
        return once(request, actor, lambda: self.confirmed(request, body, actor))

    def confirmed(self, request: Request, body: Organisation, actor: Actor) -> HttpResponse:
        given = self.checked(request, ConfirmationSerializer)
        done = confirm_declarations(organisation=body, declarations=given["declarations"], by=actor)
        follow_registry.delay_on_commit()
        return in_json(as_json({"confirmed": [one.pk for one in done]}))


def text_of(body: Organisation, function: Function) -> str:
    """What the public sees of it."""
    listing = DeclarationListing()
    standing = Declaration.objects.listed().current().filter(organisation=body, function=function).order_by("pk")
    rows = [listing.row(values) for values in listing.values(standing)]
    return as_json({"organisation": body.slug, "function": function.slug, "statements": rows})
