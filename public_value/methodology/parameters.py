"""A published method as data: the parameter file in typed form. Changing a value is a new file and a new version."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from .canonical import sha256_of

DIMENSIONS = ("S", "N", "F", "C", "O")
EVIDENCE_LEVELS = ("E0", "E1", "E2", "E3")
CLASSES = ("custom", "product", "commodity")
"""Evolution classes in the order of every class axis. Genesis has κ = 0, hence no cells and no rows."""


@dataclass(frozen=True)
class Confidence:
    """One grade's tests, all to pass: K, V, T at least, H at most (points), F stated where `needs_frontline`."""

    grade: str
    completeness: float
    verification: float
    timeliness: float
    half_width: float
    needs_frontline: bool


@dataclass(frozen=True)
class Laws:
    """The laws of the Monte Carlo (specification 1.11): pairs are the ends of uniform laws; `rho_*` run E0 to E3."""

    draws: int
    weight_noise: float
    p: tuple[float, float]
    q_pilot: tuple[float, float]
    kappa_custom: tuple[float, float]
    kappa_product: tuple[float, float]
    rho_low: tuple[float, ...]
    rho_high: tuple[float, ...]
    g_grid: tuple[float, ...]
    frontline_shift: float


@dataclass(frozen=True)
class SavingScenario:
    """Optimism bias of running cost, retained local cost, realisation, optimism bias of transition: all ratios."""

    ob_opex: float
    h: float
    phi: float
    ob_trans: float


@dataclass(frozen=True)
class Saving:
    """Parameters of the saving estimator (specification 3); money is £ of `headline_fy`."""

    discount: float
    horizon: int
    transition_years: float
    null_contract_end_years: int
    low: SavingScenario
    central: SavingScenario
    high: SavingScenario
    headline_gbp: float
    headline_fy: str
    headline_reduction: float


@dataclass(frozen=True)
class Parameters:
    """One method. `weights` run S, N, F, C, O, `kappa` custom, product, commodity, `rho` E0 to E3; units as named."""

    method_version: str
    params_hash: str
    weights: tuple[float, ...]
    p: float
    kappa: tuple[float, ...]
    rho: tuple[float, ...]
    dup_rho_floor: float
    q_pilot: float
    stale_full_days: int
    stale_expiry_days: int
    stale_floor: float
    de_minimis_share: float
    g: float
    cost_floor_ratio: float
    modelled_cost_ratio: float
    lock_relief: float
    lock_window_days: int
    exempt_cap: float
    shared_min_independent: int
    reuse_cap: float
    contributions_cap: float
    confidence: tuple[Confidence, ...]
    laws: Laws
    geo_floor: float
    saving: Saving

    @property
    def nominal_g(self) -> int:
        """Where the nominal g stands in `laws.g_grid`, hence in `Rows.relief`."""
        return self.laws.g_grid.index(self.g)

    @classmethod
    @lru_cache(maxsize=16)  # every row of a list asks for the same
    def from_json(cls, text: str) -> Self:
        """Read a parameter file. ValueError says which entry is missing or cannot be used."""
        try:
            document = json.loads(text)
            parameters = cls(**_method(document), params_hash=sha256_of(document))
        except KeyError as error:
            raise ValueError(f"The method's parameter file lacks the entry {error}: add it.") from error
        except (TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"The method's parameter file cannot be read: {error}.") from error
        _refuse_unusable(parameters, document)
        return parameters


_SAME_NAME = (
    "method_version",
    "p",
    "dup_rho_floor",
    "stale_full_days",
    "stale_expiry_days",
    "stale_floor",
    "de_minimis_share",
    "g",
    "cost_floor_ratio",
    "modelled_cost_ratio",
    "lock_relief",
    "lock_window_days",
    "exempt_cap",
    "shared_min_independent",
    "geo_floor",
)


def _method(document: Mapping[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in _SAME_NAME} | {
        "weights": _in_order(document["weights"], DIMENSIONS),
        "kappa": _in_order(document["kappa"], CLASSES),
        "rho": _in_order(document["rho"], EVIDENCE_LEVELS),
        "q_pilot": document["q_stage"]["pilot"],
        "reuse_cap": document["T_R"],
        "contributions_cap": document["T_K"],
        "confidence": tuple(_confidence(name, tests) for name, tests in sorted(document["confidence"].items())),
        "laws": _laws(document["mc"]),
        "saving": _saving(document["saving"]),
    }


def _in_order(values: Mapping[str, float], names: tuple[str, ...]) -> tuple[float, ...]:
    return tuple(float(values[name]) for name in names)


def _confidence(name: str, tests: Mapping[str, Any]) -> Confidence:
    return Confidence(name, tests["K"], tests["V"], tests["T"], tests["H"], tests["F"])


def _laws(mc: Mapping[str, Any]) -> Laws:
    return Laws(
        draws=mc["draws"],
        weight_noise=mc["w_noise"],
        p=(mc["p_lo"], mc["p_hi"]),
        q_pilot=tuple(mc["q_pilot"]),
        kappa_custom=tuple(mc["kappa_custom"]),
        kappa_product=tuple(mc["kappa_product"]),
        rho_low=_in_order(mc["rho_lo"], EVIDENCE_LEVELS),
        rho_high=_in_order(mc["rho_hi"], EVIDENCE_LEVELS),
        g_grid=tuple(mc["g_grid"]),
        frontline_shift=mc["F_shift"],
    )


def _saving(saving: Mapping[str, Any]) -> Saving:
    scenarios = {name: SavingScenario(**saving[name]) for name in ("low", "central", "high")}
    return Saving(**{**saving, **scenarios})


_STAGES_BUT_PILOT = {"planned": 0, "partial": 1, "live": 1, "retired": 0}


def _refuse_unusable(parameters: Parameters, document: Mapping[str, Any]) -> None:
    stages = {stage: q for stage, q in document["q_stage"].items() if stage != "pilot"}
    faults = {
        "weights must sum to 1": abs(sum(parameters.weights) - 1) > 1e-9,
        "kappa.genesis must be 0, because what is novel is never a cell": document["kappa"]["genesis"] != 0,
        "q_stage must be 0 for planned and retired, 1 for partial and live": stages != _STAGES_BUT_PILOT,
        "mc.g_grid must hold the nominal g": parameters.g not in parameters.laws.g_grid,
        "p and mc.p_lo must be above 0": min(parameters.p, *parameters.laws.p) <= 0,
    }
    for sentence, broken in faults.items():
        if broken:
            raise ValueError(f"The method's parameter file cannot be used: {sentence}.")
