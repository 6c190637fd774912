"""The API's OpenAPI document and its pages, from this machine alone."""

from functools import cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer

from commons.api.pages import DATA, GUIDE, HOME
from commons.api.problems import problem
from commons.formats.faces import CACHED

RENDERERS = {"json": OpenApiJsonRenderer, "yaml": OpenApiYamlRenderer}
TYPES = {"application/json": "json", "application/vnd.oai.openapi+json": "json"}
TYPES |= {"application/yaml": "yaml", "application/vnd.oai.openapi": "yaml", "text/yaml": "yaml"}
SENT_AS = {"json": "application/vnd.oai.openapi+json;version=3.1", "yaml": "application/yaml"}


@cache
def document(form: str) -> bytes:
    """The description, made once a process: it changes only with the code."""
    return RENDERERS[form]().render(SchemaGenerator().get_schema(request=None, public=True), renderer_context={})


@require_safe
def schema(request: HttpRequest, suffix: str = "") -> HttpResponseBase:
    form = suffix or request.GET.get("format") or TYPES.get(request.get_preferred_type(list(TYPES)))
    if form not in RENDERERS:
        return problem("not-acceptable", "The description is there as json and as yaml.")
    body = document(form)
    response = HttpResponse(body, content_type=SENT_AS[form])
    response["ETag"] = etag = f'"{sha256(body).hexdigest()[:32]}"'
    response["Cache-Control"] = CACHED
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept"])
    return get_conditional_response(request, etag=etag, response=response)


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation, to read and to try."""
    return render(request, "api/reference.html", {"breadcrumbs": [HOME, DATA, GUIDE, {"text": "Reference"}]})
