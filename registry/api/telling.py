"""What stewards tell through the API of who uses their components: claims, and usage as their machines counted it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from catalogue.models import Component
from commons.api.description import describe_list, problems
from commons.api.views import ListView, in_json
from commons.listing.errors import ParameterError, shown
from commons.listing.text import as_json
from registry.actions.claims import MOST_AT_ONCE as MOST_CLAIMS
from registry.actions.claims import Claimed, claim_use, looks_after
from registry.actions.usage import MOST_AT_ONCE as MOST_COUNTS
from registry.actions.usage import Counted, report_usage
from registry.api.once import KEY, once
from registry.api.writing import REFUSALS, TOKEN, BadBody, Strict, Writing
from registry.claims import function_of, named
from registry.listings import AttestationListing
from registry.models import Organisation
from registry.permissions import Actor, body_of, may_report_usage
from registry.tasks import grade_measured_use

TAG = "Who uses what"
WHERE = OpenApiParameter("slug", OpenApiTypes.STR, OpenApiParameter.PATH, description="The component's slug.")
LARGEST_LIST = 2_000_000
MONTH = r"^\d{4}-(0[1-9]|1[0-2])\Z"


class UseSerializer(Strict):
    organisation = serializers.CharField(max_length=300, help_text="Its slug, or scheme:code.")
    function = serializers.CharField(
        max_length=120, required=False, allow_blank=True, help_text="Its slug; blank where the component has one."
    )


class ClaimSerializer(UseSerializer):
    since = serializers.DateField(required=False, allow_null=True, default=None)


class ClaimsSerializer(serializers.Serializer):
    claims = ClaimSerializer(many=True, allow_empty=False, max_length=MOST_CLAIMS)


class ClaimedSerializer(serializers.Serializer):
    claimed = serializers.IntegerField(help_text="How many are new.")
    known = serializers.IntegerField(help_text="How many were claimed before.")


@describe_list(AttestationListing(), "Attestation", "Attestations")
class Attestations(ListView):
    listing = AttestationListing()


class Telling(Writing):
    """A steward of the component, by its token."""

    largest_body = LARGEST_LIST

    def found(self, request: Request, slug: str) -> tuple[Component, Organisation, Actor]:
        """The component, its steward and who asks. Raises PermissionDenied, Http404."""
        actor = self.signed(request)
        steward = body_of(actor)
        component = get_object_or_404(Component.objects.listed(), slug=slug)
        if steward is None or not may_report_usage(actor, steward):
            raise exceptions.PermissionDenied("The token may not say who uses components: it needs usage:write.")
        if not looks_after(steward, component):
            raise exceptions.PermissionDenied(f"{steward} does not look after {component}.")
        return component, steward, actor


class Claims(Telling):
    @extend_schema(
        operation_id="claim_use",
        summary="Claim that bodies use a component",
        description="Each body sees it among “what we think you use”, and confirms or rejects it. Silence stays a "
        "claim, and counts nowhere. What was claimed before stays as it is. The token is one of a steward of the "
        "component, with the scope usage:write. Everything that is wrong is told at once.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[WHERE, KEY],
        request=ClaimsSerializer,
        responses={(201, "application/json"): ClaimedSerializer, **problems(*REFUSALS, "key-reused")},
    )
    def post(self, request: Request, slug: str) -> HttpResponseBase:
        component, steward, actor = self.found(request, slug)
        return once(request, actor, lambda: self.claimed(request, component, steward, actor))

    def claimed(self, request: Request, component: Component, steward: Organisation, actor: Actor) -> HttpResponse:
        rows = self.checked(request, ClaimsSerializer)["claims"]
        found = [
            Claimed(one["organisation"], one["function"], one["since"])
            for one in resolved(rows, component, steward, "claims")
        ]
        new = claim_use(steward=steward, component=component, claims=found, by=actor)
        text = as_json({"claimed": len(new), "known": len(found) - len(new)})
        return in_json(text, 201)


class CountSerializer(UseSerializer):
    month = serializers.RegexField(MONTH, help_text="A month that is over: 2026-10.")
    transactions = serializers.IntegerField(min_value=0, max_value=10**15)


class UsageSerializer(serializers.Serializer):
    usage = CountSerializer(many=True, allow_empty=False, max_length=MOST_COUNTS)


class ReportedSerializer(serializers.Serializer):
    stored = serializers.IntegerField(help_text="How many counts are new, or other than before.")
    known = serializers.IntegerField(help_text="How many were reported before as they are.")


class UsageCounts(Telling):
    @extend_schema(
        operation_id="report_usage",
        summary="Report how much bodies use a component",
        description="Counts of a month that is over, by body and function. A count that is sent again with another "
        "number corrects the earlier one, which is kept. Usage in each of the last three whole months makes the "
        "declared use one of grade E3; six months of silence end that. The body and the steward see the counts, and "
        "nobody else. The token is one of a steward of the component, with the scope usage:write. Everything that is "
        "wrong is told at once, and nothing is stored then.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[WHERE, KEY],
        request=UsageSerializer,
        responses={(201, "application/json"): ReportedSerializer, **problems(*REFUSALS, "key-reused")},
    )
    def post(self, request: Request, slug: str) -> HttpResponseBase:
        component, steward, actor = self.found(request, slug)
        return once(request, actor, lambda: self.reported(request, component, steward, actor))

    def reported(self, request: Request, component: Component, steward: Organisation, actor: Actor) -> HttpResponse:
        rows = self.checked(request, UsageSerializer)["usage"]
        found = resolved(rows, component, steward, "usage", wrong=list(unripe(rows)), group=True)
        counts = [
            Counted(one["organisation"], one["function"], month_of(one["month"]), one["transactions"]) for one in found
        ]
        done = report_usage(steward=steward, component=component, counts=counts, by=actor)
        if done.event:
            grade_measured_use.delay_on_commit()
        text = as_json({"stored": done.stored, "known": done.known})
        return in_json(text, 201)


def month_of(text: str) -> date:
    return date(int(text[:4]), int(text[5:]), 1)


def unripe(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    this_month = timezone.localdate().replace(day=1)
    for place, row in enumerate(rows):
        if not date(1970, 1, 1) <= month_of(row["month"]) < this_month:
            yield f"usage/{place}/month", "Report whole months: one that is over."


def resolved(
    rows: list[dict[str, Any]],
    component: Component,
    steward: Organisation,
    name: str,
    *,
    wrong: Sequence[tuple[str, str]] = (),
    group: bool = False,
) -> list[dict[str, Any]]:
    """The rows with their bodies and functions in place of how they are named. Raises BadBody with all mistakes, those
    that are known (`wrong`) among them. `group`: none may be of the steward's own group.
    """
    bodies = addressed(row["organisation"] for row in rows)
    serves = list(component.functions.order_by("name"))
    mistakes, found = list(wrong), []
    for place, row in enumerate(rows):
        body, function = bodies.get(row["organisation"].casefold()), function_of(row.get("function", ""), serves)
        if body is None:
            mistakes.append((f"{name}/{place}/organisation", f"There is no body “{shown(row['organisation'])}”."))
        elif body.pk == steward.pk:
            mistakes.append((f"{name}/{place}/organisation", "It is the steward itself."))
        elif group and body.independence_group == steward.independence_group:
            mistakes.append((f"{name}/{place}/organisation", "It is of the steward's own group."))
        if function is None:
            names = ", ".join(one.slug for one in serves) or "none"
            mistakes.append((f"{name}/{place}/function", f"Say for which function of the component: {names}."))
        found.append(row | {"organisation": body, "function": function})
    if mistakes:
        raise BadBody([ParameterError(where, "unknown_value", sentence) for where, sentence in mistakes])
    return found


def addressed(keys: Iterable[str]) -> dict[str, Organisation]:
    """Bodies by slug or scheme:code, in small letters."""
    asked = {key for key in keys if "\0" not in key}
    return {
        word: bodies[0]
        for word, bodies in named(asked).items()
        if len(bodies) == 1 and (":" in word or word == bodies[0].slug)
    }
