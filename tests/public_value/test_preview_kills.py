"""`kill -9` of workers in the middle of a rebuild and of drains: nothing is lost, nothing is there twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from django.db import connection

from public_value.models import DirtyOrganisation, PreviewChunk, RanksDue, Score
from public_value.pack import EVERY_SHEET
from public_value.preview import rebuilding
from registry.models import Organisation
from registry.pack.loading import load_pack
from tests.public_value.following import current, edit, everything, rebuilt, settle

pytestmark = pytest.mark.long
PROJECT = Path(__file__).parents[2]
DEMO = PROJECT / "demo"
KILLS, SECONDS = 5, 30
# Django is loaded once; each line that it reads is a new worker, whose number it answers.
NURSERY = """
import os, signal, sys, django
django.setup()
from public_value.preview import draining, following
draining.BATCH = 3
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in sys.stdin:
    child = os.fork()
    if not child:
        following.follow(600)
        os._exit(0)
    print(child, flush=True)
"""


@pytest.fixture
def new_worker() -> Callable[[], int]:
    settings = connection.settings_dict
    at = {name: quote(str(settings[name]), safe="") for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**at)
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def begin() -> int:
        nursery.stdin.write("\n")
        nursery.stdin.flush()
        return int(nursery.stdout.readline())

    with nursery:
        yield begin


def kill_in_the_middle(new_worker: Callable[[], int], left: Callable[[], int], random: Random) -> None:
    """Two workers begin; when something was done, both are killed, one a moment after the other."""
    before, workers = left(), [new_worker(), new_worker()]
    end = time.monotonic() + SECONDS
    while left() == before and time.monotonic() < end:
        time.sleep(0.002)
    assert 0 < left() < before
    for worker in random.sample(workers, 2):
        time.sleep(0.03 * random.random())
        os.kill(worker, signal.SIGKILL)


def chunks_left() -> int:
    return PreviewChunk.objects.filter(done_at=None).count()


@pytest.mark.django_db(transaction=True)
def test_ten_kills_lose_and_double_nothing(new_worker, monkeypatch) -> None:
    random = Random(9)
    load_pack(DEMO, sheets=EVERY_SHEET)
    monkeypatch.setattr(rebuilding, "CHUNK_WEIGHT", 60)
    rebuilding.begin(None)
    for _ in range(KILLS):
        kill_in_the_middle(new_worker, chunks_left, random)
    settle()
    after_kills = everything()
    assert after_kills == rebuilt()

    for _ in range(KILLS):
        for _ in range(5):
            edit(random)
        Organisation.objects.update(region="Another")
        kill_in_the_middle(new_worker, DirtyOrganisation.objects.count, random)
    settle()
    drained = everything()
    assert drained != after_kills
    assert drained == rebuilt()
    assert Score.objects.of(current()).count() == Organisation.objects.count()
    assert not DirtyOrganisation.objects.exists()
    assert not RanksDue.objects.exists()
