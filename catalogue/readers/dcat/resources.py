"""One resource of a graph as a description."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from catalogue.readers.dcat.parsing import BASE
from catalogue.readers.dcat.places import Places
from catalogue.readers.dcat.vocabulary import ADMS, DCAT, FORMAT, KINDS, LIFECYCLES, SPDX, TYPES, VCARD
from catalogue.readers.description import ComponentDescription, Contact, Problem, Severity
from catalogue.readers.structured.bounds import MAX_PROBLEMS
from catalogue.readers.structured.looking import note
from catalogue.readers.structured.showing import quoted

NEEDED = {
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
    DCAT.Resource: (DCTERMS.title,),
}
ADDRESSES = (DCAT.endpointURL, DCAT.landingPage)


def absolute(node: Node) -> str:
    """A name as it is written: what was relative stays so."""
    return str(node).removeprefix(BASE)


def word(predicate: Node) -> str:
    """The last part of a name: title, endpointURL."""
    return str(predicate).replace("#", "/").rsplit("/", 1)[-1]


@dataclass
class Resource:
    graph: Graph
    node: Node
    kind: URIRef
    places: Places
    problems: list[Problem]

    def described(self) -> ComponentDescription:
        self.check()
        service = self.kind == DCAT.DataService
        page = self.first(FOAF.page)
        contacts = [self.contact(node) for node in self.graph.objects(self.node, DCAT.contactPoint)]
        return ComponentDescription(
            format=FORMAT,
            kind=self.what(),
            identifier=self.first(DCTERMS.identifier) or self.name(),
            name=self.text(DCTERMS.title),
            description=self.text(DCTERMS.description),
            url=self.first(DCAT.endpointURL) if service else self.where(),
            documentation=page or (self.first(DCAT.landingPage) if service else ""),
            api_description=self.first(DCAT.endpointDescription),
            licence=self.licence(),
            lifecycle=LIFECYCLES.get(word(self.graph.value(self.node, ADMS.status) or Literal("")), ""),
            version=self.first(DCAT.version) or self.first(OWL.versionInfo),
            released_on=self.day(DCTERMS.issued),
            owner=self.owner()[0],
            owner_identifier=self.owner()[1],
            contacts=contacts,
            languages=self.all(DCTERMS.language),
            keywords=self.all(DCAT.keyword),
            standards=self.all(DCTERMS.conformsTo),
            based_on=self.all(DCTERMS.source),
            depends_on=self.all(DCTERMS.requires),
            document=self.document(),
        )

    def name(self) -> str:
        """Its address; blank for what has none."""
        return absolute(self.node) if isinstance(self.node, URIRef) else ""

    def what(self) -> str:
        types = self.graph.objects(self.node, DCTERMS.type)
        return KINDS[self.kind] or next((TYPES[type] for type in types if type in TYPES), "")

    def check(self) -> None:
        for predicate in NEEDED[self.kind]:
            if (self.node, predicate, None) not in self.graph:
                self.error(word(predicate), f"{self.shown()} has no {word(predicate)}: DCAT-AP asks for one.")
        for distribution in self.graph.objects(self.node, DCAT.distribution):
            if (distribution, DCAT.accessURL, None) not in self.graph and self.is_told(distribution):
                self.error("distribution.accessURL", f"A distribution of {self.shown()} has no accessURL: give it one.")
        for predicate in ADDRESSES:
            for value in self.graph.objects(self.node, predicate):
                if isinstance(value, Literal):
                    self.error(word(predicate), f"{quoted(value)} is a text and must be an address: write it as one.")

    def is_told(self, node: Node) -> bool:
        return (node, None, None) in self.graph

    def shown(self) -> str:
        return quoted(self.text(DCTERMS.title) or self.name() or "A resource without a name")

    def error(self, key: str, message: str) -> None:
        if len(self.problems) > MAX_PROBLEMS:
            return  # to find a place takes long
        line, column = self.places.of(self.name())
        note(self.problems, Problem(severity=Severity.ERROR, key=key, message=message, line=line, column=column))

    def all(self, predicate: Node) -> list[str]:
        return sorted({absolute(value) for value in self.graph.objects(self.node, predicate)})

    def first(self, predicate: Node) -> str:
        return next(iter(self.all(predicate)), "")

    def text(self, predicate: Node, node: Node | None = None) -> str:
        """In English where there is that, else in no language, else in the first by name."""
        values = self.graph.objects(node or self.node, predicate)
        texts = [(value.language or "", str(value)) for value in values if isinstance(value, Literal)]
        return min(texts, key=lambda told: (not told[0].lower().startswith("en"), *told), default=("", ""))[1].strip()

    def where(self) -> str:
        """A dataset's own page, else where the first of its distributions is."""
        distributions = self.graph.objects(self.node, DCAT.distribution)
        found = sorted(absolute(value) for one in distributions for value in self.graph.objects(one, DCAT.accessURL))
        return self.first(DCAT.landingPage) or next(iter(found), "")

    def licence(self) -> str:
        """Of the resource, else of the first distribution that has one."""
        holders = [self.node, *sorted(self.graph.objects(self.node, DCAT.distribution), key=str)]
        licences = (licence for holder in holders for licence in sorted(self.licences(holder), key=str))
        return next((self.licence_of(licence) for licence in licences), "")

    def licences(self, holder: Node) -> Iterator[Node]:
        return self.graph.objects(holder, DCTERMS.license)

    def licence_of(self, node: Node) -> str:
        for start in SPDX:
            if str(node).startswith(start):
                return str(node).removeprefix(start).removesuffix(".html")
        words = (self.text(predicate, node) for predicate in (RDFS.label, DCTERMS.title, SKOS.prefLabel))
        return next(filter(None, words), "") or (absolute(node) if not self.is_told(node) else "")

    def day(self, predicate: Node) -> date | None:
        text = self.first(predicate)
        try:
            return date.fromisoformat(text[:10]) if text else None
        except ValueError:
            self.error(word(predicate), f"{quoted(text)} is no date: write it as 2026-03-31.")
            return None

    def owner(self) -> tuple[str, str]:
        """(name, address) of the publisher."""
        publisher = next(iter(sorted(self.graph.objects(self.node, DCTERMS.publisher), key=str)), None)
        if publisher is None:
            return "", ""
        address = absolute(publisher) if isinstance(publisher, URIRef) else ""
        name = next(filter(None, (self.text(key, publisher) for key in (FOAF.name, SKOS.prefLabel))), "")
        return name or (str(publisher) if isinstance(publisher, Literal) else ""), address

    def contact(self, node: Node) -> Contact:
        def told(predicate: Node) -> str:
            return str(self.graph.value(node, predicate) or "")

        email = told(VCARD.hasEmail).removeprefix("mailto:")
        phone = told(VCARD.hasTelephone).removeprefix("tel:")
        return Contact(name=self.text(VCARD.fn, node), email=email, phone=phone, url=told(VCARD.hasURL))

    def document(self) -> dict[str, Any]:
        """All that is said of it, by the whole names of the properties."""
        said: dict[str, Any] = {"@id": self.name()}
        for predicate, value in sorted(self.graph.predicate_objects(self.node), key=str):
            said.setdefault("@type" if predicate == RDF.type else str(predicate), []).append(absolute(value))
        return said
