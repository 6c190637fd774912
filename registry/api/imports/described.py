"""What is sent and answered about imports, and who may ask."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from commons.api.description import serializer
from commons.api.views import in_json
from commons.listing.text import as_json
from registry.api.declaring import Declaring
from registry.models import Import, ImportState, Job, JobState, Wish
from registry.models.job import ENDED
from registry.permissions import Actor, may_declare
from registry.spreadsheets import LARGEST_FILE

TAG = "Imports"
LARGEST_REQUEST = LARGEST_FILE + 1_000_000
LARGEST_JSON = 2_000_000
RETRY_SECONDS = "2"
USUAL, MOST = 500, 1_000  # rows with problems on a page
LAST_ROW = 2**31 - 1
LARGEST_ID = 2**63 - 1
NUMBER = OpenApiParameter("key", OpenApiTypes.INT, OpenApiParameter.PATH, description="Its number.")


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
    response = in_json(as_json(said), status)
    response["Location"] = reverse("registry_api:job", args=[job.pk])
    if job.state not in ENDED:
        response["Retry-After"] = RETRY_SECONDS
    return response


class Importing(Declaring):
    """Whoever imports for a body. Of others' imports nobody learns that they are there."""

    def found(self, request: Request, **which: int) -> tuple[Import, Actor]:
        """Raises NotAuthenticated, Http404."""
        actor = self.signed(request)
        related = Import.objects.select_related("job", "organisation")
        imported = related.filter(**which).first() if max(which.values()) <= LARGEST_ID else None
        if imported is None or not may_declare(actor, imported.organisation):
            raise Http404("There is no such import of the token’s body.")
        return imported, actor
