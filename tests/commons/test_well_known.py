"""Programs find the API at the address that RFC 9727 names."""

import pytest

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def linkset(client) -> dict[str, dict]:
    response = client.get("/.well-known/api-catalog")
    assert response.status_code == 200
    return {links["anchor"]: links for links in response.json()["linkset"]}


def test_api_catalog_lists_the_api_and_names_its_profile(client):
    response = client.get("/.well-known/api-catalog")
    assert response.headers["Content-Type"] == (
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    items = linkset(client)[f"{HOST}/.well-known/api-catalog"]["item"]
    assert [item["href"] for item in items[:2]] == [f"{HOST}/api/v1/", f"{HOST}/v1/"]
    for item in items[:2]:
        assert set(linkset(client)[item["href"]]) >= {"service-desc", "service-doc", "status"}


@pytest.mark.parametrize("root", ["/api/v1/", "/v1/"])
def test_every_link_about_the_api_leads_somewhere(client, root):
    about = linkset(client)[f"{HOST}{root}"]
    for link in [*about["service-desc"], *about["service-doc"]]:
        found = client.get(link["href"].removeprefix(HOST))
        assert found.status_code == 200
        assert found.headers["Content-Type"].split(";")[0] == link["type"].split(";")[0]


def test_what_can_be_harvested_is_listed_in_both_forms(client):
    _, _, *harvested = linkset(client)[f"{HOST}/.well-known/api-catalog"]["item"]
    assert [item["href"] for item in harvested] == [f"{HOST}/catalog.ttl", f"{HOST}/services.ttl"]
    for item in harvested:
        about = linkset(client)[item["href"]]
        assert client.get(item["href"].removeprefix(HOST)).headers["Content-Type"].startswith("text/turtle")
        for link in [*about["alternate"], *about["service-doc"]]:
            found = client.get(link["href"].removeprefix(HOST))
            assert found.headers["Content-Type"].split(";")[0] == link["type"]


def test_head_says_where_the_catalog_is(client):
    response = client.head("/.well-known/api-catalog")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Link"] == f'<{HOST}/.well-known/api-catalog>; rel="api-catalog"'


def test_only_reading_is_allowed(client):
    assert client.post("/.well-known/api-catalog").status_code == 405


@pytest.mark.parametrize("address", ["/api/", "/data/"])
def test_pages_for_programs_link_to_it(client, address):
    assert '<link rel="api-catalog" href="/.well-known/api-catalog">' in client.get(address).content.decode()


def test_health_is_where_the_catalog_says(client):
    [status] = linkset(client)[f"{HOST}/api/v1/"]["status"]
    found = client.get(status["href"].removeprefix(HOST))
    assert found.status_code in (200, 503)
    assert found.headers["Content-Type"].split(";")[0] == status["type"]
