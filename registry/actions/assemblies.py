"""Keeping what a body has put together, and declaring that it plans to use it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from catalogue.models import Blueprint, Component, Lifecycle, Slot
from commons.exceptions import Refused
from registry.actions.bodies import refuse_ended
from registry.models import Act, Assembly, Event, Organisation, Part
from registry.permissions import Actor, may_write_assembly

LONGEST_NAME = 200
MOST_BESIDES = 50
MOST_CASES = 10**12


@dataclass(frozen=True, kw_only=True)
class AssemblyChoice:
    """Components by slot and besides, all by slug. `cases` a year: None leaves them to what the body states."""

    slots: Mapping[str, str] = field(default_factory=dict)
    also: Collection[str] = ()
    cases: int | None = None


@transaction.atomic
def save_assembly(
    *, organisation: Organisation, blueprint: Blueprint, name: str, choice: AssemblyChoice, by: Actor
) -> Assembly:
    """Raises Refused: not allowed, the body no longer exists, no name, or a choice that does not fit."""
    refuse_writing(organisation, name, by)
    parts = fitting(blueprint, choice)
    event = record(Act.SAVE_ASSEMBLY, by, organisation, blueprint, name, parts)
    assembly = Assembly.objects.create(
        organisation=organisation, blueprint=blueprint, name=name.strip(), cases=choice.cases, saved_in=event
    )
    keep(assembly, parts)
    return assembly


@transaction.atomic
def change_assembly(*, assembly: Assembly, name: str, choice: AssemblyChoice, by: Actor) -> Assembly:
    """Raises Refused: as `save_assembly`, or it was withdrawn, or it is planned."""
    assembly = locked(assembly)
    refuse_writing(assembly.organisation, name, by)
    refuse_withdrawn(assembly)
    if assembly.planned_in_id:
        raise Refused("This assembly is planned. Take the plan back first, or save the change as a new assembly.")
    parts = fitting(assembly.blueprint, choice)
    event = record(Act.CHANGE_ASSEMBLY, by, assembly.organisation, assembly.blueprint, name, parts, assembly)
    assembly.name, assembly.cases, assembly.saved_in = name.strip(), choice.cases, event
    assembly.save(update_fields=["name", "cases", "saved_in"])
    assembly.parts.all().delete()
    keep(assembly, parts)
    return assembly


@transaction.atomic
def fork_assembly(*, assembly: Assembly, organisation: Organisation, name: str, by: Actor) -> Assembly:
    """The same choice for another body, or for the same one to go on from. Raises Refused."""
    assembly = locked(assembly)
    refuse_writing(organisation, name, by)
    refuse_withdrawn(assembly)
    parts = [(part.slot, part.component) for part in assembly.parts.select_related("slot", "component")]
    parts = [(slot, component) for slot, component in parts if component.lifecycle != Lifecycle.DRAFT]
    event = record(Act.FORK_ASSEMBLY, by, organisation, assembly.blueprint, name, parts, assembly)
    fork = Assembly.objects.create(
        organisation=organisation,
        blueprint=assembly.blueprint,
        name=name.strip(),
        forked_from=assembly,
        saved_in=event,
    )
    keep(fork, parts)
    return fork


@transaction.atomic
def withdraw_assembly(*, assembly: Assembly, by: Actor) -> Assembly:
    """Raises Refused: not allowed, withdrawn already, or planned."""
    assembly = locked(assembly)
    refuse_stranger(assembly.organisation, by)
    refuse_withdrawn(assembly)
    if assembly.planned_in_id:
        raise Refused("This assembly is planned. Take the plan back before you withdraw it.")
    detail = {"assembly": str(assembly.uuid), "organisation": assembly.organisation.slug, "name": assembly.name}
    assembly.withdrawn_in = Event.objects.create(act=Act.WITHDRAW_ASSEMBLY, **by.signature, detail=detail)
    assembly.save(update_fields=["withdrawn_in"])
    return assembly


Parts = list[tuple[Slot | None, Component]]


def fitting(blueprint: Blueprint, choice: AssemblyChoice) -> Parts:
    """The rows that a choice names. Raises Refused with the first that does not fit."""
    if choice.cases is not None and not 0 <= choice.cases <= MOST_CASES:
        raise Refused("Say how many cases a year there are as a whole number.")
    if len(choice.also) > MOST_BESIDES:
        raise Refused(f"Take at most {MOST_BESIDES} components beside the slots.")
    named = {*choice.slots.values(), *choice.also}
    components = {component.slug: component for component in Component.objects.listed().filter(slug__in=named)}
    for slug in sorted(named - set(components)):
        raise Refused(f"There is no component “{slug[:120]}”.")
    slots = {slot.slug: slot for slot in Slot.objects.filter(step__blueprint=blueprint, slug__in=choice.slots)}
    parts: Parts = []
    for slug, component in choice.slots.items():
        if slug not in slots:
            raise Refused(f"“{blueprint}” has no slot “{slug[:120]}”.")
        if not slots[slug].candidates().filter(slug=component).exists():
            raise Refused(f"{components[component]} does not fill “{slots[slug]}”. Choose another one.")
        parts.append((slots[slug], components[component]))
    parts += [(None, components[slug]) for slug in dict.fromkeys(choice.also)]
    if not parts:
        raise Refused("Nothing is chosen. Choose a component for one slot at least.")
    return parts


def keep(assembly: Assembly, parts: Parts) -> None:
    Part.objects.bulk_create(Part(assembly=assembly, slot=slot, component=component) for slot, component in parts)


def record(
    act: Act,
    by: Actor,
    organisation: Organisation,
    blueprint: Blueprint,
    name: str,
    parts: Parts,
    assembly: Assembly | None = None,
) -> Event:
    detail = {
        "organisation": organisation.slug,
        "blueprint": blueprint.slug,
        "name": name.strip(),
        "slots": {slot.slug: component.slug for slot, component in parts if slot},
        "also": [component.slug for slot, component in parts if slot is None],
        **({"assembly": str(assembly.uuid)} if assembly else {}),
    }
    return Event.objects.create(act=act, **by.signature, detail=detail)


def locked(assembly: Assembly) -> Assembly:
    """As it is now, and nobody else changes it until the act is done."""
    of = Assembly.objects.select_for_update(of=("self",)).select_related("organisation", "blueprint")
    return of.get(pk=assembly.pk)


def refuse_writing(organisation: Organisation, name: str, by: Actor) -> None:
    refuse_stranger(organisation, by)
    refuse_ended(organisation)
    if not name.strip():
        raise Refused("Give it a name: “Licences, with our own form”.")
    if len(name.strip()) > LONGEST_NAME:
        raise Refused(f"Shorten the name to {LONGEST_NAME} characters.")


def refuse_stranger(organisation: Organisation, by: Actor) -> None:
    if not may_write_assembly(by, organisation):
        raise Refused(f"You may not act for {organisation}.")


def refuse_withdrawn(assembly: Assembly) -> None:
    if assembly.withdrawn_in_id:
        raise Refused("This assembly was withdrawn.")
