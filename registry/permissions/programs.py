"""A body's programs: the tokens that they come with, and the webhooks that they are called by."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from registry.models.token import FOR_TOKENS, Scope, Token
from registry.permissions.actors import Actor, is_operator, may_act_for

if TYPE_CHECKING:
    from registry.models import Organisation


def may_issue_token(actor: Actor, organisation: "Organisation | None", scopes: Collection[Scope]) -> bool:
    """Operators, and owners for their own body: nobody hands out more than they have."""
    if is_operator(actor) and actor.everywhere.issuperset(scopes):
        return True
    if organisation is None or actor.token is not None:
        return False
    own = actor.grants.get(organisation.pk, frozenset())
    return Scope.MEMBERS_WRITE in own and own.issuperset(scopes) and set(FOR_TOKENS).issuperset(scopes)


def may_revoke_token(actor: Actor, token: Token) -> bool:
    if is_operator(actor) or (actor.token is not None and actor.token.pk == token.pk):
        return True
    own = actor.grants.get(token.organisation_id or 0, frozenset())
    return actor.token is None and Scope.MEMBERS_WRITE in own


def may_keep_webhooks(actor: Actor, organisation: "Organisation | None") -> bool:
    """Whether it may see and change the webhooks of this body; None: the registry's own."""
    if organisation is None:
        return is_operator(actor) and Scope.WEBHOOKS_WRITE in actor.everywhere
    return may_act_for(actor, organisation, Scope.WEBHOOKS_WRITE)
