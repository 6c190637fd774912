"""Others are asked as they wish: one question at a time, by their robots.txt, later where they are busy."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from commons.fetching import Unfetchable
from registry.importers.politeness import Busy, ask, waits_for
from registry.models import Host, SourceKind
from tests.registry.harvesting.conftest import offer, read, source_at
from tests.sites import said

pytestmark = pytest.mark.django_db


def robots(shop, text: str) -> None:
    shop.answers["/robots.txt"] = said(text.encode())


def paths(shop) -> list[str]:
    return [path for path, _ in shop.asked]


def test_robots_are_obeyed_and_read_once_a_day(shop, time_machine):
    robots(shop, "User-agent: *\nDisallow: /private/\n")
    offer(shop, "/a")
    for _ in range(2):
        ask(shop.at("/a"))
    with pytest.raises(Unfetchable, match="asks programs not to read"):
        ask(shop.at("/private/a"))
    assert paths(shop) == ["/robots.txt", "/a", "/a"]
    time_machine.move_to(timezone.now() + timedelta(days=2), tick=False)
    ask(shop.at("/a"))
    assert paths(shop)[3:] == ["/robots.txt", "/a"]


def test_robots_for_this_program_alone_are_obeyed(shop):
    robots(shop, "User-agent: digital-commons-registry\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with pytest.raises(Unfetchable, match="asks programs not to read"):
        ask(shop.at("/a"))


def test_host_without_robots_may_be_read(shop):
    offer(shop, "/a")
    assert ask(shop.at("/a")).content


def test_host_whose_robots_cannot_be_read_is_not(shop):
    shop.answers["/robots.txt"] = said(status=500)
    offer(shop, "/a")
    with pytest.raises(Unfetchable, match="answers 500"):
        ask(shop.at("/a"))
    assert "/a" not in paths(shop)


def test_crawl_delay_is_waited_for(shop):
    robots(shop, "User-agent: *\nCrawl-delay: 1\n")
    offer(shop, "/a")
    ask(shop.at("/a"))
    began = time.monotonic()
    ask(shop.at("/a"))
    assert time.monotonic() - began > 0.8


def test_long_crawl_delay_is_asked_for_later(shop):
    robots(shop, "User-agent: *\nCrawl-delay: 600\n")
    offer(shop)
    done = read(source_at(shop, "/publiccode.yml"))
    assert "asks for 600 seconds" in done.failure
    assert timedelta(minutes=9) < done.source.next_due_at - timezone.now() < timedelta(minutes=11)


@pytest.mark.parametrize("status", [429, 503])
def test_busy_host_is_left_alone_as_long_as_it_says(shop, status):
    offer(shop, "/a")
    shop.answers["/b"] = said(status=status, Retry_After="120")
    with pytest.raises(Busy) as busy:
        ask(shop.at("/b"))
    assert timedelta(seconds=110) < busy.value.until - timezone.now() <= timedelta(seconds=120)
    before = len(shop.asked)
    with pytest.raises(Busy, match="left alone"):
        ask(shop.at("/a"))
    assert len(shop.asked) == before


def test_waits_double_and_begin_anew(shop):
    offer(shop, "/a")
    shop.answers["/b"] = said(status=503)
    waits = []
    for _ in range(3):
        with pytest.raises(Busy) as busy:
            ask(shop.at("/b"))
        waits.append(round((busy.value.until - timezone.now()).total_seconds() / 60))
        Host.objects.update(not_before=None)
    assert waits == [5, 10, 20]
    ask(shop.at("/a"))
    assert Host.objects.get().refusals == 0


def test_busy_source_has_its_turn_when_its_host_has(shop):
    shop.answers["/publiccode.yml"] = said(status=429, Retry_After="3600")
    source = read(source_at(shop, "/publiccode.yml")).source
    assert timedelta(minutes=59) < source.next_due_at - timezone.now() <= timedelta(minutes=60)


@pytest.mark.parametrize("text", ["", "soon", "-5", "Wed, 01 Jan 2020 00:00:00 GMT", "٣"])
def test_retry_after_that_says_nothing_is_not_believed(text):
    assert waits_for(text) is None


def test_retry_after_is_bounded_and_may_be_a_date():
    assert waits_for("999999999999") == timedelta(days=1)
    later = (timezone.now() + timedelta(hours=2)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert timedelta(hours=1) < waits_for(later) <= timedelta(hours=2)


def test_who_asks_says_so(shop, settings):
    settings.FEEDBACK_EMAIL = "team@commons.example"
    offer(shop, "/a")
    ask(shop.at("/a"))
    assert {headers["User-Agent"] for _, headers in shop.asked} == {"digital-commons-registry (team@commons.example)"}


@pytest.mark.django_db(transaction=True)
def test_host_is_asked_one_question_at_a_time(shop):
    Host.objects.create(name=shop.at("").rstrip("/"), robots_read_at=timezone.now())
    inside, most, lock = 0, 0, threading.Lock()

    def answer(handler) -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.05)
        with lock:
            inside -= 1
        said(b"x")(handler)

    shop.otherwise = answer

    def asking(number: int) -> None:
        try:
            ask(shop.at(f"/{number}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(asking, range(8)))
    assert (len(shop.asked), most) == (8, 1)


def test_catalogue_is_walked_politely(shop):
    robots(shop, "User-agent: *\nDisallow: /v1/\n")
    done = read(source_at(shop, "/v1", SourceKind.OPEN_CATALOGUE))
    assert "asks programs not to read" in done.failure
    assert paths(shop) == ["/robots.txt"]
