"""One statement with POST, and the list of all."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from catalogue.models import Function
from commons.api.description import describe_list, problems
from commons.api.views import ListView, in_json
from commons.listing.errors import ParameterError
from commons.listing.text import as_json
from public_value.tasks import follow_registry
from registry.actions.bodies import locked
from registry.actions.declarations import declare
from registry.actions.declarations.declaring import Declared
from registry.actions.declarations.rows import of_cell, said_of
from registry.api.declaring.described import ONE, TAG, DeclareSerializer, Declaring, said_from
from registry.api.once import KEY, once
from registry.api.writing import REFUSALS, TOKEN, BadBody, Writing
from registry.listings import DeclarationListing
from registry.models import DeclarationKind
from registry.said import Said


@describe_list(DeclarationListing(), "Declaration", "Declarations")
class Declarations(ListView, Declaring):
    """The list for everybody; POST adds one statement."""

    listing = DeclarationListing()
    http_method_names = Writing.http_method_names

    @extend_schema(
        operation_id="declare",
        summary="Declare one thing",
        description="Adds a statement to what the body says about the function, or changes the one about the same "
        "component or system. “Not responsible” and “not sure” take the place of everything else. The token needs the "
        "scope declarations:write. The same statement again changes nothing.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[KEY],
        request=DeclareSerializer,
        responses={
            (200, "application/json"): ONE,
            (201, "application/json"): ONE,
            **problems(*REFUSALS, "key-reused"),
        },
    )
    def post(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        actor = self.signed(request)
        return once(request, actor, lambda: self.declared(request))

    @transaction.atomic
    def declared(self, request: Request) -> HttpResponse:
        given = self.checked(request, DeclareSerializer)
        body, actor = self.of_body(request, given["organisation"])
        function = Function.objects.filter(slug=given["function"]).first()
        if function is None:
            raise BadBody([ParameterError("function", "unknown_value", f"There is no function “{given['function']}”.")])
        locked(body)
        said = said_from(given)
        standing = [said_of(one) for one in of_cell(body, function)]
        done = declare(organisation=body, function=function, statements=beside(standing, said), by=actor)
        follow_registry.delay_on_commit()
        return answered(done, said)


def beside(standing: Sequence[Said], said: Said) -> list[Said]:
    """What stands, with this statement in it."""
    detailed = (DeclarationKind.ADOPTION, DeclarationKind.DUPLICATE)
    if said.kind not in detailed:
        return [said]
    return [*(one for one in standing if one.kind in detailed and one.key != said.key), said]


def answered(done: Declared, said: Said) -> HttpResponse:
    """The statement, as it stands now: 201 where it is new or changed."""
    made = next((one for one in done.recorded if said_of(one).key == said.key), None)
    one = made or next(one for one in done.unchanged if said_of(one).key == said.key)
    text = as_json(DeclarationListing().one(pk=one.pk))
    response = in_json(text, 201 if made else 200)
    response["Location"] = reverse("registry_api:declaration", args=[one.pk])
    return response
