"""May this be done? Pure functions that views and API ask before the act; they read no database.

An actor holds *grants*: what it may do for which bodies. A token brings its scopes for its own body; an operator may do
everything for every body. A role of a member of a body's team will be one more source of grants, and nothing that asks
here will change.

Where the very existence of a thing is secret, whoever may not see it is answered as if there were none: 404, not 403.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from registry.models.token import Scope, Token

if TYPE_CHECKING:
    from registry.models import Organisation, Person

EVERYTHING = frozenset(Scope)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who asks. `grants` are by the id of a body; `everywhere` is what it may do for all bodies and the registry."""

    person: "Person | None" = None
    token: Token | None = None
    grants: Mapping[int, frozenset[Scope]] = field(default_factory=dict)
    everywhere: frozenset[Scope] = frozenset()

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


def of_person(person: Any) -> Actor:
    """A person who is signed in; anybody else is ANYBODY."""
    if not person.is_authenticated or not person.is_active:
        return ANYBODY
    return Actor(person=person, everywhere=EVERYTHING if person.is_staff and person.is_superuser else frozenset())


def is_operator(actor: Actor) -> bool:
    """Whether it acts for the registry as a whole: the root catalogue, every body, moderation."""
    return Scope.OPERATE in actor.everywhere


def may_act_for(actor: Actor, organisation: "Organisation", scope: Scope) -> bool:
    """Whether it may do what `scope` names in the name of this body."""
    return scope in actor.everywhere or scope in actor.grants.get(organisation.pk, frozenset())


def may_write_catalogue(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may add components that this body looks after, and change how the body itself is shown."""
    return may_act_for(actor, organisation, Scope.CATALOGUE_WRITE)


def may_write_component(actor: Actor, stewards: "Collection[Organisation]") -> bool:
    """Whether it may change a component that these bodies look after now. One that nobody looks after: operators."""
    return may_write_root_catalogue(actor) or any(may_write_catalogue(actor, steward) for steward in stewards)


def may_review(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may say what this body found when it took a component up: as who declares what it uses."""
    return may_act_for(actor, organisation, Scope.DECLARATIONS_WRITE)


def may_write_root_catalogue(actor: Actor) -> bool:
    """Whether it may write what belongs to no body: catalogues, publishers, components without a steward."""
    return is_operator(actor) and Scope.CATALOGUE_WRITE in actor.everywhere


def may_keep_sources(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may say where this body's descriptions are harvested from."""
    return may_act_for(actor, organisation, Scope.SOURCES_WRITE)


def may_choose_difference(
    actor: Actor, organisation: "Organisation", stewards: "Collection[Organisation]", *, made: bool
) -> bool:
    """Whether it may choose between a source of this body and what is recorded of a component.

    Whoever looks after the component may; where nobody does, also the body whose source the component was `made` from.
    """
    return may_write_component(actor, stewards) or (not stewards and made and may_write_catalogue(actor, organisation))


def body_of(actor: Actor) -> "Organisation | None":
    """The body whose token it is; None for the registry's own and for people."""
    return actor.token.organisation if actor.token is not None else None


def may_write_somewhere(actor: Actor, scope: Scope) -> bool:
    """Whether it may do what `scope` names for any body at all."""
    return scope in actor.everywhere or any(scope in scopes for scopes in actor.grants.values())


def may_add_software(actor: Actor, publishers: Collection[int] | None) -> bool:
    """Whether it may add software to a catalogue whose publishers have these ids; None: the root, which is for all."""
    if may_write_root_catalogue(actor):
        return True
    wanting = {body for body, scopes in actor.grants.items() if Scope.CATALOGUE_WRITE in scopes}
    return bool(wanting if publishers is None else wanting.intersection(publishers))


def may_keep_webhooks(actor: Actor, organisation: "Organisation | None") -> bool:
    """Whether it may see and change the webhooks of this body; None: the registry's own."""
    if organisation is None:
        return is_operator(actor) and Scope.WEBHOOKS_WRITE in actor.everywhere
    return may_act_for(actor, organisation, Scope.WEBHOOKS_WRITE)


def may_write_assembly(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may save, change and withdraw what this body puts together."""
    return may_act_for(actor, organisation, Scope.ASSEMBLIES_WRITE)


def may_plan_assembly(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may declare that the body plans to use what it has put together."""
    return may_write_assembly(actor, organisation) and may_act_for(actor, organisation, Scope.DECLARATIONS_WRITE)


def may_judge_pairs(actor: Actor) -> bool:
    """Whether it may see which components may be one, and say that they are not. To others it is not shown."""
    return may_write_root_catalogue(actor)


def may_plan_reorganisation(actor: Actor) -> bool:
    """Whether it may plan, second, change and cancel what becomes of bodies."""
    return is_operator(actor)


def may_issue_token(actor: Actor, organisation: "Organisation | None", scopes: Collection[Scope]) -> bool:
    """Operators alone, until bodies have members: nobody hands out more than they have."""
    return is_operator(actor) and actor.everywhere.issuperset(scopes)


def may_revoke_token(actor: Actor, token: Token) -> bool:
    return is_operator(actor) or (actor.token is not None and actor.token.pk == token.pk)
