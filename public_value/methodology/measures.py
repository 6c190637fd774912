"""General measures that the index and the descriptive analytics are made of."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def weighted(amounts: Floats, weights: Floats) -> Floats:
    """Σ amounts·weights over the last axis. Unlike a product of matrices it gives a row the same last digit whichever
    rows stand beside it, so that one organisation alone gets what it gets among all."""
    total: Floats = (amounts * weights).sum(axis=-1)
    return total


def power_mean(values: ArrayLike, weights: ArrayLike, p: float) -> Floats:
    """Weighted power mean (Σ w·x^p)^(1/p) over the last axis of `values` (≥ 0); weights are scaled to sum to 1.

    p = 1 is the arithmetic mean and p = 0 the geometric one (the limit); for p ≤ 0 a zero makes the mean zero.
    """
    x = np.asarray(values, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    w = w / w.sum()
    with np.errstate(divide="ignore"):  # 0 to a negative power is infinite, and the mean of it is 0: what we want
        if p == 0:
            return np.asarray(np.exp(weighted(np.log(x), w)))
        return np.asarray(weighted(x**p, w) ** (1 / p))


def goalpost(values: ArrayLike, low: ArrayLike, high: ArrayLike) -> Floats:
    """(x − low)/(high − low) clipped to [0, 1]; NaN stays NaN.

    Where high ≤ low (goalposts crossed by a drawn shift) it is the step that narrowing goalposts tend to: 1 above, 0
    elsewhere.
    """
    x, lo, hi = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in (values, low, high)))
    width = hi - lo
    step = np.where(np.isnan(x - lo), np.nan, (x > lo).astype(np.float64))
    clipped: Floats = np.clip(np.divide(x - lo, width, out=step, where=~(width <= 0)), 0.0, 1.0)
    return clipped


def herfindahl(volumes: ArrayLike) -> float:
    """Herfindahl–Hirschman index, 10,000·Σπ² with π the part of each volume; NaN where there is no volume."""
    x = np.asarray(volumes, dtype=np.float64)
    total = float(x.sum())
    return float(10_000 * np.sum((x / total) ** 2)) if total > 0 else float("nan")


def gini(values: ArrayLike) -> float:
    """Gini coefficient Σ(2i − n − 1)·x_i/(n·Σx) of values ≥ 0 in ascending order; NaN without any value above 0."""
    x = np.sort(np.asarray(values, dtype=np.float64))
    n, total = x.size, float(x.sum())
    return float(np.arange(1 - n, n, 2) @ x / (n * total)) if total > 0 else float("nan")
