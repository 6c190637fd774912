"""What may be chosen beside the text, and which entries meet a choice: as SQL for a list, as arrays for its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import connection

from catalogue.models import FACET_BITS, ComponentKind, Hosting, Lifecycle, Price, SearchFacet
from catalogue.search.entry_copy import DAY, EntryCopy

# What has no row among the terms, for the code knows its only value: every source of the component has failed too long.
OF_SOURCE, GONE = 100, "gone"
FACETS = {facet.label: int(facet) for facet in SearchFacet} | {"source": OF_SOURCE}
NAMES = {number: name for name, number in FACETS.items()}
NO_TERM = -1
YEAR, EXPIRY = timedelta(days=365), timedelta(days=1095)
AGES = ("never", "expired", "ageing", "confirmed")

# Where having no value is a choice of its own, and counted.
NOT_STATED = "not_stated"
MAY_BE_BLANK = ("lifecycle", "licence", "standard", "hosting", "price", "steward_type")
# Values that the code knows have terms that it knows too; the others are numbered by the database from 1000.
KNOWN_VALUES = {
    SearchFacet.KIND: ComponentKind.values,
    SearchFacet.LIFECYCLE: Lifecycle.values,
    SearchFacet.HOSTING: Hosting.values,
    SearchFacet.PRICE: Price.values,
}
FIXED = {
    (facet, value): (facet << FACET_BITS) + place
    for facet, values in KNOWN_VALUES.items()
    for place, value in enumerate(values, start=100 * facet)
}
FIXED[OF_SOURCE, GONE] = (OF_SOURCE << FACET_BITS) + 50


@dataclass(frozen=True)
class Terms:
    """Having one of these terms, or where `blank` names a facet, no term of it at all."""

    numbers: tuple[int, ...]
    blank: int | None = None

    def sql(self) -> tuple[str, list[Any]]:
        if self.blank is None:
            return "terms && %s::int[]", [list(self.numbers)]
        without = f"NOT EXISTS (SELECT FROM unnest(terms) term WHERE term >> {FACET_BITS} = %s)"
        return f"(terms && %s::int[] OR {without})", [list(self.numbers), self.blank]

    def met(self, entries: EntryCopy) -> np.ndarray:
        having = entries.having(self.numbers)
        return having if self.blank is None else having | entries.lacking(self.blank)


@dataclass(frozen=True)
class Lacking:
    """Having none of these terms."""

    numbers: tuple[int, ...]

    def sql(self) -> tuple[str, list[Any]]:
        return "NOT terms && %s::int[]", [list(self.numbers)]

    def met(self, entries: EntryCopy) -> np.ndarray:
        if not np.isin(entries.known, self.numbers).any():
            return np.ones(len(entries), dtype=bool)
        return ~entries.having(self.numbers)


@dataclass(frozen=True)
class Ages:
    """Being of one of these `AGES`, by their places, where each of them but the first begins on one of the `days`."""

    chosen: tuple[int, ...]
    days: tuple[int, ...]

    def sql(self) -> tuple[str, list[Any]]:
        return f"width_bucket({DAY}, %s::int[]) = ANY(%s::int[])", [list(self.days), list(self.chosen)]

    def met(self, entries: EntryCopy) -> np.ndarray:
        return np.isin(ages(entries, self.days), self.chosen)


Choice = Terms | Lacking | Ages


def ages(entries: EntryCopy, days: tuple[int, ...]) -> np.ndarray:
    """Each entry's place in `AGES`."""
    return np.searchsorted(days, entries.days, side="right")


def age_days(on: date) -> tuple[int, ...]:
    """The days on which `AGES` begin, after the first; day 1 is the first that there is, see `DAY`."""
    return 1, (on - EXPIRY).toordinal(), (on - YEAR).toordinal()


def choices(values: Mapping[str, list[str]], on: date) -> dict[str, Choice]:
    """What was chosen of each facet, by its name. What is gone at its source is found where it is asked for alone."""
    made: dict[str, Choice] = {
        name: Terms(tuple(sorted(ids)), int(FACETS[name]) if NOT_STATED in values[name] else None)
        for name, ids in term_ids(values).items()
    }
    if "source" not in made:
        made["source"] = Lacking((FIXED[OF_SOURCE, GONE],))
    if chosen := values.get("freshness"):
        made["freshness"] = Ages(tuple(sorted(AGES.index(value) for value in chosen)), age_days(on))
    return made


def term_ids(values: Mapping[str, list[str]]) -> dict[str, list[int]]:
    """The terms of the chosen values of each facet; what is for everybody is for every peer group."""
    chosen = {name: values[name] for name in FACETS if values.get(name)}
    stated = {name: [value for value in these if value != NOT_STATED] for name, these in chosen.items()}
    wanted = [(int(FACETS[name]), value) for name, these in stated.items() for value in these]
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
        numbers[NAMES[facet]].append(known.get((facet, value), NO_TERM))
    return numbers
