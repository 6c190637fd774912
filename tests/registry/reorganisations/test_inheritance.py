"""The rules alone: statements in, statements out, no database."""

import itertools
from datetime import date
from decimal import Decimal

import pytest

from registry.inheritance import Giver, estate
from registry.models import Declaration, Organisation

_numbers = itertools.count(1)
NEW = Organisation(pk=9, slug="new", name="New")


def says(body: int, kind: str = "adoption", **fields) -> Declaration:
    made = {
        "pk": next(_numbers),
        "kind": kind,
        "organisation_id": body,
        "function_id": 1,
        "confirmed": date(2026, 1, 1),
    }
    if kind == "adoption":
        made |= {"component_id": 1, "stage": "live", "evidence": "E1"}
    if kind == "duplicate":
        made |= {"system": "Ledger", "evidence": "E1"}
    return Declaration(**made | fields)


def givers(*drivers: int | None, group: int | None = 1, divided: bool = False) -> list[Giver]:
    return [
        Giver(body=body, driver=None if size is None else Decimal(size), peer_group=group, divided=divided)
        for body, size in enumerate(drivers, start=1)
    ]


def one_made(*said: Declaration, of: list[Giver], successor: Organisation = NEW) -> Declaration:
    ((made, _origins),) = estate(successor, of, said).made
    return made


def test_one_statement_of_one_body_is_inherited_as_it_was():
    old = says(
        1,
        "duplicate",
        coverage=0.8,
        transactions=120.0,
        annual_cost=Decimal("5"),
        price_fy="2025-26",
        contract_end=date(2028, 3, 31),
        contract_slips=1,
        evidence="E3",
        published=True,
        reason="A contract.",
        source_url="https://a.example/",
        supplier="Orrowby",
        exempt_until=date(2029, 1, 1),
        exempt_reason="law",
    )
    made = one_made(old, of=givers(100))
    same = (
        *("kind", "function_id", "system", "supplier", "coverage", "transactions", "annual_cost", "price_fy"),
        *("contract_end", "contract_slips", "confirmed", "evidence", "published", "exempt_until", "exempt_reason"),
        *("reason", "source_url"),
    )
    assert {name: getattr(made, name) for name in same} == {name: getattr(old, name) for name in same}
    assert made.inherited_from == old
    assert made.organisation == NEW


def test_same_component_of_two_becomes_one_weighed_by_people():
    first = says(1, coverage=1.0, confirmed=date(2026, 5, 1), since=date(2020, 1, 1), evidence="E3")
    second = says(2, coverage=0.5, confirmed=date(2025, 5, 1), since=date(2018, 1, 1), evidence="E2")
    found = estate(NEW, givers(300, 100), [first, second])
    ((made, origins),) = found.made
    assert made.coverage == pytest.approx(0.875)
    assert (made.confirmed, made.since, made.evidence) == (date(2025, 5, 1), date(2018, 1, 1), "E2")
    assert made.inherited_from == second
    assert origins == [second, first]
    assert found.ended == []


def test_different_systems_of_two_share_the_work_out():
    found = estate(NEW, givers(300, 100), [says(1, coverage=1.0), says(2, "duplicate", coverage=1.0)])
    shares = {made.kind: made.coverage for made, _origins in found.made}
    assert shares == {"adoption": 0.75, "duplicate": 0.25}


def test_silence_of_a_body_of_the_same_kind_leaves_its_part_open():
    assert one_made(says(1, coverage=1.0), of=givers(300, 100)).coverage == 0.75


def test_silence_of_a_body_of_another_kind_takes_no_part():
    of = [*givers(300), Giver(body=2, driver=Decimal(100), peer_group=2)]
    assert one_made(says(1, coverage=1.0), of=of).coverage == 1.0


def test_who_is_not_responsible_takes_no_part_and_who_is_not_sure_does():
    away, unsure = says(2, "not_responsible"), says(2, "not_sure")
    assert one_made(says(1, coverage=1.0), away, of=givers(300, 100)).coverage == 1.0
    assert one_made(says(1, coverage=1.0), unsure, of=givers(300, 100)).coverage == 0.75


@pytest.mark.parametrize(("shares", "sizes"), [((1.0, None), (3, 1)), ((1.0, 1.0), (3, None)), ((1.0, 1.0), (0, 0))])
def test_coverage_is_blank_where_a_part_of_the_mean_is_not_known(shares, sizes):
    said = [says(body, coverage=share) for body, share in enumerate(shares, start=1)]
    assert one_made(*said, of=givers(*sizes)).coverage is None


@pytest.mark.parametrize(
    ("costs", "years", "cost", "year"),
    [
        ((10, 5), ("2025-26", "2025-26"), 15, "2025-26"),
        ((10, 0), ("2025-26", "2025-26"), 10, "2025-26"),
        ((10, None), ("2025-26", "2025-26"), None, ""),
        ((10, 5), ("2025-26", "2024-25"), None, ""),
    ],
)
def test_costs_are_summed_only_where_all_state_them_in_one_year(costs, years, cost, year):
    said = [
        says(body, annual_cost=None if each is None else Decimal(each), price_fy=fy, transactions=each)
        for body, (each, fy) in enumerate(zip(costs, years, strict=True), start=1)
    ]
    made = one_made(*said, of=givers(1, 1))
    assert (made.annual_cost, made.price_fy) == (cost, year)
    assert made.transactions == (None if None in costs else sum(costs))


def test_amounts_of_what_is_divided_are_blank():
    old = says(1, coverage=0.9, transactions=100.0, annual_cost=Decimal(7), price_fy="2025-26")
    made = one_made(old, of=givers(100, divided=True))
    assert (made.transactions, made.annual_cost, made.price_fy, made.coverage) == (None, None, "", 0.9)


