"""Saved assemblies for programs: everybody with the address reads one, a body's token writes its own."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from catalogue.blueprints.api import AssemblySerializer
from catalogue.blueprints.as_data import assembly_data
from catalogue.models import Blueprint
from commons.api.description import BLANK, ReferenceSerializer, problems
from commons.api.views import in_json
from commons.constraints import SLUG
from commons.listing.errors import ParameterError
from commons.listing.text import as_json
from public_value.tasks import follow_registry
from registry.actions.assemblies import (
    LONGEST_NAME,
    MOST_BESIDES,
    MOST_CASES,
    AssemblyChoice,
    change_assembly,
    fork_assembly,
    save_assembly,
    withdraw_assembly,
)
from registry.actions.plans import plan_assembly, undo_plan
from registry.api.writing import REFUSALS, TOKEN, BadBody, Writing
from registry.models import Assembly, Organisation
from registry.permissions import Actor, may_plan_assembly, may_write_assembly
from registry.presenters.assembly import gathered
from registry.views.assemblies import found

TAG = "Assemblies"
KEY = OpenApiParameter("uuid", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The assembly's id.")
WRITES = problems(*REFUSALS)


class NamedSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=LONGEST_NAME)


class ChangeSerializer(NamedSerializer):
    slots = serializers.DictField(
        child=serializers.CharField(max_length=120), required=False, default=dict, help_text="Components by slot."
    )
    also = serializers.ListField(
        child=serializers.CharField(max_length=120), required=False, default=list, max_length=MOST_BESIDES
    )
    cases = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, max_value=MOST_CASES, help_text="A year."
    )

    def validate_slots(self, slots: dict[str, str]) -> dict[str, str]:
        if not all(re.fullmatch(SLUG, slot) for slot in slots):
            raise serializers.ValidationError("Name slots by their slugs.")
        return slots


class SaveSerializer(ChangeSerializer):
    organisation = serializers.CharField(max_length=120, help_text="Its slug.")
    blueprint = serializers.CharField(max_length=120, help_text="Its slug.")


class ForkSerializer(NamedSerializer):
    organisation = serializers.CharField(max_length=120, help_text="Its slug.")


class OriginSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()


class SavedSerializer(AssemblySerializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    page = serializers.URLField(help_text="For people.")
    forked_from = OriginSerializer(**BLANK)
    saved_at = serializers.DateTimeField()
    planned_at = serializers.DateTimeField(**BLANK, help_text="Since when the body plans to use it.")


class PlannedSerializer(serializers.Serializer):
    component = ReferenceSerializer()
    function = ReferenceSerializer()
    declaration = serializers.IntegerField()


class PlanSerializer(serializers.Serializer):
    planned = PlannedSerializer(many=True)


class OfAssemblies(Writing):
    """Whoever has its address reads an assembly; a body's token writes its own."""

    def writer(self, actor: Actor, organisation: Organisation, *, plans: bool = False) -> Actor:
        """The actor, who may do it for this body. Raises PermissionDenied."""
        if not (may_plan_assembly if plans else may_write_assembly)(actor, organisation):
            raise exceptions.PermissionDenied(f"The token may not do this for {organisation}.")
        return actor


def body_of(slug: str) -> Organisation:
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise BadBody([ParameterError("organisation", "unknown", "organisation: There is no such organisation.")])
    return organisation


def choice_of(given: dict[str, Any]) -> AssemblyChoice:
    return AssemblyChoice(slots=given["slots"], also=given["also"], cases=given["cases"])


def told(request: Request, assembly: Assembly, status: int = 200) -> HttpResponse:
    """`assembly` as it is now, with what follows from it."""
    assembly = found(assembly.uuid)
    assembled, _gone = gathered(assembly, timezone.localdate())
    origin = assembly.forked_from
    said = {
        "id": str(assembly.uuid),
        "name": assembly.name,
        "page": request.build_absolute_uri(reverse("registry:assembly", args=[assembly.uuid])),
        "forked_from": {"id": str(origin.uuid), "name": origin.name} if origin and not origin.withdrawn_in_id else None,
        "saved_at": assembly.saved_in.at,
        "planned_at": assembly.planned_in.at if assembly.planned_in else None,
        **assembly_data(assembled),
    }
    return in_json(as_json(said), status)


