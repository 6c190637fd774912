"""Effective weights and the panel of other ways of adding up: by hand, and against the method's own examples."""

import math
from statistics import correlation

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from public_value.methodology.robustness import PANEL, effective_weights, panel, robustness, spearman
from tests.public_value.random_evidence import parameters

WEIGHTS = np.array(parameters().weights)
columns = st.integers(0, 2**32 - 1).map(lambda seed: np.random.default_rng(seed).integers(0, 6, (12, 2)) / 2)


def one(variant: str, *x: float) -> float:
    return float(panel(parameters(), np.array([x]))[variant][0])


def test_geometric_variant_has_the_floor_of_the_method():
    """Specification 1.8: x = (.6, .6, .6, 0, .6) gives 32.5 with a floor of .01."""
    assert round(one("geometric", 0.6, 0.6, 0.6, 0, 0.6), 1) == 32.5


@pytest.mark.parametrize(
    ("others", "openness", "expected"), [(0, 0.7, 3.434), (0, 1, 2.895), (0.1, 0.9, 13.723), (0.1, 1, 13.627)]
)
def test_ampi_falls_where_the_method_says_so(others, openness, expected):
    assert round(one("ampi", others, others, others, others, openness), 3) == expected


def test_arithmetic_variant_is_the_sum_of_the_contributions():
    assert one("arithmetic", 0.5, 0.6, 0.7, 0.2, 0.1) == pytest.approx(15 + 15 + 14 + 3 + 1)


def test_merged_variant_takes_s_and_n_as_one_dimension():
    both = (0.3 * 0.2 + 0.25 * 0.6) / 0.55
    expected = 100 * (0.55 * math.sqrt(both) + 0.2 * 0.5 + 0.15 * 0.1 + 0.1 * 0.3) ** 2
    assert one("merged", 0.2, 0.6, 0.25, 0.01, 0.09) == pytest.approx(expected)


def test_equal_weights_variant_weighs_equally():
    assert one("equal_weights", 0, 0, 1, 0, 0) == pytest.approx(100 / 25)


@pytest.mark.parametrize("variant", PANEL)
@pytest.mark.parametrize("level", [0.0, 0.3, 1.0])
def test_variants_agree_on_an_organisation_that_is_balanced(variant, level):
    floor = 1 if variant == "geometric" and level == 0 else 0
    assert one(variant, *[level] * 5) == pytest.approx(max(100 * level, floor))


def test_effective_weight_is_the_squared_correlation():
    x = np.random.default_rng(5).random((30, 5))
    index = x @ WEIGHTS
    expected = [correlation(column.tolist(), index.tolist()) ** 2 for column in x.T]
    assert effective_weights(x, index) == pytest.approx(expected)


@settings(max_examples=100, deadline=None)
@given(columns)
def test_spearman_is_that_of_the_standard_library(pairs):
    a, b = pairs.T
    if np.ptp(a) and np.ptp(b):
        assert spearman(a, b) == pytest.approx(correlation(a.tolist(), b.tolist(), method="ranked"))


def test_order_that_is_kept_and_order_that_is_turned_round():
    x = np.linspace(0.1, 0.9, 10)
    assert (spearman(x, x**3), spearman(x, -x)) == (1, -1)


@pytest.mark.parametrize("x", [np.random.default_rng(1).random((2, 5)), np.full((12, 5), 0.4)])
def test_robustness_of_two_or_of_equals_is_undefined(x):
    found = robustness(parameters(), x)
    assert np.isnan(found.effective).all()
    assert all(math.isnan(value) for value in found.order.values())


def test_a_dimension_that_is_the_same_for_all_has_no_effective_weight():
    x = np.random.default_rng(1).random((12, 5))
    x[:, 3] = 0
    found = robustness(parameters(), x)
    assert np.isnan(found.effective).tolist() == np.isnan(found.effective_equal).tolist() == [False] * 3 + [True, False]
    assert all(0 < value <= 1 for value in found.order.values())
