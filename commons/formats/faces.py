"""A list's page also answers as a file."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from commons.formats.negotiation import TYPES, chosen_columns, wanted
from commons.formats.streams import as_csv, as_items
from commons.listing import Listing, Selection

View = Callable[..., HttpResponseBase]
STREAMS = {"csv": as_csv, "json": as_items}
CACHED = "max-age=60, s-maxage=3600, stale-while-revalidate=600"


def in_formats(listing: Callable[..., Listing]) -> Callable[[View], View]:
    """Let a list's view answer `?format=csv|json` and `Accept: text/csv` too. `listing` takes the view's arguments."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = wanted(request, tuple(TYPES))
            if asked in STREAMS and request.method in ("GET", "HEAD"):
                return file_of(listing(*args, **kwargs), request, asked)
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["Accept"])
            return response

        return answer

    return decorate


def files(name: str, listing: Callable[[], Listing]) -> list[URLPattern]:
    """The addresses `<name>.csv` and `<name>.json`."""

    def view_of(form: str) -> View:
        return require_safe(lambda request: file_of(listing(), request, form))

    return [path(f"{name}.{form}", view_of(form), name=f"{name}_{form}") for form in STREAMS]


def file_of(listing: Listing, request: HttpRequest, form: str) -> StreamingHttpResponse:
    selection = listing.select(request.GET)
    return streamed(selection, form, chosen_columns(listing.columns, request.GET))


def streamed(selection: Selection, form: str, columns: list) -> StreamingHttpResponse:
    """The whole selection, in its order, with the given columns. Open data: any page may fetch it."""
    response = StreamingHttpResponse(
        STREAMS[form](columns, selection.rows()), content_type=f"{TYPES[form]}; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{selection.listing.name}.{form}"'
    response["Cache-Control"] = CACHED
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept"])
    return response
