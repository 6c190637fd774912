"""What sharing could save: the estimator of PVI-1.0.0 (specification, section 3). Arrays in, arrays out; no Django.

One row is one system that an organisation runs itself in one cell. Money is £ of the base year; amounts "a year" recur.
Three scenarios stand in the order of SCENARIOS; they are added up one by one, because their errors have common causes.
"""

from dataclasses import dataclass

import numpy as np

from .methodology import Parameters, Saving, SavingScenario
from .methodology.evidence import Booleans, Integers, summed
from .methodology.measures import Floats

SCENARIOS = ("low", "central", "high")
BASES = ("declared", "modelled")
"""What a saving rests on: declared cost and share, or at least one of the two assumed. Never added to each other."""

_DAYS_A_YEAR = 365.25
_NOISE = 1e-12  # of a cell: what summing shares in doubles leaves of a cell that is explained in full


@dataclass(frozen=True, kw_only=True)
class Duplicates:
    """m systems of kind DUPLICATE (1.4-4: adoptions of components that are not shared too, exempt ones never).

    organisation   (m) index of its organisation
    cost           (m) declared cost in base-year £ a year, never floored; NaN where not stated
    share          (m) its part of the cell after the scaling of 1.4-6, in [0, 1]; NaN where not stated
    unknown        (m) part of its cell that no live row explains
    without_share  (m) rows of its cell, exempt ones too, that are not adoptions and state no share
    envelope       (m) B, the cell's reference cost, £ a year
    volume         (m) V, the cell's transactions a year
    days_left      (m) contract end less snapshot, in days; NaN where not stated
    bears_fee      (m) true for one row of a cell, the first by name of its component or system
    """

    organisation: Integers
    cost: Floats
    share: Floats
    unknown: Floats
    without_share: Floats
    envelope: Floats
    volume: Floats
    days_left: Floats
    bears_fee: Booleans

    def __post_init__(self) -> None:
        lengths = {len(column) for column in vars(self).values()}
        if len(lengths) > 1:
            raise ValueError(f"The columns of duplicates have lengths {sorted(lengths)}: give one entry a system.")


@dataclass(frozen=True, kw_only=True)
class Offers:
    """k shared components that state a price or a fee, each for one row of `Duplicates`; every row has at least one.

    row        (k) index of the row, ascending
    component  (k) any whole number that names the component; of two equally cheap ones the first is taken
    price      (k) £ a transaction, 0 where not stated
    fee        (k) £ a year for each adopter, 0 where not stated
    adopted    (k) true where the row's organisation has an adoption of the component with s ≥ de_minimis_share already
    """

    row: Integers
    component: Integers
    price: Floats
    fee: Floats
    adopted: Booleans


