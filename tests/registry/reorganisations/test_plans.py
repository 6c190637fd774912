from datetime import date, timedelta

import pytest

from commons.exceptions import Refused
from registry.actions.reorganisations import (
    Plan,
    PlannedBody,
    PlannedLeaving,
    cancel_reorganisation,
    carry_out,
    change_reorganisation,
    plan_reorganisation,
    second_reorganisation,
)
from registry.actions.reorganisations.plans import named, plan_of, tidy
from registry.models import Event, Identifier, Organisation, Person, Reorganisation, ReorganisationKind, Succession
from registry.permissions import ANYBODY, COMMAND_LINE, of_person
from tests import factories
from tests.registry.reorganisations.plans import (
    SOON,
    TODAY,
    abolish,
    acting,
    merge,
    operators,
    planned,
    rename,
    seconded,
    split,
)

pytestmark = pytest.mark.django_db


def two() -> list[Organisation]:
    return [factories.organisation(), factories.organisation()]


def test_plan_records_one_event_and_changes_no_body():
    bodies, people = two(), operators()
    before = list(Organisation.objects.order_by("pk").values())
    made = planned(merge(bodies, day=SOON, identifiers=("gss:E1",)), people)
    event = Event.objects.get()
    assert (event.act, event.by) == ("plan_reorganisation", people.first)
    assert event.detail["leavings"] == {body.slug: ["marrow-council"] for body in bodies}
    assert event.detail["becomings"][0]["identifiers"] == ["gss:E1"]
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert made.state == "planned"


@pytest.mark.parametrize(
    "make",
    [
        lambda: merge(two(), identifiers=("gss:E1", "la:X"), type="unitary", homepage="https://m.example/"),
        lambda: split(factories.organisation()),
        lambda: abolish(factories.organisation()),
        lambda: rename(factories.organisation(), "Other"),
    ],
)
def test_plan_is_read_as_it_was_made(make):
    plan = make()
    assert plan_of(planned(plan, operators())) == tidy(plan)


def test_heir_is_the_body_that_is_named_first():
    bodies = two()
    plan = Plan(
        kind=ReorganisationKind.REDRAW,
        area="Marrowshire",
        vesting_day=SOON,
        becomings=(PlannedBody(name="East"), PlannedBody(name="West")),
        leavings=tuple(
            PlannedLeaving(organisation=body, to=to) for body, to in zip(bodies, ((1, 0), (0,)), strict=True)
        ),
    )
    found = planned(plan, operators())
    assert [leaving.to for leaving in plan_of(found).leavings] == [(1, 0), (0,)]


def test_only_operators_plan():
    somebody = Person.objects.create_user("somebody@example.org")
    for actor in (ANYBODY, of_person(somebody)):
        with pytest.raises(Refused, match="Only moderators"):
            plan_reorganisation(plan=merge(two()), by=actor)
    assert not Reorganisation.objects.exists()


def test_a_command_needs_a_person_too():
    with pytest.raises(Refused, match="A person has to answer"):
        plan_reorganisation(plan=merge(two()), by=COMMAND_LINE)
    found = planned(merge(two()), operators())
    with pytest.raises(Refused, match="A person has to answer"):
        second_reorganisation(reorganisation=found, by=COMMAND_LINE)


def test_who_planned_may_not_second():
    people = operators()
    found = planned(merge(two()), people)
    with pytest.raises(Refused, match="Ask another person"):
        second_reorganisation(reorganisation=found, by=acting(people.first))
    assert second_reorganisation(reorganisation=found, by=acting(people.second)).state == "seconded"
    with pytest.raises(Refused, match="seconded this already"):
        second_reorganisation(reorganisation=found, by=acting(people.second))


def test_who_changed_it_may_not_second_either_and_a_change_asks_again():
    people, bodies = operators(), two()
    found = seconded(merge(bodies, day=SOON), people)
    changed = change_reorganisation(
        reorganisation=found, plan=merge(bodies, day=SOON, name="Other Council"), by=acting(people.second)
    )
    assert changed.state == "planned"
    with pytest.raises(Refused, match="Ask another person"):
        second_reorganisation(reorganisation=changed, by=acting(people.second))
    assert second_reorganisation(reorganisation=changed, by=acting(people.first)).state == "seconded"
    change = Event.objects.get(act="change_reorganisation")
    assert change.detail["before"]["becomings"][0]["name"] == "Marrow Council"
    assert change.detail["becomings"][0]["name"] == "Other Council"


def test_cancelled_is_never_carried_out():
    people = operators()
    found = seconded(merge(two()), people)
    with pytest.raises(Refused, match="Say why"):
        cancel_reorganisation(reorganisation=found, reason=" ", by=acting(people.first))
    cancel_reorganisation(reorganisation=found, reason="The order was withdrawn.", by=acting(people.first))
    for act in (
        lambda: carry_out(reorganisation=found, by=COMMAND_LINE),
        lambda: second_reorganisation(reorganisation=found, by=acting(people.second)),
        lambda: cancel_reorganisation(reorganisation=found, reason="Again", by=acting(people.first)),
        lambda: change_reorganisation(reorganisation=found, plan=merge(two()), by=acting(people.first)),
    ):
        with pytest.raises(Refused, match="This is cancelled"):
            act()


