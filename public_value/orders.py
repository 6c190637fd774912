"""How the order of bodies changes with weights and power. Arrays in, arrays out; no Django.

For one p the power mean (Σ w·x^p)^(1/p) rises with Σ w·x^p, so the sums give the same order, and do not vanish where p
is small. Sums that agree to 12 decimals are level.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .methodology import blocks
from .methodology.evidence import Integers
from .methodology.measures import Floats

_DECIMALS = 12


@dataclass(frozen=True, kw_only=True)
class Reordering:
    """n bodies in two orders, highest first.

    before, after  (n) place: 1 + the bodies strictly above
    pairs          pairs of bodies of which the one that was above is below now
    spearman       correlation of the two orders, −1 to 1, level bodies at their mean place; NaN where all are level
    """

    before: Integers
    after: Integers
    pairs: int
    spearman: float


def standings(x: Floats, weights: Sequence[float], p: float) -> Floats:
    """Σ w·x^p for each body, (n), of which only the order means anything: x (n, d) in [0, 1], weights (d), p > 0."""
    w = np.array(weights, dtype=np.float64)
    summed: Floats = x**p @ (w / w.sum())
    return np.round(summed, _DECIMALS)


def reordering(before: Floats, after: Floats) -> Reordering:
    """Compare two standings of the same bodies, (n) each."""
    return Reordering(
        before=places(before),
        after=places(after),
        pairs=_turned(before, after),
        spearman=_correlation(_mean_places(before), _mean_places(after)),
    )


def places(standing: Floats) -> Integers:
    """1 + the bodies strictly above."""
    return 1 + len(standing) - np.searchsorted(np.sort(standing), standing, side="right")


def _mean_places(standing: Floats) -> Floats:
    ordered = np.sort(standing)
    ends = np.searchsorted(ordered, standing, side="left") + np.searchsorted(ordered, standing, side="right")
    return ends / 2


def _turned(before: Floats, after: Floats) -> int:
    """Each pair that turned round is met once in each direction, so one direction counts it."""
    n = len(before)
    return sum(int(np.sum((before[part, None] > before) & (after[part, None] < after))) for part in blocks(n, n))


def _correlation(one: Floats, other: Floats) -> float:
    a, b = one - one.mean(), other - other.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else float("nan")
