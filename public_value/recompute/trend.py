"""What changed a score since an earlier edition: its yardstick, the day, and what the body stated (1.13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from public_value.recompute.cells import Body
from public_value.recompute.draws import drawn_dials, drawn_scores, quantile, stream
from public_value.recompute.edition import bodies_of
from public_value.recompute.reading import pack_of, read_pack, settings_of, tables_of
from public_value.recompute.records import Pack
from public_value.recompute.scores import score
from public_value.recompute.sharing import sharing_of

STATED = ("organisations", "volumes", "accounts", "contributions", "adoptions", "duplicates", "suspended")
EQUAL = 9  # decimals to which two draws are compared


@dataclass(frozen=True)
class Recorded:
    """What an edition was computed from: the folder of its snapshot, its day, its seed and its draws."""

    pack: Path
    day: date
    seed: str
    draws: int


def trends_between(then: Recorded, now: Recorded, params: dict, renamed: Mapping[str, str]) -> dict[str, dict]:
    """The trend of each body that has a score beside the same kind of bodies in both editions, by uid.

    `renamed`: the names that components which were not public then have now.
    """
    pack_now = read_pack(now.pack, now.day, params)
    sharing = sharing_of(pack_now, params)
    pack_then = read_pack(then.pack, then.day, params)
    before = bodies_of(pack_then, sharing_of(pack_then, params), params)
    yardstick, day = (
        bodies_of(measured_anew(then.pack, now.pack, on, renamed), sharing, params) for on in (then.day, now.day)
    )
    after = bodies_of(pack_now, sharing, params)
    same = [uid for uid in after if uid in before and group_of(before[uid]) == group_of(after[uid])]
    dials = [drawn_dials(stream(now.seed, "G"), draw, params) for draw in range(now.draws)]

    def drawn(body: Body) -> list[float]:
        return drawn_scores(body, dials, stream(now.seed, f"O:{body.organisation.uid}"), params)

    def points(body: Body) -> float:
        return score(body, params)["pvi"]

    return {
        uid: {
            "catalogue": points(yardstick[uid]) - points(before[uid]),
            "time": points(day[uid]) - points(yardstick[uid]),
            "declared": points(after[uid]) - points(day[uid]),
            **paired_draws(drawn(before[uid]), drawn(after[uid])),
        }
        for uid in same
    }


def group_of(body: Body) -> str:
    return body.organisation.peer_group


def paired_draws(before: list[float], after: list[float]) -> dict[str, float]:
    rises = [round(late - early, EQUAL) for early, late in zip(before, after, strict=True)]
    return {
        "p5": quantile(rises, 0.05),
        "p95": quantile(rises, 0.95),
        "higher": sum(rise > 0 for rise in rises) / len(rises),
        "lower": sum(rise < 0 for rise in rises) / len(rises),
    }


def measured_anew(then: Path, now: Path, on: date, renamed: Mapping[str, str]) -> Pack:
    """What bodies stated then, with everything else as it is now, on a day."""
    stated = {name: [named_anew(row, renamed) for row in rows] for name, rows in tables_of(then).items()}
    stewards = {row["component"]: row.get("stewards", "") for row in stated["components"]}
    tables = tables_of(now)
    tables["components"] = [row | {"stewards": stewards.get(row["component"], "")} for row in tables["components"]]
    return pack_of(settings_of(now), tables | {name: stated[name] for name in STATED}, on, strict=False)


def named_anew(row: dict[str, str], renamed: Mapping[str, str]) -> dict[str, str]:
    component = row.get("component", "")
    return row | {"component": renamed[component]} if component in renamed else row
