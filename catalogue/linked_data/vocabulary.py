"""The names that catalogues share."""

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SKOS

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
LOCN = Namespace("http://www.w3.org/ns/locn#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")  # the library's own is of version 2
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
PREFIXES = {
    "adms": ADMS,
    "cpsv": CPSV,
    "cv": CV,
    "dcat": DCAT,
    "dct": DCTERMS,
    "foaf": FOAF,
    "hydra": HYDRA,
    "locn": LOCN,
    "org": ORG,
    "prov": PROV,
    "rdfs": RDFS,
    "skos": SKOS,
    "vcard": VCARD,
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

__all__ = ["ADMS", "CONTEXT", "CPSV", "CV", "DCAT", "DCTERMS", "FOAF", "HYDRA", "LOCN", "ORG", "PROV", "RDF", "RDFS"]
__all__ += ["SERVICE", "SKOS", "STATUS", "STATUSES", "VCARD", "empty_graph"]


def empty_graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph
