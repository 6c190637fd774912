"""Scores from A to Z: of an edition, of a revision, of the live preview, of one kind of body."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from catalogue.models import PeerGroup
from commons.listing import Asked, Column, Filter, Fixed, QueryListing, Rows, Sort
from commons.listing.rows import labelled, reference
from commons.listing.selection import Row
from public_value.gate import HELD, Face, face
from public_value.methodology import DIMENSIONS
from public_value.models import Edition, Preview, PublishedAs, Score, ScoreTrend
from public_value.wording import DIMENSIONS as NAMES
from public_value.wording import GRADES, TREND

_FACTS = (
    *("published_as", "grade", "pvi", "p5", "p95", *DIMENSIONS),
    *(f"contribution_{name}" for name in DIMENSIONS),
    *("shown_rank_low", "shown_rank_high", "rank_members"),
)
SHOWN_AS = dict(PublishedAs.choices) | {HELD: "Held for review"}
_PARTS = tuple(TREND.items())
_TREND = (*TREND, "higher", "lower")
_PLAIN = ("pvi_peer_imputed", "pvi_max", "K", "V", "T", "missing")


class ScoreListing(QueryListing):
    """What each body gets in an edition, from A to Z and never by value. Compare only bodies of one peer group.

    `score` stands for grades A to C; for D there is only the range `low` to `high`, for E neither. `missing` says what
    keeps a body from a score. `rank_low` to `rank_high` of `rank_members` is a place among bodies of `rank_group`, and
    never one across kinds.
    """

    name = "scores"
    columns = (
        Column("organisation", "Organisation", kind="ref"),
        Column("comparable_with", "Compare only with", "The peer group of the body in this edition.", kind="ref"),
        Column("published_as", "Shown as", kind="choice", choices=SHOWN_AS),
        Column("grade", "Confidence", kind="choice", choices=GRADES),
        Column("score", "Score", "0 to 100, whole points.", kind="number"),
        Column("low", "Range from", kind="number"),
        Column("high", "Range to", kind="number"),
        Column("rank_low", "Place from", "1 is the highest. Null where fewer than ten are compared.", kind="number"),
        Column("rank_high", "Place to", "Places are a range: from P5 to P95 of the draws.", kind="number"),
        Column("rank_members", "Of so many scores", kind="number"),
        Column("rank_group", "Place among", "Its peer group, or the nearest parent of ten scores.", kind="ref"),
        *(Column(name, f"Points for {NAMES[name].lower()}", kind="number") for name in DIMENSIONS),
        Column("balance", "Points lost to imbalance", kind="number"),
        *(
            Column(f"part_{name}", f"Part of the score from {NAMES[name].lower()}", kind="number")
            for name in DIMENSIONS
        ),
        Column("peer_imputed", "Score if the rest were like its peers'", kind="number"),
        Column("most", "Score if the rest were all shared", kind="number"),
        Column("K", "Completeness", "Part of its work that declarations explain, 0 to 1.", kind="number"),
        Column("V", "Verification", "Strength of the evidence, 0 to 1.", kind="number"),
        Column("T", "Timeliness", "Freshness of the declarations, 0 to 1.", kind="number"),
        Column("missing", "What is missing", "Codes, explained in the guide.", kind="list"),
        Column("since", "Changed since", "The earlier edition, where the body had a score in it."),
        Column("change", "Change", "Points since then: the sum of the next three.", kind="number"),
        *(Column(f"change_{part}", said["name"], f"Points. {said['about']}", kind="number") for part, said in _PARTS),
        Column("change_is_sure", "Change stands out", "9 of 10 paired draws agree that it rose, or fell.", kind="flag"),
    )
    filters = (
        Filter("q", "Name", kind="text", many=False),
        Filter(
            "peer_group",
            "Kind of body",
            choices=Rows(PeerGroup.objects.all(), label="label"),
            field="peer_group__slug",
            label_field="peer_group__label",
        ),
        Filter("published_as", "Shown as", choices=Fixed(tuple(SHOWN_AS.items())), field="shown_as"),
        Filter("grade", "Confidence", choices=Fixed(GRADES), field="grade"),
    )
    sorts = (Sort("organisation", "A to Z", ("organisation__name",)),)
    default_sort = "organisation"
    fields = {
        "organisation_slug": "organisation__slug",
        "organisation_name": "organisation__name",
        "held": "held",
        "comparable_with_slug": "peer_group__slug",
        "comparable_with_name": "peer_group__label",
        "balance_penalty": "balance_penalty",
        "rank_group_slug": "rank_group__slug",
        "rank_group_name": "rank_group__label",
        "since": "trend__previous__edition__label",
        "shown_before": "shown_before",
        **{f"trend_{name}": f"trend__{name}" for name in _TREND},
        **{name: name for name in (*_FACTS, *_PLAIN)},
    }

    def __init__(self, edition: Edition | None = None) -> None:
        self.edition = edition

    def base(self, asked: Asked) -> QuerySet:
        is_held = Q(held=True) & ~Q(published_as=PublishedAs.NOT_PUBLISHED)
        shown_as = Case(When(is_held, then=Value(HELD)), default=F("published_as"))
        before = ScoreTrend.objects.since_shown().filter(score=OuterRef("pk"))
        return Score.objects.of(self.edition).listed().annotate(shown_as=shown_as, shown_before=Exists(before))

    def narrow_q(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        text = values[0]
        return queryset.filter(Q(organisation__name__icontains=text) | Q(organisation__slug__icontains=text))

    def row(self, values: Row) -> Row:
        score = Score(edition=self.edition, **{name: values[name] for name in _FACTS})
        shown = face(score, held=values["held"])
        parts = [f"part_{name}" for name in DIMENSIONS]
        open_figures: dict[str, Any] = dict.fromkeys((*DIMENSIONS, *parts, "balance", "peer_imputed", "most"))
        if shown.is_score:
            open_figures = {name: round(score.contribution(name), 2) for name in DIMENSIONS}
            open_figures |= dict(zip(parts, (round(points, 2) for points in score.euler), strict=True))
            open_figures["balance"] = round(values["balance_penalty"], 2)
            open_figures["peer_imputed"] = round(values["pvi_peer_imputed"])
            open_figures["most"] = round(values["pvi_max"])
        made = {
            "organisation": reference(values, "organisation"),
            "comparable_with": reference(values, "comparable_with"),
            "published_as": shown.published_as,
            "score": shown.score,
            "low": shown.low,
            "high": shown.high,
            "rank_low": shown.rank_low,
            "rank_high": shown.rank_high,
            "rank_members": shown.rank_members,
            "rank_group": reference(values, "rank_group") if shown.rank_members else None,
            **{name: None if values[name] is None else round(values[name], 4) for name in "KVT"},
        }
        return labelled(self.columns, values | made | open_figures | change_of(values, shown))


def change_of(values: Row, shown: Face) -> Row:
    """The change of a score and its parts, where both scores may be shown."""
    if not (shown.is_score and values["shown_before"]):
        return dict.fromkeys(("since", "change", *(f"change_{part}" for part in TREND), "change_is_sure"))
    trend = ScoreTrend(**{name: values[f"trend_{name}"] for name in _TREND})
    parts = {f"change_{part}": round(getattr(trend, part), 4) for part in TREND}
    return {"since": values["since"], "change": round(trend.change, 4), "change_is_sure": trend.is_significant} | parts


class RevisionScoreListing(ScoreListing):
    """What each body got in a revision that was published once, from A to Z. A correction may have taken its place."""

    name = "revision-scores"


class PreviewScoreListing(ScoreListing):
    """What each body gets in the live preview, from A to Z: it follows the registry and is not published. Only editions
    may be quoted. Compare only bodies of one peer group."""

    name = "preview-scores"
    columns = (
        Column("preview", "Live preview", "Always true: it follows the registry and is not published.", kind="flag"),
        Column("calculated_at", "Calculated anew", "When all of it was; each statement since then is in it too."),
        *ScoreListing.columns,
    )

    def __init__(self, preview: Preview | None = None) -> None:
        super().__init__(preview.edition if preview else None)
        self.calculated_at = preview.ready_at.isoformat() if preview else None

    def row(self, values: Row) -> Row:
        return super().row(values | {"preview": True, "calculated_at": self.calculated_at})


class ScoresOfOneKind(ScoreListing):
    """The bodies of one kind, from A to Z: there is no list across kinds."""

    filters = tuple(
        Filter(known.name, known.label, many=False, choices=known.choices, field=known.field, facet=False)
        if known.name == "peer_group"
        else known
        for known in ScoreListing.filters
        if known.name in ("q", "peer_group")
    )

    def base(self, asked: Asked) -> QuerySet:
        scores = super().base(asked)
        return scores if asked.value("peer_group") else scores.none()
