"""What a body says about itself, what it found, and what it answers when somebody says that this is wrong."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from registry.models.token import Scope
from registry.permissions.actors import Actor, may_act_for
from registry.permissions.moderation import may_moderate

if TYPE_CHECKING:
    from registry.models import Organisation


def may_see_workspace(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may see what this body prepares and keeps to itself. To others there is no such page."""
    return may_act_for(actor, organisation, Scope.WORKSPACE_READ)


def may_draft(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may prepare declarations of this body, and confirm those that stand: whoever publishes them may."""
    return may_act_for(actor, organisation, Scope.DECLARATIONS_DRAFT) or may_declare(actor, organisation)


def may_declare(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may publish what this body says about itself."""
    return may_act_for(actor, organisation, Scope.DECLARATIONS_WRITE)


def may_review(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may say what this body found when it took a component up: as who declares what it uses."""
    return may_act_for(actor, organisation, Scope.DECLARATIONS_WRITE)


def may_answer_challenge(actor: Actor, bodies: "Collection[Organisation]") -> bool:
    """Whether it may answer for one of the bodies that a challenge is put to. Where there is none: moderators."""
    if not bodies:
        return may_moderate(actor)
    return any(may_act_for(actor, body, Scope.DECLARATIONS_WRITE) for body in bodies)
