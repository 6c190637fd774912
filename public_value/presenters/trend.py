"""How a score came from an earlier one, and what other editions said of the same body."""

from datetime import date
from statistics import median

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from commons.formatting import number
from public_value.gate import face
from public_value.models import Edition, PublishedAs, Score, ScoreTrend
from public_value.presenters.adding import apportioned, hundredths, written
from public_value.presenters.publication import address
from public_value.presenters.words import headline
from public_value.wording import TREND

PARTS = ("catalogue", "time", "declared")
MOST_EDITIONS = 12  # that a page names
_FACE = ("published_as", "grade", "pvi", "p5", "p95")


def trends_of_score() -> ArraySubquery:
    """For a query of scores: the trend that may be shown, at most one, with the score before."""
    fields = {name: name for name in (*PARTS, "p5", "p95", "higher", "lower")}
    trend = JSONObject(before="previous__pvi", **fields)
    return ArraySubquery(ScoreTrend.objects.since_shown().filter(score=OuterRef("pk")).values(trend=trend))


def faces_elsewhere() -> ArraySubquery:
    """For a query of scores: what other editions that can be compared with its own show of the body."""
    alike = Q(edition__method_version=OuterRef("edition__method_version"))
    alike &= Q(edition__benchmark_edition=OuterRef("edition__benchmark_edition"), peer_group=OuterRef("peer_group"))
    of_body = Score.objects.listed().filter(alike, organisation=OuterRef("organisation"))
    others = of_body.filter(edition__in=Edition.objects.listed()).exclude(edition=OuterRef("edition"))
    shown = JSONObject(
        label="edition__label",
        day=Cast("edition__snapshot_date", CharField()),
        held="held",
        **{name: name for name in _FACE},
    )
    return ArraySubquery(others.order_by(F("edition__snapshot_date").desc()).values(face=shown)[:MOST_EDITIONS])


def of_score(score: Score, *, is_shown: bool) -> dict:
    """`change`, None where none may be shown, with `why_not`; `editions`, the body's faces in others that can be
    compared with this one, the latest first. `score` is as `score.described` gives it: no query."""
    told = {"change": since(score) if is_shown else None, "editions": [elsewhere(one) for one in score.elsewhere]}
    return told | {"why_not": why_not(score.edition) if is_shown and told["change"] is None else ""}


def since(score: Score) -> dict | None:
    """The change of a score that is shown."""
    if not score.trends:
        return None
    told = dict(score.trends[0])
    before, after = hundredths(told.pop("before")), hundredths(score.pvi)
    points = apportioned([told[part] for part in PARTS], after - before)
    earlier = score.edition.compared_with
    return {
        "since": str(earlier),
        "href": address(earlier),
        "before": written(before),
        "rows": [{**TREND[part], "points": signed(value)} for part, value in zip(PARTS, points, strict=True)],
        "after": written(after),
        "sentence": certainty(ScoreTrend(**told)),
    }


def why_not(edition: Edition) -> str:
    if edition.compared_with is None:
        return _("There is no earlier edition of the same method and benchmarks to compare with.")
    return _("It had no score beside bodies of the same kind in %(label)s, so no change is shown.") % {
        "label": edition.compared_with
    }


def certainty(trend: ScoreTrend) -> str:
    """Whether the change stands out from what other reasonable choices would make of both scores."""
    said = {"higher": round(100 * trend.higher), "lower": round(100 * trend.lower)}
    if not trend.is_significant:
        words = _(
            "The change cannot be told from none: of 100 calculations with other reasonable choices, it rises in "
            "%(higher)s and falls in %(lower)s."
        )
    elif trend.higher > trend.lower:
        words = _("The score rose: so it does in %(higher)s of 100 calculations with other reasonable choices.")
    else:
        words = _("The score fell: so it does in %(lower)s of 100 calculations with other reasonable choices.")
    return words % said


def signed(points: int) -> str:
    """Hundredths of a change: “+1.20”, “−0.40”, “0.00”."""
    return f"+{written(points)}" if points > 0 else written(points)


def elsewhere(one: dict) -> dict:
    shown = face(Score(**{name: one[name] for name in _FACE}), held=one["held"])
    return {"label": one["label"], "day": date.fromisoformat(one["day"]), "headline": headline(shown)}


def of_edition(edition: Edition) -> dict | None:
    """How many scores rose and fell, of those that may be shown in both editions, and the median of each part of the
    change. None where it begins at no other edition. Two queries."""
    if edition.compared_with is None:
        return None
    scores = Score.objects.of(edition).listed().filter(published_as=PublishedAs.SCORE, held=False)
    trends = list(ScoreTrend.objects.since_shown().filter(score__in=scores))
    sure = [trend for trend in trends if trend.is_significant]
    rose = sum(trend.higher > trend.lower for trend in sure)
    counts = {"bodies": len(trends), "rose": rose, "fell": len(sure) - rose, "open": len(trends) - len(sure)}
    return {
        "since": str(edition.compared_with),
        "href": address(edition.compared_with),
        **{name: number(count) for name, count in counts.items()},
        "medians": medians(trends) if trends else [],
    }


def medians(trends: list[ScoreTrend]) -> list[dict]:
    return [
        {**TREND[part], "points": signed(hundredths(median(getattr(trend, part) for trend in trends)))}
        for part in PARTS
    ]
