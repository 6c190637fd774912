"""Pages for people who write programs: the guide to the API and what goes wrong in it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commons.api.problems import PROBLEMS
from commons.api.urls import PUBLISHED

HOME = {"text": "Home", "href": "/"}
DATA = {"text": "Data and API", "href": "/data/"}
GUIDE = {"text": "API", "href": "/api/"}


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    context = {
        "lists": PUBLISHED,
        "problems": PROBLEMS,
        "root": request.build_absolute_uri("/api/v1/"),
        "open_catalog": request.build_absolute_uri("/v1/"),
        "breadcrumbs": [HOME, DATA, {"text": "API"}],
    }
    return render(request, "api/guide.html", context)


@require_safe
def problem(request: HttpRequest, code: str) -> HttpResponse:
    """What an error's `type` points to."""
    if code not in PROBLEMS:
        raise Http404("There is no such problem.")
    found = PROBLEMS[code]
    crumbs = [HOME, DATA, GUIDE, {"text": found.title}]
    return render(request, "api/problem.html", {"code": code, "problem": found, "breadcrumbs": crumbs})
