"""What a component needs, what needs it, and what breaks if it retires."""

import csv
from io import StringIO

import pytest
from django.utils import timezone

from catalogue.models import Component
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> dict[str, Component]:
    """shop needs till, till needs bank, bank needs till (a circle); shop is based on plan; secret is a draft."""
    made = {name: factories.component(slug=name, name=name.title()) for name in ("shop", "till", "bank", "plan", "far")}
    made["secret"] = factories.component(slug="secret", name="Secret", lifecycle="draft")
    for one, relation, other in (
        ("shop", "requires", "till"),
        ("till", "requires", "bank"),
        ("bank", "requires", "till"),
        ("shop", "based_on", "plan"),
        ("secret", "requires", "till"),
        ("till", "requires", "secret"),
        ("far", "requires", "shop"),
        ("till", "works_with", "plan"),
    ):
        factories.relation(made[one], relation, made[other])
    return made


def page_of(client, slug: str, query: str = "") -> str:
    response = client.get(f"/components/{slug}/dependencies/{query}")
    assert response.status_code == 200
    return response.content.decode()


def listed(client, slug: str, depth: int) -> set[tuple[str, str, str]]:
    response = client.get(f"/components/{slug}/dependencies.csv?depth={depth}")
    rows = csv.DictReader(StringIO(b"".join(response.streaming_content).decode()))
    return {(row["slug"], row["direction"], row["steps"]) for row in rows}


def test_depth_bounds_the_walk_and_circles_end(client, chain):
    assert listed(client, "shop", 1) == {("till", "needed", "1"), ("plan", "needed", "1"), ("far", "needs it", "1")}
    assert listed(client, "shop", 2) == listed(client, "shop", 1) | {("bank", "needed", "2")}
    assert listed(client, "shop", 3) == listed(client, "shop", 2)
    assert listed(client, "bank", 3) == {
        ("till", "needed", "1"), ("shop", "needs it", "2"), ("far", "needs it", "3"),
    }  # fmt: skip


def test_page_shows_the_picture_and_the_list_beside_it(client, chain, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = page_of(client, "shop", "?depth=2")

    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert 'role="img"' in page
    assert "Shop needs 3 and is needed by 1" in page
    assert 'href="/components/till/"' in page
    assert "needed by Till" in page
    assert "Secret" not in page


def test_what_breaks_counts_each_body_once(client, chain):
    body, other = factories.organisation(), factories.organisation()
    today = timezone.localdate()
    for slug, organisation in (("till", body), ("shop", body), ("far", other), ("plan", factories.organisation())):
        factories.adoption(component=chain[slug], organisation=organisation, confirmed=today)
    factories.adoption(component=chain["far"], stage="retired", confirmed=today)

    page = page_of(client, "till")

    assert "3 components cannot run without Till" in page  # shop, bank and far: not plan, which is only its neighbour
    assert "2 public bodies would be affected" in page


def test_component_without_relations_says_so(client):
    factories.component(slug="alone", name="Alone")

    page = page_of(client, "alone")

    assert "<svg xmlns" not in page.split("<main")[1]
    assert "Nobody has said that it needs another component." in page
    assert "No component is recorded to need Alone. Used by 0 public bodies." in page


def test_more_than_thirty_are_a_list_only(client):
    hub = factories.component(slug="hub")
    for _ in range(30):
        factories.relation(factories.component(), "requires", hub)

    page = page_of(client, "hub")

    assert "too many for a picture" in page
    assert page.count("needs Component") == 30
    assert client.get("/components/hub/dependencies.svg").status_code == 404
    component = client.get("/components/hub/").content.decode()
    assert 'href="/components/hub/dependencies/"' in component
    assert "dependencies.svg" not in component


def test_picture_has_an_address_of_its_own(client, chain):
    response = client.get("/components/shop/dependencies.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert b"<title" in response.content


@pytest.mark.parametrize("query", ["?depth=4", "?depth=0", "?depth=x", "?deep=1"])
def test_other_depths_are_refused(client, chain, query):
    for address in ("dependencies/", "dependencies.svg", "dependencies.csv"):
        assert client.get(f"/components/shop/{address}{query}").status_code == 400


def test_draft_has_no_page(client, chain):
    for address in ("dependencies/", "dependencies.svg", "dependencies.csv"):
        assert client.get(f"/components/secret/{address}").status_code == 404


def test_component_page_leads_there(client, chain):
    page = client.get("/components/shop/").content.decode()

    assert 'src="/components/shop/dependencies.svg"' in page
    assert 'href="/components/shop/dependencies/"' in page


def test_component_page_of_what_only_works_with_others_has_no_picture(client, chain):
    factories.relation(factories.component(slug="lone"), "works_with", chain["till"])
    assert "/components/lone/dependencies" not in client.get("/components/lone/").content.decode()
