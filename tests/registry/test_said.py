"""What is wrong with a statement, before anything is recorded."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from registry.models import DeclarationKind, ShownTo
from registry.said import Hold, Said, from_json, problems, tidied

TODAY = date(2026, 11, 29)
USES = Said(kind=DeclarationKind.ADOPTION, component="sorrelpost", stage="live", coverage=0.4)
OWN = Said(kind=DeclarationKind.DUPLICATE, system="Emberfold", annual_cost=Decimal("12000.50"), price_fy="2026-27")
ANSWER = Said(kind=DeclarationKind.NOT_SURE)


def wrong(*statements: Said) -> list[tuple[int | None, str]]:
    return [(problem.statement, problem.field) for problem in problems(statements, TODAY)]


def test_statements_that_fit_have_no_problem():
    full = replace(
        OWN,
        supplier="Quill Ltd",
        contract_end=date(2028, 3, 31),
        since=None,
        why="contract",
        reason="Until 2028.\nThen we look again.",
        source_url="https://www.birch.example/contracts?id=4",
        contact="digital@birch.example",
        held={"annual_cost": Hold(ShownTo.OWN, date(2027, 4, 1)), "supplier": Hold(ShownTo.PEERS)},
    )
    assert wrong(USES, full) == []
    assert wrong(ANSWER) == []
    assert wrong() == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (replace(USES, component=""), "component"),
        (replace(USES, stage=""), "stage"),
        (replace(USES, stage="dreamt"), "stage"),
        (replace(OWN, system=""), "system"),
        (replace(OWN, why="because"), "why"),
        (replace(OWN, component="sorrelpost"), "component"),
        (replace(USES, system="Emberfold"), "system"),
        (replace(USES, why="better"), "why"),
        (replace(ANSWER, coverage=0.5), "coverage"),
        (replace(ANSWER, annual_cost=Decimal(1), price_fy="2026-27"), "annual_cost"),
        (replace(USES, coverage=1.01), "coverage"),
        (replace(USES, coverage=-0.1), "coverage"),
        (replace(USES, coverage=float("nan")), "coverage"),
        (replace(USES, transactions=-1), "transactions"),
        (replace(USES, transactions=float("inf")), "transactions"),
        (replace(OWN, annual_cost=Decimal(-1)), "annual_cost"),
        (replace(OWN, annual_cost=Decimal("NaN")), "annual_cost"),
        (replace(OWN, annual_cost=Decimal("1.005")), "annual_cost"),
        (replace(OWN, annual_cost=Decimal("1e13")), "annual_cost"),
        (replace(OWN, price_fy=""), "price_fy"),
        (replace(OWN, price_fy="2026-28"), "price_fy"),
        (replace(OWN, price_fy="2026/27"), "price_fy"),
        (replace(OWN, annual_cost=None), "annual_cost"),
        (replace(USES, since=date(2026, 11, 30)), "since"),
        (replace(USES, since=date(1, 1, 1)), "since"),
        (replace(OWN, contract_end=date(2999, 1, 1)), "contract_end"),
        (replace(OWN, system="=1+1"), "system"),
        (replace(OWN, supplier="@SUM"), "supplier"),
        (replace(OWN, reason="-x"), "reason"),
        (replace(OWN, contact="\x01"), "contact"),
        (replace(OWN, system="x" * 301), "system"),
        (replace(OWN, source_url="javascript:alert(1)"), "source_url"),
        (replace(OWN, source_url="www.birch.example"), "source_url"),
        (replace(OWN, source_url="https://birch.example/<script>"), "source_url"),
        (replace(OWN, held={"reason": Hold(ShownTo.OWN)}), "reason"),
        (replace(OWN, held={"supplier": Hold(ShownTo.OWN)}), "supplier"),
        (replace(OWN, held={"annual_cost": Hold(ShownTo.OWN, TODAY)}), "annual_cost"),
    ],
)
def test_what_does_not_fit_is_told_with_its_field(said, field):
    found = problems([USES if said.kind == DeclarationKind.DUPLICATE else OWN, said], TODAY)
    of_this = [problem for problem in found if problem.statement == 1]

    assert field in {problem.field for problem in of_this}
    assert all(problem.sentence.endswith((".", "?")) for problem in of_this)


def test_planned_use_may_begin_on_a_day_to_come():
    assert wrong(replace(USES, stage="planned", since=date(2027, 4, 1))) == []


def test_everything_wrong_is_told_at_once():
    assert wrong(replace(OWN, system="", coverage=2, price_fy="")) == [
        (0, "system"), (0, "coverage"), (0, "price_fy"),
    ]  # fmt: skip


def test_statements_must_fit_beside_each_other():
    assert wrong(USES, USES) == [(1, "component")]
    assert wrong(OWN, replace(OWN, system="EMBERFOLD")) == [(1, "system")]
    assert wrong(USES, ANSWER) == [(None, "kind")]
    assert wrong(replace(USES, coverage=0.7), replace(OWN, coverage=0.31)) == [(None, "coverage")]
    assert wrong(replace(USES, coverage=0.7), replace(OWN, coverage=0.3)) == []
    assert wrong(replace(USES, coverage=1, stage="planned"), replace(OWN, coverage=1)) == []


def test_json_and_back_is_the_same():
    full = replace(OWN, contract_end=date(2028, 3, 31), held={"annual_cost": Hold(ShownTo.OWN, date(2027, 4, 1))})

    assert [from_json(said.as_json()) for said in (USES, full, ANSWER)] == [USES, full, ANSWER]
    assert ANSWER.as_json() == {"kind": "not_sure"}


@pytest.mark.parametrize("said", [{}, {"kind": "x"}, {"kind": "duplicate", "annual_cost": "many"}])
def test_json_that_nobody_wrote_is_refused(said):
    with pytest.raises((KeyError, ValueError)):
        from_json(said)


def test_texts_are_tidied():
    said = tidied(replace(OWN, system="  Ember \n fold ", reason=" one\r\ntwo "))
    assert (said.system, said.reason) == ("Ember fold", "one\ntwo")
