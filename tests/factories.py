"""Rows that are valid by default. Every factory takes the fields that its test is about, and makes up the rest."""

import itertools
from datetime import date

from django.utils import timezone

from catalogue.models import Blueprint, Component, Function, PeerGroup, Profile, Relation, Slot, Standard, Step
from registry.models import (
    Act,
    Attestation,
    AttestationState,
    Audit,
    Declaration,
    DeclarationKind,
    Event,
    Membership,
    Organisation,
    Person,
    Role,
    Source,
    SourceKind,
    Stage,
    Stewardship,
)

_numbers = itertools.count(1_000)  # clear of the random worlds, whose bodies are numbered from 0


def peer_group(**fields) -> PeerGroup:
    number = next(_numbers)
    return PeerGroup.objects.create(**{"slug": f"group-{number}", "label": f"Group {number}", **fields})


def function(**fields) -> Function:
    number = next(_numbers)
    return Function.objects.create(
        **{"slug": f"function-{number}", "name": f"Function {number}", "kind": "service", **fields}
    )


def component(*, functions=(), available_to=(), **fields) -> Component:
    number = next(_numbers)
    made = Component.objects.create(
        **{
            "slug": f"component-{number}",
            "name": f"Component {number}",
            "kind": "service",
            "lifecycle": "live",
            "summary": f"What component {number} is for.",
            **fields,
        }
    )
    made.functions.set(functions)
    made.available_to.set(available_to)
    return made


def profile(**fields) -> Profile:
    return Profile.objects.create(**{"component": fields.get("component") or component(), **fields})


def standard(**fields) -> Standard:
    number = next(_numbers)
    return Standard.objects.create(**{"slug": f"standard-{number}", "name": f"Standard {number}", **fields})


def relation(component: Component, kind: str, other: Component) -> Relation:
    return Relation.objects.create(component=component, relation=kind, other=other)


def blueprint(**fields) -> Blueprint:
    number = next(_numbers)
    return Blueprint.objects.create(**{"slug": f"blueprint-{number}", "name": f"Blueprint {number}", **fields})


def step(**fields) -> Step:
    number = next(_numbers)
    made = {"slug": f"step-{number}", "name": f"Step {number}", "number": number, "verb": "apply", **fields}
    made["blueprint"] = made.get("blueprint") or blueprint()
    return Step.objects.create(**made)


def slot(*, functions=(), **fields) -> Slot:
    number = next(_numbers)
    made = {"slug": f"slot-{number}", "name": f"Slot {number}", **fields}
    made["step"] = made.get("step") or step()
    slot = Slot.objects.create(**made)
    slot.functions.set(functions)
    return slot


def organisation(**fields) -> Organisation:
    number = next(_numbers)
    return Organisation.objects.create(
        **{"slug": f"body-{number}", "name": f"Body {number}", "type": "council", **fields}
    )


def event(**fields) -> Event:
    return Event.objects.create(**{"act": Act.LOAD_PACK, "source": "A test's pack", **fields})


def person(**fields) -> Person:
    return Person.objects.create_user(fields.pop("email", f"person-{next(_numbers)}@birch.example"), **fields)


def membership(**fields) -> Membership:
    """A standing one. Without a body for a role of the registry: `organisation=None`."""
    made = {"role": Role.OWNER, **fields}
    made["person"] = made.get("person") or person()
    if "organisation" not in made:
        made["organisation"] = organisation()
    if "asked_in" not in made:
        made.setdefault("granted_in", event(act=Act.GRANT_ROLE))
    return Membership.objects.create(**made)


def adoption(**fields) -> Declaration:
    made = {
        "kind": DeclarationKind.ADOPTION,
        "stage": Stage.LIVE,
        "confirmed": date(2026, 6, 30),
        "evidence": "E1",
        **fields,
    }
    made["component"] = made.get("component") or component()
    return _declaration(made)


def duplicate(**fields) -> Declaration:
    made = {
        "kind": DeclarationKind.DUPLICATE,
        "system": f"System {next(_numbers)}",
        "confirmed": date(2026, 6, 30),
        "evidence": "E1",
        **fields,
    }
    return _declaration(made)


def stewardship(**fields) -> Stewardship:
    return Stewardship.objects.create(
        **{
            "component": fields.get("component") or component(),
            "organisation": fields.get("organisation") or organisation(),
            "recorded_in": fields.get("recorded_in") or event(),
            **fields,
        }
    )


def attestation(**fields) -> Attestation:
    """One of use that was given. `of` is the statement that it is of."""
    of = fields.pop("of", None)
    said = {"organisation": of.organisation, "function": of.function, "component": of.component} if of else {}
    made = {"kind": "use", "state": AttestationState.ATTESTED, "answered_on": date(2026, 6, 30), **said, **fields}
    made["asked_on"] = made["due_on"] = made["answered_on"]
    made["steward"] = made.get("steward") or organisation()
    made["asked_in"] = made["answered_in"] = made.pop("recorded_in", None) or event(act=Act.ATTEST)
    return Attestation.objects.create(**made)


def audit(**fields) -> Audit:
    """One that did not confirm the attestation."""
    given = fields.pop("attestation", None) or attestation(of=adoption())
    made = {"attestation": given, "steward": given.steward, "year": 2026, "seed": "0" * 64, "result": "failed"}
    decided = {"reason": "They never used it", "decided_on": date(2026, 6, 30), "decided_in": event()}
    return Audit.objects.create(**made | decided | {"drawn_in": event(act=Act.DRAW_AUDIT)} | fields)


def source(**fields) -> Source:
    number = next(_numbers)
    return Source.objects.create(
        **{
            "organisation": fields.get("organisation") or organisation(),
            "kind": SourceKind.FILE,
            "address": f"https://source-{number}.example/publiccode.yml",
            "next_due_at": timezone.now(),
            **fields,
        }
    )


def _declaration(made: dict) -> Declaration:
    made["organisation"] = made.get("organisation") or organisation()
    made["function"] = made.get("function") or function()
    made["recorded_in"] = made.get("recorded_in") or event()
    return Declaration.objects.create(**made)
