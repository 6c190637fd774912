"""Answers as the contract has them: its problems have no `type`, so they are not those of our own API."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from commons.api.views import sent
from commons.listing.text import as_json

NO_STORE = {"Cache-Control": "no-store"}
MOST_WRONG = 10


class Wrong(NamedTuple):
    """A rule that a field of a request breaks; `value` is what was sent, where that was text."""

    field: str
    rule: str
    value: str = ""


SENTENCES = {
    "required": "{} is required",
    "email": "{} is not a valid email",
    "min": "{} does not meet its size limits (too short)",
    "max": "{} does not meet its size limits (too long)",
    "gt": "{} does not meet its size limits (too few items)",
    "unknown": "{} is not known",
    "url": "{} is not a valid http(s) URL",
    "type": "{} has the wrong type",
}


class Problem(Exception):
    """What a request is refused with. `title` is added where it is answered."""

    def __init__(self, status: int, detail: str, wrong: Sequence[Wrong] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.wrong = status, detail, wrong


class Invalid(Problem):
    def __init__(self, wrong: Sequence[Wrong]) -> None:
        parts = [SENTENCES.get(one.rule, "{} is invalid").format(one.field) for one in wrong[:MOST_WRONG]]
        super().__init__(422, "invalid format: " + ", ".join(parts), wrong[:MOST_WRONG])


def problem(status: int, title: str, detail: str, wrong: Sequence[Wrong] = ()) -> HttpResponse:
    document: dict[str, Any] = {"title": title[:255], "detail": detail[:2048] or title, "status": status}
    if wrong:
        document["validationErrors"] = [
            {"field": one.field[:64], "rule": one.rule[:64], "value": one.value[:255]} for one in wrong
        ]
    response = JsonResponse(document, status=status, content_type="application/problem+json", headers=NO_STORE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="registry"'
    return response


def public(request: HttpRequest, document: Any) -> HttpResponseBase:
    """What everybody may read, kept for a minute and not sent again to whoever has it."""
    return sent(request, as_json(document).encode(), "")


def private(document: Any) -> HttpResponse:
    """What a write gives back, or what only some may read."""
    return HttpResponse(as_json(document), content_type="application/json", headers=NO_STORE)


def nothing() -> HttpResponse:
    return HttpResponse(status=204, headers=NO_STORE)
