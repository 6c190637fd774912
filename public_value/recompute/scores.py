"""From a body's cells to five indicators, the index and what it is made of (1.5 to 1.9, 1.14)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log

from public_value.recompute.cells import Body, Cell, CellRow

DIMENSIONS = ("S", "N", "F", "C", "O")


@dataclass(frozen=True)
class Dials:
    """The parameters that the Monte Carlo turns; everything else in the method stays where it is."""

    weights: Mapping[str, float]
    p: float
    kappa: Mapping[str, float]
    rho: Mapping[str, float]
    q_stage: Mapping[str, float]
    g: float
    f_lo_shift: float = 0.0
    f_hi_shift: float = 0.0


def nominal(params: dict) -> Dials:
    return Dials(params["weights"], params["p"], params["kappa"], params["rho"], params["q_stage"], params["g"])


def power_mean(values: Sequence[float], weights: Sequence[float], p: float) -> float:
    """(Σ w x^p)^(1/p); the weighted geometric mean for p = 0. Weights sum to 1."""
    if p == 0:
        return exp(fsum(w * log(x) for w, x in zip(weights, values, strict=True))) if min(values) > 0 else 0.0
    return fsum(w * x**p for w, x in zip(weights, values, strict=True)) ** (1 / p)


def goalpost(value: float, low: float, high: float) -> float:
    """Where a value stands between two goalposts, from 0 to 1 (1.6)."""
    if high <= low:
        return 1.0 if value >= high else 0.0
    return min(1.0, max(0.0, (value - low) / (high - low)))


def counted_share(row: CellRow, xi: float) -> float:
    """What a row weighs in Den: of an exempt row only what is over the cap (1.4-9, 1.18)."""
    return (1 - xi) * row.share if row.kind == "exempt" else row.share


def adopted(row: CellRow, dials: Dials, params: dict) -> float:
    """s q ρ σ of an adoption, 0 below the de-minimis share."""
    if row.kind != "adopt" or row.share < params["de_minimis_share"]:
        return 0.0
    return row.share * dials.q_stage[row.declaration.stage] * dials.rho[row.declaration.evidence] * row.freshness


def thrift(row: CellRow, cell: Cell, xi: float, dials: Dials, params: dict) -> float:
    """r of a duplicate: its share less its cost relative to g times the reference cost; 0 without a declared cost."""
    if row.kind == "adopt" or row.declaration.cost is None or cell.envelope <= 0:
        return 0.0
    cost = row.declaration.cost
    if row.declaration.evidence == "E0":
        cost = max(cost, params["cost_floor_ratio"] * row.share * cell.envelope)
    excess = 1 - xi if row.kind == "exempt" else 1.0
    share, cost = excess * row.share, excess * cost
    return share - min(share, row.relief * cost / (dials.g * cell.envelope))


def cell_credits(cell: Cell, xi: float, dials: Dials, params: dict) -> dict[str, float]:
    """A cell's part of each numerator, between 0 and 1: S, R, O and the unknown mass."""
    credit = [adopted(row, dials, params) for row in cell.rows]
    published = fsum(counted_share(row, xi) for row in cell.rows if row.declaration.published)
    open_adoption = fsum(a * row.openness for a, row in zip(credit, cell.rows, strict=True))
    return {
        "S": fsum(credit),
        "R": fsum(thrift(row, cell, xi, dials, params) for row in cell.rows),
        "O": (published + open_adoption) / 2,
        "unknown": cell.unknown,
        "imputed": cell.unknown,
    }


def envelope_shares(body: Body, dials: Dials, params: dict) -> dict[str, float]:
    """S, R, O, unknown and peer-imputed mass of a body as parts of Den."""
    den = body.denominator(dials.kappa)
    parts = [(cell, cell_credits(cell, body.xi, dials, params)) for cell in body.cells]

    def of_den(name: str, rate: Callable[[Cell], float] = lambda cell: 1.0) -> float:
        total = fsum(dials.kappa[cell.evolution] * cell.envelope * part[name] * rate(cell) for cell, part in parts)
        return total / den if den > 0 else 0.0

    shares = {name: of_den(name) for name in ("S", "R", "O", "unknown")}
    return {**shares, "imputed": of_den("imputed", lambda cell: body.adoption_mean.get(cell.evolution, 0.0))}


