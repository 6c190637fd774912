"""Every branch between a declaration and the arithmetic, one at a time, with figures that can be checked by head."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commons.exceptions import Refused
from public_value.actions import METHOD
from public_value.evidence import declarations, gather
from public_value.methodology import Parameters
from public_value.models import Benchmark, BenchmarkEdition, Deflator, PeerGroupNorm
from registry.models import Account, Contribution, Stewardship, Volume
from tests import factories

pytestmark = pytest.mark.django_db

SNAPSHOT = date(2026, 9, 30)
PARAMETERS = Parameters.from_json(METHOD.read_text())


def days_ago(days: int) -> date:
    return SNAPSHOT - timedelta(days=days)


@pytest.fixture
def world() -> SimpleNamespace:
    """A body of 1,000 residents; a function at £2 and 1 transaction each, so £2,000 and 1,000; one shared component."""
    group = factories.peer_group()
    function = factories.function(evolution="commodity")
    Benchmark.objects.create(peer_group=group, function=function, ref_cost_per_driver=2, ref_volume_per_driver=1)
    BenchmarkEdition.objects.update_or_create(id=1, defaults={"name": "2026", "base_financial_year": "2025-26"})
    Deflator.objects.create(financial_year="2024-25", index=80)
    Deflator.objects.create(financial_year="2025-26", index=100)
    return SimpleNamespace(
        group=group,
        function=function,
        body=factories.organisation(peer_group=group, driver=1000),
        shared=factories.component(functions=[function], external_independent_adopters=2, open_licence=True),
    )


def adopt(world, **fields):
    made = {"organisation": world.body, "function": world.function, "component": world.shared, "confirmed": SNAPSHOT}
    return factories.adoption(**made | fields)


def duplicate(world, **fields):
    made = {"organisation": world.body, "function": world.function, "confirmed": SNAPSHOT}
    return factories.duplicate(**made | fields)


def rows(query: str) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def fact(declaration) -> dict:
    gather(PARAMETERS, SNAPSHOT)
    (found,) = rows(f"SELECT * FROM pv_fact WHERE declaration_id = {declaration.pk}")
    return found


def reason(declaration) -> str:
    gather(PARAMETERS, SNAPSHOT)
    (found,) = rows(f"SELECT reason FROM pv_left_out WHERE declaration_id = {declaration.pk}")
    return found["reason"]


def standing(component) -> dict:
    gather(PARAMETERS, SNAPSHOT)
    (found,) = rows(f"SELECT * FROM pv_component WHERE component_id = {component.pk}")
    return found


def cell_reason(group, function) -> str:
    gather(PARAMETERS, SNAPSHOT)
    where = f"peer_group_id = {group.pk} AND function_id = {function.pk}"
    (found,) = rows(f"SELECT reason FROM pv_cell WHERE {where}")
    return found["reason"]


# Shared components


def adopter(component, function, **fields) -> None:
    affiliation = fields.pop("affiliation_group", "")
    body = factories.organisation(affiliation_group=affiliation)
    made = {"organisation": body, "function": function, "component": component, "evidence": "E2", "confirmed": SNAPSHOT}
    factories.adoption(**made | fields)


def test_component_is_shared_from_two_independent_adopters_on(world) -> None:
    component = factories.component(functions=[world.function])
    adopter(component, world.function)
    assert not standing(component)["shared"]
    adopter(component, world.function, stage="partial", evidence="E3", coverage=None)
    assert standing(component) | {"openness": 0} == {
        "component_id": component.pk,
        "independent_adopters": 2,
        "shared": True,
        "openness": 0,
    }


@pytest.mark.parametrize(
    "weak",
    [
        {"evidence": "E1"},
        {"evidence": ""},
        {"stage": "pilot"},
        {"stage": "planned"},
        {"stage": "retired"},
        {"confirmed": days_ago(1096)},
        {"confirmed": None},
        {"since": days_ago(89)},
    ],
)
def test_component_is_not_shared_by_a_weak_adopter(world, weak: dict) -> None:
    component = factories.component(functions=[world.function])
    adopter(component, world.function, since=days_ago(90), confirmed=days_ago(1095))
    adopter(component, world.function, **weak)
    assert standing(component)["independent_adopters"] == 1


def test_component_counts_an_affiliation_group_once(world) -> None:
    component = factories.component(functions=[world.function])
    for _ in range(3):
        adopter(component, world.function, affiliation_group="union")
    assert standing(component)["independent_adopters"] == 1


def test_component_counts_nobody_of_a_stewards_group(world) -> None:
    component = factories.component(functions=[world.function])
    steward = factories.organisation(affiliation_group="union")
    factories.stewardship(component=component, organisation=steward)
    adopter(component, world.function, affiliation_group="union")
    adopter(component, world.function, affiliation_group=steward.slug)
    assert standing(component)["independent_adopters"] == 1


def test_component_counts_a_former_steward(world) -> None:
    component = factories.component(functions=[world.function])
    former = factories.stewardship(component=component).organisation
    factories.adoption(
        organisation=former, function=world.function, component=component, evidence="E2", confirmed=SNAPSHOT
    )
    assert standing(component)["independent_adopters"] == 0
    Stewardship.objects.update(superseded_in=factories.event())
    assert standing(component)["independent_adopters"] == 1


def test_component_counts_adopters_outside_the_registry(world) -> None:
    component = factories.component(functions=[world.function], external_independent_adopters=1)
    adopter(component, world.function)
    assert standing(component)["shared"]


@pytest.mark.parametrize("lifecycle", ["draft", "beta", "deprecated", "retired", ""])
def test_component_is_shared_only_when_live(world, lifecycle: str) -> None:
    component = factories.component(functions=[], external_independent_adopters=9, lifecycle=lifecycle)
    assert not standing(component)["shared"]


def test_component_openness_is_the_mean_of_four_flags(world) -> None:
    component = factories.component(open_licence=True, open_standard=False, valid_metadata=True, data_exportable=None)
    assert standing(component)["openness"] == 0.5


# Cells


@pytest.mark.parametrize(
    ("evolution", "benchmarked", "offered", "expected"),
    [
        ("", True, True, "no_evolution_stage"),
        ("", False, False, "no_evolution_stage"),
        ("genesis", True, True, "genesis"),
        ("custom", False, True, "no_benchmark"),
        ("product", True, False, "no_shared_component"),
        ("product", True, True, ""),
    ],
)
def test_cell_needs_a_stage_a_benchmark_and_a_shared_component(
    world, evolution: str, benchmarked: bool, offered: bool, expected: str
) -> None:
    function = factories.function(evolution=evolution)
    if benchmarked:
        Benchmark.objects.create(peer_group=world.group, function=function, ref_cost_per_driver=1)
    if offered:
        world.shared.functions.add(function)
    assert cell_reason(world.group, function) == expected


def test_cell_needs_a_component_that_is_available_to_the_peer_group(world) -> None:
    world.shared.available_to.set([factories.peer_group()])
    assert cell_reason(world.group, world.function) == "no_shared_component"


def test_cell_takes_what_is_available_to_a_wider_peer_group(world) -> None:
    world.shared.available_to.set([factories.peer_group()])
    world.group.parent = world.shared.available_to.get()
    world.group.save()
    assert cell_reason(world.group, world.function) == ""


def test_benchmarks_of_a_function_and_of_one_below_it_are_refused(world) -> None:
    above = factories.function(slug="above", evolution="commodity")
    between = factories.function(parent=above)
    world.function.parent = between
    world.function.save()
    gather(PARAMETERS, SNAPSHOT)
    Benchmark.objects.create(peer_group=world.group, function=above, ref_cost_per_driver=9)
    with pytest.raises(Refused, match="count twice: above for group-"):
        gather(PARAMETERS, SNAPSHOT)


def test_benchmark_of_a_function_above_another_groups_cell_is_no_fault(world) -> None:
    above = factories.function(evolution="commodity")
    world.function.parent = above
    world.function.save()
    Benchmark.objects.create(peer_group=factories.peer_group(), function=above, ref_cost_per_driver=9)
    gather(PARAMETERS, SNAPSHOT)


# Rows that leave the cell


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"stage": "planned"}, "planned"),
        ({"stage": "planned", "confirmed": None}, "planned"),
        ({"stage": "retired"}, "retired"),
        ({"confirmed": days_ago(1096)}, "expired"),
        ({"confirmed": None}, "expired"),
    ],
)
def test_row_leaves_the_cell_with_a_reason(world, fields: dict, expected: str) -> None:
    assert reason(adopt(world, **fields)) == expected


def test_row_outside_every_cell_carries_the_reason_of_its_function(world) -> None:
    function = factories.function(evolution="genesis")
    assert reason(duplicate(world, function=function)) == "genesis"


def test_row_of_a_body_without_size_has_nothing_to_be_measured_against(world) -> None:
    small = factories.organisation(peer_group=world.group, driver=None)
    assert reason(duplicate(world, organisation=small)) == "no_driver"


def test_row_of_a_body_without_peer_group_has_no_benchmark(world) -> None:
    alone = factories.organisation(driver=10)
    assert reason(duplicate(world, organisation=alone)) == "no_benchmark"


def test_row_that_was_superseded_is_no_row(world) -> None:
    duplicate(world, superseded_in=factories.event())
    gather(PARAMETERS, SNAPSHOT)
    assert rows("SELECT FROM pv_fact") == rows("SELECT FROM pv_left_out") == []


@pytest.mark.parametrize("kind", ["not_responsible", "not_sure"])
def test_answer_without_a_solution_changes_no_envelope(world, kind: str) -> None:
    before = gather(PARAMETERS, SNAPSHOT).evidence.envelope
    factories.duplicate(organisation=world.body, function=world.function, kind=kind, system="")
    assert gather(PARAMETERS, SNAPSHOT).evidence.envelope.tolist() == before.tolist()
    assert rows("SELECT FROM pv_fact") == rows("SELECT FROM pv_left_out") == []


@pytest.mark.parametrize(("days", "freshness"), [(-9, 1), (0, 1), (365, 1), (366, 1 - 0.5 / 730), (1095, 0.5)])
def test_row_fades_from_a_year_to_three(world, days: int, freshness: float) -> None:
    assert fact(adopt(world, confirmed=days_ago(days)))["freshness"] == pytest.approx(freshness, abs=1e-15)


# Kinds


def test_adoption_of_a_shared_component_is_an_adoption(world) -> None:
    assert fact(adopt(world))["kind"] == 0


def test_adoption_of_a_component_that_is_not_shared_is_a_duplicate(world) -> None:
    own = factories.component(functions=[world.function])
    row = fact(adopt(world, component=own, stage="pilot", annual_cost=500))
    assert (row["kind"], row["adopts"], row["pilot"], row["burden"]) == (1, True, False, 500)


@pytest.mark.parametrize(("until", "kind"), [(days_ago(1), 1), (SNAPSHOT, 2), (days_ago(-300), 2), (None, 1)])
def test_duplicate_is_exempt_to_the_day(world, until: date | None, kind: int) -> None:
    assert fact(duplicate(world, exempt_until=until, exempt_reason="law"))["kind"] == kind


@pytest.mark.parametrize(
    ("stage", "since", "pilot"),
    [
        ("pilot", None, True),
        ("live", None, False),
        ("live", days_ago(89), True),
        ("partial", days_ago(89), True),
        ("live", days_ago(90), False),
    ],
)
def test_adoption_is_a_pilot_for_its_first_ninety_days(world, stage: str, since: date | None, pilot: bool) -> None:
    assert fact(adopt(world, stage=stage, since=since))["pilot"] is pilot


# Shares


def test_share_is_transactions_over_reference_volume_before_coverage(world) -> None:
    assert fact(adopt(world, transactions=250, coverage=0.9))["share"] == 0.25


def test_share_is_coverage_where_transactions_are_not_stated(world) -> None:
    row = fact(adopt(world, coverage=0.4))
    assert (row["share"], row["has_share"]) == (0.4, True)


def test_share_that_is_not_stated_is_nothing(world) -> None:
    row = fact(adopt(world))
    assert (row["share"], row["has_share"], row["credited"]) == (0, False, False)


def test_share_takes_the_declared_volume_before_the_reference(world) -> None:
    Volume.objects.create(organisation=world.body, function=world.function, transactions=500)
    assert fact(adopt(world, transactions=250))["share"] == 0.5


def test_share_takes_the_rows_sum_where_it_is_above_the_volume(world) -> None:
    Volume.objects.create(organisation=world.body, function=world.function, transactions=0)
    duplicate(world, transactions=300)
    row = fact(adopt(world, transactions=100))
    assert (row["volume"], row["share"]) == (400, 0.25)


def test_share_leaves_rows_that_left_the_cell_out_of_the_volume(world) -> None:
    duplicate(world, transactions=9_000, confirmed=None)
    assert fact(adopt(world, transactions=100))["volume"] == 1000


def test_share_of_no_volume_at_all_is_nothing(world) -> None:
    Volume.objects.create(organisation=world.body, function=world.function, transactions=0)
    assert fact(adopt(world, transactions=0, coverage=0.7))["share"] == 0


def test_share_of_own_systems_is_scaled_to_the_whole(world) -> None:
    duplicate(world, coverage=0.9)
    exempt = duplicate(world, coverage=0.6, exempt_until=SNAPSHOT, exempt_reason="law")
    assert fact(exempt)["share"] == pytest.approx(0.4)


def test_share_of_adoptions_is_squeezed_into_what_own_systems_leave(world) -> None:
    duplicate(world, coverage=0.7)
    other = factories.component(functions=[world.function], external_independent_adopters=2)
    adopt(world, component=other, coverage=0.8)
    assert fact(adopt(world, coverage=0.4))["share"] == pytest.approx(0.1)


def test_share_of_adoptions_beside_a_whole_of_own_systems_is_nothing(world) -> None:
    duplicate(world, coverage=0.7)
    duplicate(world, coverage=0.7)
    assert fact(adopt(world, coverage=0.4))["share"] == 0


@pytest.mark.parametrize(("coverage", "credited"), [(0.0099, False), (0.01, True)])
def test_share_below_one_percent_earns_nothing(world, coverage: float, credited: bool) -> None:
    assert fact(adopt(world, coverage=coverage))["credited"] is credited


def test_share_after_scaling_decides_what_is_too_little(world) -> None:
    duplicate(world, coverage=0.995)
    assert fact(adopt(world, coverage=0.5))["credited"] is False


# Costs


@pytest.mark.parametrize(
    ("fields", "burden"),
    [
        ({"annual_cost": None}, None),
        ({"annual_cost": 0}, 0),
        ({"annual_cost": 400}, 400),
        ({"annual_cost": 400, "price_fy": "2025-26"}, 400),
        ({"annual_cost": 400, "price_fy": "2024-25"}, 500),
        ({"annual_cost": 100, "evidence": "E0"}, 250),  # a quarter of half of £2,000
        ({"annual_cost": 100, "evidence": ""}, 250),
        ({"annual_cost": 300, "evidence": "E0"}, 300),
        ({"annual_cost": None, "evidence": "E0"}, None),
    ],
)
def test_burden_is_the_real_cost_with_a_floor_under_what_nobody_saw(world, fields: dict, burden: float | None) -> None:
    assert fact(duplicate(world, coverage=0.5, **fields))["burden"] == burden


def test_burden_of_an_adoption_is_nobodys_affair(world) -> None:
    assert fact(adopt(world, coverage=0.5, annual_cost=900))["burden"] is None


@pytest.mark.parametrize(
    ("fields", "moving", "relieved"),
    [
        ({}, 0.5, True),
        ({"contract_slips": None}, 0.5, True),
        ({"contract_slips": 1}, 0.5, False),
        ({}, 0.01, True),
        ({}, 0.009, False),
        ({}, None, False),
        ({"contract_end": SNAPSHOT}, 0.5, False),
        ({"contract_end": days_ago(-1)}, 0.5, True),
        ({"contract_end": days_ago(-730)}, 0.5, True),
        ({"contract_end": days_ago(-731)}, 0.5, False),
        ({"contract_end": None}, 0.5, False),
        ({"exempt_until": SNAPSHOT, "exempt_reason": "law"}, 0.5, True),
    ],
)
def test_burden_is_halved_for_a_contract_that_ends_while_the_body_moves(
    world, fields: dict, moving: float | None, relieved: bool
) -> None:
    if moving:
        adopt(world, coverage=moving)
    made = {"coverage": 0.3, "annual_cost": 600, "contract_end": days_ago(-300), "contract_slips": 0} | fields
    row = fact(duplicate(world, **made))
    assert (row["relieved"], row["burden"]) == (relieved, 300 if relieved else 600)


def test_price_year_without_a_deflator_refuses_and_names_the_declaration(world) -> None:
    duplicate(world, system="Old ledger", annual_cost=5, price_fy="2009-10")
    with pytest.raises(Refused, match=rf"{world.body.slug}, {world.function.slug}, Old ledger \(2009-10\)"):
        gather(PARAMETERS, SNAPSHOT)


def test_price_year_without_a_deflator_is_no_matter_where_nothing_is_converted(world) -> None:
    duplicate(world, annual_cost=None, price_fy="2009-10")
    duplicate(world, annual_cost=5, price_fy="2009-10", confirmed=None)
    gather(PARAMETERS, SNAPSHOT)


def test_base_year_needs_no_deflator(world) -> None:
    Deflator.objects.all().delete()
    assert fact(duplicate(world, annual_cost=5, price_fy="2025-26"))["cost"] == 5


def test_base_year_without_deflator_refuses_other_years(world) -> None:
    Deflator.objects.filter(financial_year="2025-26").delete()
    duplicate(world, annual_cost=5, price_fy="2024-25")
    with pytest.raises(Refused, match="without a deflator"):
        gather(PARAMETERS, SNAPSHOT)


# Organisations


def of_body(world, name: str) -> float:
    found = gather(PARAMETERS, SNAPSHOT)
    return float(getattr(found.evidence, name)[found.evidence.uid.index(world.body.slug)])


@pytest.mark.parametrize(
    ("year", "frontline", "admin", "expected"),
    [
        ("2025-26", 70, 30, 70),
        ("2026-27", 70, 30, 6),  # has not ended yet
        ("2025-26", None, 30, None),  # the last year is what counts, also where it is blank
    ],
)
def test_accounts_are_those_of_the_last_year_that_ended(world, year, frontline, admin, expected) -> None:
    Account.objects.create(organisation=world.body, financial_year="2024-25", frontline=6, administrative=4)
    Account.objects.create(organisation=world.body, financial_year=year, frontline=frontline, administrative=admin)
    assert of_body(world, "frontline") == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


def test_contributions_count_for_two_years_and_five_units_a_quarter(world) -> None:
    given = [
        (date(2024, 9, 30), 3),  # two years ago: no longer
        (date(2024, 10, 1), 2),
        (date(2026, 7, 1), 4),
        (date(2026, 9, 30), 4),  # the same quarter: 5 together
        (date(2026, 10, 1), 3),  # after the snapshot
        (date(2026, 4, 2), None),
    ]
    for day, units in given:
        Contribution.objects.create(organisation=world.body, component=world.shared, made_on=day, units=units)
    other = factories.component()
    Contribution.objects.create(organisation=world.body, component=other, made_on=date(2026, 8, 1), units=1)
    assert of_body(world, "contributions") == 2 + 5 + 1


def test_reuse_is_stewarded_share_times_adopters_of_every_component(world) -> None:
    retired = factories.component(lifecycle="retired", external_independent_adopters=10)
    factories.stewardship(component=world.shared, organisation=world.body, share=0.5)
    factories.stewardship(component=retired, organisation=world.body, share=0.25)
    assert of_body(world, "reuse") == 0.5 * 2 + 0.25 * 10


def test_envelope_holds_every_cell_also_where_nothing_is_declared(world) -> None:
    second = factories.function(evolution="custom")
    world.shared.functions.add(second)
    Benchmark.objects.create(peer_group=world.group, function=second, ref_cost_per_driver=3)
    found = gather(PARAMETERS, SNAPSHOT)
    assert found.evidence.envelope[found.evidence.uid.index(world.body.slug)].tolist() == [3000, 0, 2000]


def test_norms_are_those_of_the_peer_group(world) -> None:
    PeerGroupNorm.objects.create(peer_group=world.group, f_lo=0.5, f_hi=0.75, adoption_mean_product=0.25)
    found = gather(PARAMETERS, SNAPSHOT).evidence
    group = found.group[found.uid.index(world.body.slug)]
    assert found.peer_groups.frontline_low[group] == 0.5
    assert found.peer_groups.adoption_mean[group].tolist() == pytest.approx([np.nan, 0.25, np.nan], nan_ok=True)


def test_body_without_peer_group_is_gathered_without_an_envelope(world) -> None:
    alone = factories.organisation(driver=10)
    found = gather(PARAMETERS, SNAPSHOT).evidence
    assert found.envelope[found.uid.index(alone.slug)].tolist() == [0, 0, 0]


# Sums


def test_sums_are_those_of_the_declarations(world) -> None:
    adopt(world, coverage=0.25, evidence="E2", published=True)
    duplicate(world, coverage=0.5, annual_cost=800, evidence="E2")
    sums = gather(PARAMETERS, SNAPSHOT).evidence.rows
    assert sums.kind.tolist() == [0, 1]
    assert sums.evolution.tolist() == [2, 2]
    assert sums.evidence.tolist() == [2, 2]
    assert sums.mass.tolist() == [500, 1000]
    assert sums.adopted.tolist() == [500, 0]
    assert sums.open_adopted.tolist() == [125, 0]
    assert sums.published.tolist() == [500, 0]
    assert sums.relief[1].tolist() == pytest.approx([1000 - 800 / g for g in PARAMETERS.laws.g_grid])
    assert sums.relief[0].tolist() == [0] * 5


def test_declarations_one_by_one_add_up_to_the_sums(world) -> None:
    ids = {adopt(world, coverage=0.2).pk, duplicate(world, coverage=0.3, annual_cost=50).pk, duplicate(world).pk}
    found = gather(PARAMETERS, SNAPSHOT)
    ((each, declaration),) = declarations(PARAMETERS, found)
    assert set(declaration.tolist()) == ids
    assert each.mass.sum() == pytest.approx(found.evidence.rows.mass.sum())
    assert each.relief.sum(axis=0) == pytest.approx(found.evidence.rows.relief.sum(axis=0))


def test_declarations_come_in_parts_of_whole_organisations(world, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("public_value.evidence.gathering.ROWS_AT_ONCE", 3)
    bodies = [factories.organisation(peer_group=world.group, driver=10) for _ in range(5)]
    for body in bodies:
        for _ in range(2):
            duplicate(world, organisation=body, coverage=0.1)
    parts = [set(rows.organisation.tolist()) for rows, _ in declarations(PARAMETERS, gather(PARAMETERS, SNAPSHOT))]
    assert len(parts) > 1
    assert sum(map(len, parts)) == len(set.union(*parts)) == 5


def test_gathering_some_organisations_gives_what_gathering_all_gives_them(world) -> None:
    other = factories.organisation(peer_group=world.group, driver=77)
    adopt(world, organisation=other, coverage=0.4)
    adopt(world, coverage=0.2)
    some = gather(PARAMETERS, SNAPSHOT, [other.pk]).evidence
    assert some.uid == (other.slug,)
    assert some.rows.mass.tolist() == pytest.approx([77 * 2 * 0.4])


def test_gathering_takes_as_many_queries_for_many_bodies_as_for_one(world) -> None:
    adopt(world, coverage=0.2)
    with CaptureQueriesContext(connection) as one:
        gather(PARAMETERS, SNAPSHOT)
    for _ in range(15):
        adopt(world, organisation=factories.organisation(peer_group=world.group, driver=5), coverage=0.2)
    with CaptureQueriesContext(connection) as many:
        gather(PARAMETERS, SNAPSHOT)
    assert len(one) == len(many)
