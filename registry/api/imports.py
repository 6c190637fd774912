"""Importing a portfolio for programs: send the file, watch its job, read every problem, apply or drop it."""

from hashlib import sha256
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.parsers import BaseParser, JSONParser, MultiPartParser
from rest_framework.request import Request

from commons.api.description import problems, serializer
from commons.api.problems import problem
from commons.exceptions import Refused
from commons.listing.errors import BadParameter, ParameterError
from commons.listing.text import as_json
from registry.actions.imports import AlreadyImported, apply_import, drop_import, receive_import
from registry.actions.imports.receiving import digest_of
from registry.api.declaring import body_named
from registry.api.once import KEY, once
from registry.api.writing import REFUSALS, TOKEN, BadBody, Writing
from registry.models import Import, ImportState, Job, JobState, Wish
from registry.models.job import ENDED
from registry.permissions import Actor, may_declare
from registry.portfolio_file.writing import TYPES, written
from registry.spreadsheets import LARGEST_FILE, Unreadable
from registry.spreadsheets.limits import TOO_LARGE
from registry.tasks import run_imports
from registry.workspace.importing.files import mending_heading, mending_rows

TAG = "Imports"
LARGEST_REQUEST = LARGEST_FILE + 1_000_000
LARGEST_JSON = 2_000_000
RETRY_SECONDS = "2"
USUAL, MOST = 500, 1_000  # rows with problems on a page
LAST_ROW = 2**31 - 1
LARGEST_ID = 2**63 - 1
NUMBER = OpenApiParameter("key", OpenApiTypes.INT, OpenApiParameter.PATH, description="Its number.")


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


class SendSerializer(serializers.Serializer):
    organisation = serializers.CharField(max_length=300, help_text="Its slug, or scheme:code.")
    apply = serializers.ChoiceField(Wish.choices, required=False, help_text="Left out: preview.")
    name = serializers.CharField(required=False, max_length=200, help_text="Of the file.")


class FileSerializer(SendSerializer):
    file = serializers.FileField(help_text="CSV, XLSX or ODS, at most 20 MB and 50,000 rows.")


class TextSerializer(SendSerializer):
    table = serializers.CharField(help_text="A table as text, with a heading.")


class ApplySerializer(serializers.Serializer):
    apply = serializers.ChoiceField(Wish.choices, required=False, help_text="good, which is usual, or all_or_nothing.")

    def validate_apply(self, wish: str) -> str:
        if wish == Wish.PREVIEW:
            raise serializers.ValidationError("A preview is there already: write good or all_or_nothing.")
        return wish


COUNTS = {
    name: serializers.IntegerField(help_text=words)
    for name, words in (
        ("rows", "Rows that say something."),
        ("new", "Rows that add a statement."),
        ("changed", "Rows that change one."),
        ("unchanged", "Rows that say what stands."),
        ("problems", "Rows with a problem."),
    )
}
IMPORT_FIELDS = {
    "id": serializers.IntegerField(),
    "organisation": serializers.CharField(help_text="The body's slug."),
    "name": serializers.CharField(help_text="Of the file."),
    "state": serializers.ChoiceField(ImportState.choices),
    "sheet": serializers.CharField(help_text="Which sheet of a workbook was read."),
    **COUNTS,
    "columns": serializers.DictField(
        child=serializers.CharField(allow_null=True),
        help_text="What each heading means. Null: a person of the body has to say it on the job's page.",
    ),
    "job": serializers.URLField(),
    "page": serializers.URLField(help_text="Where people see it."),
    "to_mend": serializers.URLField(allow_null=True, help_text="The rows with a problem, as CSV."),
}
PROBLEM = serializer(
    "ImportProblem",
    {
        "row": serializers.IntegerField(help_text="As a spreadsheet counts."),
        "column": serializers.CharField(help_text="Blank: the whole row."),
        "heading": serializers.CharField(help_text="The column's heading in the file."),
        "value": serializers.CharField(),
        "detail": serializers.CharField(help_text="What is wrong, and what to do."),
    },
)
ONE_IMPORT = serializer(
    "PortfolioImport",
    IMPORT_FIELDS
    | {
        "items": PROBLEM(many=True, help_text="Every problem, row by row."),
        "next": serializers.URLField(allow_null=True),
    },
)
JOB = serializer(
    "Job",
    {
        "id": serializers.IntegerField(),
        "state": serializers.ChoiceField(JobState.choices),
        "stalled": serializers.BooleanField(help_text="Nobody has worked at it for minutes: the next worker goes on."),
        "stage": serializers.CharField(),
        "done": serializers.IntegerField(),
        "total": serializers.IntegerField(),
        "sentence": serializers.CharField(help_text="How it ended."),
        "started": serializers.DateTimeField(),
        "finished": serializers.DateTimeField(allow_null=True),
        **COUNTS,
        "import": serializers.URLField(help_text="The import, with every problem."),
        "to_mend": serializers.URLField(allow_null=True),
    },
)


