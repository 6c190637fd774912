"""Pages that work on what a visitor brings, and keep none of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from catalogue.forms import AlreadyForm, ValidateForm
from catalogue.presenters.already import already_page
from catalogue.presenters.validation import EXAMPLE, validation_page
from catalogue.readers.structured import MAX_BYTES, TOO_LARGE
from catalogue.similar import similar

LARGEST_REQUEST = 2 * MAX_BYTES  # more cannot be one description and its form


def is_too_large(request: HttpRequest) -> bool:
    return request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # to look for the token is to read all that was sent: the size is looked at first
@never_cache
def validate(request: HttpRequest) -> HttpResponse:
    if is_too_large(request):
        return answer(request, "validate", validation_page(ValidateForm({}, refusal=TOO_LARGE)), status=413)
    return checked(request)


@csrf_protect
def checked(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        form = ValidateForm(initial={"text": EXAMPLE} if "example" in request.GET else None)
        return answer(request, "validate", validation_page(form))
    form = ValidateForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, "validate", validation_page(form), status=400)
    return answer(request, "validate", validation_page(form, form.report()))


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@never_cache
def already(request: HttpRequest) -> HttpResponse:
    if is_too_large(request):
        return answer(request, "already", already_page(AlreadyForm({}, refusal=TOO_LARGE)), status=413)
    return looked_for(request)


@csrf_protect
def looked_for(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return answer(request, "already", already_page(AlreadyForm()))
    form = AlreadyForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, "already", already_page(form), status=400)
    return answer(request, "already", already_page(form, similar(form.question)))


def answer(request: HttpRequest, page: str, context: dict, *, status: int = 200) -> HttpResponse:
    response = render(request, f"catalogue/{page}.html", context, status=status)
    if request.method == "POST":
        response["X-Robots-Tag"] = "noindex"
    return response
