"""What is read off a matrix of draws (rows: organisations, columns: common draws): quantiles, ranks, probabilities."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .evidence import Booleans, Integers
from .measures import Floats

TOLD_APART = 0.90
_ELEMENTS_AT_ONCE = 2**17  # 1 MiB a work array keeps a block in the processor's cache


def quantiles(matrix: Floats | NDArray[np.integer[Any]]) -> Floats:
    """P5, P50 and P95 of each row by type 7 (NumPy's `linear`), shape (3, m); block by block, because NumPy copies."""
    parts = [
        np.quantile(matrix[block], (0.05, 0.5, 0.95), axis=1, method="linear")
        for block in blocks(len(matrix), matrix.shape[1])
    ]
    return np.concatenate(parts, axis=1) if parts else np.empty((3, 0))


def rank_intervals(matrix: NDArray[np.floating[Any]], among: Booleans | None = None) -> Integers:
    """Floor of P5 and ceiling of P95 of each row's rank among the rows, draw by draw, shape (m, 2).

    With `among` (a flag for each row) only the rows that it marks are ranked and returned.

    Rank = 1 + rows strictly above. Draws are compared to 9 decimals, so that equals stay equal after rounding errors.
    """
    rows = np.flatnonzero(np.ones(len(matrix), dtype=bool) if among is None else among)
    return intervals(ranks(matrix, rows))


def ranks(matrix: NDArray[np.floating[Any]], rows: Integers | None = None) -> Integers:
    """Rank of each row in each draw, (m, draws), as `rank_intervals` counts it; of some rows, or of all."""
    rows = np.arange(len(matrix)) if rows is None else rows
    found = np.empty((len(rows), matrix.shape[1]), dtype=np.int32)
    for block in blocks(matrix.shape[1], len(matrix)):
        found[:, block] = _ranks(np.round(-matrix[rows, block].T.astype(np.float64), 9)).T
    return found


def intervals(ranks: NDArray[np.integer[Any]]) -> Integers:
    """Floor of P5 and ceiling of P95 of each row of ranks, shape (m, 2)."""
    low, _, high = quantiles(ranks)
    return np.stack([np.floor(low), np.ceil(high)], axis=1).astype(np.int64)


def _ranks(falling: Floats) -> Integers:
    """Rank of each value within its row, 1 for the lowest; equals share the best rank."""
    order = np.argsort(falling, axis=1)
    ordered = np.take_along_axis(falling, order, axis=1)
    place = np.broadcast_to(np.arange(1, falling.shape[1] + 1, dtype=np.int32), falling.shape).copy()
    place[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 1
    ranks = np.empty_like(place)
    np.put_along_axis(ranks, order, np.maximum.accumulate(place, axis=1), axis=1)
    return ranks


def blocks(length: int, width: int) -> Iterator[slice]:
    """Slices of `length` that keep length × width of a block within `_ELEMENTS_AT_ONCE`."""
    step = max(1, _ELEMENTS_AT_ONCE // max(1, width))
    return (slice(start, start + step) for start in range(0, length, step))


@dataclass(frozen=True, kw_only=True)
class Paired:
    """What common draws say of a change, n rows; NaN stays NaN. Draws within 1e-9 points are equal.

    p5, p95        quantiles of the rises, type 7, points
    higher, lower  part of the draws in which the value after is above, below
    """

    p5: Floats
    p95: Floats
    higher: Floats
    lower: Floats


def paired(before: Floats, after: Floats) -> Paired:
    """Compare two matrices of the same rows and the same draws."""
    rise = np.round(after - before, 9)
    low, _, high = quantiles(rise)
    known, none = ~np.isnan(rise).any(axis=1), np.zeros(rise.shape[1])
    return Paired(
        p5=low,
        p95=high,
        higher=np.where(known, probability_above(rise, none), np.nan),
        lower=np.where(known, probability_above(none, rise), np.nan),
    )


def probability_above(a: NDArray[np.floating[Any]], b: NDArray[np.floating[Any]]) -> Floats:
    """P(A > B): the part of common draws (last axis) in which a is strictly above b; other axes broadcast."""
    return np.asarray(np.mean(a > b, axis=-1))


def told_apart(others: NDArray[np.floating[Any]], own: NDArray[np.floating[Any]]) -> Integers:
    """Of each of `others` (m, draws) whether it can be told apart from `own` (draws): 1 it is above, −1 below, in at
    least 90 of 100 common draws, else 0. Draws in which the two are level count for neither (specification 1.12)."""
    above, below = (probability_above(a, b) >= TOLD_APART for a, b in ((others, own), (own, others)))
    return above.astype(np.int64) - below.astype(np.int64)
