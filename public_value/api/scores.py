"""Scores for programs: of the editions that count, and of every revision that was published once."""

from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from commons.api.description import ReferenceSerializer, describe_list, describe_one, fields_of, serializer
from commons.api.views import DetailView, ListView
from commons.listing.text import as_json
from public_value.api.editions import LABEL, REVISION, edition_of, revision_of
from public_value.api.savings import TWO_SAVINGS, both_bases
from public_value.beside import HIGHER, LOWER, MOST_NAMED, NOT_TOLD_APART, beside
from public_value.gate import face
from public_value.listings import RevisionScoreListing, ScoreLineListing, ScoreListing
from public_value.methodology import ENOUGH_PEERS
from public_value.models import Edition, EditionComment, Score

LINE = serializer("ScoreLine", fields_of(ScoreLineListing.columns))
SETTLEMENT = serializer(
    "DisputeSettlement",
    {"note": serializers.CharField(help_text="How the dispute was settled."), "at": serializers.DateField()},
)
COMMENT = serializer(
    "EditionComment",
    {
        "function": serializers.CharField(allow_null=True, help_text="Slug; null: on the whole."),
        "text": serializers.CharField(help_text="In the body's words."),
        "disputed": serializers.BooleanField(help_text="The body says that the figure is wrong."),
        "at": serializers.DateField(),
        "settlement": SETTLEMENT(allow_null=True, help_text="Null: not disputed, or not settled."),
    },
)
BESIDE = serializer(
    "ScoreBeside",
    {
        "organisation": ReferenceSerializer(),
        "relation": serializers.ChoiceField(
            [HIGHER, LOWER, NOT_TOLD_APART],
            help_text="That body is higher or lower in at least 90 of 100 common draws, or cannot be told apart.",
        ),
    },
)
ABOUT_BESIDE = (
    "The bodies that it may be compared with and which of them can be told apart from it, from A to Z: of more than "
    f"{MOST_NAMED} the nearest in points. Null without a score, among fewer than ten, and where no draws are kept."
)
ONE_SCORE = serializer(
    "Score",
    fields_of(ScoreListing.columns)
    | TWO_SAVINGS
    | {
        "beside": BESIDE(many=True, allow_null=True, help_text=ABOUT_BESIDE),
        "lines": LINE(many=True),
        "comments": COMMENT(many=True),
    },
)


@extend_schema_view(get=extend_schema(parameters=[LABEL]))
@describe_list(ScoreListing(), "Score", "Scores", "not-found")
class Scores(ListView):
    listing = ScoreListing()

    def get(self, request, label: str, **kwargs: Any) -> HttpResponseBase:
        self.listing = ScoreListing(edition_of(label))
        return super().get(request, **kwargs)


@extend_schema_view(get=extend_schema(parameters=[LABEL, REVISION]))
@describe_list(RevisionScoreListing(), "RevisionScore", "Scores", "not-found")
class RevisionScores(ListView):
    listing = RevisionScoreListing()

    def get(self, request, label: str, revision: int, **kwargs: Any) -> HttpResponseBase:
        self.listing = RevisionScoreListing(revision_of(label, revision))
        return super().get(request, **kwargs)


@extend_schema_view(get=extend_schema(parameters=[LABEL]))
@describe_one("score", "Scores", ONE_SCORE, "The organisation's slug.")
class OneScore(DetailView):
    """What one body gets in an edition and what sharing could save it, with every line that they are the sums of."""

    noun = "score"

    def get(self, request, label: str, key: str, **kwargs: Any) -> HttpResponseBase:
        self.edition = edition_of(label)
        return super().get(request, key=key, **kwargs)

    def text(self, key: str) -> str | None:
        return text_of(self.edition, key)


@extend_schema_view(get=extend_schema(parameters=[LABEL, REVISION]))
@describe_one("revision score", "Scores", ONE_SCORE, "The organisation's slug.")
class OneRevisionScore(DetailView):
    """What one body got in a revision, whether a correction took its place or not: the same as of an edition."""

    noun = "score"

    def get(self, request, label: str, revision: int, key: str, **kwargs: Any) -> HttpResponseBase:
        self.edition = revision_of(label, revision)
        return super().get(request, key=key, **kwargs)

    def text(self, key: str) -> str | None:
        return text_of(self.edition, key)


def text_of(edition: Edition, organisation: str) -> str | None:
    scores = Score.objects.of(edition).listed().select_related("rank_group")
    score = scores.filter(organisation__slug=organisation).first()
    if score is None:
        return None
    score.edition = edition
    lines = list(ScoreLineListing(score).select({}).rows())
    more = savings_of(score)
    more |= {"beside": beside_of(score), "lines": lines, "comments": comments_of(score)}
    return as_json(ScoreListing(edition).one(pk=score.pk) | more)


def savings_of(score: Score) -> dict[str, dict | None]:
    return both_bases(score.savings.values("basis", "scenario", "annual", "npv10"))


def beside_of(score: Score) -> list[dict[str, Any]] | None:
    rows = beside(score) if face(score).is_score else []
    told = [row for row in rows if row.relation is not None]
    if len(rows) < ENOUGH_PEERS or not told:
        return None
    return [{"organisation": {"slug": row.slug, "name": row.name}, "relation": row.relation} for row in told]


def comments_of(score: Score) -> list[dict[str, Any]]:
    """What the body says of its score, in the order in which it said so, and how a dispute was settled."""
    return [
        {
            "function": comment.function.slug if comment.function else None,
            "text": comment.text,
            "disputed": comment.disputed,
            "at": timezone.localdate(comment.at),
            "settlement": settlement_of(comment),
        }
        for comment in EditionComment.objects.of_score(score)
    ]


def settlement_of(comment: EditionComment) -> dict[str, Any] | None:
    if not comment.is_settled:
        return None
    return {"note": comment.settlement.note, "at": timezone.localdate(comment.settlement.at)}
