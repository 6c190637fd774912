"""Confidence grades and what may be published (specification 1.10)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .evidence import Booleans
from .measures import Floats
from .parameters import Parameters

GRADES = ("A", "B", "C", "D", "E")
PUBLISHED_AS = {"A": "score", "B": "score", "C": "score", "D": "band", "E": "not_published"}

Texts = NDArray[np.str_]


def grade(parameters: Parameters, *, K: Floats, V: Floats, T: Floats, H: Floats, frontline_stated: Booleans) -> Texts:
    """First grade whose tests all pass, else E; arrays of one shape. K, V, T in [0, 1]; H half-width in points.

    NaN (an organisation that is not scored) passes no test, so its grade is E.
    """
    tests = [
        (test.completeness <= K)
        & (test.verification <= V)
        & (test.timeliness <= T)
        & (test.half_width >= H)
        & (frontline_stated | (not test.needs_frontline))
        for test in parameters.confidence
    ]
    return np.select(tests, [np.array(test.grade) for test in parameters.confidence], default=np.array("E"))


def published_as(grades: NDArray[Any]) -> Texts:
    """`score` (A–C), `band` (D) or `not_published` (E) for each grade."""
    scored, banded = np.isin(grades, ("A", "B", "C")), grades == "D"
    return np.where(scored, "score", np.where(banded, "band", "not_published"))


def band(pvi: Floats, p5: Floats, p95: Floats) -> tuple[Floats, Floats]:
    """The printed interval [min(PVI, P5), max(PVI, P95)]: the headline is never outside its own band."""
    return np.minimum(pvi, p5), np.maximum(pvi, p95)
