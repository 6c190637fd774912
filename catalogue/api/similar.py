"""POST /similar: “have we got this already?” for programs. Nothing that is sent is kept."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import APIException, MethodNotAllowed
from rest_framework.parsers import JSONParser

from catalogue.readers.structured import MAX_BYTES
from catalogue.similar import Answer, similar
from catalogue.similar.question import read
from catalogue.similar.reasons import LEVELS, Reason
from commons.api.description import BLANK, problems
from commons.api.problems import problem
from commons.api.views import ReadView, refusal
from commons.listing.text import as_json

METHODS = "POST, OPTIONS"
SHOWN = ("slug", "name", "summary", "kind", "lifecycle", "used_by")


class AskedSerializer(serializers.Serializer):
    text = serializers.CharField(
        max_length=MAX_BYTES,
        trim_whitespace=False,
        help_text="A need, a tender's text, a name, an OpenAPI or other description, the first line of a table.",
    )
    file = serializers.CharField(
        required=False, allow_blank=True, max_length=300, help_text="The file's name, where the text is of one."
    )


class ReasonSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(
        ["repository", "name", "operations", "columns", "function", "text", "components"],
    )
    sentence = serializers.CharField(help_text="The reason as people read it.")
    words = serializers.ListField(child=serializers.CharField(), help_text="Words in common, the most telling first.")
    shared = serializers.IntegerField(**BLANK, help_text="So many operations, columns or components.")
    asked = serializers.IntegerField(**BLANK, help_text="Of so many that were sent.")


class SimilarComponentSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    summary = serializers.CharField(**BLANK)
    kind = serializers.CharField()
    lifecycle = serializers.CharField(**BLANK)
    used_by = serializers.IntegerField(help_text="Bodies that say they use it, and confirmed it in three years.")
    likeness = serializers.ChoiceField(list(LEVELS))
    likeness_label = serializers.CharField()
    reasons = ReasonSerializer(many=True)


class SimilarFunctionSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    reasons = ReasonSerializer(many=True)


class SimilarSerializer(serializers.Serializer):
    components = SimilarComponentSerializer(many=True, help_text="The most alike first, at most ten.")
    functions = SimilarFunctionSerializer(many=True, help_text="What it is about, the surest first, at most five.")
    unread = serializers.CharField(
        **BLANK, help_text="Why a text that looks like a description was compared by its words alone."
    )


@extend_schema_view(
    post=extend_schema(
        operation_id="find_similar",
        summary="Have we got this already?",
        description="Components and functions most like a text, each with its reasons. Nothing that is sent is kept.",
        tags=["Components"],
        auth=[],
        request={"application/json": AskedSerializer},
        responses={
            (200, "application/json"): SimilarSerializer,
            **problems("bad-request", "too-large", "unsupported-media-type", "not-acceptable"),
        },
    )
)
class Similar(ReadView):
    http_method_names = ("post", "options")
    parser_classes = (JSONParser,)

    def post(self, request, **kwargs: Any) -> HttpResponseBase:
        if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * MAX_BYTES:
            return problem("too-large", "Send a text of at most 1 MB.")
        asked = AskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        question = read(asked.validated_data["text"], asked.validated_data.get("file", ""))
        said = in_json(similar(question)) | {"unread": question.unread or None}
        response = HttpResponse(as_json(said), content_type="application/json")
        response["Cache-Control"] = "no-store"
        return response

    def handle_exception(self, error: Exception) -> HttpResponseBase:
        if isinstance(error, MethodNotAllowed):
            refused = problem("method-not-allowed", f"This address answers {METHODS}: send the text as JSON.")
            refused["Allow"] = METHODS
            return refused
        if isinstance(error, serializers.ValidationError):
            said = error.detail if isinstance(error.detail, dict) else {}
            wrong = " ".join(f"“{name}”: {' '.join(map(str, words))}" for name, words in said.items())
            return problem("bad-request", f"Send JSON with a “text”. {wrong}")
        known = refusal(error) if isinstance(error, APIException) and error.status_code != 406 else None
        return known or super().handle_exception(error)

    def options(self, request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().options(request, *args, **kwargs)
        response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        return response


def in_json(answer: Answer) -> dict[str, Any]:
    return {
        "components": [
            {name: found.card[name] for name in SHOWN}
            | {"likeness": found.level, "likeness_label": found.level_label}
            | {"reasons": in_words(found.reasons)}
            for found in answer.components
        ],
        "functions": [
            {"slug": found.slug, "name": found.name, "reasons": in_words(found.reasons)} for found in answer.functions
        ],
    }


def in_words(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    return [asdict(reason) for reason in reasons]
