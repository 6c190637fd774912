"""The draws: SplitMix64 to the bit, one organisation drawn the slow way, quantiles, ranks and what is published."""

import hashlib
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from public_value.methodology import (
    ADOPT,
    EXEMPT,
    Evidence,
    Scores,
    distributions,
    probability_above,
    quantiles,
    rank_intervals,
    score,
    stream_key,
    uniforms,
)
from public_value.montecarlo import Uncertainty, common_draws, draw_matrix, simulate
from public_value.terms import terms_of
from tests.public_value.random_evidence import declared, only, parameters, peer_groups, random_evidence

worlds = st.integers(0, 2**32 - 1)
WORD = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15
SEED = "2026Q1"


def drawn(evidence: Evidence, draws: int = 50, seed: str = SEED) -> np.ndarray:
    scores = score(parameters(), evidence)
    members = np.flatnonzero(scores.scored)
    return draw_matrix(parameters(), terms_of(evidence, scores), members, seed=seed, draws=draws)


# The generator


def test_uniforms_are_the_words_that_their_slot_and_draw_name():
    assert uniforms([0], 0, 1)[0, 0] == (0xE220A8397B1DCDAF >> 11) / 2**53
    assert uniforms([0], 2, 1)[0, 0] == (0x06C45D188009454F >> 11) / 2**53
    for key, draw, slot in [(0, 1, 0), (2**64 - 1, 7, 12), (12345, 999, 63)]:
        assert uniforms([key], slot, draw + 1)[0, draw] == plain_uniform(key, draw, slot)


def test_stream_key_is_the_start_of_the_digest():
    digest = hashlib.sha256(b"PVI|2026Q1|O:leeds").hexdigest()
    assert stream_key("2026Q1", "O:leeds") == int(digest[:16], 16)


def plain_uniform(key: int, draw: int, slot: int) -> float:
    word = (key + (64 * draw + slot + 1) * GOLDEN) & WORD
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & WORD
    return ((word ^ (word >> 31)) >> 11) / 2**53


def test_common_draws_follow_their_laws():
    common = common_draws(parameters(), SEED, 2000)
    assert common.weights.sum(axis=0) == pytest.approx(np.ones(2000))
    assert common.weights.mean(axis=1) == pytest.approx(parameters().weights, abs=0.005)
    for values, low, high in [
        (common.p, 0.25, 0.75),
        (common.q_pilot, 0.25, 0.75),
        (common.kappa[0], 0, 0.5),
        (common.kappa[1], 0.5, 1),
        (common.rho[0], 0.25, 0.75),
        (common.rho[1], 0.6, 0.9),
        (common.rho[2], 0.8, 1),
        (common.low_shift, -0.02, 0.02),
        (common.high_shift, -0.02, 0.02),
    ]:
        assert low <= values.min() < low + 0.01 * (high - low)
        assert high - 0.01 * (high - low) < values.max() <= high
    assert set(common.kappa[2]) == set(common.rho[3]) == {1.0}
    assert np.bincount(common.g) == pytest.approx(np.full(5, 400), abs=80)


# The draws


