"""The services in CPSV-AP: valid by shapes of our own, page by page, only those that a body looks after."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD

from catalogue.linked_data import pages as harvest
from catalogue.linked_data.addresses import mail_uri
from catalogue.linked_data.languages import language_uri
from catalogue.linked_data.vocabulary import ADMS, CPSV, CV, DCAT, HYDRA, LOCN
from public_value.pack import EVERY_SHEET
from registry.actions.search import refresh_search
from registry.models import Commons
from registry.pack.loading import load_pack
from tests import factories
from tests.catalogue.linked_data.test_catalog import DEMO, FORMS, component, next_of, read, said
from tests.shared import UK_PACK, needs
from tests.system.hostile import PAYLOADS

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).with_name("cpsv_ap_shapes.ttl")


def services(client, form: str = "ttl") -> list[Graph]:
    found = [read(client, form, f"/services.{form}")]
    while onward := next_of(found[-1]):
        found.append(read(client, form, onward))
    return found


def violations(page: Graph) -> str:
    conforms, _, text = validate(page, shacl_graph=Graph().parse(SHAPES), inplace=False)
    return "" if conforms else text


def kept(**fields):
    made = factories.component(**fields)
    factories.stewardship(
        component=made, organisation=factories.organisation(slug=f"of-{made.slug}", name="Ash Council")
    )
    refresh_search()
    return made


@pytest.mark.parametrize("form", FORMS)
def test_demo_pack_keeps_to_the_shapes(client, form):
    load_pack(DEMO, sheets=EVERY_SHEET)
    refresh_search()
    [page] = services(client, form)
    assert violations(page) == ""
    assert len(set(page.subjects(RDF.type, CPSV.PublicService))) >= 10
    assert len(set(page.subjects(RDF.type, CV.Cost))) >= 10


@needs(UK_PACK)
def test_uk_pack_keeps_to_the_shapes(client):
    load_pack(UK_PACK, sheets=EVERY_SHEET)
    refresh_search()
    assert {violations(page) for page in services(client)} == {""}


def test_shapes_find_what_is_wrong(client):
    kept(slug="pay", fixed_fee="100")
    [page] = services(client)
    assert violations(page) == ""
    page.remove((None, CV.hasCompetentAuthority, None))
    assert "hasCompetentAuthority" in violations(page)


def test_service_says_what_is_held_of_it(client):
    Commons.objects.update_or_create(id=1, defaults={"country": "GB", "currency": "GBP"})
    pay = factories.component(
        slug="pay", name="Pay", url="https://pay.example/", functions=[factories.function(slug="payments")],
        price_per_transaction="0.10", fixed_fee="0",
    )  # fmt: skip
    factories.profile(
        component=pay, languages=["cy"], keywords=["cards"], contact_email="pay@a.example",
        contact_url="https://pay.example/help", start_url="https://pay.example/start",
    )  # fmt: skip
    body = factories.organisation(slug="ash", name="Ash Council")
    factories.stewardship(component=pay, organisation=body)
    refresh_search()
    [page] = services(client)
    it, council = component("pay"), URIRef("http://testserver/organisations/ash/#organisation")

    assert violations(page) == ""
    assert page.value(it, DCTERMS.title) == Literal("Pay", lang="cy")
    assert page.value(it, CV.hasCompetentAuthority) == council
    assert page.value(council, SKOS.prefLabel) == Literal("Ash Council", lang="und")
    assert page.value(page.value(council, DCTERMS.spatial), LOCN.geographicName) == Literal("GB")
    assert page.value(it, CV.thematicArea) == URIRef("http://testserver/functions/payments/#function")
    assert page.value(it, ADMS.status) == URIRef("http://purl.org/adms/status/Completed")
    assert page.value(it, DCTERMS.language) == URIRef(language_uri("cy"))
    assert page.value(it, DCAT.keyword) == Literal("cards", lang="cy")
    channels = {str(page.value(channel, DCTERMS.identifier)) for channel in page.objects(it, CV.hasChannel)}
    assert channels == {"https://pay.example/", "https://pay.example/start"}
    assert page.value(page.value(it, CV.contactPoint), CV.email) == Literal("pay@a.example")
    costs = {page.value(cost, CV.hasValue).toPython() for cost in page.objects(it, CV.hasCost)}
    assert costs == {0.1, 0.0}
    assert (None, CV.hasValue, Literal("0.1", datatype=XSD.double)) in page


def test_what_nobody_stated_is_not_there(client):
    kept(slug="bare", lifecycle="", summary="")
    [page] = services(client)
    assert violations(page) == ""
    for predicate in (ADMS.status, CV.hasCost, CV.hasChannel, CV.contactPoint, DCTERMS.language, CV.thematicArea):
        assert page.value(component("bare"), predicate) is None


@pytest.mark.parametrize("form", FORMS)
def test_only_services_that_somebody_looks_after_are_there(client, form):
    kept(slug="pay")
    kept(slug="data", kind="dataset")
    kept(slug="secret", name="Secret", lifecycle="draft")
    factories.component(slug="alone")
    refresh_search()
    [page] = services(client, form)
    assert set(page.subjects(RDF.type, CPSV.PublicService)) == {component("pay")}
    assert int(next(page.objects(None, HYDRA.totalItems))) == 1


@pytest.mark.parametrize("form", FORMS)
def test_pages_have_every_service_once(client, form, monkeypatch):
    monkeypatch.setattr(harvest, "PAGE", 2)
    slugs = {kept().slug for _ in range(5)}
    found = services(client, form)
    told = [str(one) for page in found for one in page.objects(None, HYDRA.member)]
    assert len(found) == 3
    assert sorted(told) == sorted(str(component(slug)) for slug in slugs)


def test_empty_registry_has_an_empty_list(client):
    [page] = services(client)
    assert violations(page) == ""
    assert client.get("/services.ttl?page=2").status_code == 400


def test_questions_do_not_grow_with_services(client, django_assert_max_num_queries):
    for _ in range(10):
        made = factories.component()
        factories.profile(component=made)
        factories.stewardship(component=made)
    refresh_search()
    with django_assert_max_num_queries(7):
        client.get("/services.ttl")


def test_hostile_text_is_text_in_both_forms(client):
    for payload in PAYLOADS:
        made = factories.component(
            name=payload, description=payload, url=payload, functions=[factories.function(name=payload)]
        )
        factories.profile(
            component=made, keywords=[payload[:120]], languages=[payload[:35]], contact_email=payload[:254],
            contact_url=payload, start_url=payload,
        )  # fmt: skip
        factories.stewardship(component=made, organisation=factories.organisation(name=payload, region=payload[:120]))
    refresh_search()
    [turtle], [linked] = services(client, "ttl"), services(client, "jsonld")
    assert {one for one in said(turtle) if "/services." not in str(one[0])} == {
        one for one in said(linked) if "/services." not in str(one[0])
    }
    assert violations(turtle) == ""


def test_services_are_linked(client):
    page = client.get("/data/").content.decode()
    assert 'href="/services.ttl"' in page
    assert 'href="/services.jsonld"' in page


@pytest.mark.parametrize(
    ("tag", "code"),
    [("cy", "CYM"), ("en-GB", "ENG"), ("de", "DEU"), ("fr", "FRA"), ("el", "ELL"), ("xx", ""), ("", "")],
)
def test_languages_have_the_addresses_of_the_authority_list(tag, code):
    assert language_uri(tag).rpartition("/")[2] == code


@pytest.mark.parametrize("text", ["", "ada", "ada@localhost", "a b@c.example", "a@b.example?x", "<a@b.example>"])
def test_what_is_no_plain_e_mail_address_has_no_uri(text):
    assert mail_uri(text) == ""
