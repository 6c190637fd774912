from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from registry.actions.declarations import declare, disclose_due
from registry.actions.declarations.rows import of_cell, said_of
from registry.models import Declaration, Event, ShownTo
from registry.said import Hold
from tests.registry.declarations.test_declaring import OWN

DAY = timezone.localdate() + timedelta(days=30)


def test_what_was_kept_back_until_a_day_is_shown_on_it(world):
    held = {"annual_cost": Hold(ShownTo.OWN, DAY), "supplier": Hold(ShownTo.PEERS)}
    said = replace(OWN, held=held)
    first = declare(organisation=world.body, function=world.function, statements=[said], by=world.owner).recorded[0]
    Declaration.objects.filter(pk=first.pk).update(confirmed=date(2026, 1, 1), evidence="E2")

    assert disclose_due(DAY - timedelta(days=1)) == 0
    before = Event.objects.count()
    assert disclose_due(DAY) == 1

    (row,) = of_cell(world.body, world.function)
    assert (row.annual_cost, row.price_fy, row.supplier) == (12000, "2026-27", "")
    assert (row.confirmed, row.evidence) == (date(2026, 1, 1), "E2")
    assert said_of(row) == replace(said, held={"supplier": Hold(ShownTo.PEERS)})
    assert Event.objects.count() == before + 1
    assert disclose_due(DAY) == 0


def test_record_that_becomes_whole_is_open(world):
    said = replace(OWN, held={"annual_cost": Hold(ShownTo.OWN, DAY)})
    declare(organisation=world.body, function=world.function, statements=[said], by=world.owner)

    disclose_due(DAY)

    assert Declaration.objects.current().get().published is True


def test_system_gets_its_name(world):
    said = replace(OWN, held={"system": Hold(ShownTo.OWN, DAY)})
    declare(organisation=world.body, function=world.function, statements=[said], by=world.owner)

    disclose_due(DAY)

    assert Declaration.objects.current().get().system == "Emberfold"
