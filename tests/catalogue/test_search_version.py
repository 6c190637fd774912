"""Answers that are kept in a process are exactly as fresh as the database."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from catalogue.models import Component, Function, PeerGroup, SearchEntry, SearchTerm, SearchWord, search_version
from registry.actions.search import refresh_search
from tests import factories

ADDRESSES = (
    "components?facets=true&count=true",
    "components?function=bins&facets=true",
    "components?q=bin&facets=true",
)


@pytest.fixture
def shelf(db):
    bins = factories.function(slug="bins", name="Missed bins")
    factories.component(slug="days", name="Bin days", functions=[bins], licence="MIT")
    refresh_search()
    return bins


@pytest.mark.parametrize("model", [SearchEntry, SearchTerm, SearchWord, Function, PeerGroup])
def test_version_changes_with_every_table_that_a_search_reads(shelf, model):
    before = search_version()
    assert search_version() == before != ""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE false")
    assert search_version() != before


def test_version_is_not_given_again_after_a_change_is_undone(shelf):
    versions = {search_version()}
    for _ in range(2):
        with transaction.atomic():
            refresh_search()
            versions.add(search_version())
            transaction.set_rollback(True)
    assert len(versions) == 3


@pytest.mark.parametrize("address", ADDRESSES)
def test_answer_shows_a_change_at_once(shelf, client, address):
    def read() -> dict:
        return client.get(f"/api/v1/{address}").json()

    def names() -> list[str]:
        return [item["name"] for item in read()["items"]]

    assert names() == names() == ["Bin days"]
    more = factories.component(slug="more", name="More bin days", functions=[shelf], licence="EUPL-1.2")
    refresh_search([more.id])
    assert sorted(names()) == ["Bin days", "More bin days"]
    assert {option["value"] for option in read()["facets"]["licence"]} == {"MIT", "EUPL-1.2"}
    Component.objects.filter(slug="more").update(name="Bins", licence="MIT")
    refresh_search([more.id])
    assert sorted(names()) == ["Bin days", "Bins"]
    assert [(option["value"], option["count"]) for option in read()["facets"]["licence"]] == [("MIT", 2)]
    Component.objects.get(slug="more").delete()
    assert names() == ["Bin days"]


def test_undone_change_is_not_shown(shelf, client):
    address = "/api/v1/components?facets=true"
    before = client.get(address).content
    with transaction.atomic():
        refresh_search([factories.component(name="Undone", functions=[shelf]).id])
        assert b"Undone" in client.get(address).content
        transaction.set_rollback(True)
    assert client.get(address).content == before


def test_second_answer_costs_one_query_and_is_the_same(shelf, client, django_assert_num_queries):
    address = "/api/v1/components?q=bin&facets=true"
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_answer_is_made_anew_the_next_day(shelf, client, monkeypatch):
    address = "/api/v1/components?freshness=confirmed&facets=true"
    factories.adoption(component=Component.objects.get(slug="days"), confirmed="2025-12-01")
    refresh_search()
    for day, found in (("2026-11-23", 1), ("2026-12-02", 0)):
        monkeypatch.setattr("django.utils.timezone.now", lambda day=day: moment(day))
        assert len(client.get(address).json()["items"]) == found


def moment(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


def test_lists_of_another_host_keep_their_own_links(shelf, client, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    refresh_search([factories.component(name="Bins again", functions=[shelf]).id])
    for host in settings.ALLOWED_HOSTS:
        following = client.get("/api/v1/components?limit=1", headers={"host": host}).json()["next"]
        assert following.startswith(f"http://{host}/")
