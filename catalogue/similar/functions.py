"""The functions that a question is about: by their names, and by what the components most like it are made for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from catalogue.models import search_version
from catalogue.similar.words import Telling
from commons.kept import Kept

NAMES = """
    SELECT id, slug, name, tsvector_to_array(to_tsvector('english', search_fold(name))) FROM catalogue_function
"""
STRANGE = 0.6  # what a word of a function's name counts that the question does not have
VOTES = 0.7  # the most that components' functions count beside names
VOTERS = 12


@dataclass(frozen=True)
class Named:
    """A function with the lexemes of its name."""

    id: int
    slug: str
    name: str
    lexemes: frozenset[str]


@dataclass(frozen=True)
class Meant:
    """How sure it is that the question is about this function, 0 to 1; `words` of its name are the question's.
    `voters` are as many of the components most like the question as are made for it."""

    function: Named
    sure: float
    by_name: float
    words: tuple[str, ...]
    voters: int = 0


EVERY: Kept[list[Named]] = Kept(1)


def every() -> list[Named]:
    """All functions, read once for each version of what a search answers from."""
    return EVERY.get(search_version(), None, read)


def read() -> list[Named]:
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
        return [Named(id, slug, name, frozenset(lexemes)) for id, slug, name, lexemes in cursor.fetchall()]


def by_name(known: Iterable[Named], words: Sequence[Telling]) -> dict[int, Meant]:
    """Those of all functions whose names have words of the question."""
    weights = {one.lexeme: one for one in words}
    made = {}
    for function in known:
        shared = [weights[lexeme] for lexeme in function.lexemes & weights.keys()]
        if shared:
            have = sum(one.weight for one in shared)
            sure = have / (have + STRANGE * (len(function.lexemes) - len(shared)))
            sure *= min(1.0, max(one.weight for one in shared) + 0.1)
            told = sorted(shared, key=lambda one: -one.weight)
            made[function.id] = Meant(function, sure, sure, tuple(dict.fromkeys(one.word for one in told)))
    return made


def meant(
    known: Iterable[Named],
    named: Mapping[int, Meant],
    best: Sequence[tuple[int, float]],
    serves: Mapping[int, set[int]],
) -> list[Meant]:
    """The functions meant, the surest first. `best` are the components most like the question, with how much."""
    functions = {function.id: function for function in known}
    votes: dict[int, list[float]] = {}
    for component, likeness in best[:VOTERS]:
        for function in serves.get(component, ()):
            votes.setdefault(function, []).append(likeness)
    cast = sum(likeness for component, likeness in best[:VOTERS] if serves.get(component)) or 1.0
    made = []
    for number in named.keys() | (votes.keys() & functions.keys()):
        mine = named.get(number) or Meant(functions[number], 0.0, 0.0, ())
        share = VOTES * sum(votes.get(number, ())) / cast
        sure = 1 - (1 - mine.by_name) * (1 - share)
        made.append(Meant(mine.function, sure, mine.by_name, mine.words, len(votes.get(number, ()))))
    return sorted(made, key=lambda one: (-one.sure, one.function.slug))
