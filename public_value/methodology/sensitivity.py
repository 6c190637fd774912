"""How much of the variance of figures each of their uncertain inputs brings (specification 1.11).

A Saltelli design: two independent sample matrices A and B of N rows and d columns, one column for each input, and for
each input i the matrix AB_i, which is A with column i of B. N(d + 2) evaluations tell the first-order share of an
input, by how much the variance would shrink on average if it were known, and its total-order share, how much would be
left on average if everything else were known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from .measures import Floats

_STILL = 1e-18  # variance of a figure that is the same in every run: what rounding leaves of it


@dataclass(frozen=True, kw_only=True)
class Variances:
    """Sums over figures, each in the square of its unit.

    figures       how many figures
    whole         Σ V(f)
    first, total  (d) Σ V(E(f | x_i)) and Σ E(V(f | all but x_i))
    """

    figures: int
    whole: float
    first: Floats
    total: Floats

    def __add__(self, other: Self) -> Self:
        return type(self)(
            figures=self.figures + other.figures,
            whole=self.whole + other.whole,
            first=self.first + other.first,
            total=self.total + other.total,
        )

    @property
    def shares(self) -> tuple[Floats, Floats]:
        """First-order and total-order shares of the whole, (d) each; NaN where no figure varies.

        They are estimates and stand as they come out: where the true share is small, a first-order one may be below 0.
        """
        varies = self.whole > _STILL * self.figures
        whole = self.whole if varies else float("nan")
        return self.first / whole, self.total / whole


def variances(at_a: Floats, at_b: Floats, mixed: Iterable[Floats]) -> Variances:
    """Variances of m figures from their values at A, at B, (m, N) each, and at AB_i for each input in turn.

    first  Σ f(B)·(f(AB_i) − f(A))/N, with f(B) about the mean of f(A) and f(B), which leaves the expectation and takes
           most of the noise away: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola 2010, Computer Physics
           Communications 181, table 2 (b)
    total  Σ (f(A) − f(AB_i))²/2N: Jansen 1999, Computer Physics Communications 117; table 2 (f) of the same
    whole  the variance of the 2N values at A and at B
    """
    both = np.concatenate([at_a, at_b], axis=1)
    middle = both.mean(axis=1, keepdims=True)
    about = at_b - middle
    first, total = [], []
    for at_mixed in mixed:
        moved = at_mixed - at_a
        first.append((about * moved).mean(axis=1).sum())
        total.append((moved**2).mean(axis=1).sum() / 2)
    return Variances(
        figures=len(at_a),
        whole=float(((both - middle) ** 2).mean(axis=1).sum()),
        first=np.array(first),
        total=np.array(total),
    )
