"""The first rung of the ladder: what ended systems cost before, less what is shared now, and for how long it counts."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction

from public_value.actions import compute_edition
from public_value.ladder import figures
from public_value.models import Deflator, Edition, RealisedSaving, Score
from public_value.pack import EVERY_SHEET
from registry.models import Declaration
from registry.pack.loading import load_pack
from tests import factories
from tests.constraints import refused_by
from tests.public_value.published import published
from tests.public_value.test_evidence import SNAPSHOT, adopt, days_ago, duplicate, world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

LONG_AGO = days_ago(400)


def compute() -> Edition:
    return compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=2)


def ended(world, **fields) -> Declaration:  # noqa: F811
    """A system of the body's own that nothing current speaks of any more."""
    made = {"annual_cost": 900, "evidence": "E2", "confirmed": LONG_AGO, "superseded_in": factories.event()}
    return duplicate(world, **made | fields)


def shared(world, **fields) -> Declaration:  # noqa: F811
    return adopt(world, **{"annual_cost": 200, "evidence": "E2", "since": LONG_AGO, "coverage": 1} | fields)


def found() -> list[tuple]:
    compute()
    return [
        (one.before, one.after, one.saving, one.since, one.evidence)
        for one in RealisedSaving.objects.of(Edition.objects.get()).order_by("pk")
    ]


def savings() -> list[float]:
    return [saving for _before, _after, saving, _since, _evidence in found()]


def test_saving_is_the_cost_before_less_the_cost_after(world) -> None:  # noqa: F811
    ended(world)
    shared(world)
    assert found() == [(900, 200, 700, LONG_AGO, "E2")]


def test_saving_may_be_negative(world) -> None:  # noqa: F811
    ended(world, annual_cost=150)
    shared(world)
    assert savings() == [-50]


def test_costs_are_in_prices_of_the_base_year(world) -> None:  # noqa: F811
    ended(world, annual_cost=800, price_fy="2024-25")
    shared(world, annual_cost=80, price_fy="2024-25")
    assert savings() == [pytest.approx(1000 - 100)]


def test_price_year_without_an_index_is_not_counted_and_said(world) -> None:  # noqa: F811
    ended(world, price_fy="2019-20")
    shared(world)
    assert found() == []
    assert Edition.objects.get().realised_unpriced == 1
    Deflator.objects.create(financial_year="2019-20", index=50)
    assert savings() == [1600]
    assert Edition.objects.get().realised_unpriced == 0


def test_what_has_an_index_counts_beside_what_has_none(world) -> None:  # noqa: F811
    ended(world, price_fy="2019-20")
    ended(world, annual_cost=500)
    shared(world)
    assert savings() == [300]
    assert Edition.objects.get().realised_unpriced == 1


# Evidence


@pytest.mark.parametrize(
    ("before", "after", "grade"),
    [("E2", "E2", "E2"), ("E3", "E3", "E3"), ("E3", "E2", "E2"), ("E2", "E1", "E1"), ("E1", "E3", "E1")],
)
def test_evidence_is_that_of_the_weaker_cost(world, before: str, after: str, grade: str) -> None:  # noqa: F811
    ended(world, evidence=before)
    shared(world, evidence=after)
    assert [evidence for *_rest, evidence in found()] == [grade]
    rungs = figures(Edition.objects.get(), Score.objects.listed())
    assert (rungs["realised"], rungs["realised_at_e1"]) == ((None, 700) if grade == "E1" else (700, None))


@pytest.mark.parametrize(("before", "after"), [("E0", "E2"), ("", "E2"), ("E2", "E0"), ("E2", "")])
def test_cost_without_evidence_counts_for_nothing(world, before: str, after: str) -> None:  # noqa: F811
    ended(world, evidence=before)
    shared(world, evidence=after)
    assert found() == []


@pytest.mark.parametrize(("before", "after"), [(None, 200), (900, None)])
def test_both_costs_are_stated(world, before: int | None, after: int | None) -> None:  # noqa: F811
    ended(world, annual_cost=before)
    shared(world, annual_cost=after)
    assert found() == []


# Which adoption


