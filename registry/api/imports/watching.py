"""What came of a file: its job, its import with every problem, applying and dropping it."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from commons.api.description import problems
from commons.api.views import in_json
from commons.listing.errors import BadParameter, ParameterError
from commons.listing.text import as_json
from registry.actions.imports import AlreadyImported, apply_import, drop_import
from registry.api.imports.described import (
    JOB,
    LAST_ROW,
    MOST,
    NUMBER,
    ONE_IMPORT,
    TAG,
    USUAL,
    ApplySerializer,
    Importing,
    address,
    job_answer,
    numbers,
    to_mend,
)
from registry.api.once import KEY, once
from registry.api.writing import REFUSALS, TOKEN
from registry.models import Import, Wish
from registry.portfolio_file.writing import TYPES, written
from registry.tasks import run_imports
from registry.workspace.importing.files import mending_heading, mending_rows


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
        return in_json(as_json(said))

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
