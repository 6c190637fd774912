"""Others are asked as they wish: one question at a time, by their robots.txt, later where they are busy."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from commons.fetching import Unfetchable
from registry.importers.politeness import Busy, ask, waits_for
from registry.importers.repository import addresses
from registry.importers.robots import Rules
from registry.models import Host, SourceKind
from tests.registry.harvesting.conftest import offer, read, source_at
from tests.sites import Site, leading, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(settings, shop) -> Iterator[Site]:
    """A second host, which `shop` may lead to."""
    other = Site()
    other.otherwise = said(b"nothing here", 404)
    settings.FETCH_ALLOWED |= {f"127.0.0.1:{other.port}"}
    yield other
    other.stop()


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


def test_redirect_keeps_to_the_robots_of_the_host_it_leads_to(shop, other):
    shop.answers["/a"] = leading(other.at("/private/a"))
    robots(other, "User-agent: *\nDisallow: /private/\n")
    with pytest.raises(Unfetchable, match=f"{other.port}/robots.txt asks programs not to read"):
        ask(shop.at("/a"))
    assert (paths(shop), paths(other)) == (["/robots.txt", "/a"], ["/robots.txt"])


def test_redirect_within_a_host_keeps_to_its_robots(shop):
    shop.answers["/a"] = leading("/private/a")
    robots(shop, "User-agent: *\nDisallow: /private/\n")
    with pytest.raises(Unfetchable, match="asks programs not to read"):
        ask(shop.at("/a"))
    assert paths(shop) == ["/robots.txt", "/a"]


def test_redirect_is_read_where_both_hosts_allow_it(shop, other):
    shop.answers["/a"] = leading(other.at("/b"))
    offer(other, "/b", content=b"found")
    for _ in range(2):
        found = ask(shop.at("/a"))
    assert (found.content, found.url) == (b"found", other.at("/b"))
    assert paths(other) == ["/robots.txt", "/b", "/b"]
    assert Host.objects.filter(robots_read_at__isnull=False, asked_at__isnull=False).count() == 2


def test_busy_host_that_a_redirect_leads_to_is_the_one_left_alone(shop, other):
    shop.answers["/a"] = leading(other.at("/b"))
    other.answers["/b"] = said(status=429, Retry_After="3600")
    offer(shop, "/c")
    with pytest.raises(Busy):
        ask(shop.at("/a"))
    assert ask(shop.at("/c")).content
    with pytest.raises(Busy, match="left alone"):
        ask(other.at("/c"))


def test_robots_may_stand_at_another_host(shop, other):
    shop.answers["/robots.txt"] = leading(other.at("/rules"))
    other.answers["/rules"] = said(b"User-agent: *\nDisallow: /private/\n")
    offer(shop, "/a")
    assert ask(shop.at("/a")).content
    with pytest.raises(Unfetchable, match="asks programs not to read"):
        ask(shop.at("/private/a"))
    assert paths(other) == ["/rules"]


def test_host_with_a_long_crawl_delay_may_lead_on_to_itself(shop, monkeypatch):
    monkeypatch.setattr("registry.importers.politeness.LONGEST_PAUSE", 0.1)
    shop.answers["/a"] = leading("/b")
    offer(shop, "/b", content=b"found")
    rules = "User-agent: *\nCrawl-delay: 600\n"
    Host.objects.create(name=shop.at("").rstrip("/"), robots_read_at=timezone.now(), robots=rules)
    assert ask(shop.at("/a")).content == b"found"


@pytest.mark.django_db(transaction=True)
def test_hosts_that_lead_to_each_other_do_not_stand_still(shop, other):
    for here, there in ((shop, other), (other, shop)):
        here.answers["/a"] = leading(there.at("/b"))
        offer(here, "/b", content=b"found")

    def asking(site: Site) -> bytes:
        try:
            return ask(site.at("/a")).content
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(asking, [shop, other] * 4)) == {b"found"}


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


@pytest.mark.parametrize(
    ("pattern", "path", "is_read"),
    [
        ("/private/", "/private/a", False),
        ("/private/", "/privately", True),
        ("/*.yml$", "/a/publiccode.yml", False),
        ("/*.yml$", "/a/publiccode.yml?raw", True),
        ("/*/raw/", "/a/b/raw/HEAD", False),
        ("/*/raw/", "/raw/HEAD", True),
        ("/a*b*c$", "/a-b-c-b-c", False),
        ("/a*c$", "/ac", False),
        ("/ab*b$", "/ab", True),
        ("/a$", "/a", False),
        ("/a$", "/ab", True),
        ("/*?sort=", "/list?sort=name", False),
        ("/caf%C3%A9", "/café", False),
        ("/a%2Ab", "/axb", True),
        ("/", "", False),
        ("", "/a", True),
        ("*" * 5000 + "x", "/" + "a" * 2000, True),
    ],
)
def test_robots_patterns_fit_as_their_standard_has_it(pattern, path, is_read):
    rules = Rules.read(f"User-agent: *\nDisallow: {pattern}")
    assert rules.allow(f"https://a.example{path}") is is_read


def test_longest_robots_pattern_decides_and_of_equals_the_one_that_allows():
    rules = Rules.read("User-agent: *\nDisallow: /\nAllow: /open/\nDisallow: /open/shut\nAllow: /open/shut")
    read = {path: rules.allow(f"https://a.example{path}") for path in ("/a", "/open/a", "/open/shut")}
    assert read == {"/a": False, "/open/a": True, "/open/shut": True}


def test_robots_groups_of_one_name_hold_together_and_names_share_one():
    text = """
        User-agent: somebody
        User-agent: Digital-Commons-Registry/2.0  # us
        Crawl-delay: 1.5
        Disallow: /a

        User-agent: *
        Disallow: /b
        Crawl-delay: soon

        user-agent : digital-commons-registry
        disallow : /c
    """
    rules = Rules.read(text)
    assert [rules.allow(f"https://a.example/{path}") for path in "abc"] == [False, True, False]
    assert rules.delay == 1.5
    assert Rules.read("Disallow: /\nnonsense").allow("https://a.example/")
    assert Rules.read("User-agent: digital-commons-registry\nDisallow:\nUser-agent: *\nDisallow: /").allow(
        "https://a.b/"
    )


def test_sign_in_that_robots_are_kept_from_stands_for_no_file(shop):
    robots(shop, "User-agent: *\nDisallow: /sign_in\n")
    for address in addresses(shop.at("/county/bins")):
        shop.answers[urlsplit(address).path] = leading("/sign_in")
    offer(shop, "/county/bins/publiccode.yml", url=shop.at("/county/bins"))
    assert not read(source_at(shop, "/county/bins", SourceKind.REPOSITORY)).failure
    assert "/sign_in" not in paths(shop)
