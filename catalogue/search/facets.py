"""Which rows are found and how they divide, read in one pass over the narrow table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection

from catalogue.models import FACET_BITS, ComponentKind, Lifecycle, SearchFacet

FACETS = {facet.label: facet for facet in SearchFacet}
NO_TERM = -1
YEAR, EXPIRY = timedelta(days=365), timedelta(days=1095)
SINCE = ("confirmed >= %s", "confirmed >= %s", "confirmed IS NOT NULL", "true")
HEAD = np.dtype([("component", ">i8"), ("score", ">f8")])

# Kinds and lifecycles are known to the code, so their terms are too; the others are numbered by the database from 1000.
FIXED = {
    (facet, value): (facet << FACET_BITS) + place
    for facet, values in ((SearchFacet.KIND, ComponentKind.values), (SearchFacet.LIFECYCLE, Lifecycle.values))
    for place, value in enumerate(values, start=100 * facet)
}
# A text is looked up in its index, whatever the planner makes of it: it does not see that reading the table itself
# means fetching every entry's words from where wide columns are kept, which is a hundred times dearer.
BY_INDEX = "SET LOCAL enable_seqscan = off; "


@dataclass
class Condition:
    """SQL that an entry meets or not, with its parameters."""

    sql: str
    params: list[Any]


@dataclass
class Division:
    """What a search found: `components` and their `scores`, and how many rows each facet's values have.

    `total` rows were found; `matched` met the text, whatever was chosen beside it. `counts` is None where only the
    rows were asked for.
    """

    components: np.ndarray
    scores: np.ndarray
    total: int
    matched: int
    counts: Mapping[int, int] | None = None
    freshness: Mapping[str, int] = field(default_factory=dict)

    def counted(self) -> "Division":
        """Its numbers alone, which take little room."""
        return replace(self, components=self.components[:0], scores=self.scores[:0])


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
    year, expiry = on - YEAR, on - EXPIRY
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
    flags = {name: f"f{place}" for place, name in enumerate(chosen)}
    met = " AND ".join(flags.values()) or "true"
    columns = [f"string_agg({each}, '') FILTER (WHERE {met})" for each in ("head", "packed")]
    columns += [f"string_agg(packed, '') FILTER (WHERE {only_failing(name, flags)})" for name in flags]
    around = " AND ".join(flag for name, flag in flags.items() if name != "freshness") or "true"
    columns += [f"count(*) FILTER (WHERE {since} AND {around})" for since in SINCE]
    row = ask(columns, matching, chosen, [on - YEAR, on - EXPIRY])
    counts = tally(row[1])
    for name, packed in zip(flags, row[2:], strict=False):
        for term, count in tally(packed).items() if name in FACETS else ():
            if term >> FACET_BITS == FACETS[name]:
                counts[term] = counts.get(term, 0) + count
    return division(row[0], row[-1], counts, ages(*row[-5:-1]))


def ages(year: int, expiry: int, ever: int, all_of_them: int) -> dict[str, int]:
    """How many were confirmed when, from how many were since a year ago, since the expiry, ever, and all."""
    return {"confirmed": year, "ageing": expiry - year, "expired": ever - expiry, "never": all_of_them - ever}


def only_failing(name: str, flags: Mapping[str, str]) -> str:
    return " AND ".join(f"NOT {flag}" if other == name else flag for other, flag in flags.items())


def find(matching: Condition, chosen: dict[str, Condition]) -> Division:
    """Only which rows are found, without counts. The choices narrow what the text found: it has the better index."""
    met = " AND ".join(f"f{place}" for place, _ in enumerate(chosen)) or "true"
    head, matched = ask([f"string_agg(head, '') FILTER (WHERE {met})"], matching, chosen)
    return division(head, matched)


def ask(columns: list[str], matching: Condition, chosen: dict[str, Condition], given: Iterable[Any] = ()) -> tuple:
    """The aggregates over the matching entries, and how many match. An entry has a flag `f…` for every choice."""
    flags = "".join(f", {each.sql} AS f{place}" for place, each in enumerate(chosen.values()))
    # OFFSET 0: each flag is worked out once a row, not once for each aggregate that asks for it.
    sql = f"""SELECT {", ".join(columns)}, count(*) FROM (
        SELECT head, packed, confirmed{flags} FROM catalogue_searchentry WHERE {matching.sql} OFFSET 0
    ) entry"""
    params = [*given, *(value for each in chosen.values() for value in each.params), *matching.params]
    with connection.cursor() as cursor:
        if not matching.params:  # everything is wanted: the table itself is the shortest way
            cursor.execute(sql, params)
        else:
            by_index(cursor, sql, params)
        return cursor.fetchone()


def by_index(cursor, sql: str, params: list[Any]) -> None:
    """Ask in one trip with the setting, which ends with the question, or with the transaction around it."""
    cursor.execute(BY_INDEX + sql, params)
    cursor.nextset()


def as_array(numbers: Iterable[int]) -> str:
    """For a parameter that is an array: one text is handed over ten times faster than a list."""
    return f"{{{','.join(map(str, numbers))}}}"


def all_of(these) -> Condition:
    these = list(these)
    return Condition(
        " AND ".join(f"({each.sql})" for each in these) or "true", [value for each in these for value in each.params]
    )


def division(packed: bytes | None, matched: int, *counted: Mapping) -> Division:
    read = np.frombuffer(packed or b"", dtype=HEAD)
    return Division(read["component"].astype(np.int64), read["score"].astype(np.float64), len(read), matched, *counted)


def tally(packed: bytes | None) -> dict[int, int]:
    """How often each term stands in `packed`. Its running number is enough to count by, and counts without sorting."""
    terms = np.frombuffer(packed or b"", dtype=">i4").astype(np.int32)
    numbers = terms & ((1 << FACET_BITS) - 1)
    counts = np.bincount(numbers)
    whole = np.zeros(len(counts), dtype=np.int32)
    whole[numbers] = terms
    had = np.flatnonzero(counts)
    return dict(zip(whole[had].tolist(), counts[had].tolist(), strict=True))
