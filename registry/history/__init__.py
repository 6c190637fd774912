"""Complete history: what became of a body, of a component, of what a body says of a function; what was done to a
source, a planned reorganisation, a challenge. Who (role and body in public, the name inside), when, what stood before
and after, and from which source. Nothing in it is ever taken out."""

from registry.history.challenges import of_challenge
from registry.history.listing import HistoryListing, HistorySelection
from registry.history.reorganisations import of_reorganisation
from registry.history.scopes import Scope, of_body, of_cell, of_component
from registry.history.sources import of_source

__all__ = [
    "HistoryListing",
    "HistorySelection",
    "Scope",
    "of_body",
    "of_cell",
    "of_challenge",
    "of_component",
    "of_reorganisation",
    "of_source",
]
