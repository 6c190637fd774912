"""Exemptions of a system of one's own: who asks for one, and who sits on the panel."""

from typing import TYPE_CHECKING

from registry.models.token import Scope
from registry.permissions.actors import Actor
from registry.permissions.moderation import may_moderate

if TYPE_CHECKING:
    from registry.models import Organisation


def may_ask_for_exemption(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may ask a panel for an exemption of this body's own system, and take that back: its owners alone."""
    own = actor.grants.get(organisation.pk, frozenset())
    return actor.person is not None and Scope.DECLARATIONS_WRITE in own


def may_sit(actor: Actor, organisation: "Organisation", *, as_steward: bool) -> bool:
    """Whether it may sit on a panel for this body: its owners and steward's officers, and where it is asked as a body
    of the same kind its editors too. By a role of the body itself: moderators and operators have no voice."""
    if actor.person is None:
        return False
    own = actor.grants.get(organisation.pk, frozenset())
    wanted = {Scope.DECLARATIONS_WRITE, Scope.USE_ATTEST} | (set() if as_steward else {Scope.DECLARATIONS_DRAFT})
    return bool(own & wanted)


def may_sit_somewhere(actor: Actor) -> bool:
    """Whether it may sit on some panel, or look on: moderators do."""
    wanted = {Scope.DECLARATIONS_WRITE, Scope.USE_ATTEST, Scope.DECLARATIONS_DRAFT}
    return actor.person is not None and (may_moderate(actor) or any(own & wanted for own in actor.grants.values()))
