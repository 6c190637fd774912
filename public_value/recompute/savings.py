"""What leaving each declared duplicate for a shared component would save, in three scenarios (section 3)."""

from dataclasses import dataclass
from datetime import date
from math import ceil, fsum

from public_value.recompute.cells import Body, Cell, CellRow
from public_value.recompute.reading import Component, Pack
from public_value.recompute.sharing import Sharing, shared_components

SCENARIOS = ("low", "central", "high")
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Claim:
    """One duplicate: its cost and the shared run cost, in pounds a year, and the year in which the move can start."""

    cost: float
    shared_cost: float
    start: int
    modelled: bool


def savings(pack: Pack, sharing: Sharing, body: Body, params: dict) -> tuple[dict, dict]:
    """Declared and modelled savings, each {scenario: {annual, npv10}} in pounds of the base year."""
    used = adopted_components(body, params)
    claims = [claim for cell in body.cells for claim in cell_claims(pack, sharing, body, cell, used, params)]
    declared = [claim for claim in claims if not claim.modelled]
    modelled = [claim for claim in claims if claim.modelled]
    return totals(declared, params), totals(modelled, params)


def adopted_components(body: Body, params: dict) -> set[str]:
    """Shared components for which the organisation pays its fixed fee already."""
    rows = [row for cell in body.cells for row in cell.rows if row.kind == "adopt"]
    return {row.declaration.name for row in rows if row.share >= params["de_minimis_share"]}


def cell_claims(pack: Pack, sharing: Sharing, body: Body, cell: Cell, used: set[str], params: dict) -> list[Claim]:
    """A claim for each `dup` row by name; the first bears the fixed fee, the cell's others do not."""
    candidates = [
        one
        for one in shared_components(pack, sharing, body.organisation.peer_group, cell.function)
        if one.price is not None or one.fee is not None
    ]
    rows = [row for row in cell.rows if row.kind == "dup"] if candidates else []
    return [
        claim_of(row, cell, candidates, used, pays_fee=first == 0, snapshot=pack.snapshot, params=params)
        for first, row in enumerate(rows)
    ]


def claim_of(
    row: CellRow,
    cell: Cell,
    candidates: list[Component],
    used: set[str],
    *,
    pays_fee: bool,
    snapshot: date,
    params: dict,
) -> Claim:
    share = row.share if row.has_share else assumed_share(cell)
    declared = row.declaration.cost
    cost = params["modelled_cost_ratio"] * share * cell.envelope if declared is None else declared
    return Claim(
        cost=cost,
        shared_cost=min(run_cost(one, share * cell.volume, pays_fee and one.uid not in used) for one in candidates),
        start=start_year(row.declaration.contract_end, snapshot, params),
        modelled=declared is None or not row.has_share,
    )


def assumed_share(cell: Cell) -> float:
    """An equal part of the unknown mass for each of the organisation's own systems without a declared share."""
    return cell.unknown / sum(row.kind != "adopt" and not row.has_share for row in cell.rows)


def run_cost(component: Component, transactions: float, pays_fee: bool) -> float:
    return (component.price or 0.0) * transactions + ((component.fee or 0.0) if pays_fee else 0.0)


def start_year(contract_end: date | None, snapshot: date, params: dict) -> int:
    if contract_end is None:
        return params["saving"]["null_contract_end_years"]
    return max(0, ceil((contract_end - snapshot).days / DAYS_A_YEAR))


def totals(claims: list[Claim], params: dict) -> dict:
    """Scenario by scenario the sum over claims: the errors have common causes, so they do not cancel."""
    result = {}
    for scenario in SCENARIOS:
        worth = [claim_worth(claim, params["saving"][scenario], params["saving"]) for claim in claims]
        result[scenario] = {"annual": fsum(annual for annual, _ in worth), "npv10": fsum(npv for _, npv in worth)}
    return result


def claim_worth(claim: Claim, scenario: dict, saving: dict) -> tuple[float, float]:
    """Steady saving a year and net present value; both 0 where there is no saving case. The value may be negative."""
    gross = claim.cost - claim.shared_cost * (1 + scenario["ob_opex"]) - scenario["h"] * claim.cost
    if gross <= 0:
        return 0.0, 0.0
    steady = scenario["phi"] * gross
    transition = saving["transition_years"] * claim.cost * (1 + scenario["ob_trans"])
    flows = [cash_flow(year - claim.start, steady, transition) for year in range(saving["horizon"])]
    return steady, fsum(flow / (1 + saving["discount"]) ** year for year, flow in enumerate(flows))


def cash_flow(years_in: int, steady: float, transition: float) -> float:
    """Nothing before the start, the transition in its year, half the saving in the next, then all of it."""
    if years_in < 0:
        return 0.0
    return {0: -transition, 1: steady / 2}.get(years_in, steady)
