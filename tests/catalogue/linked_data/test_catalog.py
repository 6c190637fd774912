"""The catalogue in DCAT-AP: valid by the shapes of the standard, page by page, without drafts."""

import os
import sys
from pathlib import Path
from subprocess import run

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, RDF, RDFS
from rdflib.plugins.parsers.jsonld import to_rdf

from catalogue.linked_data import pages as harvest
from catalogue.linked_data.addresses import web_uri
from catalogue.linked_data.vocabulary import DCAT, HYDRA, VCARD
from catalogue.models import Relation
from public_value.pack import EVERY_SHEET
from registry.actions.search import refresh_search
from registry.models import Commons
from registry.pack.loading import load_pack
from tests import factories
from tests.shared import SHAPES, UK_PACK, needs
from tests.system.hostile import PAYLOADS

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).parents[3] / "demo"
FORMS = {"ttl": "text/turtle", "jsonld": "application/ld+json"}
ROOT = "http://testserver/"
CATALOG = URIRef(f"{ROOT}#catalog")


def component(slug: str) -> URIRef:
    return URIRef(f"{ROOT}components/{slug}/#component")


def read(client, form: str = "ttl", address: str = "") -> Graph:
    response = client.get(address or f"/catalog.{form}")
    assert response.status_code == 200
    if form == "ttl":
        return Graph().parse(data=response.content, format="turtle")
    page = Graph()
    to_rdf(response.json(), page)  # what parse() does, but for a warning of its own
    return page


def pages(client, form: str = "ttl") -> list[Graph]:
    found = [read(client, form)]
    while onward := next_of(found[-1]):
        found.append(read(client, form, onward))
    return found


def next_of(page: Graph) -> str:
    here = page.value(predicate=RDF.type, object=HYDRA.PagedCollection)
    return str(page.value(here, HYDRA.next) or "")


def violations(page: Graph) -> str:
    conforms, _, text = validate(page, shacl_graph=Graph().parse(SHAPES), inplace=False)
    return "" if conforms else text


def recorded(**fields):
    made = factories.component(**fields)
    refresh_search()
    return made


@needs(SHAPES)
@pytest.mark.parametrize("form", FORMS)
def test_demo_pack_keeps_to_the_shapes(client, form):
    load_pack(DEMO, sheets=EVERY_SHEET)
    refresh_search()
    [page] = pages(client, form)
    assert violations(page) == ""
    assert len(set(page.subjects(RDF.type, DCAT.Dataset))) >= 10


@needs(SHAPES)
@needs(UK_PACK)
def test_uk_pack_keeps_to_the_shapes_on_every_page(client):
    load_pack(UK_PACK, sheets=EVERY_SHEET)
    refresh_search()
    found = pages(client)
    assert len(found) == 2
    assert [violations(page) for page in found] == ["", ""]
    listed = {item for page in found for item in page.objects(CATALOG, DCAT.service | DCAT.dataset | DCAT.resource)}
    assert len(listed) == int(next(found[0].objects(None, HYDRA.totalItems)))


@needs(SHAPES)
def test_shapes_find_what_is_wrong(client):
    recorded(slug="bins", kind="dataset")
    page = read(client)
    page.remove((component("bins"), DCTERMS.title, None))
    assert "title" in violations(page)


@needs(SHAPES)
def test_empty_registry_is_a_valid_catalogue(client):
    page = read(client)
    assert violations(page) == ""
    assert page.value(CATALOG, DCTERMS.title) == Literal("Digital commons registry")
    assert next_of(page) == ""


@pytest.mark.parametrize("form", FORMS)
def test_dataset_has_a_distribution_where_its_address_is_known(client, form):
    factories.component(slug="lost", kind="dataset", url="ask the office")
    recorded(slug="bins", kind="dataset", url="https://a.example/bins days.csv", licence="CC-BY-4.0")
    page = read(client, form)
    distribution = page.value(component("bins"), DCAT.distribution)
    assert page.value(distribution, DCAT.accessURL) == URIRef("https://a.example/bins%20days.csv")
    assert page.value(distribution, DCTERMS.license) == URIRef("https://spdx.org/licenses/CC-BY-4.0")
    assert page.value(component("lost"), DCAT.distribution) is None


