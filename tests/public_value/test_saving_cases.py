"""From a declaration to its saving case: which rows have one, and what the database hands to the arithmetic."""

from random import Random
from types import SimpleNamespace

import pytest
from django.db.models import Sum

from catalogue.models import Component
from public_value.actions import compute_edition
from public_value.exporting import export_edition
from public_value.models import Edition, Score, ScoreLine, ScoreSaving
from public_value.models.line import CASE
from public_value.pack import EVERY_SHEET
from registry.pack.loading import load_pack
from tests import factories
from tests.constraints import refused_by
from tests.public_value.test_editions import DEMO
from tests.public_value.test_evidence import SNAPSHOT, adopt, days_ago, duplicate, world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def priced(world) -> SimpleNamespace:  # noqa: F811
    """The world of one body, whose shared component costs £0.10 for each of 1,000 transactions and £50 a year."""
    world.shared.price_per_transaction, world.shared.fixed_fee = "0.1", "50"
    world.shared.save()
    return world


def compute(label: str = "2026Q3") -> Edition:
    return compute_edition(label=label, snapshot_date=SNAPSHOT, draws=2)


def line(declaration) -> ScoreLine:
    compute()
    return ScoreLine.objects.get(declaration=declaration)


def exported(world, basis: str = "savings") -> dict:  # noqa: F811
    return export_edition(compute())["organisations"][world.body.slug][basis]


def test_case_says_what_it_was_worked_out_from(priced) -> None:
    found = line(duplicate(priced, coverage=0.5, annual_cost=900, contract_end=days_ago(-400)))
    assert (found.case_component, found.case_modelled, found.case_start) == (priced.shared, False, 2)
    assert (found.case_cost, found.case_shared_cost) == (900, pytest.approx(0.5 * 1000 * 0.1 + 50))
    assert found.case_annual_central == pytest.approx(0.7 * (900 - 100 * 1.205 - 90))


def test_case_takes_the_cost_in_the_prices_of_the_base_year(priced) -> None:
    found = line(duplicate(priced, coverage=0.5, annual_cost=800, price_fy="2024-25"))
    assert found.case_cost == pytest.approx(1000)


def test_case_takes_the_cost_unfloored(priced) -> None:
    assert line(duplicate(priced, coverage=1, annual_cost=1, evidence="E0")).case_cost == 1


@pytest.mark.parametrize("fields", [{"coverage": 0.5}, {"annual_cost": 900}, {}])
def test_case_with_an_assumption_is_modelled(priced, fields: dict) -> None:
    found = line(duplicate(priced, **fields))
    assert found.case_modelled
    assert found.case_cost == fields.get("annual_cost", 2000 * fields.get("coverage", 1))
    assert set(ScoreSaving.objects.values_list("basis", flat=True)) == {"modelled"}


def test_unknown_mass_is_shared_among_all_own_rows_without_share(priced) -> None:
    adopt(priced, coverage=0.2)
    duplicate(priced, coverage=0.2)
    duplicate(priced, exempt_until=SNAPSHOT)
    found = line(duplicate(priced))
    assert found.case_cost == pytest.approx(2000 * 0.6 / 2)


def test_adoption_of_a_component_that_is_not_shared_has_a_case(priced) -> None:
    alone = factories.component(functions=[priced.function])
    found = line(adopt(priced, component=alone, coverage=0.5, annual_cost=700))
    assert (found.kind, found.case_cost, found.case_component) == ("duplicate", 700, priced.shared)


@pytest.mark.parametrize(
    ("declare", "fields"),
    [
        (adopt, {"coverage": 0.5, "annual_cost": 700}),
        (duplicate, {"coverage": 0.5, "annual_cost": 700, "exempt_until": SNAPSHOT}),
        (duplicate, {"coverage": 0.5, "annual_cost": 700, "confirmed": None}),
    ],
)
def test_what_is_shared_exempt_or_expired_claims_nothing(priced, declare, fields: dict) -> None:
    found = line(declare(priced, **fields))
    assert [getattr(found, field) for field in CASE] == [None] * len(CASE)
    assert not ScoreSaving.objects.exists()


def test_duplicate_without_a_priced_component_beside_it_claims_nothing(world) -> None:  # noqa: F811
    found = line(duplicate(world, coverage=0.5, annual_cost=700))
    assert (found.kind, found.case_annual_high) == ("duplicate", None)
    assert Score.objects.get(organisation=world.body).own_cost == 700


def test_component_offered_twice_over_is_one_offer(priced) -> None:
    wider = factories.peer_group()
    priced.group.parent = wider
    priced.group.save()
    priced.shared.available_to.set([wider, priced.group])
    assert line(duplicate(priced, coverage=1, annual_cost=900)).case_shared_cost == pytest.approx(150)


def test_fee_is_borne_by_the_first_system_by_name(priced) -> None:
    later = duplicate(priced, system="beta", coverage=0.5, annual_cost=900)
    duplicate(priced, system="Zeta", coverage=0.5, annual_cost=1)
    compute()
    found = {each.declaration.system: each for each in ScoreLine.objects.select_related("declaration")}
    assert found["Zeta"].case_shared_cost == pytest.approx(100)
    assert found["Zeta"].case_annual_high == 0
    assert found["beta"].case_shared_cost == pytest.approx(50)
    assert later.pk < found["Zeta"].declaration_id


