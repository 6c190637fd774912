"""Declaring for programs: one statement with POST, all of a function with PUT, and confirming what stands."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from catalogue.models import Function
from commons.api.description import describe_list, fields_of, problems, serializer
from commons.api.problems import problem
from commons.api.views import ListView, etag_of, sent
from commons.listing.errors import ParameterError, shown
from commons.listing.text import as_json
from public_value.tasks import follow_registry
from registry.actions.bodies import locked
from registry.actions.declarations import Changed, Wrong, confirm_declarations, declare
from registry.actions.declarations.declaring import Declared
from registry.actions.declarations.rows import of_cell, said_of
from registry.api.once import KEY, once
from registry.api.writing import REFUSALS, TOKEN, BadBody, Strict, Writing
from registry.listings import DeclarationListing
from registry.models import Declaration, DeclarationKind, Organisation, ShownTo, Stage, Why
from registry.models.withheld import HELD_FIELDS
from registry.permissions import Actor, may_declare
from registry.said import LARGEST, LONGEST, Hold, Problem, Said

TAG = "Declarations"
MOST_STATEMENTS, MOST_CONFIRMED = 50, 1000
WHERE = [
    OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, description="The body's slug, or scheme:code."),
    OpenApiParameter("function", OpenApiTypes.STR, OpenApiParameter.PATH, description="The function's slug."),
]
ONE = serializer("DeclarationMade", fields_of(DeclarationListing.columns))


class HoldSerializer(Strict):
    shown_to = serializers.ChoiceField(ShownTo.choices)
    until = serializers.DateField(required=False, allow_null=True, default=None, help_text="Blank: for good.")


class WithheldSerializer(Strict):
    """What is kept back from the public, by field."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {name: HoldSerializer(required=False) for name in HELD_FIELDS}


class StatementSerializer(Strict):
    """What a body says: the component that it uses, or the system that it runs, or that neither is so."""

    kind = serializers.ChoiceField(DeclarationKind.choices)
    component = serializers.CharField(required=False, allow_blank=True, max_length=120, help_text="Its slug.")
    stage = serializers.ChoiceField(Stage.choices, required=False, allow_blank=True)
    system = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["system"])
    supplier = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["supplier"])
    coverage = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=1)
    transactions = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=float(LARGEST))
    annual_cost = serializers.DecimalField(15, 2, required=False, allow_null=True, min_value=0, max_value=LARGEST)
    price_fy = serializers.CharField(required=False, allow_blank=True, max_length=7, help_text="2026-27")
    since = serializers.DateField(required=False, allow_null=True)
    contract_end = serializers.DateField(required=False, allow_null=True)
    why = serializers.ChoiceField(Why.choices, required=False, allow_blank=True)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["reason"])
    source_url = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["source_url"])
    contact = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["contact"])
    withheld = WithheldSerializer(required=False)


class DeclareSerializer(StatementSerializer):
    organisation = serializers.CharField(max_length=300, help_text="Its slug, or scheme:code.")
    function = serializers.CharField(max_length=120, help_text="Its slug.")


class CellSerializer(serializers.Serializer):
    statements = StatementSerializer(many=True, max_length=MOST_STATEMENTS)


class ConfirmationSerializer(serializers.Serializer):
    declarations = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), allow_empty=False, max_length=MOST_CONFIRMED
    )


class ConfirmedSerializer(serializers.Serializer):
    confirmed = serializers.ListField(
        child=serializers.IntegerField(), help_text="The new numbers of what is confirmed."
    )


CELL = serializer(
    "FunctionStatements",
    {
        "organisation": serializers.CharField(help_text="The body's slug."),
        "function": serializers.CharField(help_text="The function's slug."),
        "statements": ONE(many=True),
    },
)


def said_from(given: dict[str, Any]) -> Said:
    withheld = given.get("withheld") or {}
    held = {name: Hold(ShownTo(hold["shown_to"]), hold["until"]) for name, hold in withheld.items()}
    named = {name: value for name, value in given.items() if name not in ("withheld", "organisation", "function")}
    return Said(**named | {"kind": DeclarationKind(given["kind"])}, held=held)


def body_named(key: str) -> Organisation:
    """Raises Http404."""
    scheme, _, code = key.partition(":")
    coded = Q(identifiers__scheme=scheme, identifiers__code=code) if code else Q()
    found = None if "\0" in key else Organisation.objects.filter(Q(slug=key) | coded).first()
    if found is None:
        raise Http404(f"There is no body “{shown(key)}”.")
    return found


def function_named(slug: str) -> Function:
    """Raises Http404."""
    found = None if "\0" in slug else Function.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(f"There is no function “{shown(slug)}”.")
    return found


class Declaring(Writing):
    """Whoever declares for a body; what is wrong with statements is told all at once, each with its place."""

    def of_body(self, request: Request, key: str) -> tuple[Organisation, Actor]:
        """Raises PermissionDenied, Http404."""
        actor = self.signed(request)
        body = body_named(key)
        if not may_declare(actor, body):
            raise exceptions.PermissionDenied(f"The token may not declare what {body} does.")
        return body, actor

    def handle_exception(self, error: Exception) -> HttpResponseBase:
        if isinstance(error, Wrong):
            return problem("bad-request", str(error), [pointed(one) for one in error.problems])
        if isinstance(error, Changed):
            return problem("precondition-failed", "It was changed meanwhile: read it again.")
        return super().handle_exception(error)


def pointed(one: Problem) -> ParameterError:
    name = one.field if one.statement is None else f"statements/{one.statement}/{one.field}"
    return ParameterError(name, "invalid", one.sentence)


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
    response = HttpResponse(text, status=201 if made else 200, content_type="application/json")
    response["Location"] = reverse("registry_api:declaration", args=[one.pk])
    return response


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
        response = HttpResponse(text_of(body, function), content_type="application/json")
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
        return HttpResponse(as_json({"confirmed": [one.pk for one in done]}), content_type="application/json")


def text_of(body: Organisation, function: Function) -> str:
    """What the public sees of it."""
    listing = DeclarationListing()
    standing = Declaration.objects.listed().current().filter(organisation=body, function=function).order_by("pk")
    rows = [listing.row(values) for values in listing.values(standing)]
    return as_json({"organisation": body.slug, "function": function.slug, "statements": rows})
