"""Catalogues of data in DCAT-AP, as Turtle or JSON-LD: their datasets, data services and other resources.

`parsing` makes a graph of the text within bounds and without ever asking the network, `resources` says what is in it.
"""

from rdflib.namespace import RDF

from catalogue.readers.dcat.parsing import BASE, graph_of
from catalogue.readers.dcat.places import Places
from catalogue.readers.dcat.resources import Resource
from catalogue.readers.dcat.vocabulary import DCAT, FORMAT, KINDS
from catalogue.readers.description import Problem, Reading, Severity
from catalogue.readers.structured import Unreadable
from catalogue.readers.structured.looking import unreadable

__all__ = ["BASE", "FORMAT", "read"]
MAX_RESOURCES = 2_000
TOO_MANY = f"The text has more than {MAX_RESOURCES:,} datasets and services: send a page of the catalogue at a time."
NOTHING = "The text has no dataset and no data service of DCAT: there is nothing to read."


def read(text: str) -> Reading:
    try:
        graph = graph_of(text)
    except Unreadable as error:
        return unreadable(error)
    places, problems = Places(text), list[Problem]()
    subjects = {node: kind for kind in KINDS for node in graph.subjects(RDF.type, kind)}
    if not subjects and (None, RDF.type, DCAT.Catalog) not in graph:
        problems.append(Problem(severity=Severity.ERROR, key="", message=NOTHING))
    if len(subjects) > MAX_RESOURCES:
        return Reading(problems=[Problem(severity=Severity.ERROR, key="", message=TOO_MANY)])
    resources = [Resource(graph, node, kind, places, problems) for node, kind in sorted(subjects.items(), key=str)]
    return Reading(descriptions=[resource.described() for resource in resources], problems=problems)
