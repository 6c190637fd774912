"""The names that DCAT-AP uses."""

from rdflib import Namespace, URIRef
from rdflib.term import Node

FORMAT = "dcat-ap"
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SERVICE = URIRef("http://purl.org/dc/dcmitype/Service")
PLAN = URIRef("http://www.w3.org/ns/prov#Plan")
# The narrower class counts where a resource is of several.
KINDS = {DCAT.Resource: "", DCAT.DataService: "service", DCAT.Dataset: "dataset"}
TYPES: dict[Node, str] = {SERVICE: "service", PLAN: "process"}
LIFECYCLES = {"UnderDevelopment": "beta", "Completed": "live", "Deprecated": "deprecated", "Withdrawn": "retired"}
SPDX = ("https://spdx.org/licenses/", "http://spdx.org/licenses/")
