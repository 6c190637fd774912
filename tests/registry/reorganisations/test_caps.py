"""What counts for less of a predecessor counts for less of its heirs, through several reorganisations (AG-2)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from registry.actions.declarations import confirm_declarations
from registry.independence import Cap, FewOf, capped, caps
from registry.models import Attestation, Declaration, Organisation
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.registry.reorganisations.plans import carried_out, made_by, merge, operators, split

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
GIVEN = TODAY - timedelta(days=60)


class World:
    """“ash” uses what “sorrel” looks after, and sorrel has attested it."""

    def __init__(self) -> None:
        self.people, self.day = operators(), TODAY - timedelta(days=9)
        self.steward, self.ash, self.elm = (factories.organisation(slug=slug) for slug in ("sorrel", "ash", "elm"))
        self.component, self.function = factories.component(), factories.function()
        factories.stewardship(component=self.component, organisation=self.steward)
        self.said = self.uses(self.ash)
        self.given = factories.attestation(of=self.said, steward=self.steward, answered_on=GIVEN)

    def uses(self, body: Organisation) -> Declaration:
        made = {"organisation": body, "function": self.function, "component": self.component}
        return factories.adoption(
            **made | {"evidence": "E2", "transactions": 5, "confirmed": TODAY - timedelta(days=9)}
        )

    def fail(self) -> None:
        factories.audit(attestation=self.given, decided_on=GIVEN)

    def of(self, body: Organisation) -> Declaration:
        return Declaration.objects.current().get(organisation=body, function=self.function)

    def cap(self, body: Organisation, on: date = TODAY) -> Cap | None:
        """The same by the page's question and by that of whoever counts them all."""
        said = self.of(body)
        mine = caps([(said.pk, said.evidence)], on).get(said.pk)
        with connection.cursor() as cursor:
            cursor.execute(capped(), {"snapshot": on})
            every = [(row[0:3], row[3]) for row in cursor.fetchall()]
            cursor.execute(capped(few=FewOf.STEWARDS), {"snapshot": on})
            assert [(row[0:3], row[3]) for row in cursor.fetchall()] == every, "the same from either side"
        assert len({thing for thing, _ in every}) == len(every), "one row a statement"
        thing = (said.organisation_id, said.function_id, said.component_id)
        assert dict(every).get(thing) == (mine.value if mine else None)
        return mine

    def merged(self, *bodies: Organisation, **plan) -> Organisation:
        """A day later than the one before."""
        self.day += timedelta(days=1)
        (made,) = made_by(carried_out(merge(list(bodies), day=self.day, **plan), self.people))
        return made


@pytest.fixture
def world():
    return World()


def test_failed_audit_weighs_on_what_is_inherited_for_as_long(world):
    heir = world.merged(world.ash, world.elm)
    assert (world.of(heir).evidence, world.cap(heir)) == ("E2", None)
    world.fail()
    assert world.cap(heir) == world.cap(world.ash) == Cap.AUDIT
    assert world.cap(heir, GIVEN - timedelta(days=1)) is None
    assert world.cap(heir, GIVEN + timedelta(days=366)) is None


def test_exchange_weighs_on_all_heirs_of_a_body_that_was_split(world):
    theirs = factories.adoption(organisation=world.steward, component=factories.component(), evidence="E2")
    back = factories.attestation(of=theirs, steward=world.ash, answered_on=GIVEN + timedelta(days=9))
    north, south = made_by(carried_out(split(world.ash, day=TODAY), world.people))
    assert world.cap(north) == world.cap(south) == Cap.MUTUAL
    ended = {"state": "withdrawn", "ended_in": factories.event(), "ended_on": TODAY}
    Attestation.objects.filter(pk=back.pk).update(**ended)
    assert world.cap(north) is world.cap(south) is None


def test_it_follows_through_several_reorganisations(world):
    first = world.merged(world.ash, world.elm)
    confirm_declarations(organisation=first, declarations=[world.of(first).pk], by=COMMAND_LINE)
    assert world.of(first).inherited_from is None
    second = world.merged(first, factories.organisation(), name="Pumpkin Council")
    last = world.merged(second, factories.organisation(), name="Squash Council")
    world.fail()
    assert {world.cap(body) for body in (world.ash, first, second, last)} == {Cap.AUDIT}


def test_of_several_predecessors_one_is_enough(world):
    world.uses(world.elm)
    third = factories.organisation()
    factories.attestation(of=world.uses(third), steward=factories.organisation(), answered_on=GIVEN)
    heir = world.merged(world.ash, world.elm, third)
    assert world.cap(heir) is None
    world.fail()
    assert world.cap(heir) == Cap.AUDIT


def test_what_was_measured_of_a_predecessor_weighs_nothing(world):
    """Its grade counts in full, so that the lower grade of the two is the other's."""
    Declaration.objects.filter(pk=world.said.pk).update(evidence="E3")
    world.uses(world.elm)
    heir = world.merged(world.ash, world.elm)
    world.fail()
    assert (world.of(heir).evidence, world.cap(heir)) == ("E2", None)


def test_what_others_attest_anew_rests_on_that_alone(world):
    heir = world.merged(world.ash, world.elm)
    world.fail()
    factories.attestation(of=world.of(heir), steward=factories.organisation(), answered_on=TODAY)
    assert world.cap(heir) is None
    last = world.merged(heir, factories.organisation(), name="Squash Council")
    assert world.cap(last) is None


def test_body_that_goes_on_for_more_is_no_better_than_what_it_takes_in(world):
    """Also where its own use was attested before by somebody whom nothing weighs on."""
    factories.attestation(of=world.uses(world.elm), steward=factories.organisation(), answered_on=GIVEN)
    world.merged(world.ash, world.elm, into=world.elm)
    assert (world.of(world.elm).evidence, world.cap(world.elm)) == ("E2", None)
    world.fail()
    assert world.cap(world.elm) == Cap.AUDIT


def test_own_word_of_a_successor_is_not_inherited(world):
    own = world.uses(world.elm)
    plan = split(world.ash, (world.elm.name, "South"), day=TODAY)
    becomings = (replace(plan.becomings[0], organisation=world.elm), plan.becomings[1])
    _elm, south = made_by(carried_out(replace(plan, becomings=becomings), world.people))
    world.fail()
    assert world.of(world.elm) == own
    assert own.origins.exists()
    assert (world.cap(world.elm), world.cap(south)) == (None, Cap.AUDIT)


def test_what_is_inherited_of_another_component_is_not_concerned(world):
    other = factories.adoption(organisation=world.ash, function=factories.function(), evidence="E2")
    heir = world.merged(world.ash, world.elm)
    world.fail()
    said = Declaration.objects.current().get(organisation=heir, component=other.component)
    assert caps([(said.pk, said.evidence)], TODAY) == {}
