"""Complete history: what became of a body, of a component, of what a body says of a function. Who (role and body in
public, the name inside), when, what stood before and after, and from which source. Nothing in it is ever taken out."""

from registry.history.listing import HistoryListing, HistorySelection
from registry.history.scopes import Scope, of_body, of_cell, of_component

__all__ = ["HistoryListing", "HistorySelection", "Scope", "of_body", "of_cell", "of_component"]
