"""Attesting, declining and taking back: who may, what it does to the grade, and two at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection

from commons.exceptions import Refused
from registry.actions.attestations import attest, decline, lapse_overdue, withdraw_attestation
from registry.actions.declarations import confirm_declarations, undo_declarations
from registry.models import Act, Attestation, Declaration, DeclarationKind, Event, Role
from registry.permissions import ANYBODY, COMMAND_LINE
from registry.said import Said
from tests import factories
from tests.constraints import refused_by
from tests.registry.attestations.conftest import acting, answers, later

pytestmark = pytest.mark.django_db
OTHER = Said(kind=DeclarationKind.NOT_SURE)


@pytest.fixture
def asked(world) -> int:
    world.say(world.said)
    return world.asked().pk


def vouch(world, *keys, **given):
    return attest(**{"steward": world.steward, "attestations": keys, "by": world.officer} | given)


def take_back(world, key, reason="They left last year", **given):
    return withdraw_attestation(
        **{"steward": world.steward, "attestation": key, "reason": reason, "by": world.officer} | given
    )


def test_attested_statement_is_said_again_at_e2_in_the_act(world, asked):
    before, old = Event.objects.count(), world.now()

    vouch(world, asked)

    now, one = world.now(), Attestation.objects.get()
    assert (now.evidence, now.confirmed, now.annual_cost) == ("E2", old.confirmed, old.annual_cost)
    assert (one.state, one.steward, one.answered_in.by) == ("attested", world.steward, world.officer.person)
    event = Event.objects.latest("pk")
    assert (event.act, now.recorded_in, Event.objects.count()) == (Act.ATTEST, event, before + 1)
    assert event.detail == {"steward": "sorrel", "statements": [["birch", "bookings", "sorrelpost"]]}


def test_several_are_attested_at_once_with_one_event(world, asked, uses):
    keys = [asked, uses("cedar"), uses("alder")]
    before = Event.objects.count()

    vouch(world, *keys)

    assert set(Declaration.objects.current().values_list("evidence", flat=True)) == {"E2"}
    assert Event.objects.count() == before + 1


def test_all_or_none_are_attested(world, asked, uses):
    other = uses("cedar")
    vouch(world, other)
    with pytest.raises(Refused, match="answered or changed meanwhile"):
        vouch(world, asked, other)
    assert world.grade == "E1"


def test_only_named_officers_and_owners_of_a_steward_may(world, asked):
    editor, elsewhere = acting(world.steward, Role.EDITOR), acting(factories.organisation(), Role.STEWARDS_OFFICER)
    for by in (ANYBODY, COMMAND_LINE, world.owner, editor, elsewhere):
        with pytest.raises(Refused, match="Only a steward's officer or an owner of Sorrel"):
            vouch(world, asked, by=by)
    vouch(world, asked, by=acting(world.steward, Role.OWNER))
    assert world.grade == "E2"


def test_who_does_not_look_after_the_component_cannot_attest(world, asked):
    stranger = factories.organisation(slug="alder")
    with pytest.raises(Refused, match="answered or changed meanwhile"):
        vouch(world, asked, steward=stranger, by=acting(stranger, Role.STEWARDS_OFFICER))


def test_own_statements_are_refused_in_a_sentence_and_not_listed(world, asked):
    factories.stewardship(component=world.component, organisation=world.body, share=0.1)
    world.component.stewardships.filter(organisation=world.steward).update(share=0.9)
    with pytest.raises(Refused, match="may not attest its own statements"):
        vouch(world, asked, steward=world.body, by=world.owner)
    assert not Attestation.objects.asked_of(world.body).exists()


def test_statements_of_the_group_are_refused_in_a_sentence_and_not_listed(world, asked):
    for body in (world.body, world.steward):
        body.affiliation_group = "woods"
        body.save()
    with pytest.raises(Refused, match="statements of Birch, which is of its group"):
        vouch(world, asked)
    assert not Attestation.objects.asked_of(world.steward).exists()


def test_database_refuses_what_one_attests_of_oneself(world, asked):
    with refused_by("attestation_not_of_oneself"):
        Attestation.objects.filter(pk=asked).update(
            state="attested", steward=world.body, answered_in=factories.event(), answered_on="2026-11-01"
        )


def test_overdue_one_cannot_be_attested_before_it_lapses(world, asked):
    with later(days=61), pytest.raises(Refused):
        vouch(world, asked)


def test_declined_stays_e1_with_its_reason(world, asked):
    decline(steward=world.steward, attestations=[asked], reason=" They left.\r\n", by=world.officer)

    one = Attestation.objects.get()
    assert (one.state, one.reason, one.steward, world.grade) == ("declined", "They left.", world.steward, "E1")
    with pytest.raises(Refused, match="Say why"):
        decline(steward=world.steward, attestations=[asked], reason=" ", by=world.officer)


def test_withdrawn_goes_back_to_what_the_link_says(world, asked):
    vouch(world, asked)
    take_back(world, asked)
    one = Attestation.objects.get()
    assert (world.grade, one.state, one.reason) == ("E1", "withdrawn", "They left last year")
    assert Event.objects.latest("pk").act == Act.WITHDRAW_ATTESTATION
    with pytest.raises(Refused, match="stands no longer"):
        take_back(world, asked)


def test_withdrawn_goes_back_to_e0_where_the_link_is_silent(world, asked):
    vouch(world, asked)
    answers(world.said.source_url, failures=2)
    take_back(world, asked)
    assert world.grade == "E0"


def test_withdrawing_needs_a_reason_and_the_steward(world, asked):
    vouch(world, asked)
    with pytest.raises(Refused, match="Say why"):
        take_back(world, asked, reason="")
    other = factories.organisation()
    with pytest.raises(Refused, match="stands no longer"):
        take_back(world, asked, steward=other, by=acting(other, Role.STEWARDS_OFFICER))


def test_heir_of_a_steward_may_take_back(world, asked):
    vouch(world, asked)
    heir = factories.organisation(affiliation_group="sorrel")
    take_back(world, asked, steward=heir, by=acting(heir, Role.STEWARDS_OFFICER))
    assert world.grade == "E1"


@pytest.mark.parametrize(
    "change",
    [
        {"annual_cost": Decimal(1000)},
        {"stage": "pilot"},
        {"source_url": "https://birch.example/other"},
        {"coverage": 0.5},
    ],
    ids=lambda change: next(iter(change)),
)
def test_attestation_stays_while_the_component_is_in_use(world, asked, change):
    vouch(world, asked)
    world.say(replace(world.said, **change))
    assert (world.grade, Attestation.objects.get().state) == ("E2", "attested")


def test_confirming_keeps_the_grade(world, asked):
    vouch(world, asked)
    with later(days=100):
        confirm_declarations(organisation=world.body, declarations=[world.now().pk], by=world.owner)
    assert world.grade == "E2"


@pytest.mark.parametrize("after", ["stopped", "planned", "another", "nothing"])
def test_attestation_is_void_when_use_stops_or_the_component_changes(world, asked, after):
    other = factories.component(slug="elmpost", functions=[world.function])
    vouch(world, asked)
    said = {
        "stopped": [replace(world.said, stage="retired")],
        "planned": [replace(world.said, stage="planned")],
        "another": [replace(world.said, component=other.slug)],
        "nothing": [OTHER],
    }[after]

    world.say(*said)

    one = Attestation.objects.get(pk=asked)
    assert (one.state, one.ended_in) == ("void", world.now().recorded_in)
    assert world.grade in ("E0", "E1")


def test_use_that_begins_again_is_asked_about_anew(world, asked):
    vouch(world, asked)
    world.say(replace(world.said, stage="retired"))
    world.say(world.said)
    assert (world.grade, world.asked().state, world.asked().pk == asked) == ("E1", "asked", False)


def test_what_is_asked_is_void_too(world, asked):
    world.say(replace(world.said, stage="retired"))
    assert Attestation.objects.get().state == "void"
    with later(days=61):
        assert lapse_overdue() == 0


def test_undo_of_a_stop_brings_the_attestation_back(world, asked):
    vouch(world, asked)
    world.say(replace(world.said, stage="retired"))
    stop = Event.objects.latest("pk")

    undo_declarations(organisation=world.body, event=stop, by=world.owner)

    assert (world.grade, Attestation.objects.get().state) == ("E2", "attested")


def test_undo_does_not_bring_back_a_grade_that_was_withdrawn_meanwhile(world, asked):
    vouch(world, asked)
    world.say(replace(world.said, stage="pilot"))
    change = Event.objects.latest("pk")
    take_back(world, asked)
    with pytest.raises(Refused):  # the steward's act came since
        undo_declarations(organisation=world.body, event=change, by=world.owner)
    assert world.grade == "E1"


def test_undo_of_the_first_statement_ends_what_was_asked(world, asked):
    undo_declarations(organisation=world.body, event=world.now().recorded_in, by=world.owner)
    assert Attestation.objects.get().state == "void"


def test_silent_link_takes_nothing_from_what_is_attested(world, asked):
    vouch(world, asked)
    answers(world.said.source_url, failures=2)
    world.say(replace(world.said, annual_cost=Decimal(1000)))
    assert world.grade == "E2"


def at_once(*acts):
    def run(act):
        try:
            act()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_attest_once(world, asked):
    other = acting(world.steward, Role.OWNER)
    before = Event.objects.count()

    assert at_once(*[lambda by=by: vouch(world, asked, by=by) for by in (world.officer, other) * 3]) == [
        "done", *["refused"] * 5,
    ]  # fmt: skip

    assert (world.grade, Event.objects.count()) == ("E2", before + 1)
    assert Declaration.objects.current().count() == 1


@pytest.mark.django_db(transaction=True)
def test_attesting_while_the_body_stops_leaves_no_attested_stop(world, asked):
    stopped = replace(world.said, stage="retired")

    at_once(lambda: vouch(world, asked), lambda: world.say(stopped))

    assert (world.now().stage, world.grade in ("E0", "E1")) == ("retired", True)
    assert Attestation.objects.get().state == "void"


@pytest.mark.django_db(transaction=True)
def test_two_stewards_that_answer_each_other_s_bodies_do_not_wait_in_a_circle(world, asked, uses):
    keys = [asked, uses("cedar"), uses("alder")]
    decliner = acting(world.steward, Role.OWNER)
    results = at_once(
        lambda: vouch(world, *keys),
        lambda: decline(steward=world.steward, attestations=keys[::-1], reason="No", by=decliner),
    )
    assert results == ["done", "refused"]
