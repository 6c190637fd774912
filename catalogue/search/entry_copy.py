"""The narrow columns of all search entries in this process's memory, from which every number of an answer is made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

import numpy as np
import psycopg
from django.db import connection

from catalogue.models import FACET_BITS
from catalogue.search.arrays import unpacked
from commons.kept import Kept

# A day's number as Python counts them; nought: never confirmed.
DAY = "coalesce(confirmed - '0001-01-01' + 1, 0)"
NUMBER = (1 << FACET_BITS) - 1
APART = r"'\x00000000'"  # between two entries' terms; no term is nought
# One row, in one statement: the columns are of one version, and the version is theirs. Columns of a hundred thousand
# entries cost a quarter of what as many rows cost.
COLUMNS = f"""
    SELECT coalesce((SELECT token::text FROM catalogue_searchversion), ''),
           coalesce((SELECT json_agg(json_build_array(id, value, label))::text FROM catalogue_searchterm), '[]'),
           string_agg(int8send(component_id), ''), string_agg(float8send(score), ''),
           string_agg(int4send({DAY}), ''), string_agg(packed, {APART})
    FROM catalogue_searchentry
"""
WIRE = (">i8", ">f8", ">i4", ">i4")


@dataclass(frozen=True, eq=False)
class EntryCopy:
    """Entries by component. `days` are of the last confirmation, see `DAY`; `stated` has a bit for each facet that the
    entry has a value of.

    The terms of all stand in one row, `ends` says where each entry's end. They are places in `known`, the terms that
    any entry has, in order, so that counting them is counting small numbers. `names` has each term's value and label.
    """

    version: str
    components: np.ndarray
    scores: np.ndarray
    days: np.ndarray
    stated: np.ndarray
    ends: np.ndarray
    terms: np.ndarray
    known: np.ndarray
    names: Mapping[int, tuple[str, str]]

    def __len__(self) -> int:
        return len(self.components)

    @cached_property
    def lengths(self) -> np.ndarray:
        return np.diff(self.ends, prepend=self.ends.dtype.type(0))

    @cached_property
    def owners(self) -> np.ndarray:
        """The place of the entry that has each of the terms."""
        return np.repeat(np.arange(len(self), dtype=np.int32), self.lengths)

    def take(self, places: np.ndarray) -> EntryCopy:
        """Only the entries at these places, in their order."""
        lengths = self.lengths[places]
        ends = np.cumsum(lengths, dtype=np.int32)
        shift = self.ends[places] - ends
        which = np.repeat(shift, lengths) + np.arange(ends[-1] if len(ends) else 0, dtype=np.int32)
        columns = {name: getattr(self, name)[places] for name in ("components", "scores", "days", "stated")}
        return replace(self, **columns, ends=ends, terms=self.terms.take(which))

    def of(self, components: np.ndarray) -> EntryCopy:
        """Only these components' entries. One that the copy does not know is left out."""
        places = np.searchsorted(self.components, components)
        places[places == len(self)] = 0
        return self.take(places[self.components[places] == components] if len(self) else places[:0])

    def having(self, terms: Sequence[int]) -> np.ndarray:
        """Which entries have one of these terms."""
        met = np.zeros(len(self), dtype=bool)
        met[self.owners[np.isin(self.known, terms)[self.terms]]] = True
        return met

    def lacking(self, facet: int) -> np.ndarray:
        """Which entries have no value of this facet."""
        return self.stated & (1 << facet) == 0

    def tally(self, which: np.ndarray) -> np.ndarray:
        """How many of these entries have each of the `known` terms."""
        terms = self.terms if which.all() else self.terms[which[self.owners]]
        return np.bincount(terms, minlength=len(self.known))


COPIES: Kept[EntryCopy] = Kept(1)
READING = Lock()  # two threads that miss the same copy read it once


def current(version: str) -> EntryCopy:
    """The copy of this version; of a newer one where the database has moved on, which its own `version` says."""
    found = COPIES.find(version, None)
    if found is None:
        with READING:
            found = COPIES.find(version, None)
            if found is None:
                found = read()
                COPIES.keep(found.version, None, found)
    return found


def read() -> EntryCopy:
    """The copy as the database is now, by a cursor of psycopg's own: Django's takes bytes as twice as much text."""
    with connection.cursor() as cursor, connection.wrap_database_errors, psycopg.Cursor(cursor.connection) as binary:
        version, named, *columns = binary.execute(COLUMNS, binary=True).fetchone()
    components, scores, days, packed = (unpacked(column, kind) for column, kind in zip(columns, WIRE, strict=True))
    apart = np.flatnonzero(packed == 0)
    ends = np.append(apart, len(packed))[: len(components)] - np.arange(len(components))
    names = {term: (value, label) for term, value, label in json.loads(named)}
    terms, known = numbered(packed[packed != 0])
    ends = ends.astype(np.int32)
    copy = EntryCopy(version, components, scores, days, facets_of(terms, known, ends), ends, terms, known, names)
    return copy.take(np.argsort(components, kind="stable"))


def facets_of(terms: np.ndarray, known: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """A bit for each facet that an entry has a value of."""
    made = np.zeros(len(ends), dtype=np.int32)
    begins = np.concatenate([[0], ends[:-1]])[: len(ends)]
    some = begins < ends
    if some.any():
        bits = (1 << (known >> FACET_BITS)).astype(np.int32)
        made[some] = np.bitwise_or.reduceat(bits[terms], begins[some])
    return made


def numbered(terms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(for each term its place in the others, those others in order). Running numbers are small: no sorting."""
    numbers = terms & NUMBER
    whole = np.zeros(numbers.max(initial=0) + 1, dtype=np.int32)
    whole[numbers] = terms
    known = np.sort(whole[whole > 0])
    places = np.zeros(len(whole), dtype=np.int32)
    places[known & NUMBER] = np.arange(len(known), dtype=np.int32)
    return places[numbers], known
