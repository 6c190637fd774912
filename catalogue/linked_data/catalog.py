"""One page of the catalogue in DCAT-AP 3.0.1, with the way to the next as harvesters follow it (Hydra)."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from rdflib import Graph, Literal, URIRef

from catalogue.linked_data.resources import Names, add_agent, add_component, add_licence
from catalogue.linked_data.vocabulary import DCAT, DCTERMS, FOAF, HYDRA, RDF, SKOS, empty_graph
from catalogue.models import SearchEntry
from registry.models import Commons

PAGE = 200  # components: about 0.2 s and half a megabyte
ABOUT = (
    "Services, datasets and processes that public bodies can share, with the bodies that look after them and the"
    " functions that they are made for."
)
THEMES = "What public bodies do"


@dataclass(frozen=True)
class CatalogPage:
    """The listed components that follow the slug `after`, by slug. `root` is this registry's own address, `here` the
    catalogue's without its query."""

    root: str
    here: str
    after: str
    registry: Commons

    @cached_property
    def documents(self) -> list[dict]:
        """Those of this page and the first of the next."""
        found = SearchEntry.objects.filter(slug__gt=self.after).order_by("slug").values_list("document", flat=True)
        return [json.loads(text) for text in found[: PAGE + 1]]

    @property
    def onward(self) -> str:
        """The address of the next page; blank on the last."""
        return f"{self.here}?after={self.documents[PAGE - 1]['slug']}" if len(self.documents) > PAGE else ""

    def graph(self) -> Graph:
        graph, names = empty_graph(), Names(self.root)
        self.add_catalog(graph, names)
        self.add_paging(graph, names)
        for document in self.documents[:PAGE]:
            add_component(graph, names, document)
        return graph

    def add_catalog(self, graph: Graph, names: Names) -> None:
        title = self.registry.title or settings.SERVICE_NAME
        about = {
            RDF.type: DCAT.Catalog,
            DCTERMS.title: Literal(title),
            DCTERMS.description: Literal(ABOUT),
            DCTERMS.publisher: names.registry,
            FOAF.homepage: names.root,
            DCAT.themeTaxonomy: names.themes,
        }
        for predicate, value in about.items():
            graph.add((names.catalog, predicate, value))
        graph.add((names.themes, RDF.type, SKOS.ConceptScheme))
        graph.add((names.themes, DCTERMS.title, Literal(THEMES)))
        add_agent(graph, names.registry, title)
        add_licence(graph, names.catalog, self.registry.licence)

    def add_paging(self, graph: Graph, names: Names) -> None:
        """`PagedCollection` is the older name, which most harvesters look for."""
        here = URIRef(f"{self.here}?after={self.after}" if self.after else self.here)
        graph.add((names.catalog, HYDRA.view, here))
        graph.add((here, RDF.type, HYDRA.PartialCollectionView))
        graph.add((here, RDF.type, HYDRA.PagedCollection))
        graph.add((here, HYDRA.first, URIRef(self.here)))
        graph.add((here, HYDRA.totalItems, Literal(SearchEntry.objects.count())))
        graph.add((here, HYDRA.itemsPerPage, Literal(PAGE)))
        if self.onward:
            graph.add((here, HYDRA.next, URIRef(self.onward)))
