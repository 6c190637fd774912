"""The live preview says what a calculation from nothing says, whatever changed, and loses no mark."""

import threading
from datetime import date
from random import Random

import numpy as np
import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from commons.exceptions import Refused
from public_value import tasks
from public_value.actions import compute_edition
from public_value.models import (
    Benchmark,
    Deflator,
    DirtyOrganisation,
    Edition,
    EditionComponent,
    PeerGroupNorm,
    Preview,
    PreviewChunk,
    RanksDue,
    Score,
    ScoreDraws,
)
from public_value.pack import EVERY_SHEET
from public_value.preview import draining, following, rebuilding
from registry.models import Account, Job, Organisation
from registry.pack.loading import load_pack
from tests import factories
from tests.public_value.following import current, edit, everything, rebuilt, settle
from tests.public_value.test_evidence import SNAPSHOT, adopt, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.worlds import random_world, write_pack

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 14)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(DAY, tick=False):
        yield


def marked() -> set[int]:
    return set(DirtyOrganisation.objects.values_list("organisation_id", flat=True))


# From nothing, and after a write


def test_preview_follows_the_first_organisation() -> None:
    assert following.due().what == ""
    factories.organisation()
    settle()
    assert Score.objects.of(current()).count() == 1
    assert marked() == set()


def test_preview_says_what_an_edition_of_its_day_says(world) -> None:  # noqa: F811
    adopt(world, coverage=0.5, evidence="E2")
    duplicate(world, coverage=0.4, annual_cost=500, price_fy="2024-25")
    edition = compute_edition(label="2026Q3", snapshot_date=date(2026, 10, 1), draws=20)
    preview = settle()
    assert (preview.snapshot_date, preview.seed, preview.preview.basis) == (date(2026, 10, 1), "preview", edition)
    ours, theirs = (Score.objects.of(found).get(organisation=world.body) for found in (preview, edition))
    for name in ("S", "N", "F", "C", "O", "K", "V", "T", "pvi", "pvi_max", "own_cost", "missing", "reuse", "driver"):
        assert getattr(ours, name) == getattr(theirs, name)


@pytest.mark.parametrize("seed", range(8))
def test_drained_preview_is_that_calculated_from_nothing(seed: int, tmp_path, monkeypatch) -> None:
    """Of a random world after random changes of everything that a figure depends on, to the last digit and draw."""
    random = Random(seed)
    load_pack(write_pack(random_world(seed + 100, organisations=10), tmp_path), sheets=EVERY_SHEET)
    if seed % 2:
        compute_edition(label="2026Q1", snapshot_date=date(2026, 3, 31), draws=20)
    monkeypatch.setattr(draining, "BATCH", 3)
    settle()
    for _ in range(6):
        for _ in range(random.randint(1, 5)):
            edit(random)
        settle()
    assert everything() == rebuilt()


def test_body_that_ends_leaves_the_list(world) -> None:  # noqa: F811
    edition = settle()
    world.body.end = edition.snapshot_date
    world.body.save()
    assert Score.objects.of(edition).listed().filter(organisation=world.body).exists()
    assert settle() == edition
    assert not Score.objects.of(edition).listed().filter(organisation=world.body).exists()


def test_chunks_of_any_size_give_the_same(tmp_path, monkeypatch) -> None:
    load_pack(write_pack(random_world(7, organisations=12), tmp_path), sheets=EVERY_SHEET)
    settle()
    whole = everything()
    monkeypatch.setattr(rebuilding, "CHUNK_WEIGHT", 60)
    assert rebuilt() == whole


def test_ranks_follow_the_draws(world) -> None:  # noqa: F811
    """Three bodies of grade C or better: they are ranked among each other, and again when one falls behind."""
    others = [factories.organisation(peer_group=world.group, driver=1000) for _ in range(2)]
    for body, coverage in zip([world.body, *others], (0.9, 0.85, 0.8), strict=True):
        adopt(world, organisation=body, coverage=coverage, evidence="E3", confirmed=DAY)
        Account.objects.create(organisation=body, financial_year="2024-25", frontline=8, administrative=2)
    PeerGroupNorm.objects.create(peer_group=world.group, f_lo=0.5, f_hi=0.9, f_median_share=0.7)
    preview = settle()
    ranks = dict(Score.objects.of(preview).values_list("organisation_id", "rank_low"))
    assert [ranks[body.pk] for body in (world.body, *others)] == [1, 2, 3]
    world.body.declarations.update(coverage=0.7)
    settle()
    ranks = dict(Score.objects.of(preview).values_list("organisation_id", "rank_low"))
    assert [ranks[body.pk] for body in (world.body, *others)] == [3, 1, 2]
    points = np.frombuffer(ScoreDraws.objects.get(score__organisation=world.body).points, "<f4")
    assert len(points) == preview.draws


# The yardstick


def test_yardstick_stays_until_the_next_edition(world) -> None:  # noqa: F811
    adopt(world, coverage=0.5)
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=20)
    settle()
    before = everything()
    Benchmark.objects.update(ref_cost_per_driver=9)
    Deflator.objects.update(index=50)
    world.shared.lifecycle, world.shared.open_licence = "retired", False
    world.shared.save()
    world.body.save()
    settle()
    assert everything() == before
    assert rebuilt() == before
    compute_edition(label="2026Q4", snapshot_date=date(2026, 10, 10), draws=20)
    settle()
    assert everything() != before
    assert current().preview.basis.label == "2026Q4"


