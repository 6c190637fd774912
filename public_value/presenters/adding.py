"""Figures that can be added up as they stand on the page."""

from collections.abc import Sequence
from math import floor

HUNDREDTHS = 100


def apportioned(values: Sequence[float], total: int) -> list[int]:
    """Values in hundredths that sum to `total` hundredths: each is cut, and the rest goes to the largest remainders.

    `total` is the rounded sum of the values, so no figure is off by more than one hundredth.
    """
    exact = [value * HUNDREDTHS for value in values]
    cut = [floor(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: (cut[place] - exact[place], place))
    for place in by_remainder[: total - sum(cut)]:
        cut[place] += 1
    return cut


def hundredths(value: float) -> int:
    """Rounded half up."""
    return floor(value * HUNDREDTHS + 0.5)


def written(value: int) -> str:
    """Hundredths as people read them: “12.30”, “−0.99”."""
    return f"{'−' if value < 0 else ''}{abs(value) / HUNDREDTHS:.2f}"
