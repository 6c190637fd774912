from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.declarations import confirm_declarations
from registry.models import Act, Declaration, Event, ShownTo, Withheld
from registry.permissions import ANYBODY
from tests import factories

OLD = date(2025, 1, 31)


@pytest.fixture
def portfolio(world):
    costed = {"organisation": world.body, "confirmed": OLD, "transactions": 100.0}
    return [factories.adoption(component=world.shared, evidence="E2", **costed), factories.duplicate(**costed)]


def confirm(world, declarations, by=None):
    ids = [one.pk for one in declarations]
    return confirm_declarations(organisation=world.body, declarations=ids, by=by or world.editor)


def test_confirming_gives_today_and_leaves_the_rest(world, portfolio, django_assert_max_num_queries):
    before = Event.objects.count()

    with django_assert_max_num_queries(19):
        again = confirm(world, portfolio)

    assert {one.confirmed for one in again} == {timezone.localdate()}
    assert [(one.component_id, one.system, one.evidence) for one in again] == [
        (one.component_id, one.system, one.evidence) for one in portfolio
    ]
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("pk").act == Act.CONFIRM
    assert not Declaration.objects.current().filter(pk__in=[one.pk for one in portfolio]).exists()


def test_confirming_twice_on_a_day_writes_once(world, portfolio):
    again = confirm(world, portfolio)
    before = Event.objects.count()

    assert confirm(world, again) == []
    assert Event.objects.count() == before


def test_what_is_kept_back_stays_kept_back(world, portfolio):
    Withheld.objects.create(
        declaration=portfolio[1], field="annual_cost", shown_to=ShownTo.OWN, amount=5, price_fy="2026-27"
    )

    again = confirm(world, portfolio[1:])

    assert [one.amount for one in again[0].withheld.all()] == [5]


def test_nothing_that_cannot_be_checked_is_confirmed(world, portfolio):
    bare = factories.duplicate(organisation=world.body, confirmed=OLD)

    with pytest.raises(Refused, match="neither a cost nor a number of transactions"):
        confirm(world, [*portfolio, bare])

    assert Declaration.objects.current().filter(confirmed=OLD).count() == 3


@pytest.mark.parametrize("fields", [{"stage": "planned"}, {"stage": "retired"}])
def test_what_does_not_run_is_confirmed_without_figures(world, fields):
    bare = factories.adoption(organisation=world.body, component=world.shared, confirmed=OLD, **fields)

    assert len(confirm(world, [bare])) == 1


def test_what_was_changed_meanwhile_is_looked_at_again(world, portfolio):
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        confirm(world, portfolio[:1])

    with pytest.raises(Refused, match="changed meanwhile"):
        confirm(world, portfolio)


def test_nobody_confirms_for_others(world, portfolio):
    foreign = factories.duplicate(transactions=1.0)

    with pytest.raises(Refused, match="changed meanwhile"):
        confirm(world, [foreign])
    with pytest.raises(Refused, match="may not confirm"):
        confirm(world, portfolio, by=ANYBODY)
