"""Pages that are kept in a process are exactly as fresh as the database, and nobody's but everybody's."""

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalogue.models import Component
from commons import kept_pages
from commons.kept import database_version
from registry.actions.search import refresh_search
from tests import factories

# Keeping needs a transaction that ends: what one wrote itself is in no version.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


@pytest.fixture(autouse=True)
def nothing_kept_yet():
    kept_pages.PAGES.answers.clear()


@pytest.fixture
def bins():
    return factories.component(slug="bins", name="Missed bins")


def record(**fields) -> None:
    factories.component(**fields)
    refresh_search()


def again(ask, queries: int = 1):
    """What `ask` answers from what was kept. Another session of the server may commit between two questions: try."""
    for _ in range(30):
        ask()
        with CaptureQueriesContext(connection) as asked:
            answer = ask()
        if len(asked) == queries:
            return answer
    raise AssertionError(f"It always takes {len(asked)} queries.")


def unchanged(ask):
    """`ask` twice, until nobody else commits meanwhile."""
    for _ in range(30):
        before = database_version()
        ask()
        if database_version() == before != "":
            return before
    raise AssertionError("The version never stays.")


def test_version_stays_until_something_is_committed(bins):
    before = unchanged(Component.objects.count)
    with transaction.atomic():
        assert database_version() != ""
        factories.component()
        assert database_version() == ""
    assert database_version() not in (before, "")


def test_kept_page_costs_one_query_and_is_the_same(bins, client):
    first = client.get("/components/bins/")
    kept = again(lambda: client.get("/components/bins/"))
    assert (kept.content, kept.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert kept.headers["Cache-Control"] == "no-cache"
    assert {"Accept", "Cookie"} <= {name.strip() for name in kept.headers["Vary"].split(",")}


def test_reader_who_has_the_page_gets_304(bins, client):
    etag = client.get("/components/bins/").headers["ETag"]
    kept = again(lambda: client.get("/components/bins/", headers={"If-None-Match": etag}))
    assert (kept.status_code, kept.content) == (304, b"")


@pytest.mark.parametrize("address", ["/", "/components/", "/organisations/", "/functions/", "/reports/adoption/"])
def test_kept_page_shows_a_change_at_once(bins, client, address):
    for number in range(3):
        record(name=f"Component {number}")
        factories.organisation(name=f"Body {number}")
        factories.function(name=f"Function {number}")
        one, two = client.get(address), client.get(address)
        assert one.content == two.content
        kept_pages.PAGES.answers.clear()
        assert client.get(address).content == one.content


def test_undone_change_is_not_shown(bins, client):
    before = client.get("/components/bins/").content
    with transaction.atomic():
        bins.name = "Undone"
        bins.save()
        assert b"Undone" in client.get("/components/bins/").content
        transaction.set_rollback(True)
    assert client.get("/components/bins/").content == before


def test_somebody_with_a_cookie_gets_a_page_of_their_own(bins, client):
    client.get("/components/bins/")
    client.cookies["sessionid"] = "x"
    response = client.get("/components/bins/")
    assert "ETag" not in response.headers
    assert len(kept_pages.PAGES.answers) == 1


@pytest.mark.parametrize(
    ("address", "headers", "kind"),
    [
        ("/components/?format=csv", {}, "text/csv"),
        ("/components/", {"Accept": "application/json"}, "application/json"),
        ("/components/", {"Accept": "text/html"}, "text/html"),
    ],
)
def test_kept_page_does_not_stand_in_for_a_file(bins, client, address, headers, kind):
    client.get("/components/")
    assert client.get(address, headers=headers).headers["Content-Type"].startswith(kind)


def test_what_is_not_a_page_is_not_kept(bins, client):
    assert client.get("/components/nowhere/").status_code == 404
    assert client.get("/components/?page=99").status_code == 302
    assert client.get("/components/?kind=nonsense").status_code == 400
    assert not kept_pages.PAGES.answers


def test_page_is_made_anew_the_next_day(bins, client):
    def page(day: str) -> bytes:
        with time_machine.travel(f"{day}T12:00:00Z", tick=False):
            return client.get("/components/bins/").content

    unchanged(lambda: [page(day) for day in ("2026-11-24", "2026-11-25")])
    assert b"25 November 2026" in page("2026-11-25")
    assert b"25 November 2026" not in page("2026-11-24")


@pytest.mark.parametrize("address", ["organisations", "functions", "organisations/one", "declarations", "peer-groups"])
def test_answer_of_the_api_is_kept_as_a_page_is(client, address):
    factories.organisation(slug="one", name="One")
    first = client.get(f"/api/v1/{address}")
    etag = first.headers["ETag"]
    assert again(lambda: client.get(f"/api/v1/{address}", headers={"If-None-Match": etag})).status_code == 304
    factories.organisation(name="Two")
    assert (client.get(f"/api/v1/{address}").content != first.content) == (address == "organisations")


def test_connection_that_the_server_ended_is_found_out_without_asking(bins, client):
    client.get("/components/bins/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    assert connection.is_usable()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
    finally:
        other.close()
    assert not connection.is_usable()
    connection.close()
    assert client.get("/components/bins/").status_code == 200