def test_service_without_an_address_is_no_data_service(client):
    factories.component(slug="pay", url="https://pay.example/")
    recorded(slug="lost", url="")
    page = read(client)
    assert page.value(component("pay"), DCAT.endpointURL) == URIRef("https://pay.example/")
    assert (CATALOG, DCAT.service, component("pay")) in page
    assert page.value(component("lost"), RDF.type) == DCAT.Resource
    assert (CATALOG, DCAT.resource, component("lost")) in page


def test_process_is_a_resource_of_the_type_plan(client):
    recorded(slug="steps", kind="process", url="https://a.example/steps")
    page = read(client)
    assert page.value(component("steps"), RDF.type) == DCAT.Resource
    assert page.value(component("steps"), DCTERMS.type) == PROV.Plan
    assert page.value(component("steps"), FOAF.page) == URIRef("https://a.example/steps")


def test_publisher_is_who_looks_after_most_of_it_or_the_registry(client):
    Commons.objects.update_or_create(id=1, defaults={"title": "Commons of Tamber", "licence": "CC0-1.0"})
    bins, council = factories.component(slug="bins"), factories.organisation(slug="ash", name="Ash Council")
    factories.stewardship(component=bins, organisation=council, share=0.7)
    factories.stewardship(component=bins, share=0.3)
    recorded(slug="alone")
    page = read(client)
    keeper = URIRef(f"{ROOT}organisations/ash/#organisation")
    assert page.value(component("bins"), DCTERMS.publisher) == keeper
    assert page.value(keeper, FOAF.name) == Literal("Ash Council")
    registry = page.value(component("alone"), DCTERMS.publisher)
    assert registry == page.value(CATALOG, DCTERMS.publisher)
    assert page.value(registry, FOAF.name) == Literal("Commons of Tamber")
    assert page.value(CATALOG, DCTERMS.license) == URIRef("https://spdx.org/licenses/CC0-1.0")


def test_licence_in_words_keeps_its_words(client):
    recorded(slug="bins", licence="MIT OR ask us")
    page = read(client)
    licence = page.value(component("bins"), DCTERMS.license)
    assert (licence, RDF.type, DCTERMS.LicenseDocument) in page
    assert page.value(licence, RDFS.label) == Literal("MIT OR ask us")


def test_relations_are_told_by_their_meaning(client):
    old, pay = factories.component(slug="old", lifecycle="retired"), factories.component(slug="pay")
    old.successor = pay
    old.save()
    Relation.objects.create(component=pay, relation="requires", other=recorded(slug="login"))
    refresh_search()
    page = read(client)
    assert (component("pay"), DCTERMS.requires, component("login")) in page
    assert (component("old"), DCTERMS.isReplacedBy, component("pay")) in page


def test_profile_and_standards_are_told(client):
    pay = factories.component(slug="pay", url="https://pay.example/")
    factories.profile(
        component=pay, contact_name="Ada", contact_email="ada@a.example", contact_url="https://a.example/help",
        version="1.10", languages=["cy", "zz"], keywords=["cards"], api_description_url="https://pay.example/openapi.json",
    )  # fmt: skip
    named = factories.standard(slug="own", name="Own words")
    pay.standards.add(factories.standard(name="Payments", address="https://standards.example/pay"), named)
    refresh_search()
    page = read(client)
    it, standard = component("pay"), URIRef("https://standards.example/pay")
    assert set(page.objects(it, DCTERMS.conformsTo)) == {standard, URIRef(f"{ROOT}#standard-own")}
    assert page.value(standard, DCTERMS.title) == Literal("Payments")
    assert page.value(it, DCAT.endpointDescription) == URIRef("https://pay.example/openapi.json")
    assert page.value(it, DCAT.version) == Literal("1.10")
    assert [str(one).rpartition("/")[2] for one in page.objects(it, DCTERMS.language)] == ["CYM"]
    contact = page.value(it, DCAT.contactPoint)
    assert page.value(contact, VCARD.fn) == Literal("Ada")
    assert page.value(contact, VCARD.hasEmail) == URIRef("mailto:ada@a.example")
    if SHAPES.exists():
        assert violations(page) == ""


