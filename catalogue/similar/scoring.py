"""How much a component is like a question, from what the two have in common. No database."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from catalogue.similar.facts import Facts, Fields, Overlap, Telling

# What a shared word counts by where the component has it.
IN_NAME, IN_SUMMARY, IN_FUNCTIONS, ELSEWHERE = 1.0, 0.7, 0.5, 0.2
ENOUGH = 10  # words of a long text that a component is to share; what it shares beyond does not make it more alike
PARTS = {"text": 1.0, "name": 0.5, "function": 0.35, "operations": 1.6, "columns": 1.2}
SAME_NAME, SAME_REPOSITORY = 1.0, 2.0
LEAST_SHARED = 2  # operations, columns; one may be chance
LEAST = {"very": 1.1, "alike": 0.65, "somewhat": 0.35}  # total, from which it is told as so alike


def total(found: Facts) -> float:
    """How much it is like the question: the parts by their weights, with no upper end."""
    made = PARTS["text"] * found.text + PARTS["name"] * found.name + PARTS["function"] * found.function
    made += PARTS["operations"] * overlap(found.operations) + PARTS["columns"] * overlap(found.columns)
    return made + SAME_NAME * found.same_name + SAME_REPOSITORY * found.same_repository


def roughly(having: Sequence[NDArray], words: Sequence[Telling], most: int) -> tuple[NDArray, NDArray]:
    """(components, which words each has) of as many as `most` that have most of the words, wherever."""
    known = np.unique(np.concatenate(having)) if having else np.array([], dtype=np.int64)
    has = np.zeros((len(words), len(known)), dtype=bool)
    for row, components in zip(has, having, strict=True):
        row[np.searchsorted(known, components)] = True
    scores = np.array([one.weight for one in words]) @ has if len(words) else np.zeros(0)
    best = np.argsort(-scores, kind="stable")[:most]
    return known[best], has[:, best].T


def shared_words(words: Sequence[Telling], found: Fields, anywhere: frozenset[str]) -> tuple[float, float]:
    """(how much of the question's text, how much of the component's name) they share, 0 to 1 each."""
    weights: dict[str, float] = {}
    shared: dict[str, float] = {}
    for one in words:  # a word may stand for several lexemes, of which the best counts
        weights[one.word] = max(weights.get(one.word, 0.0), one.weight)
        here = one.weight * place(one.lexeme, found, anywhere)
        shared[one.word] = max(shared.get(one.word, 0.0), here)
    told = sum(sorted(weights.values(), reverse=True)[:ENOUGH]) or 1.0
    have = sum(shared.values())
    in_name = [one.weight for one in words if one.lexeme in found.name]
    name = len(in_name) / max(found.names, 1) * max(in_name, default=0.0)
    return min(1.0, have / told), min(1.0, name)


def place(lexeme: str, found: Fields, anywhere: frozenset[str]) -> float:
    if lexeme in found.name:
        return IN_NAME
    if lexeme in found.summary:
        return IN_SUMMARY
    if lexeme in found.functions:
        return IN_FUNCTIONS
    return ELSEWHERE if lexeme in anywhere else 0.0


def overlap(found: Overlap | None) -> float:
    """The mean of the share of what was asked and of what the component has; nought where it may be chance."""
    if found is None or found.shared < min(LEAST_SHARED, found.asked):
        return 0.0
    return (found.shared / found.asked + found.shared / max(found.theirs, 1)) / 2
