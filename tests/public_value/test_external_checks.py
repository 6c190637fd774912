"""The engine's own measures against figures that others have published, and against definitions written elsewhere."""

import json
from math import log
from pathlib import Path
from statistics import quantiles as standard_quantiles

import numpy as np
import pytest

from public_value.methodology import goalpost, herfindahl, power_mean, quantiles, splitmix64

CHECKS = json.loads((Path(__file__).parent / "external_checks.json").read_text(encoding="utf-8"))
GOLDEN = 0x9E3779B97F4A7C15


@pytest.mark.parametrize("country", CHECKS["hdi_2021"]["rows"])
@pytest.mark.parametrize("p", [0, 1e-9])
def test_goalposts_and_nested_means_give_the_human_development_index(country: str, p: float) -> None:
    """Arithmetic within education, geometric across: p = 0, which is also where small p tends to."""
    life, expected, mean, income, index = CHECKS["hdi_2021"]["rows"][country]
    education = power_mean([goalpost(expected, 0, 18), goalpost(mean, 0, 15)], [1, 1], 1)
    dimensions = [goalpost(life, 20, 85), education, goalpost(log(income), log(100), log(75_000))]
    assert round(float(power_mean(dimensions, [1, 1, 1], p)), 3) == index


@pytest.mark.parametrize("country", CHECKS["asem"]["rows"])
def test_arithmetic_means_give_the_asem_index(country: str) -> None:
    """Its inputs are published to two decimals."""
    index, connected, sustainable, *inputs = CHECKS["asem"]["rows"][country]
    parts = [power_mean(part, np.ones(len(part)), 1) for part in (inputs[:5], inputs[5:])]
    assert [power_mean(parts, [1, 1], 1), *parts] == pytest.approx([index, connected, sustainable], abs=0.011)


def test_weighted_geometric_mean_is_the_root_of_the_product() -> None:
    """1 · 2 · 3² = 18, and the weights 1, 1 and 2 sum to 4."""
    assert power_mean([1, 2, 3], [1, 1, 2], 0) == pytest.approx(18**0.25, rel=1e-14)
    assert power_mean([1, 2, 3], [1, 1, 2], 1e-7) == pytest.approx(18**0.25, rel=1e-6)


@pytest.mark.parametrize("p", [-1, 0, 0.25, 0.5, 0.75, 1, 2])
def test_power_mean_of_equals_is_what_they_are(p: float) -> None:
    assert power_mean([0.37, 0.37, 0.37], [0.2, 0.5, 0.3], p) == pytest.approx(0.37)


def test_power_mean_rises_with_its_exponent() -> None:
    means = [float(power_mean([0.1, 0.5, 0.9], [1, 2, 1], p)) for p in (-1, 0, 0.25, 0.5, 0.75, 1, 2)]
    assert means == sorted(means)


def test_herfindahl_of_four_firms_is_the_textbook_figure() -> None:
    assert herfindahl(CHECKS["hhi"]["shares"]) == pytest.approx(CHECKS["hhi"]["expected"])


def test_splitmix64_gives_the_published_vector() -> None:
    vector = CHECKS["splitmix64"]
    states = np.array([vector["seed"] + n * GOLDEN & 2**64 - 1 for n in (1, 2, 3)], dtype=np.uint64)
    assert [f"{word:016x}" for word in splitmix64(states)] == vector["first3_hex"]


@pytest.mark.parametrize("draws", [2, 3, 20, 21, 1000])
def test_quantiles_are_those_of_the_standard_library(draws: int) -> None:
    """Python's `statistics` calls type 7 inclusive; of 20 parts the first, tenth and last cut are P5, P50 and P95."""
    matrix = np.random.default_rng(draws).exponential(size=(40, draws))
    cuts = [standard_quantiles(row.tolist(), n=20, method="inclusive") for row in matrix]
    assert pytest.approx(np.array([[cut[0], cut[9], cut[18]] for cut in cuts]), rel=1e-12) == quantiles(matrix).T
