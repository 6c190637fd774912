"""From the temporary tables to the arrays of the methodology: sums for every organisation, rows for a few at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from public_value.evidence import basis, facts
from public_value.evidence.bodies import Bodies, bodies
from public_value.evidence.transfer import fetch
from public_value.methodology import Evidence, Parameters, Rows

ROWS_AT_ONCE = 50_000
"""Declarations in memory at a time where they are needed one by one: 25 MB, and 500 MB where many of them run their own
system beside fifty shared components, each of which is an offer."""

_KEYS = {"organisation_id": "bigint", "evolution": "smallint", "kind": "smallint", "evidence": "smallint"}
_AMOUNTS = ("mass", "fresh", "adopted", "open_adopted", "published")

# One declaration's amounts, exactly as `methodology.Rows` asks for them.
AMOUNTS = """
    SELECT organisation_id, evolution, kind, evidence, pilot, declaration_id, envelope * share AS mass,
           envelope * share * freshness AS fresh,
           CASE WHEN credited THEN envelope * share * freshness ELSE 0 END AS adopted,
           CASE WHEN credited THEN envelope * share * freshness * openness ELSE 0 END AS open_adopted,
           CASE WHEN published THEN envelope * share ELSE 0 END AS published, cost, {relief}
    FROM pv_fact
"""
RELIEF = (
    "CASE WHEN burden IS NULL THEN 0 ELSE envelope * share - least(envelope * share, burden / {g}) END AS relief_{n}"
)


@dataclass(frozen=True)
class Gathered:
    """What an edition is computed from: `evidence` holds `bodies` in the same order."""

    bodies: Bodies
    evidence: Evidence


def gather(parameters: Parameters, snapshot: date, organisations: Sequence[int] | None = None) -> Gathered:
    """Gather the evidence on some organisations, by their ids, or on all, as it is recorded now, at a snapshot date.

    Leaves `pv_component`, `pv_cell`, `pv_fact` and `pv_left_out` behind for what is asked next in the same connection.
    Refused, with a sentence, where benchmarks contradict each other or a price year has no deflator.
    """
    basis.prepare(parameters, snapshot)
    facts.prepare(parameters, snapshot, organisations)
    found = bodies(snapshot, organisations)
    return Gathered(
        found, evidence_of(found, rows_of(parameters, found, fetch(sums(parameters), columns_of(parameters))))
    )


def evidence_of(found: Bodies, rows: Rows) -> Evidence:
    """What the arithmetic is handed: bodies, and their rows."""
    return Evidence(
        uid=found.slug,
        group=found.group,
        frontline=found.frontline,
        admin=found.admin,
        reuse=found.reuse,
        contributions=found.contributions,
        envelope=found.envelope,
        peer_groups=found.peer_groups,
        rows=rows,
    )


def declarations(parameters: Parameters, gathered: Gathered) -> Iterator[tuple[Rows, NDArray[np.int64]]]:
    """The live rows one by one, with the declaration's id of each, in parts that hold whole organisations."""
    columns = columns_of(parameters) | {"declaration_id": "bigint"}
    for first, last in parts():
        rows = fetch(
            f"SELECT {', '.join(columns)} "
            f"FROM ({_amounts(parameters)}) amounts "
            f"WHERE organisation_id BETWEEN {first:d} AND {last:d} ORDER BY organisation_id, declaration_id",
            columns,
        )
        yield rows_of(parameters, gathered.bodies, rows), rows["declaration_id"].astype(np.int64)


def sums(parameters: Parameters, *more: str) -> str:
    """The query of the sums over `pv_fact`, with `more` aggregates at the end of its columns."""
    summed = [f"sum({name} ORDER BY declaration_id) AS {name}" for name in _names(parameters)]
    return (
        f"SELECT organisation_id, evolution, kind, evidence, pilot, {', '.join([*summed, *more])} "
        f"FROM ({_amounts(parameters)}) amounts GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"
    )


def rows_of(parameters: Parameters, found: Bodies, rows: NDArray[np.void]) -> Rows:
    """Rows as they were fetched, for the arithmetic."""
    relief = [name for name in _names(parameters) if name.startswith("relief_")]
    return Rows(
        organisation=np.searchsorted(found.id, rows["organisation_id"]),
        evolution=rows["evolution"].astype(np.int64),
        kind=rows["kind"].astype(np.int64),
        evidence=rows["evidence"].astype(np.int64),
        pilot=rows["pilot"].astype(np.bool_),
        relief=np.stack([rows[name].astype(np.float64) for name in relief], axis=1),
        **{name: rows[name].astype(np.float64) for name in _AMOUNTS},
    )


def _amounts(parameters: Parameters) -> str:
    grid = enumerate(parameters.laws.g_grid)
    return AMOUNTS.format(relief=", ".join(RELIEF.format(g=f"{g!r}::float8", n=n) for n, g in grid))


def _names(parameters: Parameters) -> list[str]:
    return [*_AMOUNTS, *(f"relief_{n}" for n in range(len(parameters.laws.g_grid)))]


def columns_of(parameters: Parameters) -> dict[str, str]:
    """The columns of the sums, with their types."""
    return _KEYS | {"pilot": "boolean"} | dict.fromkeys(_names(parameters), "float8")


def parts() -> Iterator[tuple[int, int]]:
    """First and last organisation of parts of about `ROWS_AT_ONCE` declarations."""
    counts = fetch(
        "SELECT organisation_id, count(*) AS declarations FROM pv_fact GROUP BY 1 ORDER BY 1",
        {"organisation_id": "bigint", "declarations": "bigint"},
    )
    part = np.cumsum(counts["declarations"].astype(np.int64)) // ROWS_AT_ONCE
    for number in np.unique(part):
        members = counts["organisation_id"][part == number]
        yield int(members[0]), int(members[-1])
