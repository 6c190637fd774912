"""Whatever a source sends or leads to: nothing inside is reached, nothing is half done, and nobody does it twice."""

import gzip
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from catalogue.models import Component
from commons.exceptions import Refused
from registry.actions.harvests import harvest_due, read_through, take_due
from registry.models import Harvest, HarvestLine, Source, SourceKind, SourceObject
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.registry.harvesting.conftest import counts, offer, publiccode, read, source_at
from tests.sites import leading, said

pytestmark = pytest.mark.django_db
KINDS = list(SourceKind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("leads", [1, 3])
def test_no_kind_of_source_is_led_inside(shop, canary, kind, leads):
    shop.otherwise = leading("/further")
    shop.answers["/further"] = leading("/on") if leads == 3 else leading(canary.at("/"))
    shop.answers["/on"] = leading(canary.at("/"))
    shop.answers["/robots.txt"] = said(status=404)
    done = read(source_at(shop, "/there", kind))
    assert "no public address" in done.failure
    assert done.source.failing_since


def test_robots_do_not_lead_inside_either(shop, canary):
    shop.answers["/robots.txt"] = leading(canary.at("/robots.txt"))
    assert "no public address" in read(source_at(shop, "/publiccode.yml")).failure


def test_next_page_does_not_lead_inside(shop, canary):
    page = f'{{"data": [], "links": {{"next": "{canary.at("/v1/software?page[after]=x")}"}}}}'
    shop.otherwise = said(page.encode())
    shop.answers["/robots.txt"] = said(status=404)
    done = read(source_at(shop, "/v1", SourceKind.OPEN_CATALOGUE))
    assert "lead in a circle" in done.failure  # on its own host, where it comes back to the same


def test_hydra_does_not_lead_inside(shop, canary):
    turtle = f"""@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        <https://a.example/1> a dcat:Dataset ; dct:title "One" ; dct:description "First" .
        <https://a.example/p> hydra:next <{canary.at("/2.ttl")}> ."""
    offer(shop, "/1.ttl", content=turtle.encode())
    assert counts(read(source_at(shop, "/1.ttl", SourceKind.DCAT))) == {"new": 1}


def test_name_that_changes_its_mind_is_not_followed(shop, canary, monkeypatch):
    """The name is public when it is looked at and inside when it is looked at again: it is looked at once."""
    asked, connected = [], []

    def getaddrinfo(host, port, *_, **__):
        asked.append(host)
        address = "93.184.215.14" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def create_connection(address, *_, **__):
        connected.append(address[0])
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)
    rebinding = factories.source(address=f"http://rebinding.example:{canary.port}/publiccode.yml")
    assert read(rebinding).failure
    assert connected == ["93.184.215.14"]


BOMBS = {
    "packed": lambda: said(gzip.compress(bytes(100_000_000)), Content_Encoding="gzip"),
    "large": lambda: said(bytes(6_000_000)),
    "laughing": lambda: said(
        b"publiccodeYmlVersion: '0'\na: &a [x,x]\n"
        + b"".join(f"b{n}: &b{n} [{','.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n".encode() for n in range(12))
    ),
    "deep": lambda: said(b"publiccodeYmlVersion: " + b"[" * 100_000),
    "binary": lambda: said(bytes(range(256)) * 100),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_errors_of_the_source(shop, bomb):
    shop.answers["/publiccode.yml"] = BOMBS[bomb]()
    began = time.monotonic()
    done = read(source_at(shop, "/publiccode.yml"))
    assert done.source.failing_since
    assert not Component.objects.exists()
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "kind", [SourceKind.OPEN_CATALOGUE, SourceKind.CKAN, SourceKind.DCAT, SourceKind.API_CATALOGUE]
)
@pytest.mark.parametrize(
    "content", [b"", b"[" * 100_000, b"null", b'{"data": {}}', b'{"data": [[]], "links": 5}', b"\xff"]
)
def test_nonsense_is_an_error_and_no_crash(shop, kind, content):
    shop.otherwise = said(content)
    shop.answers["/robots.txt"] = said(status=404)
    done = read(source_at(shop, "/v1", kind))
    assert not Component.objects.exists()
    assert done.failure or counts(done) == {}


def test_slow_source_is_given_up(shop, monkeypatch):
    monkeypatch.setattr("commons.fetching.reading.PATIENCE", 0.3)
    shop.answers["/publiccode.yml"] = lambda handler: time.sleep(1)
    assert "does not answer in time" in read(source_at(shop, "/publiccode.yml")).failure


