"""Quantities of an organisation that need no declaration-level term: masses, the exemption cap, F and C."""

import numpy as np

from .evidence import EXEMPT, Evidence
from .measures import Floats, goalpost, weighted
from .parameters import Parameters

_NOISE = 1e-12  # of an envelope: what summing in doubles leaves behind. The p-th root would turn 1e-16 into 1e-4.


def exempt_mass(evidence: Evidence) -> Floats:
    """Σ B·x by class, (n, 3), £: x is the whole exempt share, before the cap."""
    return evidence.by_class(np.where(evidence.rows.kind == EXEMPT, evidence.rows.mass, 0.0))


def exempt_factor(parameters: Parameters, evidence: Evidence) -> Floats:
    """ξ = min(1, cap·Σ κB/Σ κB·x), (n): the part of exempt mass that counts as exempt (1.4-9), always at nominal κ."""
    kappa = np.array(parameters.kappa)
    exempt = weighted(exempt_mass(evidence), kappa)
    allowed: Floats = parameters.exempt_cap * weighted(evidence.envelope, kappa)
    factor: Floats = np.minimum(1.0, np.divide(allowed, exempt, out=np.ones_like(allowed), where=exempt > 0))
    return factor


def unknown_mass(evidence: Evidence) -> Floats:
    """Σ B·u by class, (n, 3), £: what no live row explains."""
    unknown = evidence.envelope - evidence.by_class(evidence.rows.mass)
    return np.where(unknown > _NOISE * evidence.envelope, unknown, 0.0)


def imputed_mass(evidence: Evidence) -> Floats:
    """Σ B·u·ā by class, (n, 3), £: unknown mass at the peer group's mean adoption (1.9)."""
    mean: Floats = np.nan_to_num(evidence.peer_groups.adoption_mean)[evidence.group]
    return unknown_mass(evidence) * mean


def frontline_share(evidence: Evidence) -> Floats:
    """φ = frontline/(frontline + admin), (n).

    NaN, hence F missing, where either amount is missing, they sum to 0, or the group has no goalposts.
    """
    total = evidence.frontline + evidence.admin
    groups = evidence.peer_groups
    no_goalposts = np.isnan(groups.frontline_low + groups.frontline_high)[evidence.group]
    usable = ~np.isnan(total) & (total != 0) & ~no_goalposts
    return np.divide(evidence.frontline, total, out=np.full_like(total, np.nan), where=usable)


def frontline_focus(evidence: Evidence) -> Floats:
    """F, (n): φ between the peer group's goalposts; NaN where φ is missing."""
    groups, of = evidence.peer_groups, evidence.group
    return goalpost(frontline_share(evidence), groups.frontline_low[of], groups.frontline_high[of])


def normalised_median(evidence: Evidence) -> Floats:
    """The peer median of φ between the nominal goalposts, (n); 0 where the edition states no median or goalposts."""
    groups = evidence.peer_groups
    median = goalpost(groups.frontline_median, groups.frontline_low, groups.frontline_high)
    picked: Floats = np.nan_to_num(median)[evidence.group]
    return picked


def commons(parameters: Parameters, evidence: Evidence) -> Floats:
    """C, (n): half reuse by others, half contributions, each a saturating logarithm (1.5)."""
    reuse = np.log1p(evidence.reuse) / np.log1p(parameters.reuse_cap)
    contributions = np.log1p(evidence.contributions) / np.log1p(parameters.contributions_cap)
    both: Floats = np.minimum(1.0, reuse) / 2 + np.minimum(1.0, contributions) / 2
    return both
