"""Who is what for a body, or for the registry: asked for, granted, refused, ended."""

from registry.actions.members.asking import ASKED_A_DAY, ask_for_role, grant_role, refuse_role
from registry.actions.members.giving import end_role, invite, is_last_owner
from registry.actions.members.owners import acting_moderators, acting_operators, acting_owners, owned
from registry.actions.members.recording import LONGEST_NAME, LONGEST_REASON

__all__ = [
    "ASKED_A_DAY",
    "LONGEST_NAME",
    "LONGEST_REASON",
    "acting_moderators",
    "acting_operators",
    "acting_owners",
    "ask_for_role",
    "end_role",
    "grant_role",
    "invite",
    "is_last_owner",
    "owned",
    "refuse_role",
]
