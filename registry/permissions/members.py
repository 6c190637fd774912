"""A body's people: who sees them, and who gives and ends their roles."""

from typing import TYPE_CHECKING

from registry.models.membership import OF_A_BODY, OF_THE_REGISTRY, Role
from registry.models.token import Scope
from registry.permissions.actors import Actor, is_operator, may_act_for
from registry.permissions.moderation import may_moderate
from registry.permissions.statements import may_see_workspace

if TYPE_CHECKING:
    from registry.models import Membership, Organisation


def names_shown_to(actor: Actor) -> frozenset[int] | None:
    """The ids of the bodies whose people it may see by name in what was recorded; None: of all. To others they are
    roles."""
    if may_moderate(actor) or Scope.WORKSPACE_READ in actor.everywhere:
        return None
    return frozenset(body for body, scopes in actor.grants.items() if Scope.WORKSPACE_READ in scopes)


def may_see_members(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may see who is in the body's team. Moderators see it of every body: they approve first owners."""
    return may_see_workspace(actor, organisation) or may_moderate(actor)


def may_grant_role(actor: Actor, organisation: "Organisation | None", role: Role, *, owned: bool) -> bool:
    """Whether it may give, or refuse, somebody a role. `owned`: whether the body has an owner who can.

    Owners do it for their body. The first owner is approved by a moderator; roles of the registry by an operator.
    """
    if organisation is None:
        return is_operator(actor) and role in OF_THE_REGISTRY and actor.token is None
    if role not in OF_A_BODY or actor.token is not None:
        return False
    if may_act_for(actor, organisation, Scope.MEMBERS_WRITE):
        return True
    return role == Role.OWNER and not owned and may_moderate(actor)


def may_end_role(actor: Actor, membership: "Membership") -> bool:
    """Whoever may grant it, the person themself and, of a role of a body, a moderator."""
    if actor.person is not None and actor.person.pk == membership.person_id:
        return True
    if membership.organisation_id is not None and may_moderate(actor):
        return True
    return may_grant_role(actor, membership.organisation, Role(membership.role), owned=True)
