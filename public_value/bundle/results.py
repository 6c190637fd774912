"""Every number of an edition that is published, and none that the gate hides: `results.json`."""

import csv
import io
from collections.abc import Collection, Mapping
from datetime import date
from zipfile import ZipFile

from public_value.exporting import export_edition
from public_value.gate import Face, face
from public_value.ladder import figures
from public_value.models import Edition, RealisedSaving, Score


def published_results(
    edition: Edition,
    organisations: Collection[str],
    held: Collection[str],
    paused: Mapping[str, Collection[str]],
    drafts: Mapping[str, str],
) -> dict[str, object]:
    """Results of the bodies named in `organisations`, by slug. `held` get no number, `paused` functions of a body no
    contribution; `drafts` are named otherwise.

    `robustness` and `sensitivity` are None where the edition was computed before they were.
    """
    full = export_edition(edition, drafts)
    computed: dict[str, dict] = full["organisations"]
    scores = list(Score.objects.of(edition).select_related("organisation", "peer_group", "rank_group"))
    shown = [score for score in scores if score.organisation.slug in organisations]
    return {
        "label": edition.label,
        "revision": edition.revision,
        "organisations": {
            score.organisation.slug: _entry(
                score,
                face(score, held=score.organisation.slug in held),
                computed.get(score.organisation.slug),
                paused=paused.get(score.organisation.slug, ()),
            )
            for score in shown
        },
        "functions": full["functions"],
        "ladder": figures(edition, Score.objects.of(edition).filter(organisation__slug__in=organisations)),
        "robustness": edition.robustness or None,
        "sensitivity": edition.sensitivity or None,
    }


def realised_savings(edition: Edition, organisations: Collection[str]) -> list[dict[str, object]]:
    """What the bodies named in `organisations`, by slug, have saved: the rows of `realised.csv`."""
    kept = RealisedSaving.objects.filter(score__edition=edition, score__organisation__slug__in=organisations)
    rows = kept.select_related("score__organisation", "function")
    return [
        {
            "organisation": row.score.organisation.slug,
            "function": row.function.slug,
            "evidence": row.evidence,
            "before": row.before,
            "after": row.after,
            "saving": row.before - row.after,
            "since": row.since.isoformat(),
        }
        for row in rows.order_by("score__organisation__slug", "function__slug")
    ]


def existed(snapshot: ZipFile, on: date) -> set[str]:
    """Of the bodies in a pack those that had begun on a day, and not ended."""
    if "organisations.csv" not in snapshot.namelist():
        return set()
    rows = csv.DictReader(io.StringIO(snapshot.read("organisations.csv").decode(), newline=""))
    day = on.isoformat()
    return {row["organisation"] for row in rows if (row["start"] or day) <= day and not "" < row["end"] <= day}


def _entry(score: Score, shown: Face, full: dict | None, *, paused: Collection[str]) -> dict[str, object]:
    group = score.peer_group.slug if score.peer_group else None
    entry: dict[str, object] = {"peer_group": group, "missing": score.missing, "grade": score.grade}
    if full is None:
        return entry | {"published": shown.published_as}
    if shown.is_score:
        points = {"score": shown.score, "low": shown.low, "high": shown.high}
        adds = {name: None if name in paused else added for name, added in full["function_contributions"].items()}
        return full | entry | {"function_contributions": adds, "rank_interval": _rank(score, shown), "face": points}
    entry |= {"published": shown.published_as, "excluded": full["excluded"], "completeness": score.K}
    return entry | {"face": {"low": shown.low, "high": shown.high}} if shown.is_band else entry


def _rank(score: Score, shown: Face) -> dict[str, object] | None:
    """The place that is shown: in which peer group, among how many."""
    if shown.rank_members is None:
        return None
    return {
        "low": shown.rank_low,
        "high": shown.rank_high,
        "members": shown.rank_members,
        "group": score.rank_group.slug,
    }
