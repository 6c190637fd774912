"""Nominal indicators, the score and its contributions (specification 1.5 to 1.9, 1.14)."""

from dataclasses import dataclass

import numpy as np

from .evidence import ADOPT, EXEMPT, Booleans, Evidence, Integers, Rows, summed
from .indicators import (
    commons,
    exempt_factor,
    exempt_mass,
    frontline_focus,
    imputed_mass,
    normalised_median,
    unknown_mass,
)
from .measures import Floats, power_mean, weighted
from .parameters import Parameters


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Arrays over the n organisations of an `Evidence`. Where `scored` is false (den = 0) every figure is NaN.

    S, R, N, F, C, O, K, V, T  indicators in [0, 1]; F is 0 where not `frontline_stated`
    xi, den                    exemption factor; denominator Σ κB(1 − ξx), £
    pvi                        headline, 0–100; `pvi_peer_imputed`, `pvi_max`: unknown mass at the peers' mean, in full
    arithmetic                 Σ contributions; balance_penalty = pvi − arithmetic ≤ 0
    contributions, euler       (n, 5) points by S, N, F, C, O: 100·w·x; and the parts of pvi itself (they sum to it)
    """

    scored: Booleans
    frontline_stated: Booleans
    S: Floats
    R: Floats
    N: Floats
    F: Floats
    C: Floats
    O: Floats  # noqa: E741 (the specification's letter)
    xi: Floats
    den: Floats
    K: Floats
    V: Floats
    T: Floats
    pvi: Floats
    pvi_peer_imputed: Floats
    pvi_max: Floats
    arithmetic: Floats
    balance_penalty: Floats
    contributions: Floats
    euler: Floats


@dataclass(frozen=True, kw_only=True)
class FunctionContributions:
    """Points that each (organisation, function) adds to S, N and O; summed over functions they are `contributions`."""

    organisation: Integers
    function: Integers
    S: Floats
    N: Floats
    O: Floats  # noqa: E741


@dataclass(frozen=True)
class _Credits:
    """Numerators row by row, £ weighted by κ: adoption, relief of duplicates, openness, known mass, its qualities."""

    adoption: Floats
    relief: Floats
    openness: Floats
    known: Floats
    verified: Floats
    fresh: Floats


def score(parameters: Parameters, evidence: Evidence) -> Scores:
    """Score every organisation at the nominal parameters."""
    kappa, total = np.array(parameters.kappa), evidence.by_organisation
    xi, exempt = exempt_factor(parameters, evidence), exempt_mass(evidence)
    den = weighted(evidence.envelope - xi[:, None] * exempt, kappa)
    credits = _credits(parameters, evidence.rows, xi)
    adoption, relief, openness = (
        _per(total(amounts), den) for amounts in (credits.adoption, credits.relief, credits.openness)
    )
    unknown, imputed = (_per(weighted(mass, kappa), den) for mass in (unknown_mass(evidence), imputed_mass(evidence)))
    shared, focus = commons(parameters, evidence), frontline_focus(evidence)
    known, stated = total(credits.known), ~np.isnan(focus)

    def dimensions(credit: Floats | float, missing_focus: Floats | float) -> Floats:
        S, F = adoption + credit, np.where(stated, focus, missing_focus)
        return _where_scored(np.stack([S, S + relief, F, shared, openness], axis=1), den)

    x = dimensions(0.0, 0.0)
    pvi, contributions = _pvi(parameters, x), 100 * np.array(parameters.weights) * x
    arithmetic = contributions.sum(axis=1)
    return Scores(
        scored=den > 0,
        frontline_stated=stated,
        **dict(zip("SNFCO", x.T, strict=True)),
        R=relief,
        xi=_where_scored(xi, den),
        den=_where_scored(den, den),
        K=1 - unknown,
        V=_where_scored(_quality(total(credits.verified), known), den),
        T=_where_scored(_quality(total(credits.fresh), known), den),
        pvi=pvi,
        pvi_peer_imputed=_pvi(parameters, dimensions(imputed, normalised_median(evidence))),
        pvi_max=_pvi(parameters, dimensions(unknown, 1.0)),
        arithmetic=arithmetic,
        balance_penalty=pvi - arithmetic,
        contributions=contributions,
        euler=euler_parts(parameters, x, pvi),
    )


def function_contributions(
    parameters: Parameters, evidence: Evidence, scores: Scores, rows: Rows, function: Integers
) -> FunctionContributions:
    """Split contributions S, N and O by function; `scores` are those of `evidence`.

    `rows` are as `evidence.rows`, keyed by function as well: `function` (m) is any whole number that names the function
    of each row (a primary key; a declaration's key splits further). `rows` may hold only some organisations, but all
    rows of each; `rows.organisation` counts as in `evidence`.
    Result: one entry for each pair that occurs, ordered by organisation, then function.
    """
    credits = _credits(parameters, rows, scores.xi)
    scale = _per(np.full(len(scores.den), 100.0), scores.den)[rows.organisation]
    pairs, part = np.unique(np.stack([rows.organisation, function]), axis=1, return_inverse=True)
    weight = dict(zip("SNFCO", parameters.weights, strict=True))

    def points(dimension: str, amounts: Floats) -> Floats:
        return summed(part.ravel(), weight[dimension] * scale * amounts, pairs.shape[1])

    return FunctionContributions(
        organisation=pairs[0],
        function=pairs[1],
        S=points("S", credits.adoption),
        N=points("N", credits.adoption + credits.relief),
        O=points("O", credits.openness),
    )


def _credits(parameters: Parameters, rows: Rows, xi: Floats) -> _Credits:
    """`xi` is (n), one for each organisation; NaN where not scored."""
    kappa, rho = np.array(parameters.kappa)[rows.evolution], np.array(parameters.rho)[rows.evidence]
    is_adoption = rows.kind == ADOPT
    counted = np.where(rows.kind == EXEMPT, 1 - xi[rows.organisation], 1.0)  # exempt excess is plain duplication
    quality = np.where(is_adoption, np.where(rows.pilot, parameters.q_pilot, 1.0) * rho, 0.0)
    trust = np.where(is_adoption, rho, np.maximum(rho, parameters.dup_rho_floor))
    known = kappa * counted * rows.mass
    return _Credits(
        adoption=kappa * quality * rows.adopted,
        relief=np.where(is_adoption, 0.0, kappa * counted * rows.relief[:, parameters.nominal_g]),
        openness=kappa * (counted * rows.published + quality * rows.open_adopted) / 2,
        known=known,
        verified=known * trust,
        fresh=kappa * counted * rows.fresh,
    )


def _pvi(parameters: Parameters, x: Floats) -> Floats:
    return np.minimum(100.0, 100 * power_mean(x, parameters.weights, parameters.p))


def euler_parts(parameters: Parameters, x: Floats, pvi: Floats) -> Floats:
    """The parts of a score that each dimension gives it, (n, 5), which sum to it: PVI·w·x^p/Σ w·x^p (1.14).

    x (n, 5) are S, N, F, C, O, and pvi (n) the scores. Zeros where every dimension is 0.
    """
    parts = np.array(parameters.weights) * x**parameters.p
    whole = parts.sum(axis=1, keepdims=True)
    return pvi[:, None] * np.divide(parts, whole, out=np.zeros_like(parts), where=whole != 0)


def _per(amounts: Floats, den: Floats) -> Floats:
    return np.divide(amounts, den, out=np.full_like(den, np.nan), where=den > 0)


def _where_scored(values: Floats, den: Floats) -> Floats:
    return np.where((den > 0).reshape(-1, *[1] * (values.ndim - 1)), values, np.nan)


def _quality(part: Floats, known: Floats) -> Floats:
    """part/known; 0 where nothing is known (1.18)."""
    return np.divide(part, known, out=np.zeros_like(known), where=known > 0)
