"""A source that fails: what it described stays and says so, its owner hears of it, and searches leave it out later."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.http import QueryDict
from django.urls import reverse

from catalogue.models import Component, SearchEntry
from catalogue.search import ComponentListing
from registry.actions.search import refresh_search
from registry.actions.sources import stop_source
from registry.models import Source
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.registry.harvesting.conftest import offer, publiccode, read, source_at
from tests.sites import said

pytestmark = pytest.mark.django_db
THIRD = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def failing(shop, time_machine) -> Source:
    """Read well on 3 November, and not on the 4th."""
    time_machine.move_to(THIRD, tick=False)
    offer(shop)
    source = source_at(shop, "/publiccode.yml", contact="owner@county.example")
    read(source)
    time_machine.move_to(THIRD + timedelta(days=1), tick=False)
    shop.answers["/publiccode.yml"] = said(status=500)
    read(source)
    return source


def found(query: str = "") -> list[str]:
    return [row["slug"] for row in ComponentListing().select(QueryDict(query)).slice(0, 10)]


def test_component_says_so_on_its_page_and_in_the_api(client, failing):
    page = client.get("/components/bin-days/").content.decode()
    assert "Source has errors" in page
    assert "this is the version of 3 November 2026" in page
    assert failing.get_absolute_url() in page
    said_ = client.get(reverse("catalogue_api:component", args=["bin-days"])).json()
    assert said_["source_errors"] == {"since": "2026-11-04", "version_of": "2026-11-03"}
    assert Component.objects.get().description


def test_component_says_so_no_more_when_the_source_is_well(client, shop, failing):
    offer(shop)
    read(failing)
    assert "Source has errors" not in client.get("/components/bin-days/").content.decode()
    assert client.get(reverse("catalogue_api:component", args=["bin-days"])).json()["source_errors"] is None


def test_component_that_another_source_describes_well_does_not_say_so(client, shop, failing):
    offer(shop, "/mirror.publiccode.yml")
    read(source_at(shop, "/mirror.publiccode.yml"))
    assert "Source has errors" not in client.get("/components/bin-days/").content.decode()


def datasets(*names: str) -> bytes:
    said_ = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
    listed = (
        f'<https://data.example/{number}> a dcat:Dataset ; dct:title "{name}" ; dct:description "Words" .\n'
        for number, name in enumerate(names)
    )
    return "".join([said_, *listed]).encode()


def test_what_was_refused_when_it_was_last_well_still_is(shop):
    """That the file is as it was then says that what it states wrongly is still wrong."""
    source = source_at(shop, "/sets.ttl")
    for etag, second in (('"1"', "Two"), ('"2"', "")):
        offer(shop, "/sets.ttl", content=datasets("One", second), etag=etag)
        read(source)
    assert list(source.things.values_list("state", flat=True)) == ["good", "refused"]
    answer = shop.answers.pop("/sets.ttl")
    read(source)
    shop.answers["/sets.ttl"] = answer
    source.refresh_from_db()
    assert source.failing_since
    assert read(source).not_changed
    assert list(source.things.values_list("state", flat=True)) == ["good", "refused"]


def test_component_of_a_stopped_source_is_kept_by_hand(client, failing):
    stop_source(source=failing, by=COMMAND_LINE)
    refresh_search()
    assert "Source has errors" not in client.get("/components/bin-days/").content.decode()
    assert client.get(reverse("catalogue_api:component", args=["bin-days"])).json()["source_errors"] is None


def test_component_that_vanished_says_so(client, shop):
    table = "dateAdded,url,name,description,provider\n"
    rows = [f"2026-01-01,https://{name}.example,{name},Words,x\n" for name in ("one", "two")]
    offer(shop, "/apis.csv", content=(table + "".join(rows)).encode())
    source = source_at(shop, "/apis.csv", "api_catalogue")
    read(source)
    offer(shop, "/apis.csv", content=(table + rows[0]).encode())
    read(source)
    page = client.get("/components/two/").content.decode()
    assert "No longer at its source" in page
    assert "No longer at its source" not in client.get("/components/one/").content.decode()


def test_owner_is_written_to_on_the_first_and_third_day(failing, time_machine):
    assert [letter.to for letter in mail.outbox] == [["owner@county.example"]]
    letter = mail.outbox[0]
    assert "answers 500" in letter.body
    assert failing.get_absolute_url() in letter.body
    read(failing)
    assert len(mail.outbox) == 1  # never twice on one day
    sent = []
    for day in range(2, 9):
        time_machine.move_to(THIRD + timedelta(days=day), tick=False)
        read(failing)
        sent.append(len(mail.outbox))
    assert sent == [1, 2, 2, 2, 2, 2, 2]


def test_owner_is_written_to_anew_after_it_was_well(shop, failing, time_machine):
    offer(shop)
    read(failing)
    time_machine.move_to(THIRD + timedelta(days=5), tick=False)
    offer(shop, content=publiccode(licence="Nonsense"))
    read(failing)
    assert len(mail.outbox) == 2
    assert "legal.license" in mail.outbox[1].body


def test_owner_of_a_busy_host_hears_of_it_on_the_third_day(shop, time_machine):
    time_machine.move_to(THIRD, tick=False)
    shop.answers["/publiccode.yml"] = said(status=503, Retry_After="60")
    source = source_at(shop, "/publiccode.yml", contact="owner@county.example")
    read(source)
    assert not mail.outbox
    time_machine.move_to(THIRD + timedelta(days=2), tick=False)
    read(source)
    assert len(mail.outbox) == 1


def test_contact_of_the_only_component_is_written_to(shop):
    offer(shop)
    source = source_at(shop, "/publiccode.yml")
    read(source)
    shop.answers["/publiccode.yml"] = said(status=404)
    read(source)
    assert [letter.to for letter in mail.outbox] == [["ada@county.example"]]


def test_letter_that_cannot_be_sent_stops_nothing(shop, settings, time_machine):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }
    source = source_at(shop, "/publiccode.yml", contact="owner@county.example")
    read(source)
    source.refresh_from_db()
    assert (source.letters, source.letter_on) == (0, None)
    assert source.failing_since


def test_dry_run_writes_to_nobody(shop):
    read(source_at(shop, "/publiccode.yml", contact="owner@county.example"), dry_run=True)
    assert not mail.outbox


def test_after_ninety_days_searches_leave_it_out(client, failing, time_machine):
    factories.component(slug="other")
    refresh_search()
    assert sorted(found()) == ["bin-days", "other"]
    time_machine.move_to(THIRD + timedelta(days=93))
    refresh_search()
    for query in ("", "q=bin", "sort=name"):
        assert "bin-days" not in found(query)
    assert found("source=gone") == found("source=gone&q=bin") == ["bin-days"]
    selection = ComponentListing().select(QueryDict(""))
    assert selection.total == 1
    (offered,) = [facet.options for facet in selection.facets if facet.filter.name == "source"]
    assert [(option.value, option.count) for option in offered] == [("gone", 1)]
    assert client.get("/components/bin-days/").status_code == 200
    assert client.get("/api/v1/components", {"source": "gone"}).json()["items"][0]["slug"] == "bin-days"
    assert Component.objects.filter(slug="bin-days").exists()


def test_search_entries_are_the_same_by_part_and_whole(failing):
    by_part = SearchEntry.objects.values().get()
    refresh_search()
    assert SearchEntry.objects.values().get() == by_part
