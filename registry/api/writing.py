"""Writing through the API: a token, a body in JSON that is checked whole, and what was refused as a problem."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from rest_framework import exceptions, serializers
from rest_framework.parsers import JSONParser

from commons.api.problems import problem
from commons.api.views import ReadView, refusal
from commons.listing.errors import ParameterError, shown
from registry.api.authentication import actor_of
from registry.permissions import Actor

LARGEST_BODY = 65_536
TOKEN: Any = [{"token": []}]  # as the description says what a write needs
REFUSALS = (
    "bad-request",
    "unauthenticated",
    "forbidden",
    "not-found",
    "conflict",
    "too-large",
    "unsupported-media-type",
)


class Writing(ReadView):
    """A view that also writes. Reads look at no token, so that what is kept of them is everybody's."""

    parser_classes = (JSONParser,)
    largest_body = LARGEST_BODY
    http_method_names = ("get", "head", "options", "post", "put", "patch", "delete")  # those of them that it has

    def signed(self, request) -> Actor:
        """Who sent the token. Raises NotAuthenticated, AuthenticationFailed."""
        actor = actor_of(request)
        if actor.is_anonymous:
            raise exceptions.NotAuthenticated("Send a token of the body, as “Authorization: Bearer dcr_…”.")
        return actor

    def checked(self, request, made: type[serializers.Serializer], **options: Any) -> dict[str, Any]:
        """The body, checked. Raises BadBody with every mistake at once, TooLarge, ParseError."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > self.largest_body:
            raise TooLarge(f"The body is larger than {self.largest_body:,} bytes.")
        if not isinstance(request.data, dict):
            raise exceptions.ParseError("Send one JSON object.")
        form = made(data=request.data, **options)
        unknown = [name for name in request.data if name not in form.fields and not isinstance(form, Strict)]
        wrong = [
            ParameterError(shown(name), "unknown_field", f"There is no field “{shown(name)}”.") for name in unknown
        ]
        if not form.is_valid():
            wrong += [mistake(name, one) for name, many in form.errors.items() for one in mistakes(many)]
        if wrong:
            raise BadBody(wrong)
        return dict(form.validated_data)

    def handle_exception(self, error: Exception) -> HttpResponseBase:
        if isinstance(error, BadBody):
            return problem("bad-request", str(error), error.errors)
        if isinstance(error, RecursionError):
            return problem("bad-request", "The body of the request is nested too deeply.")
        if isinstance(error, exceptions.MethodNotAllowed):
            refused = problem("method-not-allowed", f"This address answers {self.methods}.")
            refused["Allow"] = self.methods
            return refused
        if not isinstance(error, exceptions.NotAcceptable) and (said := refusal(error)):
            return said
        return super().handle_exception(error)

    def finalize_response(self, request, response: HttpResponseBase, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response.setdefault("Cache-Control", "no-store")
        return super().finalize_response(request, response, *args, **kwargs)

    def options(self, request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().options(request, *args, **kwargs)
        response["Allow"] = response["Access-Control-Allow-Methods"] = self.methods
        response["Access-Control-Allow-Headers"] += ", Authorization, Content-Type"
        return response

    @property
    def methods(self) -> str:
        return ", ".join(self.allowed_methods)


class Strict(serializers.Serializer):
    """A part of a body in which nothing is ignored silently."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = [name for name in data if name not in self.fields] if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({shown(name): ["There is no such field."] for name in unknown})
        return super().to_internal_value(data)


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = f"The body is larger than {LARGEST_BODY:,} bytes."


class BadBody(Exception):
    """A body that cannot be taken: every mistake with its field."""

    def __init__(self, errors: list[ParameterError]) -> None:
        super().__init__(" ".join(error.detail for error in errors))
        self.errors = errors


def mistakes(said: Any) -> list[str]:
    """Those of a field, which has them as a list, or as one for each of its parts."""
    return list(map(str, said)) if isinstance(said, list) else [f"{part}: {said[part]}" for part in said]


def mistake(name: str, said: str) -> ParameterError:
    whole = name == "non_field_errors"
    return ParameterError("" if whole else name, "invalid", said if whole else f"{name}: {said}")
