"""What a search finds: the same entries, in the same order, for a page, the API and a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from catalogue.models import Function, SearchEntry, search_version
from catalogue.search import text
from catalogue.search.arrays import as_array
from catalogue.search.cards import cards, row
from catalogue.search.corrections import corrections
from catalogue.search.division import Counts, Division
from catalogue.search.entry_copy import EntryCopy, current
from catalogue.search.facets import Choice, choices
from catalogue.search.matching import matching
from catalogue.search.options import facets
from catalogue.search.ranking import Ranking
from catalogue.search.why import why
from commons.kept import Kept
from commons.listing import cursors
from commons.listing.listing import flag
from commons.listing.parts import Facet
from commons.listing.queries import beyond, in_order
from commons.listing.selection import Row, Selection
from commons.listing.text import as_json

CHUNK = 500
DIVISIONS: Kept[Counts] = Kept(64)  # of lists without a text, which count every entry there is
NOTHING = np.array([], dtype=np.int32)


class ComponentSelection(Selection):
    """`searched` says what was looked for in the end, where that is not what was typed; see `notice`."""

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def reading(self) -> text.Reading | None:
        """The search text understood; None where nothing was typed."""
        typed = self.asked.value("q")
        return text.read(typed) if typed else None

    @cached_property
    def settled(self) -> tuple[str, text.Reading | None, str]:
        """(what was done, see `done`; the reading used; its tsquery)."""
        reading = self.reading
        if reading is None:
            return "as_typed", None, ""
        if not reading.words:
            return "no_words", reading, ""
        better = reading if self.asked.value("exact") else reading.with_synonyms()
        for done in ("as_typed", "corrected"):
            if self.look_for(better.tsquery()):
                return done, better, better.tsquery()
            if done == "as_typed":
                if self.asked.value("exact"):
                    return ("nothing" if searchable(better.tsquery()) else "no_words"), reading, better.tsquery()
                better = reading.corrected(corrections(reading.words)).with_synonyms()
        loose = text.any_of(better.words).tsquery(" | ")
        if self.look_for(loose):
            return "any_word", better, loose
        return ("nothing" if searchable(loose) else "no_words"), reading, reading.tsquery()

    def look_for(self, tsquery: str) -> bool:
        """Whether anything has the text, before any filter. What has it is kept in `matched`."""
        self.matched: EntryCopy = matching(tsquery)
        return len(self.matched) > 0

    @property
    def done(self) -> str:
        """How the text was searched: `as_typed`, `corrected`, `any_word`, `nothing` (found), `no_words` (to search)."""
        return self.settled[0]

    @property
    def searched(self) -> str:
        """The words looked for in the end."""
        return self.settled[1].plain if self.settled[1] else ""

    @property
    def synonyms(self) -> list[str]:
        """Other words that were also looked for."""
        reading = self.settled[1]
        return list(dict.fromkeys(one.same_as for one in reading.also)) if reading else []

    @cached_property
    def notice(self) -> str:
        """A sentence that says what was searched instead of what was typed; blank where nothing was changed."""
        typed = self.asked.value("q") or ""
        return {
            "corrected": f"Showing results for “{self.searched}”. Nothing has “{typed}”.",
            "any_word": f"No component has all the words of “{typed}”. Showing those that have some of them.",
            "no_words": "There is no word to search for in this. Type what the component is called or does.",
        }.get(self.done, "")

    @cached_property
    def choices(self) -> dict[str, Choice]:
        return choices(self.asked.values, self.today)

    @cached_property
    def division(self) -> Division:
        """What the text found, divided by the choices."""
        return Division(self.matched, self.choices, self.today)

    @cached_property
    def counts(self) -> Counts:
        if self.settled[2]:
            return self.division.counts()
        entries = current(search_version())
        if self.done == "no_words":
            return Division(entries.take(NOTHING), self.choices, self.today).counts()
        key = (self.today, repr(self.choices))
        return DIVISIONS.get(entries.version, key, lambda: Division(entries, self.choices, self.today).counts())

    @property
    def total(self) -> int:
        return self.counts.total

    @property
    def by_rank(self) -> bool:
        """Whether the text decides the order."""
        return self.sort.name == "relevance" and bool(self.settled[2])

    def ranking(self, border: tuple[float, int] | None = None) -> Ranking:
        return Ranking(self.division, self.settled[2], self.searched, border)

    def entries(self) -> QuerySet:
        """The entries found, in no order. A text has been looked up already, so its finds stand for it."""
        if self.done == "no_words":
            return SearchEntry.objects.none()
        if self.settled[2]:
            return holding("component_id = ANY(%s::bigint[])", [as_array(self.division.components.tolist())])
        parts = [choice.sql() for choice in self.choices.values()] or [("true", [])]
        return holding(" AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values])

    @property
    def keys(self) -> list[tuple[str, bool]]:
        return self.sort.keys(backwards=self.asked.backwards)

    def ordered(self, *, backwards: bool = False) -> QuerySet:
        return self.entries().order_by(*[in_order(SearchEntry, *key, backwards) for key in self.keys])

    def slice(self, start: int, stop: int) -> list[Row]:
        if self.by_rank:
            return list(map(row, cards(self.ranking().components(start, stop))))
        return list(map(row, self.ordered().values_list("card", flat=True)[start:stop]))

    def rows(self) -> Iterator[Row]:
        if not self.by_rank:
            return map(row, self.ordered().values_list("card", flat=True).iterator(CHUNK))
        ranking = self.ranking()
        return (
            row(card)
            for start in range(0, len(ranking), CHUNK)
            for card in cards(ranking.components(start, start + CHUNK))
        )

    def after(self, cursor: str | None, limit: int) -> tuple[list[Row], str | None, str | None]:
        texts, onward, back = self.after_json(cursor, limit)
        return list(map(row, texts)), onward, back

    def after_json(self, cursor: str | None, limit: int) -> tuple[list[str], str | None, str | None]:
        place = cursors.read(cursor, self.order)
        texts, onward, back = self.ranked_after(place, limit) if self.by_rank else self.ordered_after(place, limit)
        return self.with_why(texts) if flag(self.asked.params, "why") else texts, onward, back

    def why(self, slugs: Sequence[str]) -> Mapping[str, str]:
        """Why each component was found by the text, by its slug; nothing where there was no text."""
        reading = self.settled[1]
        return why(reading, slugs) if reading and reading.words and slugs else {}

    def with_why(self, texts: list[str]) -> list[str]:
        """The cards, each saying why it was found."""
        rows = [json.loads(text) for text in texts]
        said = self.why([card["slug"] for card in rows])
        return [as_json(card | {"why": said.get(card["slug"])}) for card in rows]

    @property
    def order(self) -> str:
        """A cursor of a search by rank is good for no other order."""
        return f"{self.asked.order}{'*' if self.by_rank else ''}"

    def ranked_after(self, place: cursors.Place | None, limit: int):
        ranking = self.ranking((place.keys[0], place.keys[1]) if place else None)
        if place and place.backwards:
            stop = ranking.place(place.keys, after=False)
            places = list(range(stop - 1, max(stop - limit - 2, -1), -1))
        else:
            start = ranking.place(place.keys, after=True) if place else 0
            places = list(range(start, min(start + limit + 1, len(ranking))))
        places, onward, back = cursors.around(places, limit, place, self.order, ranking.key)
        numbers = ranking.components(places[0], places[-1] + 1) if places else []
        return cards(numbers), onward, back

    def ordered_after(self, place: cursors.Place | None, limit: int):
        found = self.ordered(backwards=bool(place and place.backwards))
        if place:
            found = found.filter(beyond(SearchEntry, self.keys, place))
        read = list(found.values_list("card", *[path for path, _ in self.keys])[: limit + 1])
        read, onward, back = cursors.around(read, limit, place, self.order, lambda entry: list(entry[1:]))
        return [entry[0] for entry in read], onward, back

    @cached_property
    def facets(self) -> list[Facet]:
        return facets(self.listing.filters, self.asked, self.choices, self.counts)

    @property
    def nearest_functions(self) -> list[Row]:
        """Where nothing was found: the three functions whose names are most like the text, as `{"slug", "name"}`."""
        words = self.searched
        if not words:
            return []
        likeness = TrigramWordSimilarity(words, "name")
        near = Function.objects.annotate(likeness=likeness).filter(likeness__gt=0.2).order_by("-likeness", "name")
        return list(near.values("slug", "name")[:3])


def holding(sql: str, params: list) -> QuerySet:
    """The entries of which a condition is true."""
    return SearchEntry.objects.filter(RawSQL(sql, params, output_field=BooleanField()))


def searchable(tsquery: str) -> bool:
    """Whether a word is left once those too common to search for ("the", "of") are taken out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(to_tsquery('english', %s)) > 0", [tsquery])
        return cursor.fetchone()[0]
