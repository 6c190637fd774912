"""One component in DCAT-AP 3.0.1, from the document that the search keeps of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from catalogue.linked_data.addresses import mail_uri, web_uri
from catalogue.linked_data.languages import language_uri
from catalogue.linked_data.licences import licence_uri
from catalogue.linked_data.vocabulary import (
    ADMS,
    DCAT,
    DCTERMS,
    FOAF,
    PROV,
    RDF,
    RDFS,
    SERVICE,
    SKOS,
    STATUS,
    STATUSES,
    VCARD,
)
from catalogue.models import Profile, Standard

Document = Mapping[str, Any]
Pairs = Iterator[tuple[URIRef, Node]]
RELATIONS = {
    "requires": DCTERMS.requires,
    "based_on": DCTERMS.source,
    "replaces": DCTERMS.replaces,
    "works_with": DCTERMS.relation,
    "alternative_to": DCTERMS.relation,
    "conflicts_with": DCTERMS.relation,
}


class Names:
    """The names that things have, below the root of this registry: each leads to the page about it."""

    def __init__(self, root: str) -> None:
        self.root = URIRef(root)
        self.catalog = self.root + "#catalog"
        self.services = self.root + "#services"
        self.registry = self.root + "#registry"
        self.themes = self.root + "functions/#functions"

    def page(self, slug: str) -> URIRef:
        return self.root + f"components/{slug}/"

    def component(self, slug: str) -> URIRef:
        return self.page(slug) + "#component"

    def function(self, slug: str) -> URIRef:
        return self.root + f"functions/{slug}/#function"

    def standard(self, standard: Standard) -> URIRef:
        """Its own address, where it has one of the web."""
        return URIRef(web_uri(standard.address) or self.root + f"#standard-{standard.slug}")

    def organisation(self, slug: str) -> URIRef:
        return self.root + f"organisations/{slug}/#organisation"


def add_component(graph: Graph, names: Names, document: Document) -> None:
    """The component, the bodies and functions that it names, and where it stands in the catalogue."""
    subject, address = names.component(document["slug"]), web_uri(document["url"] or "")
    listed_as, kinds = classes(document["kind"], address)
    graph.add((names.catalog, listed_as, subject))
    for predicate, value in kinds:
        graph.add((subject, predicate, value))
    for pairs in (words(names, document), links(names, document), offers(names, document)):
        for predicate, value in pairs:
            graph.add((subject, predicate, value))
    add_licence(graph, subject, document["licence"] or "")
    add_access(graph, subject, document, address)
    add_contact(graph, subject, document)
    add_named(graph, names, document)


def classes(kind: str, address: str) -> tuple[URIRef, list[tuple[URIRef, Node]]]:
    """(how the catalogue lists it, its types). A data service must have an address: without one it is a resource of the
    type Service. DCAT has no class for a process: it is a resource of the type Plan."""
    if kind == "dataset":
        return DCAT.dataset, [(RDF.type, DCAT.Dataset)]
    if kind == "service" and address:
        return DCAT.service, [(RDF.type, DCAT.DataService)]
    return DCAT.resource, [(RDF.type, DCAT.Resource), (DCTERMS.type, SERVICE if kind == "service" else PROV.Plan)]


def words(names: Names, document: Document) -> Pairs:
    yield DCTERMS.title, Literal(document["name"])
    yield DCTERMS.identifier, Literal(document["slug"])
    yield DCTERMS.description, Literal(document["description"] or document["summary"] or document["name"])
    if status := STATUSES.get(document["lifecycle"]):
        yield ADMS.status, URIRef(STATUS + status)
    for function in document["functions"]:
        yield DCAT.keyword, Literal(function["name"])
        yield DCAT.theme, names.function(function["slug"])


def links(names: Names, document: Document) -> Pairs:
    yield DCAT.landingPage, names.page(document["slug"])
    yield DCTERMS.publisher, publisher(names, document)
    if documentation := web_uri(document["documentation"] or ""):
        yield FOAF.page, URIRef(documentation)
    if repository := web_uri(document["repository"] or ""):
        yield DCTERMS.relation, URIRef(repository)
    if successor := document["successor"]:
        yield DCTERMS.isReplacedBy, names.component(successor["slug"])
    for related in document["relations"]:
        yield RELATIONS[related["relation"]], names.component(related["component"]["slug"])


def offers(names: Names, document: Document) -> Pairs:
    """What its profile says, and the standards that it follows."""
    profile: Profile = document["profile"]
    for keyword in profile.keywords:
        yield DCAT.keyword, Literal(keyword)
    for language in filter(None, map(language_uri, profile.languages)):
        yield DCTERMS.language, URIRef(language)
    if profile.version:
        yield DCAT.version, Literal(profile.version)
    for standard in document["standards"]:
        yield DCTERMS.conformsTo, names.standard(standard)
    if document["kind"] == "service" and (description := web_uri(profile.api_description_url)):
        yield DCAT.endpointDescription, URIRef(description)


def publisher(names: Names, document: Document) -> URIRef:
    """The body that answers for the largest share of it; this registry where nobody said that they do."""
    stewards = document["stewards"]
    return names.organisation(stewards[0]["slug"]) if stewards else names.registry


def add_licence(graph: Graph, subject: URIRef, licence: str) -> None:
    """A licence with an address by that address, any other as a document that has only its words."""
    if not licence:
        return
    address = licence_uri(licence)
    document = URIRef(address) if address else subject.defrag() + "#licence"
    graph.add((subject, DCTERMS.license, document))
    if not address:
        graph.add((document, RDF.type, DCTERMS.LicenseDocument))
        graph.add((document, RDFS.label, Literal(licence)))


def add_access(graph: Graph, subject: URIRef, document: Document, address: str) -> None:
    """Where it is: a service's endpoint; a dataset's distribution, of which only the address is known."""
    if not address:
        return
    if document["kind"] == "service":
        graph.add((subject, DCAT.endpointURL, URIRef(address)))
    elif document["kind"] == "dataset":
        distribution = subject.defrag() + "#distribution"
        graph.add((subject, DCAT.distribution, distribution))
        graph.add((distribution, RDF.type, DCAT.Distribution))
        graph.add((distribution, DCAT.accessURL, URIRef(address)))
        for licence in graph.objects(subject, DCTERMS.license):
            graph.add((distribution, DCTERMS.license, licence))
    else:
        graph.add((subject, FOAF.page, URIRef(address)))


def add_contact(graph: Graph, subject: URIRef, document: Document) -> None:
    """Who answers, where at least one of name, e-mail and page is known."""
    profile: Profile = document["profile"]
    email, page = mail_uri(profile.contact_email), web_uri(profile.contact_url)
    if not (profile.contact_name or email or page):
        return
    contact = subject.defrag() + "#contact"
    graph.add((subject, DCAT.contactPoint, contact))
    graph.add((contact, RDF.type, VCARD.Kind))
    graph.add((contact, VCARD.fn, Literal(profile.contact_name or document["name"])))
    for predicate, address in ((VCARD.hasEmail, email), (VCARD.hasURL, page)):
        if address:
            graph.add((contact, predicate, URIRef(address)))


def add_named(graph: Graph, names: Names, document: Document) -> None:
    """What a harvester needs to know of the body, the functions and the standards that the component names."""
    for function in document["functions"]:
        theme = names.function(function["slug"])
        graph.add((theme, RDF.type, SKOS.Concept))
        graph.add((theme, SKOS.prefLabel, Literal(function["name"])))
        graph.add((theme, SKOS.inScheme, names.themes))
    for standard in document["standards"]:
        graph.add((names.standard(standard), RDF.type, DCTERMS.Standard))
        graph.add((names.standard(standard), DCTERMS.title, Literal(standard.name)))
    for steward in document["stewards"][:1]:
        add_agent(graph, names.organisation(steward["slug"]), steward["name"])


def add_agent(graph: Graph, subject: URIRef, name: str) -> None:
    graph.add((subject, RDF.type, FOAF.Agent))
    graph.add((subject, FOAF.name, Literal(name)))
    graph.add((subject, FOAF.page, subject.defrag()))