def test_hostile_description_is_harmless(shop):
    name = "<script>alert(1)</script>\\0\\e[2J\\u202Enoitpircsed"
    offer(shop, content=publiccode(name=f'"{name}"', long="'" + "<img src=x onerror=alert(1)> " * 300 + "'"))
    read(source_at(shop, "/publiccode.yml"))
    made = Component.objects.get()
    assert not set("\x00\x1b\u202e") & set(made.name)
    assert len(made.description) < 10_000


# Workers


def test_due_sources_are_read_once_and_then_not_due(shop):
    for number in range(3):
        offer(shop, f"/{number}.publiccode.yml", name=f"Thing {number}", url=f"https://git.example/a/{number}")
        source_at(shop, f"/{number}.publiccode.yml")
    factories.source(address="https://later.example/", next_due_at=timezone.now() + timedelta(hours=1))
    heard = []
    assert harvest_due(by=COMMAND_LINE, tell=heard.append) == 3
    assert [counts(done) for done in heard] == [{"new": 1}] * 3
    assert harvest_due(by=COMMAND_LINE) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_read_each_source_once(shop):
    for number in range(6):
        offer(shop, f"/{number}.publiccode.yml", name=f"Thing {number}", url="https://git.example/county/same")
        source_at(shop, f"/{number}.publiccode.yml")

    def work(_: int) -> int:
        try:
            return harvest_due(by=COMMAND_LINE)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 6
    asked = [path for path, _ in shop.asked if path != "/robots.txt"]
    assert sorted(asked) == sorted(set(asked))
    assert Component.objects.count() == 1  # all six said the same repository
    assert Harvest.objects.count() == 6


def test_source_that_is_being_read_is_left_alone(shop):
    source = source_at(shop, "/publiccode.yml")
    assert take_due().source == source
    assert take_due() is None
    with pytest.raises(Refused, match="being read at this moment"):
        read(source)


def test_source_of_a_dead_worker_is_due_again(shop, time_machine):
    offer(shop)
    source_at(shop, "/publiccode.yml")
    take_due()  # and then it dies
    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    assert harvest_due(by=COMMAND_LINE) == 1
    assert Component.objects.count() == 1


def test_worker_that_lost_its_source_stops(shop):
    """It took so long that another has taken over: it writes nothing more."""
    offer(shop)
    source = source_at(shop, "/publiccode.yml")
    begun = take_due()
    Source.objects.update(taken_until=timezone.now() + timedelta(hours=1))
    read_through(begun, COMMAND_LINE)
    assert not Component.objects.exists()
    source.refresh_from_db()
    assert source.taken_until


ROWS = 80
PARTS = ("USER", "PASSWORD", "HOST", "PORT", "NAME")
PROJECT = Path(__file__).parents[3]
TABLE = "dateAdded,url,name,description,provider\n" + "".join(
    f"2026-01-01,https://a.example/{number},API {number},One of many,x\n" for number in range(ROWS)
)


def worker(source: Source, site) -> subprocess.Popen:
    """A process of its own that reads the source."""
    at = {name: quote(str(connection.settings_dict[name]), safe="") for name in PARTS}
    there = {"DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**at)}
    there |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "FETCH_ALLOWED": f"127.0.0.1:{site.port}"}
    command = [sys.executable, "manage.py", "harvest", f"--source={source.pk}"]
    return subprocess.Popen(command, cwd=PROJECT, env=os.environ | there, stdout=subprocess.DEVNULL)


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_leaves_whole_things(shop):
    offer(shop, "/apis.csv", content=TABLE.encode())
    source = source_at(shop, "/apis.csv", SourceKind.API_CATALOGUE)
    with worker(source, shop) as reading:
        ends = time.monotonic() + 60
        while SourceObject.objects.count() < 5 and time.monotonic() < ends:
            time.sleep(0.005)
        reading.send_signal(signal.SIGKILL)
    time.sleep(0.2)  # until the server has noticed and undone what was open
    begun = SourceObject.objects.count()
    assert 5 <= begun < ROWS
    assert Component.objects.count() == begun == HarvestLine.objects.count()
    assert all(component.descriptions.count() == 1 for component in Component.objects.all())
    Source.objects.update(taken_until=timezone.now())
    assert harvest_due(by=COMMAND_LINE) == 1
    assert (Component.objects.count(), SourceObject.objects.count()) == (ROWS, ROWS)
    assert counts(Harvest.objects.latest("pk")) == {"new": ROWS - begun, "unchanged": begun}
