"""Bodies merge and split: the live preview says what a calculation from nothing says, and nobody adopts twice."""

from datetime import date
from random import Random

import pytest
import time_machine

from public_value.actions import compute_edition
from public_value.models import Score
from public_value.pack import EVERY_SHEET
from registry.models import Organisation
from registry.pack.loading import load_pack
from tests import factories
from tests.public_value.following import current, everything, rebuilt, settle
from tests.public_value.worlds import random_world, write_pack
from tests.registry.reorganisations.plans import carried_out, made_by, merge, operators, split

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 14)
BEFORE, WITHIN = date(2026, 9, 15), date(2026, 10, 10)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.mark.parametrize("day", [BEFORE, WITHIN])
@pytest.mark.parametrize("seed", range(4))
def test_preview_after_a_reorganisation_is_that_calculated_from_nothing(seed: int, day: date, tmp_path) -> None:
    random = Random(seed)
    load_pack(write_pack(random_world(seed + 300, organisations=10), tmp_path), sheets=EVERY_SHEET)
    # Its yardstick: without an edition a preview that is made anew has one of its own, with other shared components.
    compute_edition(label="2026Q1", snapshot_date=date(2026, 3, 31), draws=20)
    settle()
    bodies = random.sample(list(Organisation.objects.order_by("pk")), 5)
    people = operators()
    (new,) = made_by(carried_out(merge(bodies[:3], day=day, peer_group=bodies[0].peer_group, driver=500), people))
    carried_out(merge([bodies[3], new], into=new, day=day.replace(day=day.day + 1)), people)
    carried_out(split(bodies[4], ("East", "West"), day=day), people)
    settle()
    drained = everything()
    assert drained == rebuilt()
    there = Score.objects.of(current()).filter(existed=True).values_list("organisation", flat=True)
    assert (new.pk in there) is (day == BEFORE)
    assert (bodies[0].pk in there) is (day == WITHIN)


def test_predecessors_and_successor_are_one_adopter() -> None:
    kept = factories.stewardship()
    bodies = [factories.organisation() for _ in range(3)]
    function = factories.function()
    for body in bodies:
        factories.adoption(organisation=body, component=kept.component, function=function, evidence="E3")
    settle()
    steward = Score.objects.of(current()).filter(organisation=kept.organisation)
    assert steward.get().reuse == 3
    carried_out(merge(bodies[:2], day=BEFORE))
    settle()
    assert steward.get().reuse == 2


def test_they_stay_one_adopter_when_the_successor_merges_too() -> None:
    kept = factories.stewardship()
    bodies = [factories.organisation() for _ in range(3)]
    function = factories.function()
    for body in bodies:
        factories.adoption(organisation=body, component=kept.component, function=function, evidence="E3")
    people = operators()
    (first,) = made_by(carried_out(merge(bodies[:2], day=BEFORE), people))
    carried_out(merge([first, bodies[2]], day=date(2026, 9, 16), name="Later Council"), people)
    settle()
    assert Score.objects.of(current()).get(organisation=kept.organisation).reuse == 1
