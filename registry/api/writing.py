"""Writing through the API: a token, a body in JSON that is checked whole, and what was refused as a problem."""

from typing import Any

from django.http import HttpResponseBase
from rest_framework import exceptions, serializers
from rest_framework.parsers import JSONParser

from commons.api.problems import problem
from commons.api.views import ReadView, refusal
from commons.listing import BadParameter, ParameterError
from registry.api.authentication import BearerAuthentication
from registry.permissions import Actor

LARGEST_BODY = 65_536
TOKEN: Any = [{"token": []}]  # as the description says what a write needs


class Writing(ReadView):
    """A view that also writes. Reads look at no token, so that what is kept of them is everybody's."""

    parser_classes = (JSONParser,)

    def signed(self, request) -> Actor:
        """Who sent the token. Raises NotAuthenticated, AuthenticationFailed."""
        known = BearerAuthentication().authenticate(request)
        if known is None:
            raise exceptions.NotAuthenticated
        return known[1]

    def checked(self, request, made: type[serializers.Serializer], **options: Any) -> dict[str, Any]:
        """The body, checked. Raises BadParameter with every mistake at once."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > LARGEST_BODY:
            raise TooLarge
        if not isinstance(request.data, dict):
            raise exceptions.ParseError("Send one JSON object.")
        form = made(data=request.data, **options)
        unknown = [name for name in request.data if name not in form.fields]
        wrong = [
            ParameterError(name[:60], "unknown_field", f"There is no field “{name[:60]}” here.") for name in unknown
        ]
        if not form.is_valid():
            wrong += [
                ParameterError(name, str(one.code), f"{name}: {one}")
                for name, many in form.errors.items()
                for one in many
            ]
        if wrong:
            raise BadParameter(wrong)
        return dict(form.validated_data)

    def handle_exception(self, error: Exception) -> HttpResponseBase:
        if isinstance(error, exceptions.MethodNotAllowed):
            names = ", ".join(name.upper() for name in self.http_method_names)
            said = problem("method-not-allowed", f"This address answers {names}.")
            said["Allow"] = names
            return said
        if not isinstance(error, BadParameter | exceptions.NotAcceptable) and (said := refusal(error)):
            return said
        return super().handle_exception(error)


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = f"The body is larger than {LARGEST_BODY} bytes."