@pytest.mark.parametrize("fields", [{"stage": "partial"}, {"since": days_ago(90)}, {"since": None}])
def test_adoption_that_runs_counts(world, fields: dict) -> None:  # noqa: F811
    ended(world)
    shared(world, **fields)
    assert savings() == [700]


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": "planned"},
        {"stage": "pilot"},
        {"stage": "retired"},
        {"since": days_ago(89)},
        {"confirmed": days_ago(1096)},
        {"superseded_in": None},
    ],
)
def test_adoption_that_does_not_run_yet_or_any_more_counts_for_nothing(world, fields: dict) -> None:  # noqa: F811
    ended(world)
    shared(world, **{name: factories.event() if name == "superseded_in" else what for name, what in fields.items()})
    assert found() == []


@pytest.mark.parametrize("lifecycle", ["draft", "beta", "retired"])
def test_component_that_is_not_shared_counts_for_nothing(world, lifecycle: str) -> None:  # noqa: F811
    other = factories.component(functions=[world.function], external_independent_adopters=2, lifecycle=lifecycle)
    ended(world)
    shared(world, component=other)
    assert found() == []


def test_several_adoptions_and_systems_of_a_cell_are_one_saving(world) -> None:  # noqa: F811
    other = factories.component(functions=[world.function], external_independent_adopters=2)
    ended(world)
    ended(world, annual_cost=600)
    shared(world, coverage=0.5)
    shared(world, component=other, annual_cost=100, coverage=0.5, since=days_ago(100), evidence="E3")
    assert found() == [(1500, 300, 1200, LONG_AGO, "E2")]


def test_every_adoption_of_the_cell_states_its_cost(world) -> None:  # noqa: F811
    other = factories.component(functions=[world.function], external_independent_adopters=2)
    ended(world)
    shared(world, coverage=0.5)
    shared(world, component=other, annual_cost=None, coverage=0.5, stage="pilot")
    assert found() == []


def test_adoption_for_another_function_or_by_another_body_counts_for_nothing(world) -> None:  # noqa: F811
    ended(world)
    shared(world, organisation=factories.organisation(peer_group=world.group, driver=1000))
    shared(world, function=factories.function(evolution="commodity"))
    assert found() == []


# What has ended


def test_system_that_still_runs_has_not_ended(world) -> None:  # noqa: F811
    ended(world, system="Till")
    duplicate(world, system="Till", annual_cost=100, evidence="E2", coverage=0.1)
    shared(world)
    assert found() == []


@pytest.mark.parametrize("share", [{"coverage": 0}, {"transactions": 0}, {"coverage": 0.5, "transactions": 0}])
def test_system_that_does_no_work_and_costs_nothing_has_ended(world, share: dict) -> None:  # noqa: F811
    last = ended(world, system="Till")
    shared(world)
    duplicate(world, system="Till", annual_cost=0, recorded_in=last.superseded_in, **share)
    assert savings() == [700]


@pytest.mark.parametrize(
    "said",
    [{"coverage": 0}, {"coverage": 0, "annual_cost": 1}, {"annual_cost": 0}, {"annual_cost": 0, "coverage": 0.1}],
)
def test_blank_is_never_nothing(world, said: dict) -> None:  # noqa: F811
    last = ended(world, system="Till")
    shared(world)
    duplicate(world, system="Till", recorded_in=last.superseded_in, **said)
    assert found() == []


def test_cost_before_is_the_last_that_was_stated(world) -> None:  # noqa: F811
    first, second = factories.event(), factories.event()
    ended(world, system="Till", annual_cost=5_000, superseded_in=first)
    ended(world, system="Till", annual_cost=900, recorded_in=first, superseded_in=second)
    shared(world)
    assert savings() == [700]


def test_system_under_another_name_is_no_saving(world) -> None:  # noqa: F811
    renamed = ended(world, system="Till").superseded_in
    shared(world)
    duplicate(world, system="Till Ltd", annual_cost=900, recorded_in=renamed)
    assert found() == []


def test_system_that_ran_beside_it_before_does_not_stand_in_the_way(world) -> None:  # noqa: F811
    duplicate(world, system="Other", annual_cost=50)
    ended(world)
    shared(world)
    assert savings() == [700]


# Three years


@pytest.mark.parametrize(
    ("since", "counts"),
    [(date(2023, 9, 30), False), (date(2023, 10, 1), True), (date(2024, 2, 29), True)],
)
def test_saving_counts_for_three_years(world, since: date, counts: bool) -> None:  # noqa: F811
    ended(world, confirmed=since - timedelta(days=30))
    shared(world, since=since)
    assert savings() == ([700] if counts else [])


