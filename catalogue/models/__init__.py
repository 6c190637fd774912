from catalogue.models.component import Component, ComponentKind, Lifecycle
from catalogue.models.function import Evolution, Function, FunctionKind
from catalogue.models.peer_group import PeerGroup
from catalogue.models.relation import Relation, RelationKind
from catalogue.models.search_entry import FACET_BITS, SearchEntry, SearchFacet, SearchTerm, SearchWord
from catalogue.models.search_version import SearchVersion, search_version

__all__ = [
    "FACET_BITS",
    "Component",
    "ComponentKind",
    "Evolution",
    "Function",
    "FunctionKind",
    "Lifecycle",
    "PeerGroup",
    "Relation",
    "RelationKind",
    "SearchEntry",
    "SearchFacet",
    "SearchTerm",
    "SearchVersion",
    "SearchWord",
    "search_version",
]
