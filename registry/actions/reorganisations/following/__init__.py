"""What belonged to bodies that end, act by act: each moves it, and says how much it was."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from registry.actions.reorganisations.following.components import components, named_with
from registry.actions.reorganisations.following.heirs import Heirs, heirs
from registry.actions.reorganisations.following.people import members, tokens, webhooks
from registry.actions.reorganisations.following.statements import declarations
from registry.actions.reorganisations.following.things import children, code_hosting, notices, sources, stewardships
from registry.models import Event

if TYPE_CHECKING:
    from registry.actions.reorganisations.vesting import Done

__all__ = ["ACTS", "Heirs", "components", "heirs", "named_with"]

ACTS: dict[str, Callable[[list[Heirs], Event, "Done"], int]] = {
    "declarations": declarations,
    "stewardships": stewardships,
    "sources": sources,
    "code_hosting": code_hosting,
    "notices": notices,
    "members": members,
    "tokens": tokens,
    "webhooks": webhooks,
    "children": children,
}
"""What follows, in this order: notices ask who uses what by then."""
