"""The log of a reading says of each new component what was here already that does the same."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from registry.actions.likenesses import NOTHING, say_likenesses
from registry.actions.search import refresh_search
from registry.letters import component_page
from registry.models import HarvestLine
from registry.tasks import harvest_sources
from tests import factories
from tests.registry.harvesting.conftest import offer, publiccode, read, source_at
from tests.sites import said

pytestmark = pytest.mark.django_db
BINS = {"name": "Bin day finder", "summary": "Says on which day bins are collected from a street"}


@pytest.fixture
def known():
    """What is here already: two that do it, and others, so that a word tells something."""
    two = [
        factories.component(slug="bins", name="Bin day finder", summary=BINS["summary"]),
        factories.component(
            slug="rounds", name="Bin rounds", summary="The day on which bins of a street are collected"
        ),
    ]
    for number in range(30):
        factories.component(name=f"Thing {number}", summary=f"Licences of kind {number} for keepers of animals")
    refresh_search()
    return two


def message() -> str:
    return HarvestLine.objects.get().message


def row(client, address: str) -> dict:
    [only] = json.loads(b"".join(client.get(address, {"format": "json"}).streaming_content))["items"]
    return only


def test_line_of_a_new_component_says_what_was_here(shop, known, client):
    offer(shop, **BINS)
    source = source_at(shop, "/publiccode.yml")
    read(source)
    assert message() == ""
    assert say_likenesses() == 1
    assert message().startswith("2 components may already do this: Bin day finder ")
    for component in known:
        assert component_page(component.slug) in message()
    assert say_likenesses() == 0
    address = component_page("bins")
    for page in (source.get_absolute_url(), f"{source.get_absolute_url()}log/"):
        assert f'<a href="{address}" rel="nofollow">' in client.get(page).content.decode()
    assert row(client, source.get_absolute_url())["already"] == message()
    assert row(client, f"{source.get_absolute_url()}log/")["message"] == message()


def test_where_nothing_is_like_it_the_line_says_so_and_the_thing_nothing(shop, known, client):
    offer(shop, name="Tide tables", summary="Heights of water in harbours", long="Heights of water in harbours. " * 8)
    source = source_at(shop, "/publiccode.yml")
    read(source)
    assert say_likenesses() == 1
    assert message() == NOTHING
    assert row(client, source.get_absolute_url())["already"] is None


def test_what_came_with_it_was_not_here_already(shop):
    sets = "\n".join(
        f'<https://data.example/{n}> a dcat:Dataset ; dct:title "Bin days {n}" ; dct:description "Days of bins" .'
        for n in range(2)
    )
    turtle = f"@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n{sets}"
    offer(shop, "/sets.ttl", content=turtle.encode())
    read(source_at(shop, "/sets.ttl"))
    assert say_likenesses() == 2
    assert set(HarvestLine.objects.values_list("message", flat=True)) == {NOTHING}


def test_component_that_another_source_describes_too_is_not_new(shop, known):
    offer(shop, **BINS)
    read(source_at(shop, "/publiccode.yml"))
    assert say_likenesses() == 1
    offer(shop, "/mirror.publiccode.yml", **BINS)
    done = read(source_at(shop, "/mirror.publiccode.yml"))
    assert (done.new, say_likenesses()) == (1, 0)


def test_reading_that_goes_on_or_is_long_past_is_left_alone(shop, known):
    offer(shop, **BINS)
    source = source_at(shop, "/publiccode.yml")
    done = read(source)
    now = timezone.now()
    assert say_likenesses(now + timedelta(days=2)) == 0
    type(done).objects.update(ended_at=None, new=0)
    type(source).objects.update(taken_until=now + timedelta(minutes=5))
    assert say_likenesses(now) == 0
    type(source).objects.update(taken_until=now - timedelta(minutes=5))
    assert say_likenesses(now) == 1


def test_rest_waits_where_it_takes_long(shop, known, monkeypatch):
    offer(shop, **BINS)
    read(source_at(shop, "/publiccode.yml"))
    with monkeypatch.context() as slow:
        slow.setattr("registry.actions.likenesses.MOST_SECONDS", -1.0)
        assert say_likenesses() == 0
    assert say_likenesses() == 1


def test_it_is_said_soon_after_a_reading_on_the_timetable(shop, known, monkeypatch):
    rung = []
    monkeypatch.setattr("registry.tasks.tell_likenesses.delay", lambda: rung.append(1))
    harvest_sources()
    assert rung == []
    offer(shop, **BINS)
    source_at(shop, "/publiccode.yml", next_due_at=timezone.now())
    harvest_sources()
    assert rung == [1]


def test_names_stay_on_one_line(shop):
    factories.component(slug="bins", name="Bin day\nfinder", summary=BINS["summary"])
    refresh_search()
    shop.answers["/publiccode.yml"] = said(publiccode(**BINS))
    read(source_at(shop, "/publiccode.yml"))
    say_likenesses()
    assert "Bin day finder http" in message()
