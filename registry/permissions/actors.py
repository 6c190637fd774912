"""Who asks, and what it may do for which bodies."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from registry.models.membership import Role
from registry.models.token import Scope, Token
from registry.permissions.roles import EVERYTHING, ROLES, STRONG

if TYPE_CHECKING:
    from registry.models import Membership, Organisation, Person


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who asks. `grants` are by the id of a body; `everywhere` is what it may do for all bodies and the registry.

    `held_back` are roles that count as soon as the person signs in with a second factor.
    """

    person: "Person | None" = None
    token: Token | None = None
    grants: Mapping[int, frozenset[Scope]] = field(default_factory=dict)
    everywhere: frozenset[Scope] = frozenset()
    held_back: frozenset[Role] = frozenset()

    @property
    def is_anonymous(self) -> bool:
        return not self.grants and not self.everywhere and self.person is None and self.token is None

    @property
    def signature(self) -> dict[str, Any]:
        """Who acted, as an event records it: `Event.objects.create(**by.signature, …)`."""
        return {"by": self.person, "token": self.token}


ANYBODY = Actor()
COMMAND_LINE = Actor(everywhere=EVERYTHING)
"""Whoever may run commands on the registry's machine."""


def of_token(token: Token) -> Actor:
    scopes = frozenset(map(Scope, token.scopes))
    if token.organisation_id is None:
        return Actor(token=token, everywhere=scopes)
    return Actor(token=token, grants={token.organisation_id: scopes})


def of_person(
    person: Any,
    memberships: "Collection[Membership]" = (),
    *,
    second_factor: bool = False,
    own_machine: bool = False,
) -> Actor:
    """A person who is signed in; anybody else is ANYBODY.

    `memberships` are their standing ones of bodies that exist and of the registry; `second_factor`: whether they signed
    in with one; `own_machine`: the registry runs on its operator's own machine, who needs none there.
    """
    if not person.is_authenticated or not person.is_active:
        return ANYBODY
    roles = [(one.organisation_id, Role(one.role)) for one in memberships]
    if person.is_staff and person.is_superuser:
        roles.append((None, Role.OPERATOR))
    strong = (STRONG if second_factor else frozenset()) | ({Role.OPERATOR} if own_machine else frozenset())
    counted = [(body, role) for body, role in roles if role in strong or role not in STRONG]
    grants: dict[int, frozenset[Scope]] = {}
    for body, role in counted:
        if body is not None:
            grants[body] = grants.get(body, frozenset()) | ROLES[role]
    everywhere = frozenset[Scope]().union(*(ROLES[role] for body, role in counted if body is None))
    held_back = frozenset(role for _, role in roles) - frozenset(role for _, role in counted)
    return Actor(person=person, grants=grants, everywhere=everywhere, held_back=held_back)


def is_operator(actor: Actor) -> bool:
    """Whether it acts for the registry as a whole: the root catalogue, every body, moderation."""
    return Scope.OPERATE in actor.everywhere


def may_act_for(actor: Actor, organisation: "Organisation", scope: Scope) -> bool:
    """Whether it may do what `scope` names in the name of this body."""
    return scope in actor.everywhere or scope in actor.grants.get(organisation.pk, frozenset())


def may_write_somewhere(actor: Actor, scope: Scope) -> bool:
    """Whether it may do what `scope` names for any body at all."""
    return scope in actor.everywhere or any(scope in scopes for scopes in actor.grants.values())


def body_of(actor: Actor) -> "Organisation | None":
    """The body whose token it is; None for the registry's own and for people."""
    return actor.token.organisation if actor.token is not None else None
