"""The pages that say what went wrong and what to do; for the addresses of programs the same as RFC 9457 problems.

They ask neither the database nor the session, so that they can be shown when those are what is broken.
"""

import logging
import re
import sys
from secrets import token_hex
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from commons.api.problems import FOR_PROGRAMS, of_status, problem
from commons.context_processors import page
from commons.listing import BadParameter

logger = logging.getLogger(__name__)

DETAILS = {
    400: "The request could not be understood. Check the address and its parameters.",
    403: "You are not allowed to do this. Sign in, or ask somebody who may.",
    404: "There is nothing at this address. Check it, or search.",
    500: "Something went wrong on our side. Try again later; if it stays, tell us the reference.",
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, BadParameter) and request.path.startswith(FOR_PROGRAMS):
        return problem("bad-parameter", str(exception), exception.errors)
    detail = str(exception) if isinstance(exception, BadRequest) and str(exception) else DETAILS[400]
    errors = exception.errors if isinstance(exception, BadParameter) else []
    listed = [error._asdict() for error in errors]
    return answer(request, 400, detail=detail, **({"errors": listed} if listed else {}))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`reason` is for developers; Django logs it."""
    detail = "This form was open too long or came from another page. Go back, reload the page and send it again."
    return answer(request, 403, template="403_csrf.html", detail=detail)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404, words=searched(request.path))


def server_error(request: HttpRequest) -> HttpResponse:
    reference = token_hex(4).upper()
    logger.error("Reference %s: %s %s", reference, request.method, request.path, exc_info=sys.exc_info())
    return answer(request, 500, reference=reference)


def answer(request: HttpRequest, status: int, *, template: str = "", **said: Any) -> HttpResponse:
    """The problem document or the page of `status`; `said` goes into both, except a page's own search words."""
    detail = said.pop("detail", DETAILS[status])
    if request.path.startswith(FOR_PROGRAMS):
        said.pop("words", None)
        return of_status(status, detail, **said)
    context = {**page(request), "detail": detail, "path": request.path, **said}
    return HttpResponse(render_to_string(template or f"{status}.html", context), status=status)


def searched(path: str) -> str:
    """Words to look for, from the last part of an address that leads nowhere: /components/bin-days/ → “bin days”."""
    parts = [part for part in unquote(path).split("/") if part]
    return " ".join(re.findall(r"\w+", parts[-1].replace("_", " ")))[:100] if parts else ""
