"""How far the score could move: parameters drawn by fixed laws on reproducible streams (specification 1.11).

Numbers come from SplitMix64 by counter, never from a library's generator, and the seed is the edition's label. So every
organisation, snapshot and what-if meets the same draws: their differences are data, and comparing needs nothing stored.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .methodology import (
    Evidence,
    Parameters,
    Scores,
    band,
    blocks,
    goalpost,
    grade,
    published_as,
    quantiles,
    rank_intervals,
    stream_key,
    uniforms,
)
from .methodology.evidence import Integers
from .methodology.grades import Texts
from .methodology.measures import Floats
from .terms import Terms, terms_of

COMMON_SLOTS, OWN_SLOTS = 13, 2
"""What is drawn for all organisations at once, and for each on its own (0: τ of its unknown mass, 1: missing F)."""

OwnUniforms = Callable[[int, Integers], Floats]
"""Uniform numbers of one own slot for some of the organisations that are drawn, by their places: (places, N)."""

Keep = Callable[[Integers, Floats], None]
"""Is handed indices of organisations, (m), and their draws, points, (m, draws)."""


@dataclass(frozen=True, kw_only=True)
class CommonDraws:
    """What all organisations share, N draws: weights (5, N), p (N), q_pilot (N), κ (3, N), ρ (4, N), the place of g in
    the grid (N), the shifts of F_lo and F_hi (N). What `Terms` are multiplied by: quality κ·q·ρ (24, N); relief, κ
    where g is drawn (15, N)."""

    weights: Floats
    p: Floats
    q_pilot: Floats
    kappa: Floats
    rho: Floats
    g: Integers
    low_shift: Floats
    high_shift: Floats
    quality: Floats
    relief: Floats


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """Arrays over n organisations. p5, p50, p95, half_width H, low, high (the printed band): points, NaN if not scored.
    rank_low, rank_high are 0 where the organisation is not ranked (grade D or E)."""

    p5: Floats
    p50: Floats
    p95: Floats
    half_width: Floats
    low: Floats
    high: Floats
    grade: Texts
    published: Texts
    rank_low: Integers
    rank_high: Integers


def common_draws(parameters: Parameters, seed: str, draws: int) -> CommonDraws:
    """Draw what is common to all organisations, slots 0 to 12 of stream "G"."""
    return common_at(parameters, common_uniforms(seed, draws))


def common_uniforms(seed: str, draws: int, *, matrix: str = "") -> Floats:
    """Uniform numbers of the common slots, (13, draws). `matrix` stands before the stream's name."""
    key = stream_key(seed, f"{matrix}G")
    return np.concatenate([uniforms([key], slot, draws) for slot in range(COMMON_SLOTS)])


def own_uniforms(terms: Terms, members: Integers, seed: str, draws: int, *, matrix: str = "") -> OwnUniforms:
    """Uniform numbers of the members' own streams. `matrix` stands before their names."""
    keys = np.array([stream_key(seed, f"{matrix}O:{terms.uid[index]}") for index in members], dtype=np.uint64)
    return lambda slot, places: uniforms(keys[places], slot, draws)


def common_at(parameters: Parameters, u: Floats) -> CommonDraws:
    """What the laws make of uniform numbers, (13, N), one row for each common slot."""
    laws, draws = parameters.laws, u.shape[1]
    weights = np.array(parameters.weights)[:, None] * (1 - laws.weight_noise + 2 * laws.weight_noise * u[:5])
    rho_low, rho_high = np.array(laws.rho_low)[:, None], np.array(laws.rho_high)[:, None]
    q_pilot, rho = _between(laws.q_pilot, u[6]), rho_low + (rho_high - rho_low) * u[9]
    kappa = np.stack(
        [_between(laws.kappa_custom, u[8]), _between(laws.kappa_product, u[7]), np.full(draws, parameters.kappa[2])]
    )
    g = np.floor(len(laws.g_grid) * u[10]).astype(np.int64)
    stage = np.stack([np.ones(draws), q_pilot])
    quality = kappa[:, None, None] * rho[None, :, None] * stage[None, None]
    drawn_g = np.arange(len(laws.g_grid))[:, None] == g
    return CommonDraws(
        weights=weights / weights.sum(axis=0),
        p=_between(laws.p, u[5]),
        q_pilot=q_pilot,
        kappa=kappa,
        rho=rho,
        g=g,
        low_shift=laws.frontline_shift * (u[11] - 0.5),
        high_shift=laws.frontline_shift * (u[12] - 0.5),
        quality=quality.reshape(-1, draws),
        relief=(kappa[:, None] * drawn_g[None]).reshape(-1, draws),
    )


def draw_matrix(parameters: Parameters, terms: Terms, members: Integers, *, seed: str, draws: int) -> Floats:
    """The score of each member in each draw, points, shape (len(members), draws); columns are common draws.

    `members` are indices of organisations of `terms` that are scored. Work space beside the result stays below 30 MB.
    """
    common = common_draws(parameters, seed, draws)
    matrix = np.empty((len(members), draws))
    for block in blocks(len(members), draws):
        drawn = np.resize(members[block], max(2, len(members[block])))  # a product of one row rounds differently
        points = drawn_points(terms, drawn, common, own_uniforms(terms, drawn, seed, draws))
        matrix[block] = points[: len(members[block])]
    return matrix