def test_a_divided_body_beside_others_leaves_the_coverage_blank():
    of = [*givers(100), Giver(body=2, driver=Decimal(50), peer_group=1, divided=True)]
    assert one_made(says(1, coverage=1.0), says(2, coverage=1.0), of=of).coverage is None


@pytest.mark.parametrize(
    ("stages", "together"),
    [
        (("live", "live"), "live"),
        (("live", "pilot"), "partial"),
        (("planned", "live"), "partial"),
        (("planned", "pilot"), "pilot"),
        (("planned", "planned"), "planned"),
    ],
)
def test_stage_is_how_far_all_of_it_is(stages, together):
    said = [says(body, stage=stage) for body, stage in enumerate(stages, start=1)]
    assert one_made(*said, of=givers(1, 1)).stage == together


def test_what_stopped_stays_with_the_body_that_stopped():
    assert estate(NEW, givers(1, 1), [says(1, stage="retired")]).made == []


def test_never_confirmed_stays_never_confirmed():
    assert one_made(says(1), says(2, confirmed=None), of=givers(1, 1)).confirmed is None


def test_own_systems_of_two_names_stay_two():
    found = estate(NEW, givers(1, 1), [says(1, "duplicate"), says(2, "duplicate", system="Other")])
    assert {made.system for made, _origins in found.made} == {"Ledger", "Other"}


def test_one_own_system_of_two_becomes_one_with_the_first_contract_end():
    first = says(1, "duplicate", contract_end=date(2029, 3, 31), supplier="A", contract_slips=0, published=True)
    second = says(2, "duplicate", contract_end=date(2028, 3, 31), supplier="B", contract_slips=2, published=False)
    made = one_made(first, second, of=givers(1, 1))
    assert (made.contract_end, made.supplier, made.contract_slips) == (date(2028, 3, 31), "", 2)
    assert made.published is False


@pytest.mark.parametrize("kind", ["not_responsible", "not_sure"])
def test_an_answer_is_inherited_only_where_all_give_it(kind):
    other = "not_sure" if kind == "not_responsible" else "not_responsible"
    assert one_made(says(1, kind), says(2, kind), of=givers(1, 1)).kind == kind
    assert estate(NEW, givers(1, 1), [says(1, kind)]).made == []
    assert estate(NEW, givers(1, 1), [says(1, kind), says(2, other)]).made == []


def test_a_system_of_one_outweighs_the_answer_of_the_other():
    made = one_made(says(1, "not_responsible"), says(2), of=givers(1, 1))
    assert made.kind == "adoption"


def test_a_body_that_goes_on_says_again_what_it_shares_and_keeps_what_is_its_own():
    going = Organisation(pk=1, slug="going", name="Going")
    shared, alone = says(1), says(1, "duplicate", function_id=2)
    found = estate(going, givers(1, 1), [shared, alone, says(2)])
    ((made, origins),) = found.made
    assert made.component_id == 1
    assert len(origins) == 2
    assert found.ended == [shared]


def test_a_body_that_goes_on_loses_an_answer_that_is_true_no_longer():
    going = Organisation(pk=1, slug="going", name="Going")
    away = says(1, "not_responsible")
    found = estate(going, givers(1, 1), [away, says(2)])
    assert found.ended == [away]
    assert len(found.made) == 1


def test_a_body_that_goes_on_keeps_an_answer_of_its_own_that_nobody_contradicts():
    going = Organisation(pk=1, slug="going", name="Going")
    found = estate(going, givers(1, 1), [says(1, "not_sure")])
    assert (found.made, found.ended) == ([], [])


def test_the_word_of_a_body_that_has_spoken_already_stands():
    own, other = says(9, stage="planned"), says(1)
    found = estate(NEW, givers(1), [own, other])
    assert found.made == []
    assert found.stands == [(own, [other])]
    assert found.ended == []


def test_a_successor_that_is_not_responsible_inherits_nothing_for_that_function():
    own, other = says(9, "not_responsible"), says(1)
    found = estate(NEW, givers(1), [own, other])
    assert (found.made, found.stands) == ([], [(own, [other])])


def test_a_successor_that_was_not_sure_knows_from_then_on():
    own = says(9, "not_sure")
    found = estate(NEW, givers(1), [own, says(1)])
    assert len(found.made) == 1
    assert found.ended == [own]


def test_exemptions_of_all_for_one_reason_last_until_the_first_ends():
    excused = {"exempt_reason": "law", "kind": "duplicate"}
    said = [says(1, exempt_until=date(2029, 1, 1), **excused), says(2, exempt_until=date(2028, 1, 1), **excused)]
    assert one_made(*said, of=givers(1, 1)).exempt_until == date(2028, 1, 1)
    assert one_made(said[0], says(2, "duplicate"), of=givers(1, 1)).exempt_reason == ""


def test_a_body_that_goes_on_uses_again_what_it_had_stopped():
    going = Organisation(pk=1, slug="going", name="Going")
    stopped, other = says(1, stage="retired"), says(2)
    found = estate(going, givers(1, 1), [stopped, other])
    ((made, origins),) = found.made
    assert (made.stage, origins, found.ended) == ("live", [other], [stopped])


def test_systems_without_a_name_are_like_no_other():
    said = [says(body, "duplicate", system="A system that is not named") for body in (1, 2)]
    assert len(estate(NEW, givers(1, 1), said, {one.pk for one in said}).made) == 2
    assert len(estate(NEW, givers(1, 1), said).made) == 1


def test_one_system_spelled_in_two_ways_is_one():
    assert len(estate(NEW, givers(1, 1), [says(1, "duplicate"), says(2, "duplicate", system="LEDGER")]).made) == 1
