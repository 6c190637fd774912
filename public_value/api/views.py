from typing import Any

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from commons.api.description import ReferenceSerializer, describe_list, describe_one, fields_of, serializer
from commons.api.views import DetailView, ListView
from commons.listing.errors import shown
from commons.listing.text import as_json
from public_value.api.robustness import ROBUSTNESS
from public_value.beside import HIGHER, LOWER, MOST_NAMED, NOT_TOLD_APART, beside
from public_value.gate import face
from public_value.listings import EditionListing, ScoreLineListing, ScoreListing, savings_of
from public_value.methodology import ENOUGH_PEERS
from public_value.models import Edition, EditionComment, Score
from public_value.savings import SCENARIOS

LABEL = OpenApiParameter("label", OpenApiTypes.STR, OpenApiParameter.PATH, description="The edition's label: 2026Q3.")

ONE_EDITION = serializer(
    "Edition",
    fields_of(EditionListing.columns)
    | {
        "parameters": serializers.DictField(help_text="The method's parameter file."),
        "peer_groups": serializers.DictField(help_text="By peer group: its label, unit, parent, goalposts, means."),
        "functions": serializers.DictField(help_text="By function: what is shared, how concentrated. Never scored."),
        "robustness": ROBUSTNESS(allow_null=True, help_text="Null in editions calculated before it was."),
    },
)
LINE = serializer("ScoreLine", fields_of(ScoreLineListing.columns))
COMMENT = serializer(
    "EditionComment",
    {
        "function": serializers.CharField(allow_null=True, help_text="Slug; null: on the whole."),
        "text": serializers.CharField(help_text="In the body's words."),
        "disputed": serializers.BooleanField(help_text="The body says that the figure is wrong."),
        "at": serializers.DateField(),
    },
)
FIGURES = {
    "annual": serializers.FloatField(help_text="Steady saving a year."),
    "npv10": serializers.FloatField(help_text="Net present value over the method's horizon; may be negative."),
}
SCENARIO = serializer("SavingScenario", FIGURES)
SAVINGS = serializer("Savings", {scenario: SCENARIO() for scenario in SCENARIOS})
ABOUT_SAVINGS = (
    "What sharing could save: an estimate to two significant figures in prices of the base year, no part of the score. "
    "{} Null where there is no system to work it out from. Not to be added to the other."
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
    | {
        "savings": SAVINGS(allow_null=True, help_text=ABOUT_SAVINGS.format("Where cost and share are stated.")),
        "savings_modelled": SAVINGS(allow_null=True, help_text=ABOUT_SAVINGS.format("Where one of them is assumed.")),
        "beside": BESIDE(many=True, allow_null=True, help_text=ABOUT_BESIDE),
        "lines": LINE(many=True),
        "comments": COMMENT(many=True),
    },
)


def edition_of(label: str) -> Edition:
    found = None if "\x00" in label else Edition.objects.listed().filter(label=label).first()
    if found is None:
        raise Http404(f"There is no edition “{shown(label)}”.")
    return found


@describe_list(EditionListing(), "Edition", "Editions")
class Editions(ListView):
    listing = EditionListing()


@describe_one("edition", "Editions", ONE_EDITION, "The edition's label.")
class OneEdition(DetailView):
    """An edition with its parameters, the yardsticks of each peer group, what is used for each function, and how far
    its scores depend on the way of adding up."""

    noun = "edition"

    def text(self, key: str) -> str | None:
        found = Edition.objects.listed().filter(label=key).first()
        if found is None:
            return None
        more = {"peer_groups": found.peer_groups, "functions": found.function_figures}
        more["robustness"] = found.robustness or None
        parts = as_json(EditionListing().one(pk=found.pk) | more)
        return f'{parts[:-1]},"parameters":{found.parameters.strip()}}}'


@extend_schema_view(get=extend_schema(parameters=[LABEL]))
@describe_list(ScoreListing(), "Score", "Scores", "not-found")
class Scores(ListView):
    listing = ScoreListing()

    def get(self, request, label: str, **kwargs: Any) -> HttpResponseBase:
        self.listing = ScoreListing(edition_of(label))
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
        scores = Score.objects.of(self.edition).listed().select_related("edition", "rank_group")
        score = scores.filter(organisation__slug=key).first()
        if score is None:
            return None
        lines = list(ScoreLineListing(score).select({}).rows())
        more = savings_of(score) | {"beside": beside_of(score), "lines": lines, "comments": comments_of(score)}
        return as_json(ScoreListing(self.edition).one(pk=score.pk) | more)


def beside_of(score: Score) -> list[dict[str, Any]] | None:
    rows = beside(score) if face(score).is_score else []
    told = [row for row in rows if row.relation is not None]
    if len(rows) < ENOUGH_PEERS or not told:
        return None
    return [{"organisation": {"slug": row.slug, "name": row.name}, "relation": row.relation} for row in told]


def comments_of(score: Score) -> list[dict[str, Any]]:
    """What the body says of its score, in the order in which it said so."""
    comments = EditionComment.objects.filter(edition=score.edition_id, organisation=score.organisation_id)
    return [
        {
            "function": comment.function.slug if comment.function else None,
            "text": comment.text,
            "disputed": comment.disputed,
            "at": timezone.localdate(comment.at),
        }
        for comment in comments.select_related("function")
    ]
