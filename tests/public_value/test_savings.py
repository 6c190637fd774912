"""What sharing could save, at the edges: figures that can be checked by head."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from public_value.savings import SCENARIOS, Cases, Duplicates, Offers, cash_flows, estimate, start_years, totals
from tests.public_value.random_evidence import parameters

RATE = 1.035
LOW, CENTRAL, HIGH = range(len(SCENARIOS))


def duplicates(*systems: dict) -> Duplicates:
    """Systems that cost £100,000, do all of 50,000 transactions, and state no contract's end."""
    plain = {
        "organisation": 0,
        "cost": 100_000.0,
        "share": 1.0,
        "unknown": 0.0,
        "without_share": 0.0,
        "envelope": 200_000.0,
        "volume": 50_000.0,
        "days_left": np.nan,
        "bears_fee": True,
    }
    rows = [plain | system for system in systems]
    return Duplicates(**{name: np.array([row[name] for row in rows], type(plain[name])) for name in plain})


def offers(*found: dict) -> Offers:
    """Components at £0.40 a transaction, all for the first system."""
    plain = {"row": 0, "component": 7, "price": 0.4, "fee": 0.0, "adopted": False}
    rows = [plain | one for one in found]
    return Offers(**{name: np.array([row[name] for row in rows], type(plain[name])) for name in plain})


def case(system: dict | None = None, *found: dict) -> Cases:
    return estimate(parameters(), duplicates(system or {}), offers(*(found or ({},))))


def worth(annual: float, transition: float, start: int) -> float:
    """The flows added up one by one: −T, half, then all of it."""
    years = range(10)
    flows = [0 if y < start else -transition if y == start else annual / 2 if y == start + 1 else annual for y in years]
    return sum(flow / RATE**year for year, flow in zip(years, flows, strict=True))


# One case


def test_case_is_what_section_three_says_in_each_scenario() -> None:
    found = case()
    assert (found.cost.tolist(), found.shared_cost.tolist(), found.modelled.tolist()) == ([100_000], [20_000], [False])
    steady = [0.35 * (100_000 - 28_200 - 20_000), 0.7 * (100_000 - 24_100 - 10_000), 100_000 - 20_000 - 5_000]
    assert found.annual[:, 0] == pytest.approx(steady)
    moves = [150_000, 78_000, 55_000]
    expected = [worth(annual, move, 2) for annual, move in zip(steady, moves, strict=True)]
    assert found.npv[:, 0] == pytest.approx(expected)


@pytest.mark.parametrize("cost", [0.0, 20_000.0, 26_000.0])
def test_case_that_does_not_pay_is_nothing_in_the_scenario(cost: float) -> None:
    found = case({"cost": cost})
    assert (found.annual[CENTRAL, 0], found.npv[CENTRAL, 0]) == (0, 0)


def test_case_may_pay_in_one_scenario_only() -> None:
    found = case({"cost": 26_000.0})
    assert (found.annual[:, 0] > 0).tolist() == [False, False, True]


def test_case_that_costs_more_than_it_brings_keeps_its_negative_value() -> None:
    found = case({"days_left": 7 * 365.25})
    assert found.annual[LOW, 0] > 0
    assert found.npv[LOW, 0] == pytest.approx(worth(found.annual[LOW, 0], 150_000, 7))
    assert found.npv[LOW, 0] < 0


@pytest.mark.parametrize(
    ("days", "year"),
    [(-800, 0), (0, 0), (1, 1), (365, 1), (366, 2), (730, 2), (731, 3), (3287, 9), (4383, 12), (np.nan, 2)],
)
def test_start_is_the_ceiling_of_years_or_two(days: float, year: int) -> None:
    assert start_years(parameters().saving, np.array([days])).tolist() == [year]


@pytest.mark.parametrize(("days", "expected"), [(3287, -78_000 / RATE**9), (4383, 0)])
def test_case_beyond_the_horizon_keeps_its_saving_but_not_its_value(days: float, expected: float) -> None:
    found = case({"days_left": days})
    assert found.annual[CENTRAL, 0] == pytest.approx(46_130)
    assert found.npv[CENTRAL, 0] == pytest.approx(expected)


def test_cash_flows_have_a_move_half_a_year_and_whole_years() -> None:
    flows = cash_flows(parameters().saving, np.array([10.0, 10.0]), np.array([4.0, 4.0]), np.array([0, 8]))
    assert flows[:, 0].tolist() == [-4, 5, 10, 10, 10, 10, 10, 10, 10, 10]
    assert flows[:, 1].tolist() == [0, 0, 0, 0, 0, 0, 0, 0, -4, 5]


# What the shared component costs


