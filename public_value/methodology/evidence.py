"""What the database hands to the arithmetic: sums per organisation, never a declaration.

Every sum is linear in per-row terms, so it stays exact whatever κ, ρ, q, g, ξ, weights and p are applied afterwards
(specification, section 5).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .measures import Floats
from .parameters import CLASSES

Integers = NDArray[np.integer[Any]]
Booleans = NDArray[np.bool_]

ADOPT, DUPLICATE, EXEMPT = 0, 1, 2
"""Kinds of a row in the sense of specification 1.4-4: an adoption of a component that is not shared is a DUPLICATE."""

_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Sums over declarations that are live (not planned, retired or expired) and lie in addressable cells; m rows.

    A row is the sum over declarations that agree in organisation, class, kind, evidence and pilot; several rows with
    the same key are allowed and add up. B is the cell's reference envelope (£ a year); s the declaration's share of the
    cell after the scaling of 1.4-6 (0 where neither coverage nor transactions are stated); σ its freshness in [0.5, 1].

    organisation  (m) index into the organisations of `Evidence`
    evolution     (m) index into CLASSES
    kind          (m) ADOPT, DUPLICATE or EXEMPT
    evidence      (m) 0–3 for E0–E3; a missing grade is 0
    pilot         (m) true for adoptions in stage pilot; false for every other row (q = 1)
    mass          (m) Σ B·s, £; all kinds; an exempt row its whole share: ξ is applied here, never in SQL
    fresh         (m) Σ B·s·σ, £; all kinds
    adopted       (m) Σ B·s·σ over ADOPT declarations with s ≥ de_minimis_share (1 %), £; 0 for other kinds
    open_adopted  (m) Σ B·s·σ·ω over the same declarations, ω = mean of the component's four openness flags, £; else 0
    published     (m) Σ B·s over declarations with a complete open-book record, £; all kinds, an adoption below 1 % too
    relief        (m, 5) Σ B·(s − min(s, λ·c/(g·B))), £, one column for each g of `Parameters.laws.g_grid` in its order;
                  over DUPLICATE and EXEMPT declarations with a declared cost (one without cost adds 0, one below 1 %
                  keeps its relief). c is the declaration's whole cost in base-year £, raised to cost_floor_ratio·s·B
                  where evidence is E0; λ = lock_relief where 1.4-8 holds, for exempt ones too, else 1. 0 for ADOPT.
                  An exempt row gives it as if it were a plain duplicate: (1 − ξ) factors out exactly.
    """

    organisation: Integers
    evolution: Integers
    kind: Integers
    evidence: Integers
    pilot: Booleans
    mass: Floats
    fresh: Floats
    adopted: Floats
    open_adopted: Floats
    published: Floats
    relief: Floats

    def __post_init__(self) -> None:
        m = len(self.organisation)
        for name in ("evolution", "kind", "evidence", "pilot", "mass", "fresh", "adopted", "open_adopted", "published"):
            _refuse_shape(f"rows.{name}", getattr(self, name), (m,))
        if self.relief.ndim != 2 or len(self.relief) != m:
            raise ValueError(f"rows.relief has shape {self.relief.shape}: give {m} rows and one column for each g.")
        for name, top in (("evolution", len(CLASSES)), ("kind", 3), ("evidence", 4)):
            _refuse_outside(f"rows.{name}", getattr(self, name), top)
        for name in ("mass", "fresh", "adopted", "open_adopted", "published", "relief"):
            _refuse_negative(f"rows.{name}", getattr(self, name))


@dataclass(frozen=True, kw_only=True)
class PeerGroups:
    """Norms of each peer group, frozen for the edition; G groups. NaN where the edition states none.

    frontline_low, frontline_high  (G) goalposts of the front-line share φ (F_lo, F_hi); NaN: F is missing for the group
    frontline_median               (G) F_median_share, the peer median of φ, not yet normalised; NaN counts as 0
    adoption_mean                  (G, 3) ā, mean credited adoption share a by class of CLASSES; NaN counts as 0
    """

    frontline_low: Floats
    frontline_high: Floats
    frontline_median: Floats
    adoption_mean: Floats

    def __post_init__(self) -> None:
        groups = len(self.frontline_low)
        _refuse_shape("peer_groups.frontline_high", self.frontline_high, (groups,))
        _refuse_shape("peer_groups.frontline_median", self.frontline_median, (groups,))
        _refuse_shape("peer_groups.adoption_mean", self.adoption_mean, (groups, len(CLASSES)))
        if np.any(self.frontline_high <= self.frontline_low):
            raise ValueError("A peer group's F_hi is not above its F_lo: correct the edition's goalposts.")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that the index of n organisations is computed from.

    uid            n organisation uids, the names of their streams in the Monte Carlo
    group          (n) index into `peer_groups`
    frontline      (n) £ of the latest financial year that ended by the snapshot; NaN where missing
    admin          (n) £ of the same year; NaN where missing. φ is missing if either is, or if they sum to 0
    reuse          (n) R_o = Σ over all components of steward share × independent adopters
    contributions  (n) K_o = accepted contribution units of the 24 months, after the cap of 5 (AG-15)
    envelope       (n, 3) Σ B over all addressable cells of the class, declared or not, £; a row of zeros: not scored
    """

    uid: tuple[str, ...]
    group: Integers
    frontline: Floats
    admin: Floats
    reuse: Floats
    contributions: Floats
    envelope: Floats
    peer_groups: PeerGroups
    rows: Rows

    def __post_init__(self) -> None:
        n = len(self.uid)
        for name in ("group", "frontline", "admin", "reuse", "contributions"):
            _refuse_shape(name, getattr(self, name), (n,))
        _refuse_shape("envelope", self.envelope, (n, len(CLASSES)))
        for name in ("reuse", "contributions", "envelope"):
            _refuse_negative(name, getattr(self, name))
        _refuse_outside("group", self.group, len(self.peer_groups.frontline_low))
        _refuse_outside("rows.organisation", self.rows.organisation, n)
        excess = self.by_class(self.rows.mass) - self.envelope * (1 + _ROUNDING)
        if np.any(excess > 0):
            uid = self.uid[int(np.argmax(excess.max(axis=1)))]
            raise ValueError(f"The rows of {uid} weigh more than its envelope: shares of a cell must sum to at most 1.")

    def by_class(self, amounts: Floats) -> Floats:
        """Sum an amount per row into (organisation, class), shape (n, 3)."""
        cell = self.rows.organisation * len(CLASSES) + self.rows.evolution
        return summed(cell, amounts, len(self.uid) * len(CLASSES)).reshape(-1, len(CLASSES))

    def by_organisation(self, amounts: Floats) -> Floats:
        """Sum an amount per row into organisations, shape (n)."""
        return summed(self.rows.organisation, amounts, len(self.uid))


def summed(place: Integers, amounts: Floats, places: int) -> Floats:
    """Sum amounts by place, shape (places): `bincount`, which without any amount would count in whole numbers."""
    return np.bincount(place, amounts, places).astype(np.float64)


def _refuse_shape(name: str, array: NDArray[Any], shape: tuple[int, ...]) -> None:
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}: give {shape}.")


def _refuse_outside(name: str, array: Integers, top: int) -> None:
    if array.size and (array.min() < 0 or array.max() >= top):
        raise ValueError(f"{name} holds an index outside 0 to {top - 1}.")


def _refuse_negative(name: str, array: Floats) -> None:
    if not np.all(np.isfinite(array) & (array >= 0)):
        raise ValueError(f"{name} holds a negative or missing amount: give numbers of at least 0.")