def test_cancelled_frees_its_bodies():
    people, bodies = operators(), two()
    found = planned(merge(bodies), people)
    with pytest.raises(Refused, match="Another plan concerns"):
        planned(merge(bodies), people)
    cancel_reorganisation(reorganisation=found, reason="A mistake", by=acting(people.first))
    assert planned(merge(bodies), people).state == "planned"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"area": " "}, "what people call it"),
        ({"source_url": "file:///etc/passwd"}, "begins with https"),
        ({"leavings": ()}, "at least 2 bodies"),
        ({"becomings": ()}, "name one body that it leads to"),
        ({"kind": ReorganisationKind.SPLIT}, "name one body that it begins with"),
        ({"kind": ReorganisationKind.ABOLISH}, "no body that it leads to"),
        ({"kind": ReorganisationKind.CREATE}, "no body that it begins with"),
        ({"kind": ReorganisationKind.REDRAW}, "at least 2 bodies, 100 at most, that it leads to"),
        ({"becomings": (PlannedBody(name=" "),)}, "Give each body a name"),
        ({"becomings": (PlannedBody(name="X", slug="No Address"),)}, "cannot be part of an address"),
        ({"becomings": (PlannedBody(name="X", identifiers=("gss",)),)}, "is no code"),
        ({"becomings": (PlannedBody(name="X" * 301),)}, "300 characters"),
    ],
)
def test_plan_that_could_not_be_carried_out_is_refused(change, sentence):
    plan = merge(two())
    with pytest.raises(Refused, match=sentence):
        planned(Plan(**{name: getattr(plan, name) for name in plan.__dataclass_fields__} | change), operators())


def test_work_has_to_pass_to_somebody_and_from_somebody():
    bodies, people = two(), operators()
    made = {"kind": ReorganisationKind.REDRAW, "area": "Marrowshire", "vesting_day": SOON}
    becomings = (PlannedBody(name="East"), PlannedBody(name="West"))
    for to, sentence in (((), "passes"), ((0,), "Nobody passes any work to West")):
        leavings = tuple(PlannedLeaving(organisation=body, to=to) for body in bodies)
        with pytest.raises(Refused, match=sentence):
            planned(Plan(**made, becomings=becomings, leavings=leavings), people)


def test_a_body_named_twice_is_refused():
    body = factories.organisation()
    with pytest.raises(Refused, match="named twice"):
        planned(merge([body, body]), operators())


@pytest.mark.parametrize("dates", [{"end": TODAY - timedelta(days=2)}, {"start": SOON}])
def test_bodies_have_to_exist_the_day_before(dates):
    with pytest.raises(Refused, match="does not exist on"):
        planned(merge([factories.organisation(**dates), factories.organisation()]), operators())


@pytest.mark.parametrize("end", [TODAY, TODAY - timedelta(days=1)])
def test_an_end_that_a_pack_said_already_is_no_hindrance(end):
    assert planned(merge([factories.organisation(end=end), factories.organisation()]), operators())


def test_addresses_and_codes_stay_with_their_bodies():
    there = factories.organisation(slug="marrow-council")
    Identifier.objects.create(organisation=there, scheme="gss", code="E1")
    people = operators()
    with pytest.raises(Refused, match="a body at the address"):
        planned(merge(two()), people)
    with pytest.raises(Refused, match="is the code of"):
        planned(merge(two(), slug="other", identifiers=("gss:E1",)), people)


def test_two_plans_make_no_two_bodies_at_one_address():
    people = operators()
    planned(merge(two()), people)
    with pytest.raises(Refused, match="Another plan makes a body"):
        planned(merge(two()), people)


def test_a_new_name_is_another_name_of_the_same_body():
    (body, other), people = two(), operators()
    with pytest.raises(Refused, match="has that name already"):
        planned(rename(body, body.name), people)
    plan = rename(body, "New")
    wrong = Plan(
        kind=plan.kind,
        area=plan.area,
        vesting_day=plan.vesting_day,
        becomings=(PlannedBody(name="New", organisation=other),),
        leavings=plan.leavings,
    )
    with pytest.raises(Refused, match="stays the same body"):
        planned(wrong, people)


def test_a_body_never_succeeds_one_that_came_from_it():
    old, new, third = factories.organisation(), factories.organisation(), factories.organisation()
    Succession.objects.create(predecessor=old, successor=new)
    with pytest.raises(Refused, match="came from"):
        planned(merge([new, third], into=old), operators())


def test_bodies_are_named_by_slug_code_or_whole_name():
    body = factories.organisation(slug="a", name="Ashford Council")
    Identifier.objects.create(organisation=body, scheme="gss", code="E1")
    assert [named(text) for text in ("a", "gss:E1", "ashford council")] == [body] * 3
    factories.organisation(name="Ashford Council")
    assert named("Ashford Council") is None
    assert named("nobody") is None


def test_a_day_long_past_may_be_planned():
    assert planned(merge(two(), day=date(2023, 4, 1)), operators()).state == "planned"
