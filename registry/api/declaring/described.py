"""What is sent and answered about declarations, and who may declare."""

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from commons.api.description import fields_of, serializer
from commons.api.problems import problem
from commons.listing.errors import ParameterError
from registry.actions.declarations import Changed, Wrong
from registry.api.declaring.naming import body_named
from registry.api.writing import Strict, Writing
from registry.listings import DeclarationListing
from registry.models import DeclarationKind, Organisation, ShownTo, Stage, Why
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
