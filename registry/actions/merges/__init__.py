"""Making one of two components that are one: everything that is said of the merged one is said of the kept one.

The merged component stays, retired and with the kept one as its successor, because addresses and history lead to it.
What moves and what stays there is `MOVES` and `STAYS`: together they name every table that points to a component.
"""

from registry.actions.merges.letters import looking_after
from registry.actions.merges.merging import merge_components, refuse_merge
from registry.actions.merges.moves import MOVES, SHARED, STAYS, moving

__all__ = ["MOVES", "SHARED", "STAYS", "looking_after", "merge_components", "moving", "refuse_merge"]
