"""What exists: components, catalogues, where descriptions are harvested from, what is put together of them."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from registry.models.token import Scope
from registry.permissions.actors import Actor, is_operator, may_act_for

if TYPE_CHECKING:
    from registry.models import Organisation


def may_write_root_catalogue(actor: Actor) -> bool:
    """Whether it may write what belongs to no body: catalogues, publishers, components without a steward."""
    return is_operator(actor) and Scope.CATALOGUE_WRITE in actor.everywhere


def may_write_catalogue(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may add components that this body looks after, and change how the body itself is shown."""
    return may_act_for(actor, organisation, Scope.CATALOGUE_WRITE)


def may_write_component(actor: Actor, stewards: "Collection[Organisation]") -> bool:
    """Whether it may change a component that these bodies look after now. One that nobody looks after: operators."""
    return may_write_root_catalogue(actor) or any(may_write_catalogue(actor, steward) for steward in stewards)


def may_add_software(actor: Actor, publishers: Collection[int] | None) -> bool:
    """Whether it may add software to a catalogue whose publishers have these ids; None: the root, which is for all."""
    if may_write_root_catalogue(actor):
        return True
    wanting = {body for body, scopes in actor.grants.items() if Scope.CATALOGUE_WRITE in scopes}
    return bool(wanting if publishers is None else wanting.intersection(publishers))


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


def may_write_assembly(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may save, change and withdraw what this body puts together."""
    return may_act_for(actor, organisation, Scope.ASSEMBLIES_WRITE)


def may_plan_assembly(actor: Actor, organisation: "Organisation") -> bool:
    """Whether it may declare that the body plans to use what it has put together."""
    return may_write_assembly(actor, organisation) and may_act_for(actor, organisation, Scope.DECLARATIONS_WRITE)
