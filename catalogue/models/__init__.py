from catalogue.models.component import Component, ComponentKind, Lifecycle
from catalogue.models.function import Evolution, Function, FunctionKind
from catalogue.models.peer_group import PeerGroup
from catalogue.models.relation import Relation, RelationKind

__all__ = [
    "Component",
    "ComponentKind",
    "Evolution",
    "Function",
    "FunctionKind",
    "Lifecycle",
    "PeerGroup",
    "Relation",
    "RelationKind",
]
