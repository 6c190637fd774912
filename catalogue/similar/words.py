"""Which words of a question tell most: those that it says often and that few entries have."""

from __future__ import annotations

import math
from collections.abc import Iterator
from difflib import SequenceMatcher

from django.db import connection

from catalogue.search.corrections import corrections
from catalogue.search.spelling import variants
from catalogue.search.synonyms import synonyms
from catalogue.search.text import WORD, folded
from catalogue.similar.facts import Telling
from catalogue.similar.question import Question

MOST = 40
KIN = 0.7  # what a word of the same family counts, where a question is short: "pay" and "payments"
# Its stemmer does not bring these together.
ENDINGS = ("", "s", "e", "y", "ment", "ments", "er", "ers", "or", "ors", "ion", "ions", "ation", "ations")
ENDINGS += ("ication", "ications", "al", "als", "able", "ing", "ings")
KIN_FROM, STEM_FROM = 3, 3  # letters
MENDED_FROM = 6  # letters of a word that nobody has, from which another is believed to be meant
LIKE_ENOUGH = 0.85  # difflib's ratio, from which it is
STRANGE = 0.4  # what a word counts that no entry has: that it is missing tells too
# Words that every tender has: in a long text they say nothing of what is wanted.
# ruff: noqa: SIM905 - words are easier to read as text
TENDERS = frozenset(
    """
    annex appendix authority award bid bidder bidders buyer clause contract contracts contractor council criteria
    deliver delivery evaluation framework include including invitation lot lots mandatory meet must pass price pricing
    procurement proposal provide provider quality question questions quotation require required requirement
    requirements requires response schedule score scope section service services shall should solution
    specification submission submit supplier suppliers system systems tender tenderer tenderers tenders term terms
    value weighting work works
    """.split()
)
TENDER = 0.25
LONG = 60  # different words, from which a text is taken for a long one

KNOWN = """
    SELECT asked.word, asked.way, coalesce(known.entries, 0), (ts_lexize('english_stem', asked.way))[1]
    FROM unnest(%s::text[], %s::text[]) asked (word, way)
    LEFT JOIN catalogue_searchword known ON known.word = asked.way
    WHERE known.word IS NOT NULL OR asked.way = asked.word
"""


def telling(question: Question, entries: int) -> list[Telling]:
    """The words that tell most, the best first, of an index with so many entries."""
    times = {word: float(number) for word, number in question.words.items() if not word.isdigit()}
    if question.is_short:
        times = mended(times)
        others = [word for one in synonyms(list(times)) for word in WORD.findall(folded(one.same_as))]
        times = dict.fromkeys(others, 1.0) | times
    best: dict[str, Telling] = {}
    for word, had, lexeme, share in known(times, kin=question.is_short):
        if not had and not (question.is_short and len(word) >= KIN_FROM):
            continue
        weight = share * (1 + math.log(times[word])) * (rareness(had, entries) if had else STRANGE)
        weight *= TENDER if len(times) >= LONG and word in TENDERS else 1
        if lexeme not in best or best[lexeme].weight < weight:
            best[lexeme] = Telling(lexeme, word, weight)
    chosen = sorted(best.values(), key=lambda one: (-one.weight, one.lexeme))[:MOST]
    top = (chosen[0].weight if chosen else 0.0) or 1.0
    return [Telling(one.lexeme, one.word, one.weight / top) for one in chosen]


def mended(times: dict[str, float]) -> dict[str, float]:
    """With a word that is known in place of a misspelt one."""
    better = corrections([word for word in times if len(word) >= MENDED_FROM])
    sure = {word: other for word, other in better.items() if SequenceMatcher(None, word, other).ratio() >= LIKE_ENOUGH}
    return {sure.get(word, word): number for word, number in times.items()}


def rareness(had: int, entries: int) -> float:
    """1 for a word that one entry has, little for one that all have."""
    return math.log(1 + entries / had) / math.log(2 + entries)


def known(times: dict[str, float], *, kin: bool) -> Iterator[tuple[str, int, str, float]]:
    """(the question's word, entries that have it, its lexeme, what it counts) of its words, known or not."""
    ways = {(word, way): 1.0 for word in times for way in variants(word)}
    if kin:
        ways = {(word, way): KIN for word in times if len(word) >= KIN_FROM for way in family(word)} | ways
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [[word for word, _ in ways], [way for _, way in ways]])
        found = cursor.fetchall()
    return ((word, had, lexeme, ways[word, way]) for word, way, had, lexeme in found if lexeme)


def family(word: str) -> set[str]:
    """Words that may be of the same family, most of which nobody has."""
    stems = {word.removesuffix(ending) for ending in ENDINGS}
    return {stem + ending for stem in stems if len(stem) >= STEM_FROM for ending in ENDINGS}