@pytest.mark.parametrize("form", FORMS)
def test_draft_is_nowhere(client, form):
    pay, secret = factories.component(slug="pay"), factories.component(slug="hidden", name="Hidden", lifecycle="draft")
    pay.successor = secret
    pay.save()
    Relation.objects.create(component=pay, relation="requires", other=secret)
    refresh_search()
    assert b"idden" not in client.get(f"/catalog.{form}").content


@pytest.mark.parametrize("form", FORMS)
def test_pages_have_every_component_once(client, form, monkeypatch):
    monkeypatch.setattr(harvest, "PAGE", 3)
    slugs = {factories.component(kind=kind).slug for kind in ("service", "dataset", "process") for _ in range(2)}
    refresh_search()
    found = pages(client, form)
    told = [str(identifier) for page in found for identifier in page.objects(None, DCTERMS.identifier)]
    assert len(found) == 2
    assert sorted(told) == sorted(slugs)
    assert client.get(f"/catalog.{form}").headers["Link"].endswith('rel="next"')


@pytest.mark.parametrize("query", ["?after=No Such", "?after=%3Cx%3E", "?page=2", "?after=%00"])
def test_wrong_page_is_refused(client, query):
    assert client.get(f"/catalog.ttl{query}").status_code == 400


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", FORMS)
def test_catalogue_is_kept_until_something_is_recorded(client, form):
    recorded(slug="pay")
    first = client.get(f"/catalog.{form}")
    assert first.headers["Content-Type"].startswith(FORMS[form])
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    asked = []
    for _ in range(10):  # what another test commits meanwhile beside this one makes it anew
        with CaptureQueriesContext(connection) as queries:
            again = client.get(f"/catalog.{form}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        asked.append(len(queries))
    assert min(asked) <= 2
    recorded(slug="bins")
    assert client.get(f"/catalog.{form}").headers["ETag"] != first.headers["ETag"]


def test_questions_do_not_grow_with_components(client, django_assert_max_num_queries):
    for _ in range(30):
        factories.component(functions=[factories.function()])
    refresh_search()
    with django_assert_max_num_queries(6):
        client.get("/catalog.ttl")


EVERY_PROCESS = """
from rdflib import Literal, URIRef
from catalogue.linked_data.vocabulary import DCTERMS, empty_graph
from catalogue.linked_data.views import JSON_LD, TURTLE, serialised
graph = empty_graph()
for number in range(40):
    for other in range(4):
        graph.add((URIRef(f"http://a/{number}"), DCTERMS.relation, URIRef(f"http://a/{other}")))
        graph.add((URIRef(f"http://a/{number}"), DCTERMS.title, Literal(f"Title {other}")))
print(serialised(graph, TURTLE), serialised(graph, JSON_LD))
"""


def test_every_process_gives_the_same_bytes():
    """Else an ETag of one would mean nothing to another."""
    setup = f"import django; django.setup()\n{EVERY_PROCESS}"
    told = {
        run(
            [sys.executable, "-c", setup],
            env=os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            cwd=DEMO.parent,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1


@pytest.mark.parametrize("address", ["/data/", "/components/"])
def test_catalogue_is_linked(client, address):
    page = client.get(address).content.decode()
    assert 'href="/catalog.ttl"' in page
    assert 'href="/catalog.jsonld"' in page


def test_hostile_text_is_text_in_both_forms(client):
    """The two forms are written and read by different programs: what is the same in both is as it was."""
    texts = ("name", "summary", "description", "repository", "documentation", "licence")
    for number, payload in enumerate(PAYLOADS):
        for start in ("", "https://evil.example/"):
            made = factories.component(
                slug=f"part-{number}-{len(start)}",
                kind="dataset",
                functions=[factories.function(name=payload)],
                url=start + payload,
                **dict.fromkeys(texts, payload),
            )
            factories.stewardship(component=made, organisation=factories.organisation(name=payload))
    refresh_search()
    turtle, linked = read(client, "ttl"), read(client, "jsonld")
    assert said(turtle) == said(linked)
    assert {str(title) for title in turtle.objects(None, DCTERMS.title)} >= set(PAYLOADS)
    assert [node for node in turtle.all_nodes() if isinstance(node, URIRef) and web_uri(str(node)) != str(node)] == []


def said(page: Graph) -> set:
    """Everything but what names the page itself."""
    return {each for each in page if HYDRA.view not in each and "/catalog." not in str(each[0])}
