"""One page of the services in CPSV-AP 3.2.0: those that a body looks after, as the standard asks who is responsible."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, QuerySet
from rdflib import Graph, Literal, URIRef

from catalogue.linked_data import pages
from catalogue.linked_data.addresses import mail_uri, web_uri
from catalogue.linked_data.languages import language_uri
from catalogue.linked_data.resources import Document, Names
from catalogue.linked_data.vocabulary import (
    ADMS,
    CPSV,
    CV,
    DCAT,
    DCTERMS,
    FOAF,
    HYDRA,
    LOCN,
    ORG,
    RDF,
    SKOS,
    STATUS,
    STATUSES,
    empty_graph,
)
from catalogue.models import ComponentKind, Profile, SearchEntry
from catalogue.readers.publiccode import languages
from registry.models import Organisation, Stewardship

CURRENCY = "http://publications.europa.eu/resource/authority/currency/"
UNDETERMINED, OURS = "und", "en"
NOT_STATED = "not stated"
COSTS = {
    "price_per_transaction": ("price", "The price of one transaction, for a body that uses the service."),
    "fixed_fee": ("fee", "The fixed fee of a year, for each body that uses the service."),
}


class ServicePage(pages.HarvestPage):
    def entries(self) -> QuerySet[SearchEntry]:
        kept = Stewardship.objects.current().filter(component=OuterRef("component"))
        return SearchEntry.objects.filter(Exists(kept), component__kind=ComponentKind.SERVICE)

    def graph(self) -> Graph:
        graph, names = empty_graph(), Names(self.root)
        self.add_paging(graph, names.services)
        graph.add((names.services, RDF.type, HYDRA.Collection))
        shown = [document for document in self.documents[: pages.PAGE] if document["stewards"]]
        slugs = {steward["slug"] for document in shown for steward in document["stewards"]}
        for body in Organisation.objects.filter(slug__in=slugs).order_by("slug"):
            add_body(graph, names, body, self.registry.country)
        for document in shown:
            graph.add((names.services, HYDRA.member, names.component(document["slug"])))
            add_service(graph, names, document)
        return graph


def add_service(graph: Graph, names: Names, document: Document) -> None:
    subject, tag = names.component(document["slug"]), tag_of(document["profile"])
    graph.add((subject, RDF.type, CPSV.PublicService))
    graph.add((subject, DCTERMS.identifier, Literal(document["slug"])))
    graph.add((subject, DCTERMS.title, Literal(document["name"], lang=tag)))
    about = document["description"] or document["summary"] or document["name"]
    graph.add((subject, DCTERMS.description, Literal(about, lang=tag)))
    graph.add((subject, FOAF.page, names.page(document["slug"])))
    for steward in document["stewards"]:
        graph.add((subject, CV.hasCompetentAuthority, names.organisation(steward["slug"])))
    for keyword in document["profile"].keywords:
        graph.add((subject, DCAT.keyword, Literal(keyword, lang=tag)))
    add_concepts(graph, names, subject, document)
    add_channels(graph, subject, document)
    add_contact(graph, subject, document["profile"])
    add_costs(graph, names, subject, document)


def tag_of(profile: Profile) -> str:
    """The language of its texts, which is only known of a service in no more than one."""
    tags = [tag for tag in profile.languages if not languages.mistake(tag)]
    return tags[0] if len(tags) == 1 else UNDETERMINED


def add_body(graph: Graph, names: Names, body: Organisation, country: str) -> None:
    """The standard asks where a body acts: its region and nation, else the registry's country."""
    subject = names.organisation(body.slug)
    graph.add((subject, RDF.type, CV.PublicOrganisation))
    graph.add((subject, RDF.type, ORG.Organization))
    graph.add((subject, SKOS.prefLabel, Literal(body.name, lang=UNDETERMINED)))
    if homepage := web_uri(body.homepage):
        graph.add((subject, FOAF.homepage, URIRef(homepage)))
    own = ", ".join(filter(None, (body.region, body.nation)))
    area = subject.defrag() + "#area" if own else names.root + "#area"
    graph.add((subject, DCTERMS.spatial, area))
    graph.add((area, RDF.type, DCTERMS.Location))
    graph.add((area, LOCN.geographicName, Literal(own or country or NOT_STATED)))


def add_concepts(graph: Graph, names: Names, subject: URIRef, document: Document) -> None:
    """Functions, stage and languages, which the standard wants as concepts."""
    for function in document["functions"]:
        area = names.function(function["slug"])
        graph.add((subject, CV.thematicArea, area))
        graph.add((area, RDF.type, SKOS.Concept))
        graph.add((area, SKOS.prefLabel, Literal(function["name"], lang=UNDETERMINED)))
    if status := STATUSES.get(document["lifecycle"]):
        graph.add((subject, ADMS.status, URIRef(STATUS + status)))
        graph.add((URIRef(STATUS + status), RDF.type, SKOS.Concept))
    for language in filter(None, map(language_uri, document["profile"].languages)):
        graph.add((subject, DCTERMS.language, URIRef(language)))
        graph.add((URIRef(language), RDF.type, DCTERMS.LinguisticSystem))


def add_channels(graph: Graph, subject: URIRef, document: Document) -> None:
    """Where it answers, and where a body starts to use it."""
    for name, text in (("channel", document["url"] or ""), ("start", document["profile"].start_url)):
        if address := web_uri(text):
            channel = subject.defrag() + f"#{name}"
            graph.add((subject, CV.hasChannel, channel))
            graph.add((channel, RDF.type, CV.Channel))
            graph.add((channel, DCTERMS.identifier, Literal(address)))
            graph.add((channel, FOAF.page, URIRef(address)))


def add_contact(graph: Graph, subject: URIRef, profile: Profile) -> None:
    email, page = mail_uri(profile.contact_email).removeprefix("mailto:"), web_uri(profile.contact_url)
    if not (email or page):
        return
    contact = subject.defrag() + "#contact"
    graph.add((subject, CV.contactPoint, contact))
    graph.add((contact, RDF.type, CV.ContactPoint))
    if email:
        graph.add((contact, CV.email, Literal(email)))
    if page:
        graph.add((contact, CV.contactPage, URIRef(page)))
        graph.add((URIRef(page), RDF.type, FOAF.Document))


def add_costs(graph: Graph, names: Names, subject: URIRef, document: Mapping) -> None:
    """Prices that are stated, nought among them. What nobody stated is left out."""
    for key, (name, words) in COSTS.items():
        if document[key] is None:
            continue
        cost, currency = subject.defrag() + f"#{name}", URIRef(CURRENCY + document["currency"])
        graph.add((subject, CV.hasCost, cost))
        graph.add((cost, RDF.type, CV.Cost))
        graph.add((cost, DCTERMS.identifier, Literal(f"{document['slug']}-{name}")))
        graph.add((cost, DCTERMS.description, Literal(words, lang=OURS)))
        graph.add((cost, CV.hasValue, Literal(float(document[key]))))
        graph.add((cost, CV.currency, currency))
        graph.add((currency, RDF.type, SKOS.Concept))
        graph.add((cost, CV.isDefinedBy, names.organisation(document["stewards"][0]["slug"])))
