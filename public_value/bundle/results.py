"""Every number of an edition that is published, and none that the gate hides: `results.json`."""

import csv
import io
from collections.abc import Collection, Mapping
from datetime import date
from zipfile import ZipFile

from public_value.exporting import export_edition
from public_value.gate import Face, face
from public_value.models import Edition, Score


def published_results(
    edition: Edition, organisations: Collection[str], held: Collection[str], drafts: Mapping[str, str]
) -> dict[str, object]:
    """Results of the bodies named in `organisations`, by slug. `held` get no number; `drafts` are named otherwise."""
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
            )
            for score in shown
        },
        "functions": full["functions"],
    }


def existed(snapshot: ZipFile, on: date) -> set[str]:
    """Of the bodies in a pack those that had begun on a day, and not ended."""
    if "organisations.csv" not in snapshot.namelist():
        return set()
    rows = csv.DictReader(io.StringIO(snapshot.read("organisations.csv").decode(), newline=""))
    day = on.isoformat()
    return {row["organisation"] for row in rows if (row["start"] or day) <= day and not "" < row["end"] <= day}


def _entry(score: Score, shown: Face, full: dict | None) -> dict[str, object]:
    group = score.peer_group.slug if score.peer_group else None
    entry: dict[str, object] = {"peer_group": group, "missing": score.missing, "grade": score.grade}
    if full is None:
        return entry | {"published": shown.published_as}
    if shown.is_score:
        points = {"score": shown.score, "low": shown.low, "high": shown.high}
        return full | entry | {"rank_interval": _rank(score, shown), "face": points}
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
