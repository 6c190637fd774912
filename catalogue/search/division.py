"""Which of some entries meet the choices, and how they divide by the values of every facet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from catalogue.models import FACET_BITS
from catalogue.search.entry_copy import EntryCopy
from catalogue.search.facets import AGES, FACETS, MAY_BE_BLANK, Choice, age_days, ages


@dataclass(frozen=True, eq=False)
class Counts:
    """`total` entries were found; `numbers` of them have each of the `known` terms, and so many are of each age.

    `blanks` are those that have no value of a facet, by its name.
    """

    total: int
    known: NDArray
    numbers: NDArray
    freshness: Mapping[str, int]
    blanks: Mapping[str, int]
    names: Mapping[int, tuple[str, str]]

    @cached_property
    def some(self) -> tuple[NDArray, NDArray, NDArray]:
        """(terms, numbers) of those that any have, and where each facet's begin."""
        some = np.flatnonzero(self.numbers)
        terms = self.known[some]
        return terms, self.numbers[some], np.searchsorted(terms >> FACET_BITS, np.arange(max(FACETS.values()) + 2))

    def of(self, facet: int) -> tuple[NDArray, NDArray]:
        """(terms, numbers) of one facet, those that any have."""
        terms, numbers, begins = self.some
        return terms[begins[facet] : begins[facet + 1]], numbers[begins[facet] : begins[facet + 1]]


class Division:
    """`entries` divided by the choices. A facet's own choice does not narrow its own counts.

    An entry that meets all choices counts everywhere; one that fails a single one counts only among its facet's values.
    """

    def __init__(self, entries: EntryCopy, choices: Mapping[str, Choice], on: date):
        self.entries, self.on = entries, on
        self.failed = {name: ~choice.met(entries) for name, choice in choices.items()}
        self.failures = sum(self.failed.values(), np.zeros(len(entries), dtype=np.int8))

    @cached_property
    def found(self) -> np.ndarray:
        """Which entries meet all choices."""
        return self.failures == 0

    @cached_property
    def components(self) -> np.ndarray:
        return self.entries.components[self.found]

    @cached_property
    def scores(self) -> np.ndarray:
        return self.entries.scores[self.found]

    def counts(self) -> Counts:
        entries = self.entries
        total = int(np.count_nonzero(self.found))
        return Counts(total, entries.known, self.by_term(), self.by_age(), self.blanks(), entries.names)

    def blanks(self) -> dict[str, int]:
        stated = self.entries.stated
        found = stated[self.found]
        chosen = {name: stated[self.meeting_others(name)] for name in self.failed.keys() & set(MAY_BE_BLANK)}
        return {name: lacking(chosen.get(name, found), FACETS[name]) for name in MAY_BE_BLANK}

    def by_term(self) -> NDArray:
        known = self.entries.known
        counts = self.entries.tally(self.found)
        for name in self.failed.keys() & FACETS.keys():
            own = known >> FACET_BITS == FACETS[name]
            counts[own] = self.entries.tally(self.meeting_others(name))[own]
        return counts

    def by_age(self) -> dict[str, int]:
        these = ages(self.entries, age_days(self.on))[self.meeting_others("freshness")]
        return dict(zip(AGES, np.bincount(these, minlength=len(AGES)).tolist(), strict=True))

    def meeting_others(self, name: str) -> np.ndarray:
        """Which entries meet every choice but perhaps the one of this facet."""
        return self.failures == self.failed[name] if name in self.failed else self.found


def lacking(stated: NDArray, facet: int) -> int:
    """How many of these entries have no value of the facet; see `EntryCopy.stated`."""
    return len(stated) - int(np.count_nonzero(stated & (1 << facet)))
