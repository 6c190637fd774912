from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.assembly import Range, cost_of
from catalogue.assembly.cost import NO_CASES, NO_FEE, NO_PRICE, NO_USES
from tests.catalogue.assembly.parts import assembled, brick, cases


def priced(price, fee, slug="one"):
    return brick(slug, price=None if price is None else Decimal(price), fee=None if fee is None else Decimal(fee))


def test_cost_is_price_times_cases_times_uses_and_the_fee():
    cost = cost_of(assembled(priced("0.5", 100), uses="1-3", cases=cases(1000)))

    assert cost.known == Range(Decimal(600), Decimal(1600))
    assert cost.complete


def test_fee_is_paid_once_by_a_component_that_fills_two_slots():
    both = {"slot-1": "one", "slot-2": "one"}
    two_slots = assembled(priced(1, 100), brick("other"), uses="1-2", cases=cases(10), chosen=both)

    cost = cost_of(two_slots)

    assert cost.known == Range(Decimal(120), Decimal(140))
    assert len(cost.lines) == 1


@pytest.mark.parametrize(
    ("price", "fee", "fields", "known", "blanks"),
    [
        (None, 10, {"cases": cases(5)}, 10, [NO_PRICE]),
        (2, None, {"cases": cases(5)}, 10, [NO_FEE]),
        (None, None, {"cases": cases(5)}, 0, [NO_PRICE, NO_FEE]),
        (2, 10, {}, 10, [NO_CASES]),
        (0, 10, {}, 10, []),
        (0, 0, {"cases": cases(5)}, 0, []),
        (None, 10, {"uses": "0-0"}, 10, []),
        (2, 10, {"chosen": {}, "also": ("one",), "cases": cases(5)}, 10, [NO_USES]),
    ],
)
def test_what_is_not_stated_stays_a_blank_and_zero_is_a_price(price, fee, fields, known, blanks):
    cost = cost_of(assembled(priced(price, fee), **fields))

    (line,) = cost.lines
    assert cost.known == Range(Decimal(known), Decimal(known))
    assert list(line.blanks) == blanks
    assert cost.complete is not bool(blanks)


MONEY = st.none() | st.decimals(0, 10_000, places=2)


@given(st.lists(st.tuples(MONEY, MONEY), max_size=6), st.integers(1, 100_000))
def test_cost_of_any_assembly_is_ordered_and_counts_its_blanks(prices, number):
    bricks = [priced(price, fee, f"b{place}") for place, (price, fee) in enumerate(prices)]

    cost = cost_of(assembled(*bricks, uses="0.5-2", cases=cases(number)))

    low = sum(((price or 0) * number * Decimal("0.5") + (fee or 0) for price, fee in prices), Decimal(0))
    high = sum(((price or 0) * number * 2 + (fee or 0) for price, fee in prices), Decimal(0))
    assert cost.known == Range(low, high)
    assert cost.blanks == sum(price is None or fee is None for price, fee in prices)
