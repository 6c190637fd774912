"""How the published scores of an edition came from those of the one before: `trends.json`."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from public_value.models import Edition, PublishedAs, ScoreTrend

_POINTS = ("catalogue", "time", "declared", "p5", "p95", "higher", "lower")


def published_trends(edition: Edition, organisations: Collection[str], held: Collection[str]) -> dict[str, object]:
    """The trends of the bodies named in `organisations`, by slug, but for those that are `held`, where both scores are
    published; `since` which edition; and `renamed`: the name here of each component that has another one there."""
    earlier = edition.compared_with
    return {
        "since": {name: getattr(earlier, name) for name in ("label", "revision", "snapshot_hash")},
        "renamed": renamed(earlier.snapshot.drafts, edition.snapshot.drafts),
        "organisations": {
            trend.score.organisation.slug: {name: getattr(trend, name) for name in _POINTS}
            for trend in _published(edition)
            if trend.score.organisation.slug in organisations and trend.score.organisation.slug not in held
        },
    }


def renamed(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """By the name in the earlier snapshot that in the later one, where they differ; given is how each hides drafts. It
    tells of no component that was public in neither."""
    return {
        then.get(slug, slug): now.get(slug, slug) for slug in sorted({*then, *now}) if then.get(slug) != now.get(slug)
    }


def _published(edition: Edition) -> QuerySet[ScoreTrend]:
    trends = ScoreTrend.objects.since_shown().filter(score__edition=edition, score__published_as=PublishedAs.SCORE)
    return trends.select_related("score__organisation").order_by("score__organisation__slug")
