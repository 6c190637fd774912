"""A list's page also answers as a file."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from commons.formats.about import book_of
from commons.formats.books import MOST_ROWS, WRITERS, Table, as_book
from commons.formats.negotiation import TYPES, chosen_columns, wanted
from commons.formats.streams import as_csv, as_items
from commons.listing import BadParameter, Listing, ParameterError, Selection

View = Callable[..., HttpResponseBase]
STREAMS = {"csv": as_csv, "json": as_items}
Tables = Callable[[Selection], Iterable[Table]]
FORMS = (*STREAMS, *WRITERS)
CACHED = "max-age=60, s-maxage=3600, stale-while-revalidate=600"


def in_formats(listing: Callable[..., Listing], tables: Tables | None = None) -> Callable[[View], View]:
    """Let a list's view answer as a file too: by `?format=` or by Accept. `listing` takes the view's arguments.

    `tables` gives a spreadsheet more sheets than that of the rows.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            asked = wanted(request, tuple(TYPES))
            if asked in FORMS and request.method in ("GET", "HEAD"):
                return file_of(listing(*args, **kwargs), request, asked, tables)
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["Accept"])
            return response

        return answer

    return decorate


def files(name: str, listing: Callable[[], Listing]) -> list[URLPattern]:
    """The addresses `<name>.csv`, `<name>.json`, `<name>.xlsx` and `<name>.ods`."""

    def view_of(form: str) -> View:
        return require_safe(lambda request: file_of(listing(), request, form))

    return [path(f"{name}.{form}", view_of(form), name=f"{name}_{form}") for form in FORMS]


def file_of(listing: Listing, request: HttpRequest, form: str, tables: Tables | None = None) -> StreamingHttpResponse:
    """All that is asked for, in its order.

    Raises BadParameter where a sheet cannot hold so many rows.
    """
    selection, columns = listing.select(request.GET), chosen_columns(listing.columns, request.GET)
    if form in STREAMS:
        return sent(STREAMS[form](columns, selection.rows()), listing.name, form)
    check_room(selection)
    more = tables(selection) if tables else ()
    return sent(as_book(book_of(selection, columns, request.build_absolute_uri(), more), form), listing.name, form)


def sent(content: Iterator[bytes], name: str, form: str) -> StreamingHttpResponse:
    """Open data: any page may fetch it."""
    kind = f"{TYPES[form]}; charset=utf-8" if form in STREAMS else TYPES[form]
    response = StreamingHttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = CACHED
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept"])
    return response


def check_room(selection: Selection) -> None:
    if (rows := selection.count()) > MOST_ROWS:
        detail = (
            f"A spreadsheet is made of at most {MOST_ROWS:,} rows, and these are {rows:,}. "
            "Choose fewer with the filters, or take them as CSV or JSON."
        )
        raise BadParameter([ParameterError("format", "too_many_rows", detail)])
