from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commons.formats.faces import CACHED

FILE = Path(__file__).resolve().parents[1] / "openapi.yaml"


@cache
def described() -> bytes:
    return FILE.read_bytes()


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """What is served here, in OpenAPI: the contract with what goes beyond it."""
    response = HttpResponse(described(), content_type="application/yaml")
    response["Cache-Control"] = CACHED
    response["Access-Control-Allow-Origin"] = "*"
    return response
