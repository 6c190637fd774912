"""Sums of costs give no body's cost away: too few stand behind them, one makes up most of them, or they are rounded."""

from decimal import Decimal

import pytest

from registry import sums
from registry.models import Declaration, ShownTo, Withheld
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def bins(db):
    return factories.function(slug="bins")


def keep_back(bins, *amounts: int, organisation=None) -> None:
    for amount in amounts:
        declaration = factories.duplicate(function=bins, **({"organisation": organisation} if organisation else {}))
        Withheld.objects.create(declaration=declaration, field="annual_cost", shown_to=ShownTo.OWN, amount=amount)


def kept(bins) -> sums.KeptBack:
    said = Declaration.objects.current().filter(function=bins)
    return sums.kept_back([each["cost"] for each in sums.costs_kept_back(said)])


def test_kept_back_costs_of_enough_bodies_are_summed(bins):
    keep_back(bins, 100, 200, 300, 400, 500)

    assert kept(bins) == (5, Decimal(1500))


@pytest.mark.parametrize(
    "amounts",
    [pytest.param((100, 100, 100, 100), id="few bodies"), pytest.param((10, 10, 10, 10, 999), id="one makes up most")],
)
def test_kept_back_costs_that_would_give_one_away_are_not_summed(bins, amounts):
    keep_back(bins, *amounts)

    assert kept(bins) == (len(amounts), None)


def test_kept_back_costs_of_one_body_are_one_bodys(bins):
    keep_back(bins, 100, 100, 100, 100)
    keep_back(bins, 100, 100, organisation=factories.organisation())

    assert kept(bins) == (5, Decimal(600))
    keep_back(bins, 5000, organisation=Declaration.objects.latest("pk").organisation)
    assert kept(bins) == (5, None), "two small systems and a large one are one body's"


def test_nothing_kept_back_is_no_sum(bins):
    factories.duplicate(function=bins, annual_cost=100, price_fy="2026-27")

    assert kept(bins) == (0, None)


@pytest.mark.parametrize(
    ("stated", "total", "shown"),
    [(None, 1500, 1500), (Decimal(1_234), 765, 2000), (Decimal("0.5"), 12, 12), (None, 0, 0), (Decimal(987), 1, 990)],
)  # fmt: skip
def test_sum_is_rounded_to_two_figures(stated, total, shown):
    assert sums.together(stated, sums.KeptBack(5, Decimal(total))) == shown


def test_sum_that_may_not_be_shown_is_none_and_not_what_is_stated():
    assert sums.together(Decimal(1000), sums.KeptBack(4, None)) is None


def test_threshold_is_the_operators_to_raise(bins, settings):
    settings.SUMS_FROM_BODIES = 6
    keep_back(bins, 100, 100, 100, 100, 100)

    assert kept(bins).total is None


def test_function_page_shows_the_sum_with_what_is_kept_back_and_no_part_of_it(client, bins):
    factories.duplicate(function=bins, annual_cost=20_000, price_fy="2026-27")
    keep_back(bins, 11_111, 12_222, 13_333, 14_444)

    page = client.get("/functions/bins/").content.decode()
    assert "4 bodies keep back what their systems cost." in page
    assert "comes to" not in page

    keep_back(bins, 15_555)
    page = client.get("/functions/bins/").content.decode()
    assert "5 bodies keep back what their systems cost. With theirs, it comes to about £87,000 a year." in page
    assert "11,111" not in page
