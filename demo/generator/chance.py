"""Chance that repeats: every run draws the same values, on every machine and Python version."""

from collections.abc import Sequence
from random import Random


class Chance:
    """A stream of draws named by its purpose. Uses only `Random.random`, whose sequence Python guarantees."""

    def __init__(self, *purpose: str) -> None:
        self._random = Random("sorrelmark/" + "/".join(purpose)).random

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def happens(self, probability: float) -> bool:
        return self._random() < probability

    def pick[T](self, things: Sequence[T]) -> T:
        return things[int(self._random() * len(things))]

    def weighted[T](self, things: dict[T, float]) -> T:
        left = self._random() * sum(things.values())
        for thing, weight in things.items():
            left -= weight
            if left < 0:
                return thing
        return list(things)[-1]

    def shuffled[T](self, things: Sequence[T]) -> list[T]:
        """The things in an order of chance."""
        return [thing for _, _, thing in sorted((self._random(), place, thing) for place, thing in enumerate(things))]
