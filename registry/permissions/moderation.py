"""What moderators and operators decide, and what takes two people."""

from typing import TYPE_CHECKING

from registry.models.token import Scope
from registry.permissions.actors import Actor, is_operator
from registry.permissions.catalogue import may_write_root_catalogue

if TYPE_CHECKING:
    from registry.models import Waiting


def may_moderate(actor: Actor) -> bool:
    """Whether it may decide what waits for a moderator."""
    return Scope.MODERATE in actor.everywhere


def may_look_at(actor: Actor, kind: "Waiting") -> bool:
    """Whether it may look at, and so claim, what waits of this kind: people who decide it."""
    return actor.person is not None and (may_second_edition(actor) if kind == "edition" else may_moderate(actor))


def may_judge_pairs(actor: Actor) -> bool:
    """Whether it may see which components may be one, and say that they are not. To others it is not shown."""
    return may_moderate(actor) or may_write_root_catalogue(actor)


def may_plan_reorganisation(actor: Actor) -> bool:
    """Whether it may plan, second, change and cancel what becomes of bodies."""
    return may_moderate(actor)


def may_ask_to_publish(actor: Actor) -> bool:
    """Whether it may ask for an edition to be published: operators. Another person has to agree."""
    return actor.person is not None and is_operator(actor)


def may_second_edition(actor: Actor) -> bool:
    """Whether it may agree to what somebody else asks to publish: analysts, moderators and operators, as people."""
    return actor.person is not None and Scope.ANALYSE in actor.everywhere