def slow_draw(evidence: Evidence, scores: Scores, organisation: int, k: int, seed: str = SEED) -> float:
    """One organisation in one draw, straight from the specification: Python numbers, one row at a time."""
    common = [plain_uniform(stream_key(seed, "G"), k, slot) for slot in range(13)]
    own = [plain_uniform(stream_key(seed, f"O:{evidence.uid[organisation]}"), k, slot) for slot in range(2)]
    weights = [w * (0.75 + 0.5 * u) for w, u in zip((0.3, 0.25, 0.2, 0.15, 0.1), common[:5], strict=True)]
    p, pilot = 0.25 + 0.5 * common[5], 0.25 + 0.5 * common[6]
    kappa = (0.5 * common[8], 0.5 + 0.5 * common[7], 1.0)
    rho = (0.25 + 0.5 * common[9], 0.6 + 0.3 * common[9], 0.8 + 0.2 * common[9], 1.0)
    group, xi, rows = evidence.group[organisation], scores.xi[organisation], evidence.rows
    den = [kappa[e] * evidence.envelope[organisation, e] for e in range(3)]
    unknown = list(evidence.envelope[organisation])
    adoption, relief, openness = [], [], []
    for row in np.flatnonzero(rows.organisation == organisation):
        e, exempt = rows.evolution[row], rows.kind[row] == EXEMPT
        counted = 1 - xi if exempt else 1.0
        unknown[e] -= rows.mass[row]
        if exempt:
            den.append(-kappa[e] * xi * rows.mass[row])
        quality = kappa[e] * (pilot if rows.pilot[row] else 1) * rho[rows.evidence[row]] * (rows.kind[row] == ADOPT)
        adoption.append(quality * rows.adopted[row])
        relief.append(kappa[e] * counted * rows.relief[row, int(5 * common[10])])
        openness.append((quality * rows.open_adopted[row] + kappa[e] * counted * rows.published[row]) / 2)
    norms = evidence.peer_groups
    adoption += [own[0] * kappa[e] * max(0.0, unknown[e]) * norms.adoption_mean[group, e] for e in range(3)]
    low, high = norms.frontline_low[group], norms.frontline_high[group]
    share = evidence.frontline[organisation] / (evidence.frontline[organisation] + evidence.admin[organisation])
    if math.isnan(share):
        focus = own[1] * (norms.frontline_median[group] - low) / (high - low)
    else:
        low, high = low + 0.04 * (common[11] - 0.5), high + 0.04 * (common[12] - 0.5)
        focus = min(1.0, max(0.0, (share - low) / (high - low)))
    S, R, O = (math.fsum(part) / math.fsum(den) for part in (adoption, relief, openness))  # noqa: E741
    x = (S, S + R, focus, scores.C[organisation], O)
    return 100 * (math.fsum(w * v**p for w, v in zip(weights, x, strict=True)) / math.fsum(weights)) ** (1 / p)