@dataclass(frozen=True, kw_only=True)
class Cases:
    """For each of m systems what moving to the cheapest shared component would bring.

    organisation, component  (m) as in `Duplicates` and `Offers`
    modelled                 (m) true where cost or share is assumed
    cost, shared_cost        (m) D and C, £ a year; C before any optimism bias
    start                    (m) the year, counted from the snapshot, in which the move can begin
    annual                   (3, m) steady saving, £ a year; 0 where there is no saving case in the scenario
    npv                      (3, m) net present value over the horizon, £; may be negative
    """

    organisation: Integers
    component: Integers
    modelled: Booleans
    cost: Floats
    shared_cost: Floats
    start: Integers
    annual: Floats
    npv: Floats


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Sums over the cases of each of n organisations, axes (basis, scenario, organisation) in the order of BASES and
    SCENARIOS; `systems` (2, n) counts the cases that they are sums of."""

    annual: Floats
    npv: Floats
    systems: Floats

    @classmethod
    def none(cls, organisations: int) -> "Totals":
        sums = np.zeros((len(BASES), len(SCENARIOS), organisations))
        return cls(annual=sums, npv=sums, systems=sums[:, 0])

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(annual=self.annual + other.annual, npv=self.npv + other.npv, systems=self.systems + other.systems)


def estimate(parameters: Parameters, duplicates: Duplicates, offers: Offers) -> Cases:
    """Work out the case of every system. Raises ValueError where a row has no offer: there is nothing to claim."""
    saving, share = parameters.saving, _share(duplicates)
    assumed = parameters.modelled_cost_ratio * share * duplicates.envelope
    cost = np.where(np.isnan(duplicates.cost), assumed, duplicates.cost)
    cheapest, shared_cost = _cheapest(duplicates, offers, share * duplicates.volume)
    start = start_years(saving, duplicates.days_left)
    worth = [_worth(saving, scenario, cost, shared_cost, start) for scenario in scenarios(saving)]
    return Cases(
        organisation=duplicates.organisation,
        component=offers.component[cheapest],
        modelled=np.isnan(duplicates.cost) | np.isnan(duplicates.share),
        cost=cost,
        shared_cost=shared_cost,
        start=start,
        annual=np.stack([annual for annual, _ in worth]),
        npv=np.stack([npv for _, npv in worth]),
    )


def totals(cases: Cases, organisations: int) -> Totals:
    """Sum cases by organisation, declared and modelled apart, scenario by scenario."""
    of_basis = np.stack([~cases.modelled, cases.modelled])

    def by_organisation(amounts: Floats) -> Floats:
        return summed(cases.organisation, amounts, organisations)

    return Totals(
        annual=np.array([[by_organisation(amounts * among) for amounts in cases.annual] for among in of_basis]),
        npv=np.array([[by_organisation(amounts * among) for amounts in cases.npv] for among in of_basis]),
        systems=np.array([by_organisation(among.astype(np.float64)) for among in of_basis]),
    )


def scenarios(saving: Saving) -> tuple[SavingScenario, ...]:
    """In the order of SCENARIOS."""
    return saving.low, saving.central, saving.high


def start_years(saving: Saving, days_left: Floats) -> Integers:
    """Year in which a move can begin: max(0, ⌈days/365.25⌉) after the snapshot; NaN days: `null_contract_end_years`."""
    years = np.maximum(0.0, np.ceil(days_left / _DAYS_A_YEAR))
    return np.where(np.isnan(years), saving.null_contract_end_years, years).astype(np.int64)


def cash_flows(saving: Saving, steady: Floats, transition: Floats, start: Integers) -> Floats:
    """£ in each year of the horizon, (horizon, m): −T in the first year of a move, half the steady saving in the next,
    then all of it. A move that begins beyond the horizon has none."""
    years_in = np.arange(saving.horizon)[:, None] - start
    return np.select([years_in < 0, years_in == 0, years_in == 1], [0.0, -transition, steady / 2], default=steady)


def present_value(saving: Saving, flows: Floats) -> Floats:
    """Σ flow/(1 + discount)^t over the first axis, t from 0."""
    factors = (1 + saving.discount) ** -np.arange(len(flows), dtype=np.float64)
    value: Floats = np.sum(factors[:, None] * flows, axis=0)  # not `@`, whose last digit depends on the width
    return value


def _share(duplicates: Duplicates) -> Floats:
    """s, or an equal part of the cell's unknown mass among its rows without share (1.18)."""
    unknown = np.where(duplicates.unknown > _NOISE, duplicates.unknown, 0.0)
    return np.where(np.isnan(duplicates.share), unknown / np.maximum(duplicates.without_share, 1), duplicates.share)


def _cheapest(duplicates: Duplicates, offers: Offers, transactions: Floats) -> tuple[Integers, Floats]:
    """For each row the place of its cheapest offer in `offers`, and C = price·v + fee, £ a year.

    The fee is due once a cell, and not where the organisation has the component already.
    """
    rows = np.arange(len(transactions))
    first = np.searchsorted(offers.row, rows)
    if not np.array_equal(np.unique(offers.row), rows):
        raise ValueError("A system has no shared component with a price: leave it out, there is nothing to claim.")
    due = duplicates.bears_fee[offers.row] & ~offers.adopted
    cost = offers.price * transactions[offers.row] + np.where(due, offers.fee, 0.0)
    cheapest = np.lexsort((cost, offers.row))[first]
    return cheapest, cost[cheapest]


def _worth(
    saving: Saving, scenario: SavingScenario, cost: Floats, shared_cost: Floats, start: Integers
) -> tuple[Floats, Floats]:
    """Steady saving a year and net present value of each row in one scenario; both 0 where G ≤ 0: no saving case."""
    gross = cost - shared_cost * (1 + scenario.ob_opex) - scenario.h * cost
    steady = scenario.phi * np.maximum(gross, 0.0)
    transition = np.where(gross > 0, saving.transition_years * cost * (1 + scenario.ob_trans), 0.0)
    return steady, present_value(saving, cash_flows(saving, steady, transition, start))
