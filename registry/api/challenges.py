"""Challenges for programs: everybody reads them, and everybody may raise one. No token is needed."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request

from commons.api.description import (
    BLANK,
    ReferenceSerializer,
    describe_list,
    describe_one,
    fields_of,
    problems,
    serializer,
)
from commons.api.problems import problem
from commons.api.views import DetailView, ListView, in_json
from commons.listing.errors import ParameterError
from commons.listing.text import as_json
from registry.actions.challenges import Subject, TooMany, raise_challenge
from registry.actions.challenges.letters import own_page
from registry.actions.challenges.subjects import answerers
from registry.api.writing import BadBody, Writing
from registry.callers import caller_of
from registry.listings import ChallengeListing
from registry.models import About, Challenge, ChallengeStep, StepKind
from registry.models.challenge.challenge import LONGEST, LONGEST_ADDRESS
from registry.permissions import ANYBODY
from registry.presenters import challenged
from registry.presenters.challenges import told
from registry.tasks import send_letters_due

LARGEST_ID = 2**63 - 1


class RaiseSerializer(serializers.Serializer):
    """What is wrong or missing, and of which thing: beside `about` the fields that name it."""

    about = serializers.ChoiceField(choices=About.choices)
    declaration = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="With about=declaration: a statement's number.",
    )
    payment = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, help_text="With about=payment: its number."
    )
    organisation = serializers.CharField(
        required=False, max_length=120, help_text="With about=missing and about=organisation: the body's slug."
    )
    function = serializers.CharField(
        required=False, max_length=120, help_text="With about=missing: the slug of the function."
    )
    component = serializers.CharField(required=False, max_length=120, help_text="With about=component: its slug.")
    claim = serializers.CharField(max_length=LONGEST, help_text="What is wrong or missing. Public.")
    evidence_url = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_ADDRESS, help_text="What shows it, on the web. Public."
    )
    email = serializers.EmailField(
        required=False, allow_blank=True, max_length=254, help_text="Where to write what comes of it. Never public."
    )


class ChallengeStepSerializer(serializers.Serializer):
    on = serializers.DateField()
    kind = serializers.ChoiceField(choices=StepKind.choices)
    said = serializers.CharField(help_text="Who did what, in words.")
    organisation = ReferenceSerializer(**BLANK, help_text="The body that spoke.")
    text = serializers.CharField(**BLANK)
    evidence_url = serializers.CharField(**BLANK)
    statement = serializers.CharField(**BLANK, help_text="The address of what is said instead.")


ONE_CHALLENGE = serializer(
    "Challenge",
    fields_of(ChallengeListing.columns)
    | {
        "said": serializers.CharField(**BLANK, help_text="What the record said when it was challenged."),
        "answerable": ReferenceSerializer(many=True, help_text="The bodies that are asked. None: the moderators are."),
        "steps": ChallengeStepSerializer(many=True, help_text="What has happened, the oldest first."),
    },
)
RAISED = serializer(
    "RaisedChallenge",
    {
        "reference": serializers.CharField(),
        "page": serializers.URLField(help_text="For everybody."),
        "own_page": serializers.URLField(
            **BLANK,
            help_text="For whoever raised it, shown once: to answer a question, withdraw it, or ask the moderators. "
            "Null where it goes by letter, and where somebody had said the same before.",
        ),
    },
)


@describe_list(ChallengeListing(), "Challenge", "Challenges")
class Challenges(Writing, ListView):
    listing = ChallengeListing()

    @extend_schema(
        operation_id="raise_challenge",
        summary="Say that something is wrong or missing",
        description="Anybody may. It is public at once, but for the email address. Whoever says what somebody has said "
        "of the same thing already is answered with the challenge that stands (200).",
        tags=["Challenges"],
        auth=[],
        request=RaiseSerializer,
        responses={
            (201, "application/json"): RAISED,
            (200, "application/json"): RAISED,
            **problems("bad-request", "conflict", "too-large", "too-many", "unsupported-media-type"),
        },
    )
    def post(self, request: Request, **kwargs: Any) -> HttpResponseBase:
        if kwargs.get("suffix"):  # the address of a file
            raise exceptions.MethodNotAllowed("POST")
        given = self.checked(request, RaiseSerializer)
        said = {name: given.get(name, "") for name in ("claim", "evidence_url", "email")}
        try:
            found = raise_challenge(subject=subject_of(given), **said, caller=caller_of(request._request), by=ANYBODY)
        except TooMany as many:
            refused = problem("too-many", str(many))
            refused["Retry-After"] = many.seconds
            return refused
        if found.is_new:
            send_letters_due.delay_on_commit()
        return answer(request, found.challenge, found.is_new, secretly=found.is_new and not said["email"])


def answer(request: Request, challenge: Challenge, is_new: bool, *, secretly: bool) -> HttpResponse:
    document = {
        "reference": challenge.reference,
        "page": request.build_absolute_uri(challenge.get_absolute_url()),
        "own_page": request.build_absolute_uri(own_page(challenge)) if secretly else None,
    }
    response = in_json(as_json(document), 201 if is_new else 200)
    response["Location"] = reverse("registry_api:challenge", args=[challenge.reference])
    return response


FOUND: dict[str, tuple[tuple[str, ...], Callable[..., Subject]]] = {
    About.DECLARATION: (("declaration",), challenged.of_declaration),
    About.MISSING: (("organisation", "function"), challenged.of_missing),
    About.COMPONENT: (("component",), challenged.of_component),
    About.ORGANISATION: (("organisation",), challenged.of_organisation),
    About.PAYMENT: (("payment",), challenged.of_payment),
}
NAMING = ("declaration", "payment", "organisation", "function", "component")


def subject_of(given: dict[str, Any]) -> Subject:
    """The thing that a body names. Raises BadBody with every field that lacks or is too many."""
    needed, find = FOUND[given["about"]]
    wrong = [ParameterError(name, "required", f"{name}: is needed here.") for name in needed if name not in given]
    wrong += [
        ParameterError(name, "unknown_field", f"{name}: does not belong to “{given['about']}”.")
        for name in NAMING
        if name in given and name not in needed
    ]
    if wrong:
        raise BadBody(wrong)
    try:
        return find(*(given[name] for name in needed))
    except Http404:
        raise BadBody(
            [ParameterError(name, "unknown", f"{name}: there is none that is said now.") for name in needed]
        ) from None


@describe_one("challenge", "Challenges", ONE_CHALLENGE, "Its reference: K7RM-4XPD.")
class OneChallenge(DetailView):
    noun = "challenge"

    def text(self, key: str) -> str | None:
        related = ("organisation", "function", "component")
        found = Challenge.objects.listed().select_related(*related).filter(reference=key.upper()).first()
        if found is None:
            return None
        steps = found.steps.select_related("recorded_in", "organisation", "declaration__component")
        more = {
            "said": found.said or None,
            "answerable": [refer(body) for body in answerers(found, timezone.localdate())],
            "steps": [step_of(step) for step in steps],
        }
        return as_json(ChallengeListing().one(pk=found.pk) | more)


def step_of(step: ChallengeStep) -> dict[str, Any]:
    shown = told(step)
    return {
        "on": shown["on"],
        "kind": step.kind,
        "said": shown["did"],
        "organisation": refer(step.organisation) if step.organisation else None,
        "text": step.text or None,
        "evidence_url": step.evidence_url or None,
        "statement": shown["href"] or None,
    }


def refer(row: Any) -> dict[str, str]:
    return {"slug": row.slug, "name": row.name}
