"""Which listed components may be one and the same? Pairs of them, each with what speaks for it.

What two have in common is found for all at once; only where it is their names alone are their texts compared, as
`answering` compares a question's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from catalogue.models import Component, SearchEntry
from catalogue.similar import pair_candidates as candidates
from catalogue.similar.candidates import fields as fields_of
from catalogue.similar.facts import Facts, Overlap
from catalogue.similar.pair_candidates import Two
from catalogue.similar.question import LONGEST, Question
from catalogue.similar.scoring import LEAST, shared_words, total
from catalogue.similar.words import telling

type Reasons = list[dict[str, Any]]
"""What speaks for a pair, as data: `kind` is repository, operations, columns, name, function or text."""


@dataclass(frozen=True)
class Clues:
    """What the database found for all pairs at once."""

    repository: Collection[Two]
    operations: Mapping[Two, Overlap]
    columns: Mapping[Two, Overlap]
    same_name: Collection[Two]
    near_name: Collection[Two]

    @property
    def sure(self) -> set[Two]:
        """Pairs that need no look at their texts."""
        return {*self.repository, *self.operations, *self.columns}

    @property
    def named(self) -> set[Two]:
        return {*self.same_name, *self.near_name}


def alike_pairs(*, excluding: Collection[Two] = ()) -> dict[Two, Reasons]:
    """Every pair of listed components that may be one, with its reasons, but those in `excluding`."""
    clues = Clues(
        candidates.at_one_repository(),
        candidates.sharing_operations(),
        candidates.sharing_columns(),
        candidates.of_one_name(),
        candidates.of_near_names(),
    )
    functions = candidates.unsettled((clues.sure | clues.named).difference(excluding))
    texts = like_texts({pair: names for pair, names in functions.items() if pair in clues.named}, clues)
    told = [pair for pair in functions if pair in clues.sure or pair in texts]
    return {pair: list(reasons(pair, clues, functions[pair], texts.get(pair, []))) for pair in told}


def like_texts(pairs: dict[Two, list[str]], clues: Clues) -> dict[Two, list[str]]:
    """Of pairs, with the functions that both are made for, those very alike, with the words that they share."""
    of = Component.objects.in_bulk({one for one, _ in pairs})
    entries = SearchEntry.objects.count()
    found: dict[Two, list[str]] = {}
    for one, group in groupby(sorted(pairs), key=lambda pair: pair[0]):
        words = telling(question_of(of[one]), entries)
        others = [other for _, other in group]
        for other, fields in fields_of(others, [word.lexeme for word in words]).items():
            had = fields.name | fields.summary | fields.functions
            text, name = shared_words(words, fields, had)
            shared = [word.word for word in words if word.lexeme in had]
            pair = (one, other)
            facts = Facts(text=text, name=name, function=float(bool(pairs[pair])), same_name=pair in clues.same_name)
            if total(facts) >= LEAST["very"]:
                found[pair] = list(dict.fromkeys(shared))
    return found


def question_of(component: Component) -> Question:
    said = filter(None, [component.name, component.summary, component.description])
    return Question(text="\n".join(said)[:LONGEST], name=component.name)


def reasons(pair: Two, clues: Clues, functions: list[str], words: list[str]) -> Iterator[dict[str, Any]]:
    """The strongest first."""
    if pair in clues.repository:
        yield {"kind": "repository"}
    for kind, found in (("operations", clues.operations), ("columns", clues.columns)):
        if pair in found:
            shared = found[pair]
            yield {"kind": kind, "shared": shared.shared, "first": shared.asked, "second": shared.theirs}
    if pair in clues.named:
        yield {"kind": "name", "same": pair in clues.same_name}
    if functions:
        yield {"kind": "function", "names": functions}
    if words:
        yield {"kind": "text", "words": words}
