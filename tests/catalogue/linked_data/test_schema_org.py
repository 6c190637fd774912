import pytest

from catalogue.models import Relation
from registry.actions.search import refresh_search
from tests import factories

pytestmark = pytest.mark.django_db


def read(client, slug: str) -> dict:
    response = client.get(f"/components/{slug}.jsonld")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/ld+json")
    return response.json()


def test_component_is_described_with_who_maintains_it(client):
    pay = factories.component(
        slug="pay",
        name="Pay",
        url="https://pay.example/a b",
        licence="MIT",
        repository="https://code.example/pay",
        documentation="ask us",
        functions=[factories.function(name="Payments")],
    )
    factories.stewardship(component=pay, organisation=factories.organisation(slug="ash", name="Ash Council"))
    Relation.objects.create(component=pay, relation="based_on", other=factories.component(slug="till"))
    refresh_search()
    said = read(client, "pay")
    assert said["@context"] == "https://schema.org"
    assert said["@type"] == "SoftwareApplication"
    assert said["url"] == "http://testserver/components/pay/"
    assert said["sameAs"] == "https://pay.example/a%20b"
    assert said["license"] == "https://spdx.org/licenses/MIT"
    assert said["keywords"] == ["Payments"]
    assert [body["name"] for body in said["maintainer"]] == ["Ash Council"]
    assert said["isBasedOn"] == ["http://testserver/components/till/#component"]
    assert said["hasPart"]["codeRepository"] == "https://code.example/pay"
    assert "subjectOf" not in said


def test_profile_and_standards_are_told(client):
    pay = factories.component(slug="pay", documentation="https://pay.example/docs")
    factories.profile(
        component=pay, contact_email="ada@a.example", version="1.10", languages=["cy"], keywords=["cards"],
        api_description_url="https://pay.example/openapi.json",
    )  # fmt: skip
    factories.stewardship(component=pay)
    pay.standards.add(factories.standard(name="Payments", address="https://standards.example/pay"))
    refresh_search()
    said = read(client, "pay")
    assert (said["softwareVersion"], said["inLanguage"], said["keywords"]) == ("1.10", ["cy"], ["cards"])
    assert said["http://purl.org/dc/terms/conformsTo"] == [{"@id": "https://standards.example/pay", "name": "Payments"}]
    assert said["maintainer"][0]["contactPoint"] == {"@type": "ContactPoint", "email": "ada@a.example"}
    assert [text["url"] for text in said["subjectOf"]] == [
        "https://pay.example/docs",
        "https://pay.example/openapi.json",
    ]


@pytest.mark.parametrize(("kind", "type"), [("dataset", "Dataset"), ("process", "HowTo")])
def test_bare_component_says_only_what_is_known(client, kind, type):
    factories.component(slug="bare", kind=kind, summary="", lifecycle="")
    refresh_search()
    assert set(read(client, "bare")) == {"@context", "@type", "@id", "identifier", "name", "url", "isPartOf"}
    assert read(client, "bare")["@type"] == type


def test_licence_in_words_stays_words(client):
    factories.component(slug="bare", licence="ask us")
    refresh_search()
    assert read(client, "bare")["license"] == {"@type": "CreativeWork", "name": "ask us"}


def test_draft_and_unknown_component_are_not_found(client):
    factories.component(slug="secret", lifecycle="draft")
    refresh_search()
    assert client.get("/components/secret.jsonld").status_code == 404
    assert client.get("/components/nothing.jsonld").status_code == 404
    assert client.get("/components/nothing.jsonld?x=1").status_code == 400


def test_description_is_not_sent_again_while_it_is_the_same(client):
    factories.component(slug="pay")
    refresh_search()
    etag = client.get("/components/pay.jsonld").headers["ETag"]
    assert client.get("/components/pay.jsonld", headers={"If-None-Match": etag}).status_code == 304


def test_page_links_to_it(client):
    factories.component(slug="pay")
    assert 'type="application/ld+json" href="/components/pay.jsonld"' in client.get("/components/pay/").content.decode()
