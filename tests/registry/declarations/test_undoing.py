from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.declarations import confirm_declarations, declare, undo_declarations
from registry.actions.declarations.rows import of_cell, said_of
from registry.models import Declaration, Event
from tests import factories
from tests.registry.declarations.test_declaring import NOT_OURS, OWN, USES


def say(world, *statements, function=None):
    return declare(
        organisation=world.body, function=function or world.function, statements=statements, by=world.owner
    ).event


def undo(world, event, by=None):
    return undo_declarations(organisation=world.body, event=event, by=by or world.owner)


def standing(world):
    return [said_of(one) for one in of_cell(world.body, world.function)]


def test_undone_act_leaves_what_stood_before(world):
    say(world, USES, OWN)
    changed = say(world, NOT_OURS)
    before = Event.objects.count()

    assert undo(world, changed) == 1

    assert standing(world) == [USES, OWN]
    assert Event.objects.count() == before + 1


def test_undone_removal_comes_back_and_undone_beginning_goes(world):
    first = say(world, USES)
    removed = say(world)

    undo(world, removed)
    assert standing(world) == [USES]
    with pytest.raises(Refused, match="nothing to take back"):
        undo(world, first)
    say(world)
    assert standing(world) == []


def test_twice_is_refused(world):
    event = say(world, USES)
    undo(world, event)

    with pytest.raises(Refused, match="nothing to take back"):
        undo(world, event)
    assert standing(world) == []


def test_what_was_said_since_stays(world):
    event = say(world, USES)
    say(world, replace(USES, coverage=0.9))

    with pytest.raises(Refused, match="said since"):
        undo(world, event)
    assert standing(world) == [replace(USES, coverage=0.9)]


def test_confirmation_is_taken_back_function_by_function(world):
    other = factories.function()
    for function in (world.function, other):
        say(world, replace(OWN, transactions=1.0), function=function)
    Declaration.objects.update(confirmed=timezone.localdate() - timedelta(days=400))
    ids = list(Declaration.objects.current().values_list("pk", flat=True))
    confirm_declarations(organisation=world.body, declarations=ids, by=world.owner)
    event = Event.objects.latest("pk")
    say(world, OWN, function=other)

    assert undo(world, event) == 1

    days = dict(Declaration.objects.current().values_list("function", "confirmed"))
    assert days == {
        world.function.pk: timezone.localdate() - timedelta(days=400),
        other.pk: timezone.localdate(),
    }


def test_after_a_day_it_is_too_late(world):
    event = say(world, USES)

    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)), pytest.raises(Refused, match="24 hours"):
        undo(world, event)


def test_only_owners_and_only_of_their_own(world):
    event = say(world, USES)

    with pytest.raises(Refused, match="may not"):
        undo(world, event, by=world.editor)
    with pytest.raises(Refused, match="may not"):
        undo_declarations(organisation=factories.organisation(), event=event, by=world.owner)


def test_acts_of_another_kind_are_not_taken_back(world):
    with pytest.raises(Refused, match="24 hours"):
        undo(world, factories.event())
