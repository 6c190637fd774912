"""One page of the catalogue in DCAT-AP 3.0.1."""

from django.conf import settings
from rdflib import Graph, Literal

from catalogue.linked_data import pages
from catalogue.linked_data.resources import Names, add_agent, add_component, add_licence
from catalogue.linked_data.vocabulary import DCAT, DCTERMS, FOAF, RDF, SKOS, empty_graph

ABOUT = (
    "Services, datasets and processes that public bodies can share, with the bodies that look after them and the"
    " functions that they are made for."
)
THEMES = "What public bodies do"


class CatalogPage(pages.HarvestPage):
    def graph(self) -> Graph:
        graph, names = empty_graph(), Names(self.root)
        self.add_catalog(graph, names)
        self.add_paging(graph, names.catalog)
        for document in self.documents[: pages.PAGE]:
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
