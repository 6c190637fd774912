"""Shares of variance: functions whose shares are known, the laws of the Monte Carlo one by one, and who is sampled."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from public_value.methodology import (
    Evidence,
    Parameters,
    distributions,
    score,
    stream_key,
    uniforms,
    variances,
)
from public_value.montecarlo import common_uniforms, draw_matrix, own_uniforms
from public_value.saltelli import FACTORS, MATRICES, MOST_BODIES, sampled, score_variances
from public_value.terms import terms_of
from tests.public_value.random_evidence import parameters, random_evidence

RUNS = 2**15
SEED = "2026Q1"


def matrices(inputs: int, runs: int = RUNS) -> tuple[np.ndarray, np.ndarray]:
    keys = [stream_key(SEED, name) for name in ("a", "b")]
    a, b = (np.concatenate([uniforms([key], slot, runs) for slot in range(inputs)]) for key in keys)
    return a, b


def mixed(a: np.ndarray, b: np.ndarray):
    for column in range(len(a)):
        u = a.copy()
        u[column] = b[column]
        yield u


def found(function: Callable, inputs: int) -> tuple[list[float], list[float]]:
    a, b = matrices(inputs)
    first, total = variances(*(np.atleast_2d(function(u)) for u in (a, b)), map(function, mixed(a, b))).shares
    return first.tolist(), total.tolist()


# The estimators


def test_inputs_that_add_up_bring_their_own_variances_and_nothing_together():
    slopes = [4.0, 2.0, 1.0, 0.5]
    expected = [slope**2 / sum(slope**2 for slope in slopes) for slope in slopes]
    first, total = found(lambda u: 50 + sum(slope * row for slope, row in zip(slopes, u, strict=True)), 4)
    assert first == pytest.approx(expected, abs=0.015)
    assert total == pytest.approx(expected, abs=0.015)


def test_function_of_ishigami_has_the_shares_that_are_known():
    """f = sin x + 7 sin² y + 0.1 z⁴ sin x on (−π, π): z brings something with x alone (Ishigami and Homma 1990)."""
    a, b = 7.0, 0.1
    whole = a**2 / 8 + b * math.pi**4 / 5 + b**2 * math.pi**8 / 18 + 0.5
    x, y, together = 0.5 * (1 + b * math.pi**4 / 5) ** 2, a**2 / 8, 8 * b**2 * math.pi**8 / 225

    def ishigami(u: np.ndarray) -> np.ndarray:
        angle = math.pi * (2 * u - 1)
        return np.sin(angle[0]) + a * np.sin(angle[1]) ** 2 + b * angle[2] ** 4 * np.sin(angle[0])

    first, total = found(ishigami, 3)
    assert first == pytest.approx([x / whole, y / whole, 0], abs=0.015)
    assert total == pytest.approx([(x + together) / whole, y / whole, together / whole], abs=0.015)


def test_input_that_nothing_depends_on_brings_nothing_at_all():
    first, total = found(lambda u: u[0] + u[1] * u[2], 4)
    assert (first[3], total[3]) == (0, 0)
    assert min(first[:3] + total[:3]) > 0.1


def test_figure_that_never_varies_has_no_shares():
    first, total = found(lambda u: 40 + 0 * u[0], 2)
    assert np.isnan([first, total]).all()


def test_figures_count_by_their_variance_and_blocks_add_up():
    a, b = matrices(2, 500)

    def two(u: np.ndarray) -> np.ndarray:
        return np.stack([3 * u[0], u[1]])

    together = variances(two(a), two(b), map(two, mixed(a, b)))
    large, small = (variances(two(a)[[row]], two(b)[[row]], (two(u)[[row]] for u in mixed(a, b))) for row in range(2))
    assert np.array((large + small).shares) == pytest.approx(np.array(together.shares))
    assert together.shares[1] == pytest.approx([0.9, 0.1], abs=0.02)


# The laws of the Monte Carlo


def spread(evidence: Evidence, method: Parameters | None = None, runs: int = 128) -> dict[str, tuple[float, float]]:
    """First-order and total-order share by factor, over all organisations."""
    method = method or parameters()
    scores = score(method, evidence)
    members = np.flatnonzero(scores.scored)
    shares = score_variances(method, terms_of(evidence, scores), members, seed=SEED, runs=runs).shares
    return dict(zip(FACTORS, zip(*(order.tolist() for order in shares), strict=True), strict=True))


def varied() -> Evidence:
    """A world in which every factor moves some score."""
    return random_evidence(5, organisations=30)[0]


def test_every_factor_moves_the_scores_of_a_varied_world():
    assert all(total > 0 for _, total in spread(varied()).values())


LAWS = {
    ("weight_S", "weight_N", "weight_F", "weight_C", "weight_O"): {"weight_noise": 0.0},
    ("p",): {"p": (0.4, 0.4)},
    ("q_pilot",): {"q_pilot": (0.5, 0.5)},
    ("kappa_product",): {"kappa_product": (0.7, 0.7)},
    ("kappa_custom",): {"kappa_custom": (0.3, 0.3)},
    ("rho",): {"rho_low": (0.5, 0.7, 0.9, 1.0), "rho_high": (0.5, 0.7, 0.9, 1.0)},
    ("F_lo", "F_hi"): {"frontline_shift": 0.0},
}


@pytest.mark.parametrize(("factors", "law"), LAWS.items(), ids=lambda part: next(iter(part)))
def test_law_that_is_one_value_brings_nothing_and_the_others_still_do(factors, law):
    method = parameters()
    shares = spread(varied(), replace(method, laws=replace(method.laws, **law)))
    still = {name for name, both in shares.items() if both == pytest.approx((0, 0), abs=1e-20)}
    assert still == set(factors)


def test_cost_brings_nothing_where_no_cost_is_stated():
    evidence = varied()
    rows = replace(evidence.rows, relief=np.zeros_like(evidence.rows.relief))
    shares = spread(replace(evidence, rows=rows))
    assert {name for name, both in shares.items() if both == (0, 0)} == {"g"}


def test_bodies_that_are_explained_in_full_have_no_share_of_what_is_not_known():
    evidence = varied()
    told = replace(evidence, envelope=evidence.by_class(evidence.rows.mass))
    assert spread(told)["tau"] == (0, 0)
    assert spread(told)["missing_F"][1] > 0
    stated = replace(told, frontline=np.full(30, 6.0), admin=np.full(30, 4.0))
    assert spread(stated)["missing_F"] == (0, 0)


def test_bodies_that_have_everything_have_no_shares():
    """Where every part is 1, no weight and no power moves the score: nothing varies, and no share is made up."""
    full = {"adopted": np.zeros((30, 24)), "den": np.tile([0.0, 0.0, 1.0], (30, 1)), "imputed": np.zeros((30, 3))}
    full["adopted"][:, -2] = 1  # commodity, E3, in full use
    full |= {"open_adopted": full["adopted"], "published": full["den"], "relief": np.zeros((30, 15))}
    terms = terms_of(varied(), score(parameters(), varied()))
    flat = replace(terms, **full, commons=np.ones(30), share=np.ones(30))
    shares = score_variances(parameters(), flat, np.arange(30), seed=SEED, runs=64).shares
    assert np.isnan(shares).all()


def test_shares_do_not_depend_on_the_size_of_blocks(monkeypatch):
    whole = spread(varied())
    monkeypatch.setattr(distributions, "_ELEMENTS_AT_ONCE", 300)
    again = spread(varied())
    assert all(again[name] == pytest.approx(whole[name], abs=1e-12) for name in FACTORS)


# The numbers


def test_matrices_share_no_number_with_each_other_or_with_the_ordinary_draws():
    evidence = varied()
    terms, members = terms_of(evidence, score(parameters(), evidence)), np.arange(4)
    drawn = [common_uniforms(SEED, 50, matrix=matrix) for matrix in ("", *MATRICES)]
    owns = [own_uniforms(terms, members, SEED, 50, matrix=matrix) for matrix in ("", *MATRICES)]
    drawn += [own(slot, np.arange(4)) for own in owns for slot in (0, 1)]
    numbers = np.concatenate([part.ravel() for part in drawn])
    assert len(np.unique(numbers)) == len(numbers) == 3 * 13 * 50 + 3 * 2 * 4 * 50


def test_ordinary_draws_are_what_they_were():
    """Published ranges were drawn with these numbers: they stay."""
    evidence, _ = random_evidence(5)
    scores = score(parameters(), evidence)
    matrix = draw_matrix(parameters(), terms_of(evidence, scores), np.arange(4), seed=SEED, draws=2)
    assert matrix == pytest.approx(np.array(BEFORE), abs=1e-11)


BEFORE = [
    [23.347776614507158, 6.562365702294318],
    [19.66532327676802, 31.258389609896316],
    [32.34883985365698, 30.86974045767128],
    [13.421365849566955, 15.71468373168781],
]


def test_sample_is_drawn_by_the_seed_and_by_nothing_else():
    uids = [f"body-{number}" for number in range(2_000)]
    chosen = sampled(uids, SEED)
    assert len(chosen) == MOST_BODIES
    assert chosen == sampled(uids[::-1], SEED) == sorted(set(chosen))
    assert chosen != sampled(uids, "2026Q2")
    assert set(sampled(uids[:1_000], SEED)) >= set(chosen) & set(uids[:1_000])  # who goes leaves room, and no more
    assert sampled(uids[:3], SEED) == uids[:3]
