"""The live preview for programs: watermarked in every answer, behind the same gate, and in no list of editions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from commons.api.description import describe_list, describe_one, fields_of, parameter, problems, serializer
from commons.api.views import DetailView, ListView, ReadView, only
from commons.listing.text import as_json
from public_value.api.what_if import FACE, face_of
from public_value.gate import face
from public_value.listings import PreviewScoreListing
from public_value.models import Preview, PreviewRefusal, Score
from public_value.presenters import preview as preview_page
from public_value.presenters.edition import coverage
from public_value.views.preview import current

NOTICE = (
    "Live preview: it follows the registry and changes with every statement. It is not published; only editions may be "
    "quoted."
)
WATERMARK = {
    "preview": serializers.BooleanField(help_text="Always true."),
    "notice": serializers.CharField(help_text="For whoever shows these figures: it belongs beside them."),
    "calculated_at": serializers.DateTimeField(
        help_text="When all of it was calculated anew; statements since then are in it, but for those that wait."
    ),
    "snapshot_date": serializers.DateField(help_text="The day that ages are measured at: the first of the month."),
    "measured_with": serializers.CharField(
        allow_null=True, help_text="The edition whose yardstick it has. Null: the catalogue's own."
    ),
    "waiting": serializers.IntegerField(help_text="Organisations whose figures a write has changed and that wait."),
    "being_made": serializers.BooleanField(help_text="All of it is being calculated anew."),
    "refusal": serializers.CharField(allow_null=True, help_text="Why it cannot be made anew. Null: it can."),
}
KIND = serializer(
    "PreviewKind",
    {
        "slug": serializers.CharField(allow_null=True, help_text="Of the peer group. Null: none is stated."),
        "name": serializers.CharField(),
        **{
            name: serializers.IntegerField(help_text=words)
            for name, words in (
                ("bodies", "Bodies of it."),
                ("score", "Those with a score."),
                ("band", "Those with a range alone."),
                ("none", "Those without a number."),
            )
        },
    },
)
ONE_PREVIEW = serializer(
    "Preview",
    WATERMARK
    | {
        "method_version": serializers.CharField(),
        "params_hash": serializers.CharField(help_text="SHA-256 of the method's parameters as canonical JSON."),
        "seed": serializers.CharField(),
        "draws": serializers.IntegerField(),
        "coverage": KIND(many=True, help_text="How many bodies of each kind get a score, from A to Z."),
    },
)
LAST = serializer("PreviewLastEdition", {"label": serializers.CharField(), **FACE().fields})
ONE_SCORE = serializer(
    "PreviewScore",
    fields_of(PreviewScoreListing.columns)
    | WATERMARK
    | {"last_edition": LAST(allow_null=True, help_text="What the latest edition shows of it. Null: it is in none.")},
)


class PreviewView(ReadView):
    """Reads the pointer once for an answer. No search engine keeps what is not published."""

    def initial(self, request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.preview = current()
        if self.preview is None:
            refused = PreviewRefusal.objects.first()
            raise Http404(f"There is no live preview yet. {refused}" if refused else NONE)

    def finalize_response(self, request, response: HttpResponseBase, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response


NONE = "There is no live preview yet. It begins by itself when the registry holds public bodies."


@extend_schema_view(
    get=extend_schema(
        operation_id="get_preview",
        summary="The live preview",
        tags=["Live preview"],
        parameters=[parameter("format", "As the Accept header.", enum=["json"])],
        responses={(200, "application/json"): ONE_PREVIEW, **problems("bad-parameter", "not-found", "not-acceptable")},
    )
)
class OnePreview(PreviewView):
    """What an edition would say of what is recorded now. It follows the registry, and is not published."""

    def get(self, request, **kwargs: Any) -> HttpResponseBase:
        asked: HttpRequest = request._request
        only(asked.GET, ("format",))
        return self.answer(asked, lambda: (as_json(about(self.preview)).encode(), ""))


@describe_list(PreviewScoreListing(), "PreviewScore", "Live preview", "not-found")
class PreviewScores(PreviewView, ListView):
    listing = PreviewScoreListing()

    def get(self, request, **kwargs: Any) -> HttpResponseBase:
        self.listing = PreviewScoreListing(self.preview)
        return super().get(request, **kwargs)


@describe_one("preview score", "Live preview", ONE_SCORE, "The organisation's slug.")
class OnePreviewScore(PreviewView, DetailView):
    """What one body gets in the live preview, beside what the latest edition shows of it."""

    noun = "score in the live preview"

    def text(self, key: str) -> str | None:
        score = Score.objects.of(self.preview.edition).listed().filter(organisation__slug=key).first()
        if score is None:
            return None
        row = PreviewScoreListing(self.preview).one(pk=score.pk)
        return as_json(row | watermark(self.preview) | {"last_edition": last_edition(score.organisation_id)})


def about(preview: Preview) -> dict[str, Any]:
    edition = preview.edition
    names = ("method_version", "params_hash", "seed", "draws")
    kinds = [{"slug": row["slug"], "name": str(row["label"])} | counted(row) for row in coverage(edition)]
    return watermark(preview) | {name: getattr(edition, name) for name in names} | {"coverage": kinds}


def counted(row: dict) -> dict[str, int]:
    return {name: row[name] for name in ("bodies", "score", "band", "none")}


def watermark(preview: Preview) -> dict[str, Any]:
    said = preview_page.about(preview)
    return {
        "preview": True,
        "notice": NOTICE,
        "calculated_at": preview.ready_at.isoformat(),
        "snapshot_date": preview.edition.snapshot_date,
        "measured_with": preview.basis.label if preview.basis else None,
        "waiting": said["waiting"],
        "being_made": said["building"] is not None,
        "refusal": preview.refusal,
    }


def last_edition(organisation: int) -> dict[str, Any] | None:
    score = preview_page.last_score(organisation)
    return score and {"label": score.edition.label} | face_of(face(score))
