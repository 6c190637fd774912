"""Pages that work on what a visitor brings, and keep none of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from catalogue.forms import ValidateForm
from catalogue.presenters.validation import EXAMPLE, validation_page
from catalogue.readers.structured import MAX_BYTES, TOO_LARGE

LARGEST_REQUEST = 2 * MAX_BYTES  # more cannot be one description and its form


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # to look for the token is to read all that was sent: the size is looked at first
@never_cache
def validate(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        return answer(request, ValidateForm({}, refusal=TOO_LARGE), status=413)
    return checked(request)


@csrf_protect
def checked(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return answer(request, ValidateForm(initial={"text": EXAMPLE} if "example" in request.GET else None))
    form = ValidateForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, form, status=400)
    return answer(request, form, form.report())


def answer(request, form, report=None, *, status: int = 200) -> HttpResponse:
    response = render(request, "catalogue/validate.html", validation_page(form, report), status=status)
    if request.method == "POST":
        response["X-Robots-Tag"] = "noindex"
    return response
