"""The names that catalogues share."""

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, RDF, RDFS, SKOS

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")  # the library's own is of version 2
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
PREFIXES = {
    "adms": ADMS,
    "dcat": DCAT,
    "dct": DCTERMS,
    "foaf": FOAF,
    "hydra": HYDRA,
    "prov": PROV,
    "rdfs": RDFS,
    "skos": SKOS,
}
CONTEXT = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
SERVICE = URIRef("http://purl.org/dc/dcmitype/Service")
STATUS = "http://purl.org/adms/status/"
STATUSES = {
    "alpha": "UnderDevelopment",
    "beta": "UnderDevelopment",
    "live": "Completed",
    "deprecated": "Deprecated",
    "retired": "Withdrawn",
}

__all__ = ["ADMS", "CONTEXT", "DCAT", "DCTERMS", "FOAF", "HYDRA", "PROV", "RDF", "RDFS", "SERVICE", "SKOS"]
__all__ += ["STATUS", "STATUSES", "empty_graph"]


def empty_graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph
