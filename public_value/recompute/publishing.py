"""What may be published of what was computed: a score with all its parts, a band, or no number (1.10, 1.12)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from math import floor

from public_value.recompute.lacking import lacking
from public_value.recompute.ranking import shown_ranks
from public_value.recompute.reading import Organisation, Pack


def published_entries(
    pack: Pack,
    computed: Mapping[str, dict],
    drawn: Mapping[str, Sequence[float]],
    params: dict,
    held: Collection[str] = (),
    paused: Mapping[str, Collection[str]] | None = None,
) -> dict[str, dict]:
    """An entry for each body that existed on the snapshot's day, by uid. Those that are `held` show no number, and the
    functions that are `paused`, by body, show not what they add. `drawn`: the draws of the bodies that get a score.
    """
    listed = [one for uid, one in sorted(pack.organisations.items()) if existed(one, pack.snapshot)]
    ranks = shown_ranks(pack, {one.uid: drawn[one.uid] for one in listed if one.uid in drawn and one.uid not in held})
    entries = {one.uid: published_entry(pack, one, computed.get(one.uid), ranks.get(one.uid), params) for one in listed}
    shown = {uid: without_paused(entry, (paused or {}).get(uid, ())) for uid, entry in entries.items()}
    return {uid: held_back(entry) if uid in held else entry for uid, entry in shown.items()}


def without_paused(entry: dict, paused: Collection[str]) -> dict:
    """What disputed functions add is null; the score, its parts and the savings of the whole stay (AG-17)."""
    if "function_contributions" not in entry:
        return entry
    added = entry["function_contributions"].items()
    return entry | {"function_contributions": {name: None if name in paused else points for name, points in added}}


def bodies_with_score(pack: Pack, computed: Mapping[str, dict]) -> list[str]:
    """Those that existed on the snapshot's day and have grade A to C, held or not, by uid."""
    scored = [uid for uid, entry in sorted(computed.items()) if entry["published"] == "score"]
    return [uid for uid in scored if existed(pack.organisations[uid], pack.snapshot)]


def held_back(entry: dict) -> dict:
    """Of a score that somebody looks at first (AG-14), what is no number of it."""
    completeness = entry.get("completeness", entry.get("indicators", {}).get("K"))
    kept = {name: entry[name] for name in ("peer_group", "missing", "grade", "excluded")}
    return kept | {"published": "held", "completeness": completeness}


def existed(organisation: Organisation, on: date) -> bool:
    begun = organisation.start is None or organisation.start <= on
    return begun and (organisation.end is None or organisation.end > on)


def published_entry(pack: Pack, organisation: Organisation, full: dict | None, rank: dict | None, params: dict) -> dict:
    """Grades A to C: everything, and the whole points of the pages. D: the band in whole points. E: no number."""
    entry: dict = {"peer_group": organisation.peer_group or None, "missing": lacking(pack, organisation, full, params)}
    if full is None:
        return entry | {"grade": "E", "published": "not_published"}
    if full["published"] == "score":
        return entry | full | {"rank_interval": rank} | {"face": {"score": whole(full["pvi"]), **band_of(full)}}
    entry |= {name: full[name] for name in ("grade", "published", "excluded")}
    if full["published"] == "band":
        return entry | {"completeness": full["indicators"]["K"], "face": band_of(full)}
    return entry | {"completeness": full["indicators"]["K"]}


def band_of(full: Mapping) -> dict[str, int]:
    """The printed band holds the score: [min(score, P5), max(score, P95)], in whole points."""
    return {
        "low": whole(min(full["pvi"], full["mc"]["p5"])),
        "high": whole(max(full["pvi"], full["mc"]["p95"])),
    }


def whole(points: float) -> int:
    """Rounded half up, as people round."""
    return floor(points + 0.5)
