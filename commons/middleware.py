"""What every request passes through."""

import logging
from collections.abc import Callable

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from commons.api.problems import FOR_PROGRAMS, problem
from commons.context_processors import page

logger = logging.getLogger(__name__)

RETRY_SECONDS = 2
UNAVAILABLE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


class DatabaseUnavailable:
    """Answers 503 with `Retry-After` while the database restarts, is full or is too busy, and says nothing about it.

    The next request on the same connection heals by itself: Django checks a connection before its first use.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UNAVAILABLE):
            return None
        kind = type(exception).__name__
        logger.warning("%s %s: the database is unavailable (%s)", request.method, request.path, kind)
        return unavailable(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(FOR_PROGRAMS):
        response = problem("unavailable", "Try again in a moment.")
    else:
        response = HttpResponse(render_to_string("503.html", page(request)), status=503)
    response["Retry-After"] = RETRY_SECONDS
    response["Cache-Control"] = "no-store"
    return response
