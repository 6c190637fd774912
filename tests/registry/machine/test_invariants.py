"""What the machine looks at can be broken: each is seen to fail when it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registry.actions.post import write_letter
from registry.models import Event
from tests import factories
from tests.registry.machine import invariants
from tests.registry.machine.machine import Acts
from tests.registry.machine.world import World, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make()


def test_world_begins_whole(world):
    invariants.everything(world)


@pytest.mark.parametrize("field", ["system", "supplier", "reason", "contact"])
def test_what_was_kept_back_for_good_and_is_told_is_found(world, field):
    world.never.add("Vault 1 kept")
    factories.duplicate(**{"system": "Open"} | {field: "Vault 1 kept."})
    with pytest.raises(AssertionError):
        invariants.nothing_kept_back_is_told(world)


def test_what_is_told_before_its_day_is_found_and_after_it_is_not(world):
    factories.duplicate(supplier="Locker 1 kept.")
    world.shown_from["Locker 1 kept"] = timezone.localdate()
    invariants.nothing_kept_back_is_told(world)
    world.shown_from["Locker 1 kept"] += timedelta(days=1)
    with pytest.raises(AssertionError):
        invariants.nothing_kept_back_is_told(world)


@pytest.mark.parametrize("evidence", ["E1", "E2", "E3"])
def test_evidence_that_nobody_earned_is_found(world, evidence):
    factories.duplicate(evidence=evidence, source_url="https://links.example/one")
    with pytest.raises(AssertionError):
        invariants.evidence_is_earned(world)


def test_people_who_still_act_for_a_body_that_has_ended_are_found(world, monkeypatch):
    body = world.bodies[0]
    body.end = timezone.localdate()
    body.save()
    invariants.ended_bodies_have_nobody(world)
    monkeypatch.setattr("registry.models.Organisation.exists_on", lambda *asked: False)
    with pytest.raises(AssertionError):
        invariants.ended_bodies_have_nobody(world)


def test_act_that_makes_two_events_or_none_is_found():
    def twice() -> None:
        factories.event()
        factories.event()

    machine = Acts()
    try:
        for done in (twice, lambda: None):
            before = Event.objects.count()
            with pytest.raises(AssertionError):
                machine.act(done)
            assert Event.objects.count() in (before, before + 2)
    finally:
        machine.teardown()


def test_letter_that_one_act_writes_twice_is_found():
    for about in ("one", "two"):
        write_letter(to="ada@birch.example", about=about, subject="You are now reader", text="Come in.")
    with pytest.raises(AssertionError):
        invariants.nobody_is_written_to_twice(0)
