"""Views that read. They send JSON that is made at write time or straight from rows; serializers only describe it."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework import exceptions
from rest_framework.views import APIView

from commons.api.problems import of_status, problem
from commons.exceptions import Refused
from commons.formats.faces import CACHED, FORMS, file_of
from commons.formats.negotiation import chosen_columns, wanted
from commons.kept import Kept, database_version
from commons.listing import BadParameter, Listing, ParameterError, Selection
from commons.listing.errors import nearest, shown
from commons.listing.listing import flag
from commons.listing.parts import Column
from commons.listing.text import as_json

METHODS = "GET, HEAD, OPTIONS"
USUAL, MOST = 50, 500
Answer = tuple[bytes, str]  # JSON and the links of its pages, as the header says them
LONGEST = 65_536  # bytes of an answer that is kept


class ReadView(APIView):
    """Open to everybody and read-only. Subclasses have `get`, and name the formats that it answers in `offered`."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    http_method_names = ("get", "head", "options")
    offered: tuple[str, ...] = ("json",)
    answers: Kept[Answer] = Kept(512)

    def version(self) -> str:
        """A word that changes with anything that this view answers from. Blank: not known, so that nothing is kept."""
        return database_version()

    def answer(self, request: HttpRequest, make: Callable[[], Answer]) -> HttpResponseBase:
        """What `make` gives, made once for each version. What counts days is made anew each day."""
        version, key = self.version(), (request.build_absolute_uri(), timezone.localdate())
        found = self.answers.find(version, key)
        if found is None:
            found = make()
            if len(found[0]) <= LONGEST:
                self.answers.keep(version, key, found)
        return sent(request, *found)

    def initial(self, request, *args: Any, suffix: str = "", **kwargs: Any) -> None:
        self.form = suffix or wanted(request._request, self.offered)
        if self.form is None:
            raise exceptions.NotAcceptable

    def handle_exception(self, error: Exception) -> HttpResponseBase:
        if isinstance(error, BadParameter):
            return problem("bad-parameter", str(error), error.errors)
        if isinstance(error, Http404):
            return problem("not-found", str(error) or "There is nothing at this address.")
        if isinstance(error, exceptions.NotAcceptable):
            return problem("not-acceptable", f"This address answers as {' or '.join(self.offered)}.")
        if isinstance(error, exceptions.MethodNotAllowed):
            refusal = problem("method-not-allowed", f"The API is read-only: it answers {METHODS}.")
            refusal["Allow"] = METHODS
            return refusal
        raise error

    def finalize_response(self, request, response: HttpResponseBase, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link"
        patch_vary_headers(response, ["Accept"])
        return response

    def options(self, request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(status=204, headers={"Allow": METHODS})
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = "Accept, If-None-Match, If-Modified-Since"
        response["Access-Control-Max-Age"] = "86400"
        return response


class ListView(ReadView):
    """A list's rows, a keyset page at a time, or the whole of it as a file."""

    offered = ("json", *(form for form in FORMS if form != "json"))
    listing: Listing

    def get(self, request, **kwargs: Any) -> HttpResponseBase:
        asked: HttpRequest = request._request
        if self.form != "json":
            return file_of(self.listing, asked, self.form)
        return self.answer(asked, lambda: self.page(asked))

    def page(self, request: HttpRequest) -> Answer:
        selection = self.listing.select(request.GET)
        columns, limit = chosen_columns(self.listing.columns, request.GET), limit_of(request.GET)
        # Before the rows, because a search that counts finds its rows on the way.
        counted = facets(selection) if flag(request.GET, "facets") else None
        items, onward, back = self.items(selection, request.GET, columns, limit)
        links = {"next": link(request, onward), "prev": link(request, back)}
        parts = [f'"items":[{",".join(items)}]', *(f'"{name}":{as_json(href)}' for name, href in links.items())]
        parts += [f'"total":{selection.count()}'] if flag(request.GET, "count") else []
        parts += [f'"facets":{as_json(counted)}'] if counted is not None else []
        found = [f'<{href}>; rel="{name}"' for name, href in links.items() if href]
        return f"{{{','.join(parts)}}}".encode(), ", ".join(found)

    def items(self, selection: Selection, params: QueryDict, columns: list[Column], limit: int):
        """(JSON texts, next cursor, previous cursor)."""
        cursor = params.get("cursor")
        if len(columns) == len(self.listing.columns):
            return selection.after_json(cursor, limit)
        rows, onward, back = selection.after(cursor, limit)
        names = [name for column in columns for name in column.names]
        names += [name for name in self.listing.further if flag(params, name)]
        return [as_json({name: row[name] for name in names}) for row in rows], onward, back


class DetailView(ReadView):
    """One thing. `text` gives its JSON, or None where there is none that the public may see."""

    noun = ""

    def get(self, request, key: Any, **kwargs: Any) -> HttpResponseBase:
        only(request._request.GET, ("format",))
        return self.answer(request._request, lambda: (self.found(key).encode(), ""))

    def found(self, key: Any) -> str:
        found = None if "\x00" in str(key) else self.text(key)
        if found is None:
            raise Http404(f"There is no {self.noun} “{shown(str(key))}”.")
        return found

    def text(self, key: Any) -> str | None:
        raise NotImplementedError


def refusal(error: Exception) -> HttpResponse | None:
    """The problem that a write answers with, by what was raised; None where it is none of these."""
    if isinstance(error, Refused):
        return problem("conflict", str(error))
    if not isinstance(error, exceptions.APIException):
        return None
    response = of_status(error.status_code, str(error.detail))
    if isinstance(error, exceptions.AuthenticationFailed | exceptions.NotAuthenticated):
        response["WWW-Authenticate"] = 'Bearer realm="registry"'
    return response


def in_json(text: str, status: int = 200) -> HttpResponse:
    """JSON text as an answer; it says nothing of keeping it."""
    return HttpResponse(text, status=status, content_type="application/json")


def sent(request: HttpRequest, body: bytes, links: str) -> HttpResponseBase:
    """The body with a strong ETag, or 304 where the client has it already."""
    etag = etag_of(body)
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = CACHED
    if links:
        response["Link"] = links
    return get_conditional_response(request, etag=etag, response=response)


def etag_of(body: bytes) -> str:
    """Strong: the same for the same bytes, whoever asks."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def link(request: HttpRequest, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    params = request.GET.copy()
    params["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")


def limit_of(params: QueryDict) -> int:
    text = params.get("limit") or str(USUAL)
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MOST):
        detail = f"“limit” must be a number from 1 to {MOST}, not “{shown(text)}”."
        raise BadParameter([ParameterError("limit", "out_of_range", detail)])
    return int(text)


def facets(selection: Selection) -> dict[str, list[dict[str, Any]]]:
    return {facet.filter.name: [option._asdict() for option in facet.options] for facet in selection.facets}


def only(params: QueryDict, known: Iterable[str]) -> None:
    """Refuse parameters that a detail does not know."""
    wrong = [name for name in params if name not in known]
    if wrong:
        raise BadParameter(
            ParameterError(
                shown(name), "unknown_parameter", f"There is no parameter “{shown(name)}” here.{nearest(name, known)}"
            )
            for name in wrong
        )