def frontline(body: Body, dials: Dials) -> float | None:
    """F, or None where the accounts or the goalposts are missing."""
    if body.frontline_share is None or body.f_lo is None or body.f_hi is None:
        return None
    return goalpost(body.frontline_share, body.f_lo + dials.f_lo_shift, body.f_hi + dials.f_hi_shift)


def peer_frontline(body: Body) -> float:
    """The peer group's median share on the nominal goalposts; 0 where the edition states none."""
    if body.f_median is None or body.f_lo is None or body.f_hi is None:
        return 0.0
    return goalpost(body.f_median, body.f_lo, body.f_hi)


def dimensions(body: Body, shares: Mapping[str, float], extra: float, f: float) -> dict[str, float]:
    """The five dimensions, with `extra` mass credited in S and so in N = S + R."""
    s = shares["S"] + extra
    return {"S": s, "N": s + shares["R"], "F": f, "C": body.commons, "O": shares["O"]}


def index(values: Mapping[str, float], dials: Dials) -> float:
    """100 times the weighted power mean of the five dimensions (1.8)."""
    return 100 * power_mean([values[d] for d in DIMENSIONS], [dials.weights[d] for d in DIMENSIONS], dials.p)


def knowledge(body: Body, params: dict) -> dict[str, float]:
    """K completeness, V evidence and T freshness of what is known, always at nominal parameters (1.10)."""
    known: list[tuple[float, float, float]] = []
    for cell in body.cells:
        for row in cell.rows:
            mass = params["kappa"][cell.evolution] * cell.envelope * counted_share(row, body.xi)
            known.append((mass, evidence_weight(row, params), row.freshness))
    total = fsum(mass for mass, _, _ in known)
    return {
        "V": fsum(mass * evidence for mass, evidence, _ in known) / total if total > 0 else 0.0,
        "T": fsum(mass * fresh for mass, _, fresh in known) / total if total > 0 else 0.0,
    }


def evidence_weight(row: CellRow, params: dict) -> float:
    """ρ*: an admission against interest is believed as if it had a public source (P3)."""
    rho = params["rho"][row.declaration.evidence]
    return rho if row.kind == "adopt" else max(rho, params["dup_rho_floor"])


def score(body: Body, params: dict) -> dict:
    """A body's indicators, its index with the two readings of what is missing, and the exact contributions."""
    dials = nominal(params)
    shares = envelope_shares(body, dials, params)
    f = frontline(body, dials)
    values = dimensions(body, shares, 0.0, f or 0.0)
    imputed = dimensions(body, shares, shares["imputed"], peer_frontline(body) if f is None else f)
    most = dimensions(body, shares, shares["unknown"], 1.0 if f is None else f)
    contributions = {d: 100 * dials.weights[d] * values[d] for d in DIMENSIONS}
    pvi, arithmetic = index(values, dials), fsum(contributions.values())
    return {
        "indicators": {
            **values,
            "R": shares["R"],
            "xi": body.xi,
            "den": body.denominator(dials.kappa),
            "K": 1 - shares["unknown"],
            **knowledge(body, params),
        },
        "pvi": pvi,
        "pvi_peer_imputed": index(imputed, dials),
        "pvi_max": index(most, dials),
        "arithmetic": arithmetic,
        "balance_penalty": pvi - arithmetic,
        "contributions": contributions,
        "function_contributions": function_contributions(body, dials, params),
    }


def function_contributions(body: Body, dials: Dials, params: dict) -> dict[str, dict[str, float]]:
    """Each function's points in S, N and O; over the functions they add up to the contributions (1.14)."""
    den = body.denominator(dials.kappa)
    points = {}
    for cell in body.cells:
        credit = cell_credits(cell, body.xi, dials, params)
        part = 100 * dials.kappa[cell.evolution] * cell.envelope / den if den > 0 else 0.0
        points[cell.function] = {
            "S": part * dials.weights["S"] * credit["S"],
            "N": part * dials.weights["N"] * (credit["S"] + credit["R"]),
            "O": part * dials.weights["O"] * credit["O"],
        }
    return points
