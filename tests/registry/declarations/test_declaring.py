"""Saying what a body does for one function."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from catalogue.models import SearchEntry
from commons.exceptions import Refused
from registry.actions.declarations import Changed, Wrong, declare, save_draft
from registry.actions.declarations.rows import of_cell, said_of
from registry.models import Declaration, DeclarationKind, Draft, Event, ShownTo, Withheld
from registry.permissions import ANYBODY, COMMAND_LINE
from registry.said import Hold, Said
from tests import factories

USES = Said(kind=DeclarationKind.ADOPTION, component="sorrelpost", stage="live", coverage=0.4)
OWN = Said(
    kind=DeclarationKind.DUPLICATE,
    system="Emberfold",
    supplier="Quill Ltd",
    annual_cost=Decimal(12000),
    price_fy="2026-27",
    contract_end=date(2028, 3, 31),
    transactions=5000.0,
    why="contract",
)
NOT_OURS = Said(kind=DeclarationKind.NOT_RESPONSIBLE)


@pytest.fixture
def say(world):
    def say(*statements, **given):
        given = {"organisation": world.body, "function": world.function, "by": world.owner} | given
        return declare(statements=statements, **given)

    return say


def standing(world) -> list[Said]:
    return [said_of(one) for one in of_cell(world.body, world.function)]


def test_everything_about_a_function_is_recorded_in_one_act(world, say):
    before = Event.objects.count()

    done = say(USES, OWN)

    assert standing(world) == [USES, OWN]
    assert Event.objects.count() == before + 1
    assert done.event.by == world.owner.person
    assert done.event.detail == {
        "organisation": "birch",
        "function": "bookings",
        "recorded": [["adoption", "sorrelpost"], ["duplicate", "Emberfold"]],
        "ended": [],
    }
    assert {one.confirmed for one in done.recorded} == {timezone.localdate()}
    assert {one.evidence for one in done.recorded} == {"E0"}


def test_same_again_changes_nothing(world, say):
    say(USES, OWN)
    before = Event.objects.count()

    again = say(OWN, replace(USES, component="sorrelpost"))

    assert (again.event, again.recorded, again.ended, len(again.unchanged)) == (None, [], [], 2)
    assert Event.objects.count() == before


def test_changed_statement_supersedes_the_old_one_and_leaves_the_other(world, say):
    first = say(USES, OWN).recorded

    done = say(replace(USES, coverage=0.5), OWN)

    assert [one.pk for one in done.ended] == [first[0].pk]
    assert [one.pk for one in done.unchanged] == [first[1].pk]
    assert standing(world) == [OWN, replace(USES, coverage=0.5)]
    assert Declaration.objects.get(pk=first[0].pk).superseded_in == done.event


def test_what_is_not_said_again_ends(world, say):
    say(USES, OWN)

    done = say(NOT_OURS)

    assert standing(world) == [NOT_OURS]
    assert len(done.ended) == 2
    assert say().recorded == []
    assert standing(world) == []


def test_other_functions_and_bodies_are_left_alone(world, say):
    other = factories.adoption(organisation=world.body)
    foreign = factories.duplicate(function=world.function)

    say(NOT_OURS)

    assert set(Declaration.objects.current()) >= {other, foreign}


def test_who_had_seen_something_else_is_shown_what_stands(world, say):
    first = say(USES).recorded[0]
    say(replace(USES, coverage=0.9), seen=[first.pk])

    with pytest.raises(Changed) as changed:
        say(OWN, seen=[first.pk])

    assert [said_of(one) for one in changed.value.standing] == [replace(USES, coverage=0.9)]
    assert standing(world) == [replace(USES, coverage=0.9)]


def test_only_owners_publish(world, say):
    for actor in (ANYBODY, world.editor):
        with pytest.raises(Refused, match="may not publish"):
            say(USES, by=actor)
    assert standing(world) == []


def test_bodies_that_have_ended_say_nothing(world, say):
    world.body.end = timezone.localdate()
    world.body.save()

    with pytest.raises(Refused, match="successors"):
        say(USES, by=COMMAND_LINE)


@pytest.mark.parametrize("lifecycle", ["draft", "deprecated", "retired"])
def test_components_that_end_are_not_newly_used(world, say, lifecycle):
    type(world.shared).objects.filter(pk=world.shared.pk).update(lifecycle=lifecycle)

    with pytest.raises(Wrong) as wrong:
        say(OWN, USES)

    (problem,) = wrong.value.problems
    assert (problem.statement, problem.field) == (1, "component")
    assert world.shared.name not in problem.sentence if lifecycle == "draft" else world.shared.name in problem.sentence


def test_use_of_a_component_that_ends_can_still_be_changed(world, say):
    say(USES)
    type(world.shared).objects.filter(pk=world.shared.pk).update(lifecycle="deprecated")

    assert len(say(replace(USES, stage="retired", coverage=None)).recorded) == 1


def test_components_that_are_not_offered_are_refused(world, say):
    world.shared.available_to.set([factories.peer_group()])

    with pytest.raises(Wrong, match="not offered"):
        say(USES)


def test_every_mistake_is_told_at_once_and_nothing_is_recorded(world, say):
    with pytest.raises(Wrong) as wrong:
        say(replace(USES, component="nowhere"), replace(OWN, price_fy=""))

    assert [(one.statement, one.field) for one in wrong.value.problems] == [(1, "price_fy"), (0, "component")]
    assert Declaration.objects.count() == 0


def test_values_kept_back_are_not_in_the_declaration(world, say):
    held = {
        "system": Hold(ShownTo.OWN),
        "supplier": Hold(ShownTo.PEERS),
        "annual_cost": Hold(ShownTo.OWN, date(2027, 4, 1)),
        "contract_end": Hold(ShownTo.PEERS, date(2027, 4, 1)),
    }
    secret = replace(OWN, held=held)

    done = say(secret)
    row = Declaration.objects.get(pk=done.recorded[0].pk)

    assert (row.system, row.supplier, row.annual_cost, row.price_fy, row.contract_end) == (
        "A system that is not named", "", None, "", None,
    )  # fmt: skip
    assert row.transactions == 5000
    assert standing(world) == [secret]
    assert "Emberfold" not in str(Event.objects.values_list("detail", flat=True))
    assert say(secret).event is None


def test_two_systems_that_are_not_named_stay_two(world, say):
    held = {"system": Hold(ShownTo.OWN)}
    one, two = replace(OWN, held=held), replace(OWN, system="Other", held=held)

    say(one, two)
    say(replace(one, transactions=6000.0), two)

    assert sorted(Declaration.objects.current().values_list("system", flat=True)) == [
        "A system that is not named",
        "A system that is not named (2)",
    ]
    assert {said.system for said in standing(world)} == {"Emberfold", "Other"}
    assert Withheld.objects.count() == 3  # the history keeps its own


def test_evidence_stays_with_what_it_is_of(world, say):
    linked = replace(USES, source_url="https://birch.example/sorrelpost")
    first = say(linked).recorded[0]
    Declaration.objects.filter(pk=first.pk).update(evidence="E2")

    same = say(replace(linked, transactions=9.0)).recorded[0]
    moved = say(replace(linked, transactions=9.0, source_url="https://birch.example/other")).recorded[0]

    assert (same.evidence, moved.evidence) == ("E2", "E0")


def test_exemption_stays_with_the_system(world, say):
    first = say(OWN).recorded[0]
    Declaration.objects.filter(pk=first.pk).update(exempt_until=date(2027, 1, 1), exempt_reason="law")

    changed = say(replace(OWN, transactions=7.0)).recorded[0]
    other = say(replace(OWN, system="Another")).recorded[0]

    assert (changed.exempt_until, changed.exempt_reason) == (date(2027, 1, 1), "law")
    assert (other.exempt_until, other.exempt_reason) == (None, "")


def test_contract_that_moves_later_slips(world, say):
    say(OWN)
    moved = say(replace(OWN, contract_end=date(2029, 3, 31))).recorded[0]
    again = say(replace(OWN, contract_end=date(2030, 3, 31))).recorded[0]
    earlier = say(replace(OWN, contract_end=date(2027, 3, 31))).recorded[0]

    assert [one.contract_slips for one in (moved, again, earlier)] == [1, 2, 2]


def test_slip_is_seen_also_where_the_day_is_kept_back(world, say):
    held = {"contract_end": Hold(ShownTo.OWN)}
    say(replace(OWN, held=held))

    moved = say(replace(OWN, contract_end=date(2029, 3, 31), held=held)).recorded[0]

    assert moved.contract_slips == 1


def test_slips_are_forgotten_after_two_years(world, say):
    say(OWN)
    say(replace(OWN, contract_end=date(2029, 3, 31)))

    with time_machine.travel(timezone.now() + timedelta(days=740)):
        later = say(replace(OWN, contract_end=date(2029, 3, 31), transactions=1.0)).recorded[0]

    assert later.contract_slips == 0


def test_record_is_open_where_every_fact_of_it_is_public(world, say):
    whole = say(OWN).recorded[0]
    held = say(replace(OWN, held={"annual_cost": Hold(ShownTo.PEERS)})).recorded[0]
    uses = replace(USES, annual_cost=Decimal(0), price_fy="2026-27", transactions=1.0, since=date(2025, 1, 1))
    adoption = say(uses).recorded[0]
    answer = say(NOT_OURS).recorded[0]

    assert [one.published for one in (whole, held, adoption, answer)] == [True, False, True, None]


def test_published_draft_is_done_with(world, say):
    save_draft(
        organisation=world.body, function=world.function, statements=[USES], seen=[], revision=0, by=world.editor
    )

    say(USES)

    assert not Draft.objects.exists()


def test_search_counts_the_new_user(world, say):
    say(USES)

    assert SearchEntry.objects.get(component=world.shared).used_by == 1
