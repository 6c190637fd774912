"""Which of some entries meet the choices, and how they divide by the values of every facet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from catalogue.models import FACET_BITS
from catalogue.search.entry_copy import EntryCopy
from catalogue.search.facets import AGES, FACETS, Choice, age_days, ages


@dataclass(frozen=True, eq=False)
class Counts:
    """`total` entries were found; `numbers` of them have each of the `known` terms, and so many are of each age."""

    total: int
    known: NDArray
    numbers: NDArray
    freshness: Mapping[str, int]
    names: Mapping[int, tuple[str, str]]

    def of(self, facet: int) -> tuple[NDArray, NDArray]:
        """(terms, numbers) of one facet, those that any have."""
        had = (self.numbers > 0) & (self.known >> FACET_BITS == facet)
        return self.known[had], self.numbers[had]


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
        return Counts(int(np.count_nonzero(self.found)), entries.known, self.by_term(), self.by_age(), entries.names)

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
        return self.failures == self.failed.get(name, 0)