def address(request: Request, name: str, *args: Any) -> str:
    return request.build_absolute_uri(reverse(name, args=args))


def to_mend(request: Request, imported: Import) -> str | None:
    there = imported.problems and not imported.forgotten_at
    return address(request, "registry_api:import_to_mend", imported.pk, "csv") if there else None


def numbers(imported: Import) -> dict[str, int]:
    return {name: getattr(imported, name) for name in COUNTS}


def job_answer(request: Request, imported: Import, status: int) -> HttpResponse:
    """The job, with where it is and when to ask again."""
    job: Job = imported.job
    said = {
        "id": job.pk,
        "state": job.state,
        "stalled": job.is_silent(timezone.now()),
        "stage": job.stage,
        "done": job.done,
        "total": job.total,
        "sentence": job.sentence,
        "started": job.started_at.isoformat(),
        "finished": job.finished_at.isoformat() if job.finished_at else None,
        **numbers(imported),
        "import": address(request, "registry_api:import", imported.pk),
        "to_mend": to_mend(request, imported),
    }
    response = HttpResponse(as_json(said), status=status, content_type="application/json")
    response["Location"] = reverse("registry_api:job", args=[job.pk])
    if job.state not in ENDED:
        response["Retry-After"] = RETRY_SECONDS
    return response


class Importing(Writing):
    """Whoever imports for a body. Of others' imports nobody learns that they are there."""

    def found(self, request: Request, **which: int) -> tuple[Import, Actor]:
        """Raises NotAuthenticated, Http404."""
        actor = self.signed(request)
        related = Import.objects.select_related("job", "organisation")
        imported = related.filter(**which).first() if max(which.values()) <= LARGEST_ID else None
        if imported is None or not may_declare(actor, imported.organisation):
            raise Http404("There is no such import of the token’s body.")
        return imported, actor


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
        actor = self.signed(request)
        if refused := too_large(request):
            return refused
        sent = sent_in(request)
        body = body_named(sent.organisation)
        if not may_declare(actor, body):
            raise exceptions.PermissionDenied(f"The token may not declare what {body} does.")

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


class OneJob(Importing):
    http_method_names = ("get", "head", "options")

    @extend_schema(
        operation_id="get_job",
        summary="How far an import is",
        description="Ask again after as many seconds as Retry-After says; without it the job has ended.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[NUMBER],
        responses={(200, "application/json"): JOB, **problems("unauthenticated", "not-found", "not-acceptable")},
    )
    def get(self, request: Request, key: int) -> HttpResponseBase:
        imported, _actor = self.found(request, job=key)
        return job_answer(request, imported, 200)


