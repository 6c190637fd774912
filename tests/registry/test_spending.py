"""The sums that the database makes, against the same sums made by hand over random lines."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from registry import spending
from registry.models import Payment
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def payment(body, number, **fields) -> Payment:
    made = {"reference": f"R{number}", "paid_on": date(2025, 6, 1), "supplier": "Acme", "amount": Decimal(10), **fields}
    return Payment(organisation=body, **made)


@pytest.fixture
def lines():
    """(body, its payments): four years, credits, blanks, functions and components at random, from a fixed seed."""
    chance = random.Random(7)
    body, other = factories.organisation(), factories.organisation()
    functions = [factories.function() for _ in range(5)]
    component = factories.component()
    made = [
        payment(
            body,
            number,
            paid_on=chance.choice([None, *[date(2023, 3, 20) + timedelta(days=chance.randrange(1100))] * 9]),
            amount=chance.choice([None, *[Decimal(chance.randrange(-5000, 20000)) / 100] * 19]),
            supplier=f"Supplier {chance.randrange(30)}",
            function=chance.choice([None, None, *functions]),
            component=chance.choice([None, None, component]),
            system=chance.choice(["", "Own"]),
        )
        for number in range(600)
    ]
    Payment.objects.bulk_create([*made, payment(other, 1, amount=Decimal(999_999))])
    return body, made


def begins(day: date | None) -> int | None:
    return None if day is None else day.year if day.month >= 4 else day.year - 1


def total(rows) -> Decimal | None:
    amounts = [row.amount for row in rows if row.amount is not None]
    return sum(amounts) if amounts else None


def test_years_add_up_as_by_hand(lines):
    body, made = lines
    by_year = defaultdict(list)
    for row in made:
        by_year[begins(row.paid_on)].append(row)

    found = {year.first: year for year in spending.years(body)}

    assert found.keys() == by_year.keys()
    for first, rows in by_year.items():
        linked = [row for row in rows if row.function_id or row.component_id]
        year = found[first]
        assert year.lines == len(rows)
        assert year.amount == total(rows)
        assert year.credits == total(row for row in rows if row.amount is not None and row.amount < 0)
        assert year.unstated == sum(row.amount is None for row in rows)
        assert (year.linked, year.linked_amount) == (len(linked), total(linked))
        assert year.months == len({(row.paid_on.year, row.paid_on.month) for row in rows if row.paid_on})


def test_years_come_latest_first_and_undated_last(lines):
    firsts = [year.first for year in spending.years(lines[0])]

    assert firsts[-1] is None
    assert firsts[:-1] == sorted(firsts[:-1], reverse=True)


@pytest.mark.parametrize("first", [2023, 2024, None])
def test_parts_add_up_as_by_hand(lines, first):
    body, made = lines
    year = next(year for year in spending.years(body) if year.first == first)
    rows = [row for row in made if begins(row.paid_on) == first]

    parts = spending.parts(body, year, TODAY)

    for paid in parts.functions:
        mine = [row for row in rows if row.function_id == paid.function and (row.function_id or row.component_id)]
        assert paid.amount == total(mine)
        assert paid.lines == len(mine)
        assert paid.shared == total(row for row in mine if row.component_id)
        assert paid.own == total(row for row in mine if row.system and not row.component_id)
    by_supplier = {name: total(row for row in rows if row.supplier == name) for name in {row.supplier for row in rows}}
    assert [paid.amount for paid in parts.suppliers] == sorted(by_supplier.values(), key=lambda sum: -(sum or 0))[:12]
    assert parts.every_supplier.amount == total(rows)
    assert parts.every_supplier.lines == len(by_supplier)


def test_parts_show_declared_costs_beside_and_leave_out_expired_ones():
    body, function = factories.organisation(), factories.function()
    Payment.objects.bulk_create([payment(body, 1, function=function, system="Own")])
    factories.duplicate(organisation=body, function=function, annual_cost=700)
    factories.duplicate(organisation=body, function=function, annual_cost=50, confirmed=date(2020, 1, 1))
    factories.adoption(organisation=body, function=function, annual_cost=30)
    factories.adoption(organisation=body, function=function, annual_cost=9, stage="planned")

    parts = spending.parts(body, spending.years(body)[0], TODAY)

    assert parts.functions[0].own == 10
    assert parts.declared[function.pk].own == 700
    assert parts.declared[function.pk].shared == 30


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2025, 3, 31), "2024-25"), (date(2025, 4, 1), "2025-26"), (date(1999, 12, 31), "1999-00")],
)
def test_years_begin_in_april(day, name):
    body = factories.organisation()
    Payment.objects.bulk_create([payment(body, 1, paid_on=day)])

    assert [year.name for year in spending.years(body)] == [name]


def test_year_is_provisional_until_it_is_over_and_whole():
    body = factories.organisation()
    whole = [payment(body, month, paid_on=date(2024 + (month < 4), month, 15)) for month in range(1, 13)]
    Payment.objects.bulk_create([*whole, payment(body, 99, paid_on=date(2026, 5, 1))])

    latest, first = spending.years(body)

    assert latest.provisional(TODAY)
    assert not first.provisional(TODAY)
    assert first.provisional(date(2025, 3, 31))