def test_edition_keeps_what_it_took_components_for(world) -> None:  # noqa: F811
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=20)
    kept = EditionComponent.objects.get(edition=edition)
    assert (kept.component, kept.shared, kept.independent_adopters, kept.openness) == (world.shared, True, 2, 0.25)


def test_new_month_begins_a_rebuild(world) -> None:  # noqa: F811
    first = settle()
    with time_machine.travel(date(2026, 11, 1)):
        assert following.due().what == "begin"
        second = settle()
    assert (first.snapshot_date, second.snapshot_date) == (date(2026, 10, 1), date(2026, 11, 1))


def test_edition_that_was_replaced_begins_a_rebuild(world) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=20)
    settle()
    again = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=20)
    assert settle().preview.basis == again


def test_cost_in_a_year_without_deflator_counts_as_not_stated(world) -> None:  # noqa: F811
    duplicate(world, coverage=0.5, annual_cost=5, price_fy="2009-10")
    settle()
    assert Score.objects.of(current()).get().own_cost is None


# Following


def test_readers_see_the_old_preview_until_the_new_one_is_whole(world) -> None:  # noqa: F811
    old = settle()
    rebuilding.begin(None)
    while (found := following.due()).what != "switch":
        following.do(found)
        assert current() == old
    following.do(found)
    assert current() != old
    assert Score.objects.of(old).exists()  # for pages that are being made from it
    with time_machine.travel(DAY.replace(day=15)):
        settle()
    assert not Edition.objects.filter(pk=old.pk).exists()
    assert not PreviewChunk.objects.exists()
    assert not RanksDue.objects.exists()


def test_marks_wait_while_a_rebuild_runs(world) -> None:  # noqa: F811
    settle()
    rebuilding.begin(None)
    adopt(world, coverage=0.5)
    assert draining.drain() is False
    assert marked() == {world.body.pk}
    settle()
    assert marked() == set()
    assert everything() == rebuilt()


def test_oldest_marks_are_taken_first(world) -> None:  # noqa: F811
    others = [factories.organisation() for _ in range(4)]
    settle()
    for body in reversed(others):
        body.save()
    draining.drain(batch=3)
    assert marked() == {others[0].pk}


def test_body_that_is_gone_stops_nothing(world) -> None:  # noqa: F811
    settle()
    factories.organisation().delete()
    settle()
    assert marked() == set()


def test_job_tells_how_far_the_rebuild_is(world, monkeypatch) -> None:  # noqa: F811
    for _ in range(3):
        factories.organisation(peer_group=world.group)
    monkeypatch.setattr(rebuilding, "CHUNK_WEIGHT", 50)
    rebuilding.begin(None)
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("running", 0, 5)
    following.do(following.due())
    job.refresh_from_db()
    assert (job.stage, job.done) == ("Calculating", 1)
    settle()
    job.refresh_from_db()
    assert (job.state, job.done, job.sentence) == ("done", 5, "Readers see the new figures.")


@pytest.mark.django_db(transaction=True)
def test_slower_worker_never_overwrites_newer_figures(world, monkeypatch) -> None:  # noqa: F811
    """It has calculated and not committed when the next worker finds a newer mark, which waits for it."""
    settle()
    calculated, go, calculate = threading.Event(), threading.Event(), draining.calculate

    def slowly(*arguments, **options):
        found = calculate(*arguments, **options)
        if not calculated.is_set():
            calculated.set()
            go.wait(20)
        return found

    def work() -> None:
        draining.drain()
        connection.close()

    monkeypatch.setattr(draining, "calculate", slowly)
    slow, quick = threading.Thread(target=work), threading.Thread(target=work)
    Organisation.objects.filter(pk=world.body.pk).update(driver=2_000)
    slow.start()
    assert calculated.wait(20)
    Organisation.objects.filter(pk=world.body.pk).update(driver=3_000)
    quick.start()
    quick.join(0.3)
    assert quick.is_alive()
    go.set()
    slow.join(20), quick.join(20)
    assert Score.objects.of(current()).get().driver == 3_000
    assert marked() == set()


def test_task_follows_and_may_run_twice(world) -> None:  # noqa: F811
    for _ in range(2):
        tasks.follow_registry()
    assert Score.objects.of(current()).get().organisation == world.body


@pytest.mark.parametrize("label", ["preview", "preview-3", "Preview", "method", "Editions"])
def test_label_that_is_another_page_is_refused(label: str) -> None:
    with pytest.raises(Refused, match="the address of another page"):
        compute_edition(label=label, snapshot_date=SNAPSHOT)


@pytest.mark.django_db(transaction=True)
def test_nothing_due_costs_one_query_and_no_transaction_id() -> None:
    factories.organisation()
    settle()
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        assert following.follow() is False
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id_if_assigned()")
            assert cursor.fetchone() == (None,)
    assert len([query for query in asked if "pg_current" not in query["sql"] and "SAVEPOINT" not in query["sql"]]) == 1


def test_preview_is_one(world) -> None:  # noqa: F811
    settle()
    assert rebuilding.begin(None) is True
    assert rebuilding.begin(None) is False
    assert Preview.objects.building().count() == 1
