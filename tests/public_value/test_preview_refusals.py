"""Where benchmarks contradict each other there is no preview: the log says so once, and the page says why."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from public_value import tasks
from public_value.models import Benchmark, Preview, PreviewRefusal
from tests import factories
from tests.constraints import refused_by
from tests.public_value.test_evidence import world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def contradict(world) -> Benchmark:  # noqa: F811
    below = factories.function(evolution="commodity", parent=world.function)
    return Benchmark.objects.create(peer_group=world.group, function=below, ref_cost_per_driver=1)


def said(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if "No live preview" in record.getMessage()]


def test_benchmarks_that_contradict_each_other_are_no_failure(world, caplog) -> None:  # noqa: F811
    contradict(world)
    tasks.follow_registry()
    assert "No live preview: A function and one below it both have a benchmark" in caplog.text
    assert not Preview.objects.exists()


def test_refusal_is_logged_once_and_again_after_an_hour(world, caplog) -> None:  # noqa: F811
    contradict(world)
    for _ in range(3):
        tasks.follow_registry()
    assert len(said(caplog)) == 1
    since = PreviewRefusal.objects.get().since
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        for _ in range(2):
            tasks.follow_registry()
    assert len(said(caplog)) == 2
    assert PreviewRefusal.objects.get().since == since


def test_refusal_is_logged_again_when_its_sentence_changes(world, caplog) -> None:  # noqa: F811
    contradict(world)
    tasks.follow_registry()
    other = factories.function(evolution="commodity", parent=world.function, slug="zebra")
    below = factories.function(evolution="commodity", parent=other)
    for function in (other, below):
        Benchmark.objects.create(peer_group=world.group, function=function, ref_cost_per_driver=1)
    for _ in range(2):
        tasks.follow_registry()
    first, second = said(caplog)
    assert "zebra" in second
    assert "zebra" not in first


def test_refusal_is_gone_when_a_preview_is_begun(world, client) -> None:  # noqa: F811
    benchmark = contradict(world)
    tasks.follow_registry()
    assert "both have a benchmark" in client.get("/public-value/preview/").content.decode()
    benchmark.delete()
    tasks.follow_registry()
    assert not PreviewRefusal.objects.exists()
    assert "cannot be calculated" not in client.get("/public-value/preview/").content.decode()


def test_preview_that_cannot_be_made_anew_says_why(world, client) -> None:  # noqa: F811
    tasks.follow_registry()
    contradict(world)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        tasks.follow_registry()
        page = client.get("/public-value/preview/").content.decode()
    assert "It cannot be calculated anew at present: A function and one below it" in page


def test_refusal_is_one() -> None:
    now = timezone.now()
    with refused_by("preview_refusal_is_one"), transaction.atomic():
        PreviewRefusal.objects.create(pk=2, sentence="No.", since=now, logged_at=now)
