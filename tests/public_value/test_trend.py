"""What changed a score between two editions: each part alone, their sum, and that a stranger gets the same."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from public_value.actions import compute_edition, correct_edition
from public_value.bundle.trends import renamed
from public_value.evidence.frozen import measure
from public_value.evidence.past import recorded
from public_value.methodology import score
from public_value.models import (
    Benchmark,
    Deflator,
    Edition,
    PeerGroupNorm,
    Score,
    ScoreTrend,
)
from public_value.pack import EVERY_SHEET
from public_value.recompute.trend import Recorded, trends_between
from registry.models import Account, Contribution, Volume
from registry.pack.loading import load_pack
from tests import factories
from tests.constraints import refused_by
from tests.public_value.published import publish, published
from tests.public_value.test_bundle import recomputed, unpacked
from tests.public_value.test_evidence import PARAMETERS, SNAPSHOT, adopt, days_ago, duplicate
from tests.public_value.test_evidence import world as bare_world  # noqa: F401  (a fixture)
from tests.public_value.worlds import SNAPSHOT as DAY
from tests.public_value.worlds import random_world, write_pack

pytestmark = pytest.mark.django_db

LATER = SNAPSHOT + timedelta(days=92)
DRAWS = 40
WORLDS = [seed for seed in range(12) if seed not in (3, 7)]  # in these two no body has a score twice


@pytest.fixture
def world(bare_world):  # noqa: F811
    PeerGroupNorm.objects.create(peer_group=bare_world.group, f_lo=0.5, f_hi=0.9, f_median_share=0.7)
    return bare_world


@pytest.fixture
def scored(world):
    """The body gets a score: all of its work is told, and its accounts."""
    adopt(world, coverage=0.8, evidence="E2")
    Account.objects.create(organisation=world.body, financial_year="2025-26", frontline=60, administrative=40)
    return world


def earlier(**fields) -> Edition:
    return compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, **{"draws": DRAWS, **fields})


def later(snapshot_date=LATER, **fields) -> Edition:
    return compute_edition(label="2026Q4", snapshot_date=snapshot_date, **{"draws": DRAWS, **fields})


def trend(world, edition: Edition) -> ScoreTrend:
    trends = ScoreTrend.objects.select_related("score", "previous")
    found = trends.get(score__edition=edition, score__organisation=world.body)
    assert found.change == pytest.approx(found.score.pvi - found.previous.pvi, abs=1e-12)
    return found


def settled(world, **fields):
    """An adoption that ages only after a year."""
    return adopt(world, **{"stage": "live", "coverage": 0.5, "evidence": "E2", "since": days_ago(400), **fields})


# Each part alone


def test_trend_is_nothing_where_nothing_changed(world) -> None:
    settled(world)
    earlier()
    found = trend(world, later())
    assert (found.catalogue, found.time, found.declared) == pytest.approx((0, 0, 0), abs=1e-12)
    assert (found.p5, found.p95, found.higher, found.lower) == (0, 0, 0, 0)
    assert not found.is_significant


def test_trend_gives_to_time_what_ages(world) -> None:
    settled(world, confirmed=days_ago(365))
    earlier()
    found = trend(world, later())
    assert found.time < 0
    assert (found.catalogue, found.declared) == pytest.approx((0, 0), abs=1e-12)
    assert found.lower == 1
    assert found.is_significant


def test_trend_gives_to_time_a_year_of_accounts_that_was_known_before_it_ended(world) -> None:
    settled(world)
    Account.objects.create(organisation=world.body, financial_year="2026-27", frontline=90, administrative=10)
    earlier()
    found = trend(world, later(SNAPSHOT.replace(year=2027)))
    assert found.time > 0
    assert found.declared == pytest.approx(0, abs=1e-12)


def test_trend_gives_to_the_body_what_it_stated(world) -> None:
    settled(world)
    earlier()
    duplicate(world, coverage=0.3, annual_cost=100, price_fy="2025-26")
    found = trend(world, later())
    assert found.declared > 0
    assert (found.catalogue, found.time) == pytest.approx((0, 0), abs=1e-12)
    assert found.higher == 1


def state_volume(world) -> None:
    Volume.objects.create(organisation=world.body, function=world.function, transactions=5_000)


def state_accounts(world) -> None:
    Account.objects.create(organisation=world.body, financial_year="2024-25", frontline=9, administrative=1)


def contribute(world) -> None:
    Contribution.objects.create(organisation=world.body, component=world.shared, made_on=SNAPSHOT, units=3)


def look_after(world) -> None:
    factories.stewardship(organisation=world.body, component=factories.component(external_independent_adopters=7))


def grow(world) -> None:
    world.body.driver = 3_000
    world.body.save()


@pytest.mark.parametrize("change", [state_volume, state_accounts, contribute, look_after, grow])
def test_trend_gives_to_the_body_whatever_it_states(world, change) -> None:
    adopt(world, stage="live", transactions=300, evidence="E2", since=days_ago(400))
    earlier()
    change(world)
    found = trend(world, later())
    assert found.declared != 0
    assert (found.catalogue, found.time) == pytest.approx((0, 0), abs=1e-12)


def another_function_counts(world) -> None:
    function = factories.function(evolution="product")
    Benchmark.objects.create(peer_group=world.group, function=function, ref_cost_per_driver=3)
    factories.component(functions=[function], external_independent_adopters=2)


def a_reference_rises(world) -> None:
    Benchmark.objects.filter(function=world.function).update(ref_volume_per_driver=2)


def goalposts_move(world) -> None:
    world.group.norm.f_hi = 0.95
    world.group.norm.save()


def prices_rise(world) -> None:
    Deflator.objects.filter(financial_year="2024-25").update(index=50)


def others_adopt_what_it_looks_after(world) -> None:
    for _ in range(3):
        adopt(world, organisation=factories.organisation(), component=world.own, evidence="E2", since=days_ago(400))


def what_it_uses_is_opened(world) -> None:
    world.shared.open_standard = True
    world.shared.save()


@pytest.mark.parametrize(
    "change",
    [
        another_function_counts,
        a_reference_rises,
        goalposts_move,
        prices_rise,
        others_adopt_what_it_looks_after,
        what_it_uses_is_opened,
    ],
)
def test_trend_gives_to_the_yardstick_what_is_not_the_bodys_word(world, change) -> None:
    adopt(world, stage="live", transactions=300, evidence="E2", since=days_ago(400))
    duplicate(world, coverage=0.2, annual_cost=200, price_fy="2024-25")
    Account.objects.create(organisation=world.body, financial_year="2024-25", frontline=8, administrative=2)
    world.own = factories.component(functions=[world.function])
    factories.stewardship(organisation=world.body, component=world.own)
    earlier()
    change(world)
    found = trend(world, later())
    assert found.catalogue != 0
    assert (found.time, found.declared) == pytest.approx((0, 0), abs=1e-12)


# Which edition it begins at


def test_trend_begins_at_the_latest_published_edition_before(world) -> None:
    settled(world)
    first = published("2026Q1", days_ago(180))
    compute_edition(label="unpublished", snapshot_date=days_ago(90), draws=5)
    assert later().compared_with == first


def test_trend_begins_at_a_computed_edition_where_none_is_published(world) -> None:
    settled(world)
    first = earlier()
    assert first.compared_with is None
    assert later().compared_with == first


@pytest.mark.parametrize("field", ["method_version", "params_hash", "benchmark_edition"])
def test_trend_needs_the_same_method_and_benchmarks(world, field) -> None:
    settled(world)
    Edition.objects.filter(pk=earlier().pk).update(**{field: "another"})
    assert later().compared_with is None


def test_trend_needs_what_the_earlier_edition_was_computed_from(world) -> None:
    settled(world)
    earlier(keep_snapshot=False)
    assert later().compared_with is None
    assert compute_edition(label="trial", snapshot_date=LATER, draws=5, keep_snapshot=False).compared_with is None


def test_trend_needs_what_the_earlier_edition_measured_with(world) -> None:
    settled(world)
    earlier().components.all().delete()
    assert later().compared_with is None


def test_trend_needs_the_same_kind_of_bodies(world) -> None:
    settled(world)
    earlier()
    other = factories.peer_group()
    Benchmark.objects.create(peer_group=other, function=world.function, ref_cost_per_driver=2, ref_volume_per_driver=1)
    world.body.peer_group = other
    world.body.save()
    assert later().compared_with is not None
    assert not ScoreTrend.objects.exists()


def test_body_without_a_score_before_has_no_trend(world) -> None:
    earlier()
    new = factories.organisation(peer_group=world.group, driver=10)
    later()
    assert not ScoreTrend.objects.filter(score__organisation=new).exists()


def test_published_edition_begins_at_a_published_one(world) -> None:
    settled(world)
    first = earlier()
    second = compute_edition(label="2026Q4", snapshot_date=LATER, draws=5_000)
    assert second.compared_with == first
    assert publish(second).compared_with is None
    assert not ScoreTrend.objects.exists()


def test_edition_that_is_computed_before_the_one_before_is_published_begins_at_it(world) -> None:
    settled(world)
    first = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5_000)
    compute_edition(label="older", snapshot_date=days_ago(30), draws=5)
    second = compute_edition(label="2026Q4", snapshot_date=LATER, draws=5_000)
    publish(first)
    duplicate(world, coverage=0.3)  # after both: it must not get in
    publish(second)
    found = trend(world, second)
    assert found.previous.edition_id == first.pk
    assert found.declared == pytest.approx(0, abs=1e-12)


def test_trend_goes_with_an_edition_that_is_computed_anew(world) -> None:
    settled(world)
    earlier()
    later()
    earlier()
    assert not ScoreTrend.objects.exists()
    assert trend(world, later()).change == pytest.approx(0, abs=1e-12)


def test_published_trend_stays(world) -> None:
    settled(world)
    published("2026Q3")
    found = trend(world, published("2026Q4", LATER))
    with refused_by("score_trend_stands"), transaction.atomic():
        ScoreTrend.objects.filter(pk=found.pk).update(time=1)
    with refused_by("score_trend_stands"), transaction.atomic():
        found.delete()


def test_correction_begins_where_what_it_corrects_began(world) -> None:
    settled(world)
    first = published("2026Q3")
    second = published("2026Q4", LATER)
    duplicate(world, coverage=0.3, annual_cost=10)
    corrected = correct_edition(edition=second, erratum="A statement was missing.")
    assert corrected.compared_with == first
    assert trend(world, corrected).declared > 0


# Against what is stored, and against a stranger


def test_snapshot_laid_out_again_scores_as_it_did(world) -> None:
    """With a draft, which has another name in the snapshot."""
    secret = factories.component(lifecycle="draft", functions=[world.function])
    adopt(world, component=secret, coverage=0.2, annual_cost=50)
    factories.stewardship(organisation=world.body, component=secret, share=0.5)
    settled(world, transactions=300)
    edition = earlier()
    adopt(world, organisation=factories.organisation(), component=secret, evidence="E3")
    with recorded(edition.snapshot, "pv_then") as then:
        found = measure(PARAMETERS, edition.pk, SNAPSHOT, [world.body.pk], records=then)
    (pvi,) = score(PARAMETERS, found.evidence).pvi
    assert pvi == pytest.approx(Score.objects.get(edition=edition, organisation=world.body).pvi, abs=1e-12)


@pytest.mark.parametrize("seed", WORLDS)
def test_stranger_gets_the_same_trends(seed: int, tmp_path: Path) -> None:
    """From a world and what became of it: other statements, sizes and references, and more that can be used."""
    before, after = random_world(seed, 8, 5), random_world(seed + 1_000, 8, 5)
    after["pack"] = before["pack"]
    after["functions"] = before["functions"]
    after["organisations"] = [
        row | {"driver": 30_000} if n % 2 else row for n, row in enumerate(before["organisations"])
    ]
    after["benchmarks"] = [row | {"ref_cost_per_driver": 1.5 + n} for n, row in enumerate(before["benchmarks"])]
    for number, made in enumerate((before, after)):
        load_pack(write_pack(made, tmp_path / str(number)), sheets=EVERY_SHEET)
        compute_edition(label=f"E{number}", snapshot_date=DAY + number * timedelta(days=92), draws=DRAWS)
    first, second = Edition.objects.order_by("snapshot_date")
    assert second.compared_with == first
    folders = [unpacked(edition, tmp_path / f"bundle-{edition.label}") for edition in (first, second)]
    theirs = trends_between(
        *(
            Recorded(folder / "snapshot", edition.snapshot_date, edition.seed, edition.draws)
            for folder, edition in zip(folders, (first, second), strict=True)
        ),
        json.loads(second.parameters),
        renamed(first.snapshot.drafts, second.snapshot.drafts),
    )
    fields = ("catalogue", "time", "declared", "p5", "p95", "higher", "lower")
    trends = ScoreTrend.objects.select_related("score__organisation")
    ours = {one.score.organisation.slug: {name: getattr(one, name) for name in fields} for one in trends}
    assert ours.keys() == theirs.keys()
    assert ours
    for uid in ours:
        assert ours[uid] == pytest.approx(theirs[uid], abs=1e-9), uid


def test_stranger_checks_published_trends_from_two_bundles(scored, tmp_path: Path) -> None:
    first = published("2026Q3")
    duplicate(scored, coverage=0.2, annual_cost=10)
    second = published("2026Q4", LATER)
    before, after = (unpacked(one, tmp_path / one.label) for one in (first, second))
    assert not (before / "trends.json").exists()
    assert scored.body.slug in json.loads((after / "trends.json").read_text())["organisations"]

    alone, beside = recomputed(after), recomputed(after, "--before", str(before))
    assert alone.returncode == beside.returncode == 0, beside.stdout + beside.stderr
    assert "Changes are not checked" in alone.stdout
    assert "\ncatalogue " in beside.stdout

    text = (after / "trends.json").read_text()
    (after / "trends.json").write_text(text.replace('"time": ', '"time": 1'))
    assert recomputed(after, "--before", str(before)).returncode == 1