def test_cheapest_component_is_taken_with_its_fee() -> None:
    dear, cheap, free = {"component": 1}, {"component": 2, "price": 0.1, "fee": 14_000.0}, {"component": 3, "fee": 1.0}
    found = case({}, dear, cheap, free)
    assert (found.component.tolist(), found.shared_cost.tolist()) == ([2], [19_000])
    assert case({}, dear, cheap | {"fee": 16_000.0}, free).component.tolist() == [1]


def test_first_of_equally_cheap_components_is_taken() -> None:
    assert case({}, {"component": 9}, {"component": 4}).component.tolist() == [9]


def test_fee_is_paid_once_a_cell_and_not_again_where_adopted() -> None:
    fee = {"price": 0.1, "fee": 14_000.0}
    first, second = {"bears_fee": True}, {"bears_fee": False}
    found = estimate(parameters(), duplicates(first, second), offers(fee, fee | {"row": 1}))
    assert found.shared_cost.tolist() == [19_000, 5_000]
    assert case({}, fee | {"adopted": True}).shared_cost.tolist() == [5_000]


def test_fee_is_not_passed_on_where_the_first_row_has_no_case() -> None:
    fee = {"price": 0.1, "fee": 14_000.0}
    systems = duplicates({"cost": 5_000.0}, {"bears_fee": False})
    found = estimate(parameters(), systems, offers(fee, fee | {"row": 1}))
    assert found.annual[:, 0].tolist() == [0, 0, 0]
    assert found.shared_cost[1] == 5_000


def test_system_without_a_price_beside_it_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to claim"):
        estimate(parameters(), duplicates({}, {}), offers({}))


def test_columns_of_different_lengths_are_refused() -> None:
    columns = vars(duplicates({})) | {"cost": np.zeros(2)}
    with pytest.raises(ValueError, match="lengths"):
        Duplicates(**columns)


# What is assumed


def test_cost_that_is_not_stated_is_the_reference_cost_of_its_share() -> None:
    found = case({"cost": np.nan, "share": 0.25})
    assert (found.cost.tolist(), found.shared_cost.tolist(), found.modelled.tolist()) == ([50_000], [5_000], [True])


def test_share_that_is_not_stated_is_an_equal_part_of_what_is_unknown() -> None:
    found = case({"share": np.nan, "unknown": 0.6, "without_share": 3.0})
    assert (found.cost.tolist(), found.shared_cost.tolist(), found.modelled.tolist()) == ([100_000], [4_000], [True])
    both = case({"share": np.nan, "cost": np.nan, "unknown": 0.6, "without_share": 3.0})
    assert both.cost.tolist() == pytest.approx([40_000])


def test_rounding_leaves_nothing_unknown() -> None:
    found = case({"share": np.nan, "cost": np.nan, "unknown": 1e-16, "without_share": 1.0})
    assert (found.cost.tolist(), found.annual[:, 0].tolist()) == ([0], [0, 0, 0])


# Sums


def test_sums_keep_organisations_bases_and_scenarios_apart() -> None:
    systems = duplicates({}, {"cost": 26_000.0}, {"cost": np.nan}, {"organisation": 2})
    found = estimate(parameters(), systems, offers(*({"row": row} for row in range(4))))
    sums = totals(found, 3)
    assert sums.systems.tolist() == [[2, 0, 1], [1, 0, 0]]
    for scenario in (LOW, CENTRAL, HIGH):
        assert sums.annual[0, scenario].tolist() == [
            pytest.approx(found.annual[scenario, :2].sum()), 0, pytest.approx(found.annual[scenario, 3]),
        ]  # fmt: skip
        assert sums.npv[1, scenario].tolist() == [pytest.approx(found.npv[scenario, 2]), 0, 0]


def test_sums_of_nothing_are_nothing() -> None:
    found = estimate(parameters(), duplicates(), offers())
    assert totals(found, 2).annual.tolist() == np.zeros((2, 3, 2)).tolist()


amounts = st.floats(0, 1e7)


@given(amounts, amounts, st.floats(0, 100), st.floats(0, 1), st.integers(-900, 9000))
def test_scenarios_are_in_order_and_money_scales(cost: float, fee: float, price: float, share: float, days: int):
    def found(factor: float) -> Cases:
        system = {"cost": factor * cost, "share": share, "days_left": float(days)}
        return case(system, {"price": factor * price, "fee": factor * fee})

    once, twice = found(1), found(2)
    assert once.annual[LOW, 0] <= once.annual[CENTRAL, 0] <= once.annual[HIGH, 0]
    assert np.all(once.annual >= 0)
    assert twice.annual == pytest.approx(2 * once.annual)
    assert twice.npv == pytest.approx(2 * once.npv)
