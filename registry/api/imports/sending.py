"""Sending a file: in a form, as the body of the request, or as text in JSON."""

from hashlib import sha256
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from django.http import HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.parsers import BaseParser, JSONParser, MultiPartParser
from rest_framework.request import Request

from commons.api.description import problems
from commons.api.problems import problem
from commons.exceptions import Refused
from commons.listing.errors import ParameterError
from registry.actions.imports import receive_import
from registry.actions.imports.receiving import digest_of
from registry.api.imports.described import (
    JOB,
    LARGEST_JSON,
    LARGEST_REQUEST,
    TAG,
    FileSerializer,
    Importing,
    SendSerializer,
    TextSerializer,
    job_answer,
)
from registry.api.once import KEY, once
from registry.api.writing import REFUSALS, TOKEN, BadBody
from registry.models import Import, Wish
from registry.models.job import ENDED
from registry.portfolio_file.writing import TYPES
from registry.spreadsheets import Unreadable
from registry.spreadsheets.limits import TOO_LARGE
from registry.tasks import run_imports


class Table(BaseParser):
    """A table as it is, read by whoever has looked at its size."""

    media_type = TYPES["csv"].partition(";")[0]
    name = "table.csv"

    def parse(self, stream: BinaryIO, media_type: str | None = None, parser_context: Any = None) -> BinaryIO:
        return BytesIO(stream.read(LARGEST_REQUEST))


class Workbook(Table):
    media_type = TYPES["xlsx"]
    name = "table.xlsx"


class Document(Table):
    media_type = TYPES["ods"]
    name = "table.ods"


class Sent(NamedTuple):
    organisation: str
    wish: Wish
    name: str
    file: BinaryIO

    @property
    def print(self) -> bytes:
        """What tells it from other requests."""
        said = f"{self.organisation}\n{self.wish}\n{self.name}\n{digest_of(self.file)}"
        return sha256(said.encode()).digest()


class Imports(Importing):
    """Sending a file."""

    http_method_names = ("post", "options")
    parser_classes = (MultiPartParser, JSONParser, Table, Workbook, Document)

    @extend_schema(
        operation_id="send_import",
        summary="Import a portfolio from a file",
        description="The file goes as multipart/form-data, or as the body itself with its own media type and the "
        "other values in the address. It is read and checked by a worker: follow Location. `apply` says what comes "
        "then: preview leaves it to POST …/apply or to a person, good publishes the rows without a problem, "
        "all_or_nothing publishes only where no row has one. An import adds and changes; what is not in the file "
        "stays. The same file again changes nothing. The token needs the scope declarations:write.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[
            KEY,
            OpenApiParameter(
                "organisation", OpenApiTypes.STR, description="Where the body of the request is the file."
            ),
            OpenApiParameter("apply", OpenApiTypes.STR, enum=Wish.values, description="As in the form."),
            OpenApiParameter("name", OpenApiTypes.STR, description="Of the file."),
        ],
        request={
            "multipart/form-data": FileSerializer,
            "application/json": TextSerializer,
            Table.media_type: OpenApiTypes.BINARY,
            Workbook.media_type: OpenApiTypes.BINARY,
            Document.media_type: OpenApiTypes.BINARY,
        },
        responses={
            (200, "application/json"): JOB,
            (202, "application/json"): JOB,
            **problems(*REFUSALS, "key-reused"),
        },
    )
    def post(self, request: Request) -> HttpResponseBase:
        self.signed(request)
        if refused := too_large(request):
            return refused
        sent = sent_in(request)
        body, actor = self.of_body(request, sent.organisation)

        def act() -> HttpResponse:
            try:
                received = receive_import(organisation=body, file=sent.file, name=sent.name, wish=sent.wish, by=actor)
            except Refused as refused:
                if isinstance(refused.__cause__, Unreadable):
                    raise BadBody([ParameterError("file", "invalid", str(refused))]) from refused
                raise
            run_imports.delay_on_commit()
            imported = Import.objects.select_related("job", "organisation").get(pk=received.imported.pk)
            return job_answer(request, imported, 200 if imported.job.state in ENDED else 202)

        return once(request, actor, act, sent=sent.print)


def too_large(request: Request) -> HttpResponseBase | None:
    """A problem for more than is read, before it is."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_json = (request.content_type or "").startswith("application/json")
    most = LARGEST_JSON if is_json else LARGEST_REQUEST
    if length.isdecimal() and int(length) <= most:
        return None
    return problem("too-large", "Send the table as a file: as JSON it may have 2 MB." if is_json else TOO_LARGE)


def sent_in(request: Request) -> Sent:
    """What the request sends, whichever way. Raises BadBody with every mistake at once, ParseError."""
    data = request.data
    raw = hasattr(data, "read")
    if not raw and not hasattr(data, "get"):
        raise exceptions.ParseError("Send one JSON object.")
    form = SendSerializer(data={**request.query_params.dict(), **({} if raw else plain(data))})
    file, name = (data, "") if raw else file_in(data)
    wrong = [] if form.is_valid() else [(key, str(many[0])) for key, many in form.errors.items()]
    if file is None:
        wrong.append(("file", "Send a file, or a table as text."))
    if wrong:
        raise BadBody([ParameterError(key, "invalid", f"{key}: {said}") for key, said in wrong])
    given = form.validated_data
    wish = Wish(given.get("apply", Wish.PREVIEW))
    return Sent(given["organisation"], wish, given.get("name", "") or name, file)


def plain(data: Any) -> dict[str, Any]:
    return {name: data.get(name) for name in ("organisation", "apply", "name") if data.get(name) not in (None, "")}


def file_in(data: Any) -> tuple[BinaryIO | None, str]:
    file, text = data.get("file"), data.get("table")
    if hasattr(file, "file"):
        return file.file, file.name
    return (BytesIO(text.encode("utf-8", "replace")), "") if isinstance(text, str) else (None, "")