def drawn_points(terms: Terms, members: Integers, common: CommonDraws, own: OwnUniforms) -> Floats:
    """The score of each member in each of N draws, points, (len(members), N): of evidence and uniform numbers alone."""
    return _powered(common, _drawn_indicators(terms, members, common, own))


def simulate(
    parameters: Parameters, evidence: Evidence, scores: Scores, *, seed: str, draws: int, keep: Keep | None = None
) -> Uncertainty:
    """Quantiles, grade, published face and rank interval of every organisation, one peer group in memory at a time.

    `seed` is the edition's label. `keep` is handed the draws of those that get a score, a block of them at a time.
    Peak memory is about 20 bytes × draws × the largest group's members.
    """
    terms = terms_of(evidence, scores)
    points, ranks = np.full((3, len(evidence.uid)), np.nan), np.zeros((len(evidence.uid), 2), dtype=np.int64)
    grades = np.full(len(evidence.uid), "E")
    for group in np.unique(evidence.group[scores.scored]):
        members = np.flatnonzero(scores.scored & (evidence.group == group))
        matrix = draw_matrix(parameters, terms, members, seed=seed, draws=draws)
        points[:, members] = quantiles(matrix)
        grades[members] = _graded(parameters, scores, members, points[:, members])
        ranked = np.isin(grades[members], ("A", "B", "C"))
        if ranked.any():
            ranks[members[ranked]] = rank_intervals(matrix, ranked)
            _hand_over(keep, members, matrix, np.flatnonzero(ranked))
    return _uncertainty(scores, points, grades, ranks)


def _hand_over(keep: Keep | None, members: Integers, matrix: Floats, rows: Integers) -> None:
    if keep:
        for block in blocks(len(rows), matrix.shape[1]):
            keep(members[rows[block]], matrix[rows[block]])


def draw(
    parameters: Parameters, evidence: Evidence, scores: Scores, *, seed: str, draws: int
) -> tuple[Uncertainty, Floats]:
    """As `simulate`, for some organisations of their groups and so without ranks; beside it the draws themselves,
    points, shape (n, draws), NaN where an organisation is not scored."""
    members = np.flatnonzero(scores.scored)
    matrix = np.full((len(evidence.uid), draws), np.nan)
    matrix[members] = draw_matrix(parameters, terms_of(evidence, scores), members, seed=seed, draws=draws)
    points, grades = np.full((3, len(evidence.uid)), np.nan), np.full(len(evidence.uid), "E")
    points[:, members] = quantiles(matrix[members])
    grades[members] = _graded(parameters, scores, members, points[:, members])
    return _uncertainty(scores, points, grades, np.zeros((len(evidence.uid), 2), dtype=np.int64)), matrix


def _uncertainty(scores: Scores, points: Floats, grades: Texts, ranks: Integers) -> Uncertainty:
    low, high = band(scores.pvi, points[0], points[2])
    return Uncertainty(
        p5=points[0],
        p50=points[1],
        p95=points[2],
        half_width=(points[2] - points[0]) / 2,
        low=low,
        high=high,
        grade=grades,
        published=published_as(grades),
        rank_low=ranks[:, 0],
        rank_high=ranks[:, 1],
    )


def _between(ends: tuple[float, float], u: Floats) -> Floats:
    return ends[0] + (ends[1] - ends[0]) * u


def _drawn_indicators(terms: Terms, block: Integers, common: CommonDraws, own: OwnUniforms) -> list[Floats]:
    """S, N, F, C, O of a block of organisations, each (len(block), draws) or, for C, (len(block), 1)."""
    den = terms.den[block] @ common.kappa
    per = np.divide(1.0, den, out=np.zeros_like(den), where=den > 0)
    S = terms.adopted[block] @ common.quality
    S += own(0, np.arange(len(block))) * (terms.imputed[block] @ common.kappa)
    S *= per
    N = terms.relief[block] @ common.relief
    N *= per
    N += S
    openness = terms.open_adopted[block] @ common.quality
    openness += terms.published[block] @ common.kappa
    openness *= per / 2
    return [S, N, _drawn_focus(terms, block, common, own), terms.commons[block][:, None], openness]


def _drawn_focus(terms: Terms, block: Integers, common: CommonDraws, own: OwnUniforms) -> Floats:
    """F with shifted goalposts; where φ is missing, U(0, 1) × the peer median between the nominal goalposts."""
    low = terms.low[block][:, None] + common.low_shift
    high = terms.high[block][:, None] + common.high_shift
    focus = goalpost(terms.share[block][:, None], low, high)
    missing = np.flatnonzero(np.isnan(terms.share[block]))
    if missing.size:
        focus[missing] = own(1, missing) * terms.median[block[missing]][:, None]
    return focus


def _powered(common: CommonDraws, indicators: list[Floats]) -> Floats:
    """100·(Σ w·x^p)^(1/p), by logarithms: they are several times faster than powers and exact to 1e-13 here."""
    with np.errstate(divide="ignore"):  # the logarithm of 0 is −∞, and its exponential 0 again
        parts = (np.exp(common.p * np.log(x) + np.log(w)) for x, w in zip(indicators, common.weights, strict=True))
        points: Floats = 100 * np.exp(np.log(sum(parts)) / common.p)
    return np.minimum(100.0, points)


def _graded(parameters: Parameters, scores: Scores, members: Integers, points: Floats) -> Texts:
    return grade(
        parameters,
        K=scores.K[members],
        V=scores.V[members],
        T=scores.T[members],
        H=(points[2] - points[0]) / 2,
        frontline_stated=scores.frontline_stated[members],
    )
