"""Which rows are found and how they divide, read in one pass over the narrow table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection

from catalogue.models import FACET_BITS, ComponentKind, Lifecycle, SearchFacet

FACETS = {facet.label: facet for facet in SearchFacet}
NO_TERM = -1
HEAD = np.dtype([("component", ">i8"), ("score", ">f8")])

# Kinds and lifecycles are known to the code, so their terms are too; the others are numbered by the database from 1000.
FIXED = {
    (facet, value): (facet << FACET_BITS) + place
    for facet, values in ((SearchFacet.KIND, ComponentKind.values), (SearchFacet.LIFECYCLE, Lifecycle.values))
    for place, value in enumerate(values, start=1)
}


@dataclass
class Condition:
    """SQL that an entry meets or not, with its parameters."""

    sql: str
    params: list[Any]


@dataclass
class Division:
    """What a search found: `components` and `scores` best first, and how many rows each facet's values have."""

    components: np.ndarray
    scores: np.ndarray
    counts: Mapping[int, int] = field(default_factory=dict)
    freshness: Mapping[str, int] = field(default_factory=dict)


def term_ids(values: Mapping[str, list[str]]) -> dict[str, list[int]]:
    """The terms of the chosen values of each facet; what is for everybody is for every peer group."""
    chosen = {name: values[name] for name in FACETS if values.get(name)}
    wanted = [(int(FACETS[name]), value) for name, these in chosen.items() for value in these]
    if "peer_group" in chosen:
        wanted.append((int(SearchFacet.PEER_GROUP), ""))
    known = dict(FIXED)
    if unknown := [pair for pair in wanted if pair not in known]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT facet, value, id FROM catalogue_searchterm"
                " WHERE (facet, value) IN (SELECT * FROM unnest(%s::int[], %s::text[]))",
                [[facet for facet, _ in unknown], [value for _, value in unknown]],
            )
            known |= {(facet, value): number for facet, value, number in cursor.fetchall()}
    numbers: dict[str, list[int]] = {name: [] for name in chosen}
    for facet, value in wanted:
        numbers[SearchFacet(facet).label].append(known.get((facet, value), NO_TERM))
    return numbers


def fresh(value: str, on: date) -> Condition:
    """The SQL of one value of the filter `freshness`."""
    year, expiry = on - timedelta(days=365), on - timedelta(days=1095)
    return {
        "confirmed": Condition("confirmed >= %s", [year]),
        "ageing": Condition("confirmed < %s AND confirmed >= %s", [year, expiry]),
        "expired": Condition("confirmed < %s", [expiry]),
        "never": Condition("confirmed IS NULL", []),
    }[value]


def conditions(values: Mapping[str, list[str]], on: date) -> dict[str, Condition]:
    """The SQL of every chosen facet, by its name."""
    made = {name: Condition("terms && %s::int[]", [sorted(numbers)]) for name, numbers in term_ids(values).items()}
    if chosen := values.get("freshness"):
        ways = [fresh(value, on) for value in chosen]
        sql = " OR ".join(f"({way.sql})" for way in ways)
        made["freshness"] = Condition(f"coalesce({sql}, false)", [each for way in ways for each in way.params])
    return made


def divide(matching: Condition, chosen: dict[str, Condition], on: date) -> Division:
    """Count rows by every value of every facet. A facet's own choice does not narrow its own counts.

    A row that meets all choices counts everywhere; one that fails a single one counts only among its facet's values.
    """
    names = list(chosen)
    met = all_of(chosen[name] for name in names)
    columns = [Condition(f"string_agg(head, ''::bytea) FILTER (WHERE {met.sql})", met.params)]
    columns.append(Condition(f"string_agg(packed, ''::bytea) FILTER (WHERE {met.sql})", met.params))
    for name in names:
        others = but(chosen, name)
        columns.append(Condition(f"string_agg(packed, ''::bytea) FILTER (WHERE {others.sql})", others.params))
    around = but(chosen, "freshness")
    ages = ("confirmed", "ageing", "expired", "never")
    for way in (fresh(age, on) for age in ages):
        columns.append(Condition(f"count(*) FILTER (WHERE {way.sql} AND {around.sql})", way.params + around.params))
    row = ask(columns, matching)
    components, scores = best_first(row[0])
    counts = tally(row[1])
    for name, packed in zip(names, row[2:], strict=False):
        if name in FACETS:
            counts = {term: n for term, n in counts.items() if term >> FACET_BITS != FACETS[name]}
            counts |= {term: n for term, n in tally(packed).items() if term >> FACET_BITS == FACETS[name]}
    return Division(components, scores, counts, dict(zip(ages, row[-4:], strict=True)))


def find(matching: Condition) -> Division:
    """Only which rows are found, best first, without counts."""
    return Division(*best_first(ask([Condition("string_agg(head, ''::bytea)", [])], matching)[0]))


def ask(columns: list[Condition], matching: Condition) -> tuple:
    sql = f"SELECT {', '.join(column.sql for column in columns)} FROM catalogue_searchentry WHERE {matching.sql}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [each for column in columns for each in column.params] + matching.params)
        return cursor.fetchone()


def all_of(these) -> Condition:
    these = list(these)
    return Condition(
        " AND ".join(f"({each.sql})" for each in these) or "true", [value for each in these for value in each.params]
    )


def but(chosen: dict[str, Condition], name: str) -> Condition:
    """Every choice except the one of `name`."""
    return all_of(condition for other, condition in chosen.items() if other != name)


def best_first(packed: bytes | None) -> tuple[np.ndarray, np.ndarray]:
    heads = np.frombuffer(packed or b"", dtype=HEAD)
    components, scores = heads["component"].astype(np.int64), heads["score"].astype(np.float64)
    order = np.lexsort((components, scores))[::-1]
    return components[order], scores[order]


def tally(packed: bytes | None) -> dict[int, int]:
    terms, counts = np.unique(np.frombuffer(packed or b"", dtype=">i4").astype(np.int32), return_counts=True)
    return dict(zip(terms.tolist(), counts.tolist(), strict=True))
