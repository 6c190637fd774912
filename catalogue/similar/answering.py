"""The answer to a question: every source of likeness asked once, put together, and the best given with reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from catalogue.models import Lifecycle, SearchEntry
from catalogue.search.cards import cards_of, row
from catalogue.similar import candidates, functions, reasons
from catalogue.similar.facts import Facts, Telling
from catalogue.similar.functions import Meant
from catalogue.similar.question import Question
from catalogue.similar.reasons import Reason
from catalogue.similar.scoring import LEAST, roughly, shared_words, total
from catalogue.similar.words import telling

SHOWN, FUNCTIONS_SHOWN = 10, 5
LOOKED_AT = 250  # components, whose words are looked at one by one
SURE = 0.45  # of a function, from which it is told
OF_A_FUNCTION = 60  # its components in most use are looked at, whatever their words
ENDED = {Lifecycle.DEPRECATED.value: 0.85, Lifecycle.RETIRED.value: 0.75}


@dataclass(frozen=True)
class Likeness:
    """A component like what was asked. `card` is its row in the list of components; `level` a key of `LEVELS`."""

    card: Mapping[str, Any]
    level: str
    reasons: Sequence[Reason]
    weight: float = field(repr=False)

    @property
    def level_label(self) -> str:
        return reasons.LEVELS[self.level]


@dataclass(frozen=True)
class LikelyFunction:
    slug: str
    name: str
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Answer:
    """The components and functions most like a question, the most like first; both may be empty."""

    components: Sequence[Likeness] = ()
    functions: Sequence[LikelyFunction] = ()


def similar(question: Question, *, most: int = SHOWN, excluding: Collection[int] = ()) -> Answer:
    """What the catalogue has that is like it. `excluding` are ids of components that are not looked for."""
    words = telling(question, SearchEntry.objects.count())
    known = functions.every()
    named = functions.by_name(known, words)
    found = compared(question, words, named, excluding)
    serves = candidates.serving(list(found))
    likest = sorted(((number, total(one)) for number, one in found.items()), key=lambda pair: (-pair[1], pair[0]))
    meant = [one for one in functions.meant(known, named, likest, serves) if one.sure >= SURE]
    sure = {one.function.id: one for one in meant}
    told = [with_function(number, one, serves.get(number, set()), sure) for number, one in found.items()]
    return Answer(
        best(told, most),
        [
            LikelyFunction(one.function.slug, one.function.name, list(reasons.of_function(one)))
            for one in meant[:FUNCTIONS_SHOWN]
        ],
    )


def compared(
    question: Question, words: Sequence[Telling], named: Mapping[int, Meant], excluding: Collection[int]
) -> dict[int, Facts]:
    """What each component that is looked at has in common with the question."""
    lexemes = [one.lexeme for one in words]
    likely, has = roughly(candidates.having(lexemes), words, LOOKED_AT)
    anywhere = {
        number: frozenset(np.array(lexemes)[row].tolist()) for number, row in zip(likely.tolist(), has, strict=True)
    }
    same_name, same_repository = candidates.named(question.name), candidates.at_repository(question.repository)
    operations, columns = candidates.operations(question.operations), candidates.columns(question.columns)
    sure = sorted((one for one in named.values() if one.sure >= SURE), key=lambda one: -one.sure)[:3]
    made_for = candidates.served_by([one.function.id for one in sure], OF_A_FUNCTION)
    looked_at = {*anywhere, *same_name, *same_repository, *operations, *columns, *made_for} - set(excluding)
    found = {}
    for number, fields in candidates.fields(sorted(looked_at), lexemes).items():
        had = anywhere.get(number, frozenset()) | fields.name | fields.summary | fields.functions
        text, name = shared_words(words, fields, had)
        found[number] = Facts(
            words=tuple(one for one in words if one.lexeme in had),
            text=text,
            name=name,
            operations=operations.get(number),
            columns=columns.get(number),
            same_name=number in same_name,
            same_repository=number in same_repository,
        )
    return found


def with_function(number: int, found: Facts, serves: set[int], sure: Mapping[int, Meant]) -> tuple[int, Facts, str]:
    """(component, its facts with its likeliest function in them, that function's name or blank)."""
    likeliest = max((sure[function] for function in serves if function in sure), key=lambda one: one.sure, default=None)
    if likeliest is None:
        return number, found, ""
    return number, replace(found, function=likeliest.sure), likeliest.function.name


def best(told: Sequence[tuple[int, Facts, str]], most: int) -> list[Likeness]:
    """The most alike, in order. One that is at its end stands behind its equals."""
    first = sorted(
        (one for one in told if total(one[1]) >= LEAST["somewhat"]), key=lambda one: (-total(one[1]), one[0])
    )
    first = first[: 3 * most]
    rows = cards_of([number for number, *_ in first])
    made = []
    for number, found, function in first:
        if number not in rows:
            continue
        card = row(rows[number])
        weight = total(found) * ENDED.get(card["lifecycle"] or "", 1.0)
        if level := level_of(weight):
            made.append(Likeness(card, level, list(reasons.of_component(found, function)), weight))
    return sorted(made, key=lambda one: (-one.weight, -one.card["used_by"], one.card["slug"]))[:most]


def level_of(weight: float) -> str:
    """A key of `LEVELS`; blank where it is too little to tell."""
    return next((level for level, least in LEAST.items() if weight >= least), "")
