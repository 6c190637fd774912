from catalogue.models.blueprint import Blueprint, ServiceKind, Slot, Step, Verb
from catalogue.models.component import Component, ComponentKind, Lifecycle
from catalogue.models.description import Description
from catalogue.models.function import Evolution, Function, FunctionKind
from catalogue.models.interface import Column, Operation
from catalogue.models.peer_group import PeerGroup
from catalogue.models.profile import Hosting, Profile
from catalogue.models.relation import Relation, RelationKind
from catalogue.models.repository_alias import RepositoryAlias
from catalogue.models.search_entry import FACET_BITS, Price, SearchEntry, SearchFacet, SearchTerm, SearchWord
from catalogue.models.search_version import SearchVersion, search_version
from catalogue.models.standard import Standard
from catalogue.models.synonym import Synonym, WordKey

__all__ = [
    "FACET_BITS",
    "Blueprint",
    "Column",
    "Component",
    "ComponentKind",
    "Description",
    "Evolution",
    "Function",
    "FunctionKind",
    "Hosting",
    "Lifecycle",
    "Operation",
    "PeerGroup",
    "Price",
    "Profile",
    "Relation",
    "RelationKind",
    "RepositoryAlias",
    "SearchEntry",
    "SearchFacet",
    "SearchTerm",
    "SearchVersion",
    "SearchWord",
    "ServiceKind",
    "Slot",
    "Standard",
    "Step",
    "Synonym",
    "Verb",
    "WordKey",
    "search_version",
]
