import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.utils import timezone

from catalogue.models import Component
from registry.actions.search import refresh_search
from tests import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def catalogue():
    for name in ("Bin days", "Bin rounds", "Pothole map"):
        factories.component(name=name, slug=name.lower().replace(" ", "-"), summary=f"What {name} is for.")
    factories.component(name="Bin secret", lifecycle="draft")
    factories.component(name="Bin\x0b&\uffff<script>alert(1)</script>", slug="odd")
    refresh_search()


def titles(response) -> list[str]:
    assert response.status_code == 200
    return [title.text for title in ElementTree.fromstring(response.content).iter(f"{ATOM}title")][1:]


def test_feed_has_what_the_search_finds_last_change_first(client, catalogue, django_assert_max_num_queries):
    Component.objects.filter(slug="bin-days").update(summary="Changed.")
    refresh_search()
    with django_assert_max_num_queries(6):
        response = client.get("/components.atom?q=bin&sort=name")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles(response)[0] == "Bin days"
    assert sorted(titles(response)) == ["Bin & <script>alert(1)</script>", "Bin days", "Bin rounds"]


def test_feed_names_itself_the_search_and_each_component(client, catalogue):
    root = ElementTree.fromstring(client.get("/components.atom?q=rounds&kind=service").content)
    assert root.find(f"{ATOM}title").text == "Components: “rounds”, Kind: Service"
    entry = root.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == Component.objects.get(slug="bin-rounds").uuid.urn
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/components/bin-rounds/"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/components.atom?kind=service&q=rounds"


@pytest.mark.parametrize("letter", ["%01", "%EF%BF%BE", "%EF%BF%BF"])
def test_feed_of_odd_letters_is_a_feed(client, catalogue, letter):
    assert titles(client.get(f"/components.atom?q=zeppelin{letter}")) == []


def test_feed_is_not_sent_twice_to_who_has_it(client, catalogue):
    first = client.get("/components.atom")
    again = client.get("/components.atom", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_feed_of_nothing_and_of_a_wrong_search(client, catalogue):
    assert titles(client.get("/components.atom?q=zeppelin")) == []
    assert client.get("/components.atom?kind=submarine").status_code == 400
    assert client.post("/components.atom").status_code == 405


def test_list_leads_to_its_feed_and_letters(client, catalogue):
    page = client.get("/components/?q=bin&sort=name&page=1").content.decode()
    assert 'href="/components.atom?q=bin"' in page
    assert 'href="/alerts/new/?q=bin"' in page
    assert timezone.now() - Component.objects.latest("updated_at").updated_at < timedelta(minutes=10)
