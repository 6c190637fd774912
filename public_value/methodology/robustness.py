"""How much each dimension really weighs, and how far the order hangs on the way of adding up (specification 1.7, 1.8).

Everything here compares figures of several organisations. Give it only those whose figures may be shown: it says
nothing then that a reader could not work out from them.
"""

from dataclasses import dataclass

import numpy as np

from .measures import Floats, power_mean
from .parameters import Parameters

PANEL = ("arithmetic", "geometric", "ampi", "merged", "equal_weights")
_LEAST = 3  # any two points lie on a line
_SAME = 9  # decimals to which values count as equal, as in rank intervals
_AMPI_LOW, _AMPI_WIDTH = 70.0, 60.0


@dataclass(frozen=True, kw_only=True)
class Robustness:
    """Of n organisations. NaN where fewer than 3 are there, or one side of a comparison is the same for all.

    effective, effective_equal  (5) squared correlation of S, N, F, C, O with the index, and with that of equal weights
    order                       Spearman correlation of the index with each variant of PANEL
    """

    effective: Floats
    effective_equal: Floats
    order: dict[str, float]


def robustness(parameters: Parameters, x: Floats) -> Robustness:
    """Effective weights and order of organisations with indicators `x`, (n, 5), in [0, 1], by S, N, F, C, O."""
    index, variants = 100 * power_mean(x, parameters.weights, parameters.p), panel(parameters, x)
    return Robustness(
        effective=effective_weights(x, index),
        effective_equal=effective_weights(x, variants["equal_weights"]),
        order={name: spearman(index, variants[name]) for name in PANEL},
    )


def panel(parameters: Parameters, x: Floats) -> dict[str, Floats]:
    """The index in other ways of adding up, 0 to 100, (n) each; `x` is (n, 5).

    arithmetic     Σ w·x: weakness in one dimension costs no more than strength elsewhere buys back
    geometric      Π max(x, ε)^w with ε = `geo_floor`
    ampi           see `ampi`
    merged         S and N are one dimension: their weighted arithmetic mean (w_S·S + w_N·N)/(w_S + w_N) enters the
                   power mean with weight w_S + w_N. Arithmetic, because within a dimension the method adds, facets of
                   one thing stand for each other (1.8), and only across dimensions does it punish imbalance
    equal_weights  the headline's power mean, every weight 1/5
    """
    w, p = np.array(parameters.weights), parameters.p
    shared = w[:2].sum()
    merged = np.column_stack([x[:, :2] @ w[:2] / shared, x[:, 2:]])
    return {
        "arithmetic": 100 * power_mean(x, w, 1),
        "geometric": 100 * power_mean(np.maximum(x, parameters.geo_floor), w, 0),
        "ampi": ampi(x, w),
        "merged": 100 * power_mean(merged, [shared, *w[2:]], p),
        "equal_weights": 100 * power_mean(x, np.ones(len(w)), p),
    }


def ampi(x: Floats, weights: Floats) -> Floats:
    """Adjusted Mazziotta–Pareto index with weights, brought back to 0–100, (n); may be below 0.

    With z = 70 + 60·x, M = Σ w·z and V = Σ w·(z − M)², it is M − V/M (mean less standard deviation times coefficient of
    variation). Source: Mazziotta and Pareto 2016, their penalised mean on the scale 70–130; weights as in 1.8, which
    shows that with them it is not monotone.
    """
    z = _AMPI_LOW + _AMPI_WIDTH * x
    mean = z @ weights
    variance = (z - mean[:, None]) ** 2 @ weights
    penalised: Floats = 100 * (mean - variance / mean - _AMPI_LOW) / _AMPI_WIDTH
    return penalised


def effective_weights(x: Floats, index: Floats) -> Floats:
    """Squared Pearson correlation of each column of `x`, (n, d), with `index`, (n): shape (d).

    The main effect of a dimension where relations are straight lines (Becker, Saisana, Paruolo and Vandecasteele 2017).
    They need not sum to 1, because dimensions move together.
    """
    return np.array([_correlation(column, index) ** 2 for column in x.T])


def spearman(a: Floats, b: Floats) -> float:
    """Correlation of the ranks of `a` and `b`, both (n); equals share the mean of their ranks (Spearman 1904)."""
    return _correlation(_ranks(a), _ranks(b))


def _correlation(a: Floats, b: Floats) -> float:
    if len(a) < _LEAST or np.ptp(np.round(a, _SAME)) == 0 or np.ptp(np.round(b, _SAME)) == 0:
        return float("nan")
    a, b = a - a.mean(), b - b.mean()
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1, 1))


def _ranks(values: Floats) -> Floats:
    """Rank from 1 for the lowest, equals at the mean of theirs."""
    _, place, count = np.unique(np.round(values, _SAME), return_inverse=True, return_counts=True)
    middle: Floats = np.cumsum(count) - (count - 1) / 2
    return middle[place]
