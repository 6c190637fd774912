from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers

from catalogue.blueprints.as_data import assembly_data, pattern_data
from catalogue.blueprints.asked import ALSO, BODY, CASES, SLOT, read
from catalogue.blueprints.candidates import candidates
from catalogue.blueprints.gathering import assemble
from catalogue.blueprints.listing import BlueprintListing
from catalogue.blueprints.patterns import pattern, steps_of
from catalogue.models import Blueprint
from commons.api.description import (
    BLANK,
    ReferenceSerializer,
    describe_list,
    describe_one,
    fields_of,
    parameter,
    problems,
    serializer,
)
from commons.api.views import DetailView, ListView, ReadView
from commons.listing.errors import BadParameter
from commons.listing.text import as_json


class RangeSerializer(serializers.Serializer):
    low = serializers.CharField(help_text="A decimal as text.")
    high = serializers.CharField(help_text="A decimal as text.")


class SlotSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    required = serializers.BooleanField()
    kinds = serializers.ListField(child=serializers.CharField(), help_text="Kinds of components that fit; none: any.")
    functions = ReferenceSerializer(many=True)
    uses = RangeSerializer(**BLANK, help_text="How often a case uses it.")
    candidate_count = serializers.IntegerField()


class StepSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    verb = serializers.CharField()
    verb_label = serializers.CharField()
    name = serializers.CharField()
    slots = SlotSerializer(many=True)


class CandidateSerializer(ReferenceSerializer):
    used_by = serializers.IntegerField(help_text="Bodies that use it for a function of the slot.")
    used_by_alike = serializers.IntegerField(help_text="Those of the same kind as the organisation that was asked for.")


class ChosenSlotSerializer(SlotSerializer):
    component = ReferenceSerializer(**BLANK)
    candidates = CandidateSerializer(many=True, help_text="The most used ones, and the chosen one.")


class CasesSerializer(serializers.Serializer):
    number = serializers.CharField(help_text="A year. A decimal as text.")
    basis = serializers.CharField(help_text="asked, stated (by the organisation) or benchmark (by its size).")


class FindingSerializer(serializers.Serializer):
    kind = serializers.CharField(
        help_text="missing, requirement, conflict, availability, lifecycle, standard or licence."
    )
    weight = serializers.CharField(help_text="problem, advice or note.")
    sentence = serializers.CharField()
    components = ReferenceSerializer(many=True)
    instead_or_besides = ReferenceSerializer(**BLANK, help_text="A component that would mend it.")
    source = serializers.CharField(**BLANK, help_text="Where the rule is from.")


class LineSerializer(serializers.Serializer):
    component = ReferenceSerializer()
    transactions = RangeSerializer(**BLANK)
    known = RangeSerializer()
    blanks = serializers.ListField(child=serializers.CharField(), help_text="What is not stated, in words.")


class CostSerializer(serializers.Serializer):
    currency = serializers.CharField()
    complete = serializers.BooleanField(help_text="False: `known` is only a part, because something is not stated.")
    known = RangeSerializer(help_text="A year.")
    components_with_blanks = serializers.IntegerField()
    components = LineSerializer(many=True)


class TogetherSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    organisations = ReferenceSerializer(many=True, help_text="The first ten.")


class AssemblySerializer(serializers.Serializer):
    blueprint = ReferenceSerializer()
    organisation = ReferenceSerializer(**BLANK)
    cases = CasesSerializer(**BLANK)
    slots = ChosenSlotSerializer(many=True)
    also = ReferenceSerializer(many=True)
    findings = FindingSerializer(many=True)
    cost = CostSerializer()
    used_together_by = TogetherSerializer(help_text="Organisations that use all of the chosen components today.")


ONE_BLUEPRINT = serializer(
    "Blueprint", fields_of(BlueprintListing.columns) | {"pattern": StepSerializer(many=True, help_text="Its steps.")}
)
ASKED = [
    OpenApiParameter("key", OpenApiTypes.STR, OpenApiParameter.PATH, description="The blueprint's slug."),
    parameter(
        f"{SLOT}{{slot}}",
        "The component for one slot, both by slug: slot-sm-get-a-licence-4-card=sm-sorreltill. Once for each slot.",
    ),
    parameter(
        ALSO,
        "A component beside the slots. Repeat it for more.",
        type={"type": "array", "items": {"type": "string"}},
        explode=True,
        style="form",
    ),
    parameter(BODY, "The organisation that would use it: its slug, its name, or a code as scheme:code."),
    parameter(CASES, "Cases a year, where they are not to be the organisation's own.", type=OpenApiTypes.INT),
    parameter("format", "As the Accept header.", enum=["json"]),
]


@describe_list(BlueprintListing(), "Blueprint", "Blueprints")
class Blueprints(ListView):
    listing = BlueprintListing()


@describe_one("blueprint", "Blueprints", ONE_BLUEPRINT, "The blueprint's slug.")
class OneBlueprint(DetailView):
    noun = "blueprint"

    def text(self, key: str) -> str | None:
        row = BlueprintListing().one(slug=key)
        if row is None:
            return None
        blueprint = Blueprint.objects.get(slug=key)
        found = candidates(blueprint.pk, timezone.localdate())
        counts = {slot: fitting.count for slot, fitting in found.items()}
        return as_json(row | {"pattern": pattern_data(steps_of(blueprint), counts)})


class Assemble(ReadView):
    @extend_schema(
        operation_id="assemble_blueprint",
        summary="What follows from a choice of components",
        description="Nothing is stored: the address holds the whole choice.",
        tags=["Blueprints"],
        parameters=ASKED,
        responses={
            (200, "application/json"): AssemblySerializer,
            **problems("bad-parameter", "not-found", "not-acceptable"),
        },
    )
    def get(self, request, key: str, **kwargs: Any) -> HttpResponseBase:
        asked = request._request
        return self.answer(asked, lambda: (assembled_text(key, asked.GET).encode(), ""))


def assembled_text(slug: str, params) -> str:
    """Raises BadParameter, also for a component that does not fit. Raises Http404."""
    if "\x00" in slug:
        raise Http404("There is no such blueprint.")
    found_pattern = pattern(slug)
    found = assemble(found_pattern, read(found_pattern, params), timezone.localdate())
    if found.errors:
        raise BadParameter(found.errors)
    return as_json(assembly_data(found))