class Assemblies(OfAssemblies):
    @extend_schema(
        operation_id="save_assembly",
        summary="Save an assembly for a body",
        tags=[TAG],
        auth=TOKEN,
        request=SaveSerializer,
        responses={(201, "application/json"): SavedSerializer, **WRITES},
    )
    def post(self, request: Request) -> HttpResponse:
        actor = self.signed(request)
        given = self.checked(request, SaveSerializer)
        organisation = body_of(given["organisation"])
        self.writer(actor, organisation)
        blueprint = get_object_or_404(Blueprint, slug=given["blueprint"])
        assembly = save_assembly(
            organisation=organisation, blueprint=blueprint, name=given["name"], choice=choice_of(given), by=actor
        )
        return told(request, assembly, 201)


class OneAssembly(OfAssemblies):
    @extend_schema(
        operation_id="get_assembly",
        summary="One assembly, and what follows from it",
        tags=[TAG],
        parameters=[KEY],
        responses={(200, "application/json"): SavedSerializer, **problems("not-found")},
    )
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        return told(request, found(uuid))

    @extend_schema(
        operation_id="change_assembly",
        summary="Change an assembly",
        tags=[TAG],
        auth=TOKEN,
        parameters=[KEY],
        request=ChangeSerializer,
        responses={(200, "application/json"): SavedSerializer, **WRITES},
    )
    def put(self, request: Request, uuid: UUID) -> HttpResponse:
        actor = self.signed(request)
        assembly = found(uuid)
        self.writer(actor, assembly.organisation)
        given = self.checked(request, ChangeSerializer)
        return told(request, change_assembly(assembly=assembly, name=given["name"], choice=choice_of(given), by=actor))

    @extend_schema(
        operation_id="withdraw_assembly",
        summary="Withdraw an assembly",
        tags=[TAG],
        auth=TOKEN,
        parameters=[KEY],
        responses={204: None, **WRITES},
    )
    def delete(self, request: Request, uuid: UUID) -> HttpResponse:
        actor = self.signed(request)
        assembly = found(uuid)
        withdraw_assembly(assembly=assembly, by=self.writer(actor, assembly.organisation))
        return HttpResponse(status=204)


class Forks(OfAssemblies):
    @extend_schema(
        operation_id="fork_assembly",
        summary="Take an assembly over for a body",
        tags=[TAG],
        auth=TOKEN,
        parameters=[KEY],
        request=ForkSerializer,
        responses={(201, "application/json"): SavedSerializer, **WRITES},
    )
    def post(self, request: Request, uuid: UUID) -> HttpResponse:
        actor = self.signed(request)
        origin, given = found(uuid), self.checked(request, ForkSerializer)
        organisation = body_of(given["organisation"])
        self.writer(actor, organisation)
        return told(
            request, fork_assembly(assembly=origin, organisation=organisation, name=given["name"], by=actor), 201
        )


class Plan(OfAssemblies):
    @extend_schema(
        operation_id="plan_assembly",
        summary="Declare that the body plans to use all of it",
        description="One declaration with the stage planned for each component and function, in one act.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[KEY],
        request=None,
        responses={(200, "application/json"): PlanSerializer, **WRITES},
    )
    def post(self, request: Request, uuid: UUID) -> HttpResponse:
        actor = self.signed(request)
        assembly = found(uuid)
        made = plan_assembly(assembly=assembly, by=self.writer(actor, assembly.organisation, plans=True))
        follow_registry.delay_on_commit()
        return in_json(as_json({"planned": [declared(one) for one in made]}))

    @extend_schema(
        operation_id="undo_plan",
        summary="Take the plan back",
        tags=[TAG],
        auth=TOKEN,
        parameters=[KEY],
        responses={204: None, **WRITES},
    )
    def delete(self, request: Request, uuid: UUID) -> HttpResponse:
        actor = self.signed(request)
        assembly = found(uuid)
        undo_plan(assembly=assembly, by=self.writer(actor, assembly.organisation, plans=True))
        follow_registry.delay_on_commit()
        return HttpResponse(status=204)


def declared(one: Any) -> dict[str, Any]:
    return {
        "component": {"slug": one.component.slug, "name": one.component.name},
        "function": {"slug": one.function.slug, "name": one.function.name},
        "declaration": one.pk,
    }