class OneImport(Importing):
    http_method_names = ("get", "head", "options", "delete")

    @extend_schema(
        operation_id="get_import",
        summary="One import, with every problem of its rows",
        tags=[TAG],
        auth=TOKEN,
        parameters=[
            NUMBER,
            OpenApiParameter(
                "after", OpenApiTypes.INT, description="The row after which the page begins, from `next`."
            ),
            OpenApiParameter(
                "limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}, description="Rows."
            ),
        ],
        responses={
            (200, "application/json"): ONE_IMPORT,
            **problems("bad-parameter", "unauthenticated", "not-found", "not-acceptable"),
        },
    )
    def get(self, request: Request, key: int) -> HttpResponseBase:
        imported, _actor = self.found(request, pk=key)
        after, limit = whole(request, "after", 0, 0, LAST_ROW), whole(request, "limit", USUAL, 1, MOST)
        lines = list(imported.lines.filter(outcome="problem", number__gt=after).order_by("number")[: limit + 1])
        shown, more = lines[:limit], len(lines) > limit
        said = {
            "id": imported.pk,
            "organisation": imported.organisation.slug,
            "name": imported.name,
            "state": imported.state,
            "sheet": imported.sheet,
            **numbers(imported),
            "columns": dict(zip(imported.headings, imported.columns, strict=False)),
            "job": address(request, "registry_api:job", imported.job_id),
            "page": address(request, "registry:job", imported.job_id),
            "to_mend": to_mend(request, imported),
            "items": [one for line in shown for one in problems_of(line, imported)],
            "next": f"{address(request, 'registry_api:import', imported.pk)}?after={shown[-1].number}&limit={limit}"
            if more
            else None,
        }
        return HttpResponse(as_json(said), content_type="application/json")

    @extend_schema(
        operation_id="drop_import",
        summary="Cancel an import, or drop its preview",
        description="Nothing of it is saved. One that is applied is taken back by a person, on its page.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[NUMBER],
        responses={204: None, **problems("unauthenticated", "not-found", "conflict", "not-acceptable")},
    )
    def delete(self, request: Request, key: int) -> HttpResponseBase:
        imported, actor = self.found(request, pk=key)
        drop_import(imported=imported, by=actor)
        return HttpResponse(status=204)


def has_body(request: Request) -> bool:
    return request.META.get("CONTENT_LENGTH") not in (None, "", "0")


def whole(request: Request, name: str, usual: int, least: int, most: int) -> int:
    text = request.query_params.get(name, str(usual))
    if not text.isdecimal() or len(text) > 10 or not least <= int(text) <= most:
        raise BadParameter([ParameterError(name, "invalid", f"{name}: write a whole number from {least} to {most}.")])
    return int(text)


def problems_of(line: Any, imported: Import) -> list[dict[str, Any]]:
    named = dict(zip(imported.columns, imported.headings, strict=False))
    return [
        {"row": line.number, "column": column, "heading": named.get(column, ""), "value": value, "detail": sentence}
        for column, value, sentence in line.problems
    ]


class Applying(Importing):
    http_method_names = ("post", "options")

    @extend_schema(
        operation_id="apply_import",
        summary="Publish the rows of a preview",
        description="A worker does it, in one act: follow Location. Applied already, it answers how that ended.",
        tags=[TAG],
        auth=TOKEN,
        parameters=[NUMBER, KEY],
        request=ApplySerializer,
        responses={
            (200, "application/json"): JOB,
            (202, "application/json"): JOB,
            **problems(*REFUSALS, "key-reused"),
        },
    )
    def post(self, request: Request, key: int) -> HttpResponseBase:
        imported, actor = self.found(request, pk=key)

        def act() -> HttpResponse:
            given = self.checked(request, ApplySerializer) if has_body(request) else {}
            try:
                apply_import(imported=imported, wish=Wish(given.get("apply", Wish.GOOD)), by=actor)
            except AlreadyImported:
                return job_answer(request, imported, 200)
            run_imports.delay_on_commit()
            imported.job.refresh_from_db()
            return job_answer(request, imported, 202)

        return once(request, actor, act)


class ToMend(Importing):
    http_method_names = ("get", "head", "options")

    @extend_schema(
        operation_id="get_rows_to_mend",
        summary="The rows with a problem, to be mended and sent again",
        tags=[TAG],
        auth=TOKEN,
        parameters=[NUMBER, OpenApiParameter("form", OpenApiTypes.STR, OpenApiParameter.PATH, enum=["csv", "xlsx"])],
        responses={
            (200, "text/csv"): OpenApiTypes.BINARY,
            (200, TYPES["xlsx"]): OpenApiTypes.BINARY,
            **problems("unauthenticated", "not-found"),
        },
    )
    def get(self, request: Request, key: int, form: str) -> HttpResponseBase:
        imported, _actor = self.found(request, pk=key)
        if form not in ("csv", "xlsx") or to_mend(request, imported) is None:
            raise Http404("There are no such rows.")
        content = written(form, mending_heading(imported), mending_rows(imported))
        response = HttpResponse(content, content_type=TYPES[form])
        response["Content-Disposition"] = f'attachment; filename="to-mend-{imported.pk}.{form}"'
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """The address says in what form it answers."""