@settings(max_examples=25, deadline=None)
@given(worlds)
def test_draws_agree_with_the_slow_way(seed):
    evidence, _ = random_evidence(seed)
    scores = score(parameters(), evidence)
    slow = [[slow_draw(evidence, scores, index, k) for k in range(5)] for index in np.flatnonzero(scores.scored)]
    assert drawn(evidence, 5) == pytest.approx(np.array(slow).reshape(-1, 5), abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(worlds)
def test_draws_stay_in_range(seed):
    matrix = drawn(random_evidence(seed)[0])
    assert np.all((matrix >= 0) & (matrix <= 100))


def test_draws_do_not_depend_on_the_size_of_blocks(monkeypatch):
    evidence, _ = random_evidence(3, organisations=30)
    whole = drawn(evidence), simulate(parameters(), evidence, score(parameters(), evidence), seed=SEED, draws=50)
    monkeypatch.setattr(distributions, "_ELEMENTS_AT_ONCE", 120)
    assert drawn(evidence) == pytest.approx(whole[0], abs=1e-10)
    again = simulate(parameters(), evidence, score(parameters(), evidence), seed=SEED, draws=50)
    assert again.rank_low.tolist() == whole[1].rank_low.tolist()
    assert again.p95 == pytest.approx(whole[1].p95, abs=1e-10, nan_ok=True)


def test_draws_of_an_organisation_are_the_same_in_any_company():
    evidence, _ = random_evidence(5)
    assert drawn(only(evidence, [2])) == pytest.approx(drawn(evidence)[[2]], abs=1e-10)


def test_a_longer_run_begins_with_the_shorter_one():
    evidence, _ = random_evidence(5)
    assert drawn(evidence, 80)[:, :50] == pytest.approx(drawn(evidence, 50), abs=1e-10)


def test_another_edition_draws_other_numbers():
    evidence, _ = random_evidence(5)
    assert np.all(drawn(evidence, seed="2026Q2") != drawn(evidence))


def test_what_is_known_in_full_is_drawn_alike_whatever_the_uid():
    twin, _ = random_evidence(5, organisations=1)
    known = replace(twin, envelope=twin.by_class(twin.rows.mass), frontline=np.array([5.0]), admin=np.array([3.0]))
    assert drawn(known) == pytest.approx(drawn(replace(known, uid=("another",))), abs=0)


# Quantiles and ranks


@pytest.mark.parametrize("draws", [1, 2, 20, 1000])
def test_quantiles_are_type_7(draws):
    matrix = np.random.default_rng(1).random((300, draws))
    ordered, expected = np.sort(matrix, axis=1), []
    for part in (0.05, 0.5, 0.95):
        below = math.floor(part * (draws - 1))
        above = min(below + 1, draws - 1)
        weight = part * (draws - 1) - below
        expected.append(ordered[:, below] * (1 - weight) + ordered[:, above] * weight)
    assert quantiles(matrix) == pytest.approx(np.array(expected), abs=1e-12)
    assert np.array_equal(quantiles(matrix), np.quantile(matrix, (0.05, 0.5, 0.95), axis=1, method="linear"))


def test_rank_intervals_count_those_strictly_above():
    matrix = np.random.default_rng(2).integers(0, 6, (9, 40)) * 10.0
    ranks = 1 + (matrix[None] > matrix[:, None]).sum(axis=1)
    expected = [np.floor(np.quantile(ranks, 0.05, axis=1)), np.ceil(np.quantile(ranks, 0.95, axis=1))]
    assert rank_intervals(matrix).tolist() == np.transpose(expected).tolist()
    odd = np.arange(9) % 2 == 1
    assert rank_intervals(matrix, odd).tolist() == rank_intervals(matrix[odd]).tolist()


def test_rank_intervals_let_equals_share_a_rank_in_spite_of_rounding():
    matrix = np.array([[0.1 + 0.2], [0.3], [0.9]])
    assert rank_intervals(matrix).tolist() == [[2, 2], [2, 2], [1, 1]]


def test_probability_above_counts_common_draws():
    a, b = np.array([1.0, 2, 3, 4]), np.array([1.0, 1, 4, 2])
    assert probability_above(a, b) == 0.5
    assert probability_above(b, a) == 0.25
    assert probability_above(np.stack([a, b]), a).tolist() == [0, 0.25]


# Together


def fire_services(frontline: list[float]) -> Evidence:
    """Peers alike but for their accounts, all of whose one commodity cell is a well evidenced, published adoption."""
    count = len(frontline)
    adopted = {"evolution": 2, "kind": ADOPT, "B": 1e5, "s": 0.95, "evidence": 3, "openness": 1.0, "published": True}
    return Evidence(
        uid=tuple(f"fire-{index}" for index in range(count)),
        group=np.zeros(count, dtype=np.int64),
        frontline=np.array(frontline),
        admin=np.full(count, 40.0),
        reuse=np.full(count, 5.0),
        contributions=np.full(count, 5.0),
        envelope=np.tile([0.0, 0.0, 1e5], (count, 1)),
        peer_groups=peer_groups(),
        rows=declared(*[adopted | {"organisation": index} for index in range(count)]),
    )


def simulated(evidence: Evidence) -> Uncertainty:
    return simulate(parameters(), evidence, score(parameters(), evidence), seed=SEED, draws=400)


def test_simulate_ranks_the_graded_and_leaves_out_the_rest():
    uncertainty = simulated(fire_services([40, 80, 60, math.nan]))
    assert uncertainty.grade.tolist() == ["A", "A", "A", "D"]
    assert uncertainty.published.tolist() == ["score", "score", "score", "band"]
    assert list(zip(uncertainty.rank_low, uncertainty.rank_high, strict=True)) == [(3, 3), (1, 1), (2, 2), (0, 0)]


def test_simulate_gives_a_band_that_holds_the_headline():
    evidence, _ = random_evidence(11, organisations=40)
    scores, uncertainty = score(parameters(), evidence), simulated(evidence)
    scored = scores.scored
    assert np.all(uncertainty.low[scored] <= scores.pvi[scored])
    assert np.all(uncertainty.high[scored] >= scores.pvi[scored])
    assert uncertainty.half_width == pytest.approx((uncertainty.p95 - uncertainty.p5) / 2, nan_ok=True)
    assert np.any(uncertainty.p5[scored] > scores.pvi[scored])  # where unknown mass is drawn above the headline's zero


def test_simulate_says_nothing_of_an_organisation_without_cells():
    peers = fire_services([40, 80])
    rows = {name: column[:1] for name, column in vars(peers.rows).items()}
    envelope = np.array([[0, 0, 1e5], [0, 0, 0]])
    uncertainty = simulated(replace(peers, envelope=envelope, rows=replace(peers.rows, **rows)))
    assert np.isnan([uncertainty.p5[1], uncertainty.p50[1], uncertainty.low[1], uncertainty.half_width[1]]).all()
    assert (uncertainty.grade[1], uncertainty.published[1], uncertainty.rank_high[1]) == ("E", "not_published", 0)
    assert uncertainty.rank_high[0] == 1
