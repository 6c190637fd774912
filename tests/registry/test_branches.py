from datetime import date

import pytest

from registry.branches import BranchCounts, counts
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_counts_add_up_what_stands_below_a_function():
    waste = factories.function()
    bins, bulky = factories.function(parent=waste), factories.function(parent=waste)
    shared = factories.component(functions=[bins, bulky])
    body = factories.organisation()
    factories.adoption(organisation=body, function=bins, component=shared)
    factories.adoption(organisation=body, function=bulky, component=shared)
    factories.duplicate(function=bins)
    factories.duplicate(function=bins)

    found = counts(TODAY)

    assert found[waste.pk] == BranchCounts(components=1, sharing=1, systems=2)
    assert found[bins.pk] == BranchCounts(components=1, sharing=1, systems=2)
    assert found[bulky.pk] == BranchCounts(components=1, sharing=1, systems=0)


def test_counts_leave_out_drafts_and_functions_of_which_nothing_is_said():
    silent = factories.function()
    drafted = factories.function()
    factories.component(functions=[drafted], lifecycle="draft")

    assert counts(TODAY) == {}
    assert silent.pk not in counts(TODAY)


@pytest.mark.parametrize("confirmed", [date(2023, 11, 23), None])
def test_counts_leave_out_expired_statements(confirmed):
    function = factories.function()
    factories.adoption(function=function, confirmed=confirmed)
    factories.duplicate(function=function, confirmed=confirmed)

    assert function.pk not in counts(TODAY)


def test_counts_keep_a_statement_on_its_last_day():
    function = factories.function()
    factories.duplicate(function=function, confirmed=date(2023, 11, 24))

    assert counts(TODAY)[function.pk].systems == 1


def test_counts_leave_out_plans_and_superseded_statements():
    function = factories.function()
    factories.adoption(function=function, stage="planned")
    factories.adoption(function=function, stage="retired")
    factories.duplicate(function=function, superseded_in=factories.event())

    assert function.pk not in counts(TODAY)