@pytest.mark.parametrize(("coverage", "cost"), [(0.009, 100), (0.01, 50)])
def test_fee_is_waived_where_the_body_has_the_component_already(priced, coverage: float, cost: float) -> None:
    adopt(priced, coverage=coverage)
    found = line(duplicate(priced, coverage=0.5, annual_cost=900))
    assert found.case_shared_cost == pytest.approx(cost)


# Sums


def savings_of_all(edition: Edition) -> list[tuple]:
    rows = ScoreSaving.objects.filter(score__edition=edition).order_by("score__organisation_id", "basis", "scenario")
    return list(rows.values_list("score__organisation_id", "basis", "scenario", "annual", "npv10"))


# Which of many offers is the cheapest: those that never can be are left out before


def another(priced, price: str | None, fee: str | None):
    fields = {"price_per_transaction": price, "fixed_fee": fee, "external_independent_adopters": 2}
    return factories.component(functions=[priced.function], **fields)


@pytest.mark.parametrize(
    ("price", "fee"), [("0.1", "50"), ("0.1", None), (None, "50"), ("0.2", "60"), ("0.2", "0"), ("0.05", "75")]
)
def test_case_takes_the_cheapest_offer_and_of_equals_the_first(priced, price, fee) -> None:
    other = another(priced, price, fee)
    found = line(duplicate(priced, coverage=0.5, annual_cost=900))
    costs = {priced.shared: 500 * 0.1 + 50, other: 500 * float(price or 0) + float(fee or 0)}
    assert found.case_component == min(costs, key=lambda one: (round(costs[one], 9), one.pk))
    assert found.case_shared_cost == pytest.approx(min(costs.values()))


def test_case_takes_a_dearer_component_that_the_body_pays_for_already(priced) -> None:
    other = another(priced, "0.1", "70")
    adopt(priced, component=other, coverage=0.2)
    found = line(duplicate(priced, coverage=0.5, annual_cost=900))
    assert (found.case_component, found.case_shared_cost) == (other, pytest.approx(50))


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_case_among_many_offers_is_the_cheapest_of_all(priced, share: float) -> None:
    """Random prices, so that some offers are below others in both."""
    random = Random(7)
    for _ in range(40):
        another(priced, f"{random.randint(0, 30) / 100}", str(random.randint(0, 90)))
    offers = [(float(one.price_per_transaction), float(one.fixed_fee)) for one in Component.objects.order_by("pk")]
    expected = min(price * 1000 * share + fee for price, fee in offers)
    assert line(duplicate(priced, coverage=share, annual_cost=900)).case_shared_cost == pytest.approx(expected)


def test_savings_are_the_sums_of_their_cases_scenario_by_scenario() -> None:
    load_pack(DEMO, sheets=EVERY_SHEET)
    edition = compute()
    assert Score.objects.filter(savings__isnull=False).exists()
    for basis, modelled in (("declared", False), ("modelled", True)):
        for scenario in ("low", "central", "high"):
            lines = ScoreLine.objects.filter(score__edition=edition, case_modelled=modelled)
            summed = lines.aggregate(annual=Sum(f"case_annual_{scenario}"), npv10=Sum(f"case_npv_{scenario}"))
            sums = ScoreSaving.objects.filter(basis=basis, scenario=scenario)
            kept = sums.aggregate(annual=Sum("annual"), npv10=Sum("npv10"))
            assert summed == pytest.approx(kept)


def test_savings_in_small_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    load_pack(DEMO, sheets=EVERY_SHEET)
    whole = savings_of_all(compute())
    monkeypatch.setattr("public_value.evidence.gathering.ROWS_AT_ONCE", 7)
    assert savings_of_all(compute()) == whole


def test_export_keeps_declared_and_modelled_apart(priced) -> None:
    duplicate(priced, system="a", coverage=0.5, annual_cost=900)
    duplicate(priced, system="b", coverage=0.5)
    assert exported(priced)["high"]["annual"] == pytest.approx(900 - 100 - 45)
    assert exported(priced, "savings_modelled")["high"]["annual"] == pytest.approx(1000 - 50 - 50)


def test_export_of_a_body_without_a_case_has_noughts(priced) -> None:
    nothing = {scenario: {"annual": 0, "npv10": 0} for scenario in ("low", "central", "high")}
    assert exported(priced) == exported(priced, "savings_modelled") == nothing


# What must never be


def test_case_stands_whole_and_on_duplicates_only(priced) -> None:
    duplicate(priced, system="a", coverage=0.5, annual_cost=900)
    compute()
    with refused_by("score_line_case_is_whole"):
        ScoreLine.objects.update(case_cost=None)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("score_saving_basis_is_known", {"basis": "hoped"}),
        ("score_saving_scenario_is_known", {"scenario": "best"}),
        ("score_saving_annual_not_negative", {"annual": -1}),
    ],
)
def test_saving_keeps_its_rules(priced, constraint: str, change: dict) -> None:
    duplicate(priced, system="a", coverage=0.5, annual_cost=900)
    compute()
    with refused_by(constraint):
        ScoreSaving.objects.filter(scenario="low").update(**change)


def test_saving_stands_once_for_a_scenario(priced) -> None:
    duplicate(priced, system="a", coverage=0.5, annual_cost=900)
    compute()
    with refused_by("score_saving_once"):
        ScoreSaving.objects.filter(scenario="low").update(scenario="high")