def test_day_of_the_change_is_that_of_the_first_adoption(world) -> None:  # noqa: F811
    other = factories.component(functions=[world.function], external_independent_adopters=2)
    ended(world, confirmed=date(2020, 1, 1))
    shared(world, since=date(2023, 9, 30), coverage=0.5)
    shared(world, component=other, since=days_ago(100), coverage=0.5)
    assert found() == []


def test_system_that_was_confirmed_after_the_adoption_began_had_not_ended(world) -> None:  # noqa: F811
    ended(world, confirmed=days_ago(200))
    shared(world, since=date(2020, 1, 1))
    assert [since for _before, _after, _saving, since, _evidence in found()] == [days_ago(200)]


def test_change_without_any_day_is_of_the_day_on_which_the_end_was_recorded(world) -> None:  # noqa: F811
    with time_machine.travel("2025-06-30T23:30:00Z"):  # 1 July in the time zone of the service
        last = ended(world, confirmed=None)
    shared(world, since=None)
    assert found() == [(900, 200, 700, date(2025, 7, 1), "E2")]
    assert last.superseded_in is not None


def test_change_after_the_snapshot_does_not_count_yet(world) -> None:  # noqa: F811
    ended(world, confirmed=SNAPSHOT + timedelta(days=1))
    shared(world)
    assert found() == []


# What is kept


def test_bodies_that_did_not_exist_are_not_listed(world) -> None:  # noqa: F811
    ended(world)
    shared(world)
    ended(world, annual_cost=100, price_fy="2019-20")
    world.body.end = SNAPSHOT
    world.body.save()
    assert found() == []
    assert RealisedSaving.objects.count() == 1
    assert Edition.objects.get().realised_unpriced == 0


def test_computing_anew_replaces_what_was_found(world) -> None:  # noqa: F811
    ended(world)
    said = shared(world)
    assert savings() == [700]
    Declaration.objects.filter(pk=said.pk).update(annual_cost=300)
    assert savings() == [600]


def test_published_saving_stands(world) -> None:  # noqa: F811
    ended(world)
    shared(world)
    published()
    one = RealisedSaving.objects.get()
    with refused_by("realised_saving_stands"), transaction.atomic():
        RealisedSaving.objects.update(before=1)
    with refused_by("realised_saving_stands"), transaction.atomic():
        RealisedSaving.objects.filter(pk=one.pk)._raw_delete("default")
    one.pk, one.function = None, factories.function()
    with refused_by("realised_saving_stands"), transaction.atomic():
        one.save()


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("realised_saving_evidence_is_enough", {"evidence": "E0"}),
        ("realised_saving_before_not_negative", {"before": -1}),
        ("realised_saving_after_not_negative", {"after": -1}),
    ],
)
def test_saving_keeps_its_rules(world, constraint: str, change: dict) -> None:  # noqa: F811
    ended(world)
    shared(world)
    compute()
    with refused_by(constraint):
        RealisedSaving.objects.update(**change)


def test_pack_ends_a_system_by_saying_that_it_does_nothing_and_costs_nothing(world, tmp_path) -> None:  # noqa: F811
    key = f"{world.body.slug},{world.function.slug}"
    (tmp_path / "pack.toml").write_text('title = "A pack"\ncountry = "XA"\ncurrency = "GBP"\nlicence = "CC0-1.0"\n')

    def load(duplicate_says: str, adoption_says: str) -> None:
        (tmp_path / "duplicates.csv").write_text(
            f"organisation,function,system,coverage,annual_cost,confirmed,evidence\n{key},Till,{duplicate_says},E2\n"
        )
        (tmp_path / "adoptions.csv").write_text(
            "organisation,function,component,stage,coverage,annual_cost,since,confirmed,evidence\n"
            f"{key},{world.shared.slug},{adoption_says},E2\n"
        )
        assert all(file.counts["refused"] == 0 for file in load_pack(tmp_path, sheets=EVERY_SHEET).files)

    load("1,900,2025-01-31", "planned,,,,2025-01-31")
    assert found() == []
    load("0,0,2026-09-30", "live,1,200,2025-06-01,2026-09-30")
    assert found() == [(900, 200, 700, date(2025, 6, 1), "E2")]
