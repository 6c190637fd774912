"""An assembly as programs read it: the same in its file, in the API and where it is saved."""

from typing import Any

from catalogue.assembly import Cost, Finding, Range
from catalogue.blueprints.gathering import Assembled
from catalogue.blueprints.patterns import PatternSlot, PatternStep


def assembly_data(found: Assembled) -> dict[str, Any]:
    chosen_body = found.chosen_body.found
    cases = found.assembly.cases
    return {
        "blueprint": named(found.pattern.blueprint),
        "organisation": named(chosen_body) if chosen_body else None,
        "cases": {"number": cases.number, "basis": cases.basis} if cases else None,
        "slots": [chosen_slot(found, slot) for slot in found.pattern.slots],
        "also": [named(found.components[slug]) for slug in found.assembly.also],
        "findings": [finding_data(finding) for finding in found.findings],
        "cost": cost_data(found.cost, found.pattern.currency),
        "used_together_by": {"count": found.runners.count, "organisations": found.runners.bodies},
    }


def named(thing: Any) -> dict[str, str]:
    return {"slug": thing.slug, "name": thing.name}


def chosen_slot(found: Assembled, slot: PatternSlot) -> dict[str, Any]:
    component = found.assembly.chosen.get(slot.slug)
    return slot_data(slot) | {
        "component": named(found.components[component]) if component else None,
        "candidates": [
            {**named(found.components[one.slug]), "used_by": one.bodies, "used_by_alike": one.alike}
            for one in found.candidates[slot.slug].shown
        ],
        "candidate_count": found.candidates[slot.slug].count,
    }


def slot_data(slot: PatternSlot) -> dict[str, Any]:
    return {
        "slug": slot.slug,
        "name": slot.name,
        "required": slot.required,
        "kinds": slot.kinds,
        "functions": slot.functions,
        "uses": range_data(slot.uses),
    }


def pattern_data(steps: list[PatternStep], counts: dict[int, int]) -> list[dict[str, Any]]:
    """The steps of a blueprint; `counts` are how many components could fill each slot."""
    return [
        {
            "number": step.number,
            "verb": step.verb,
            "verb_label": step.verb_label,
            "name": step.name,
            "slots": [slot_data(slot) | {"candidate_count": counts.get(slot.id, 0)} for slot in step.slots],
        }
        for step in steps
    ]


def finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "weight": finding.weight,
        "sentence": finding.sentence,
        "components": [one._asdict() for one in finding.about],
        "instead_or_besides": finding.add._asdict() if finding.add else None,
        "source": finding.source or None,
    }


def cost_data(cost: Cost, currency: str) -> dict[str, Any]:
    """`complete` is false where any component has a blank: then the sum is only what is known."""
    return {
        "currency": currency,
        "complete": cost.complete,
        "known": range_data(cost.known),
        "components_with_blanks": cost.blanks,
        "components": [
            {
                "component": line.brick.named._asdict(),
                "transactions": range_data(line.transactions),
                "known": range_data(line.known),
                "blanks": list(line.blanks),
            }
            for line in cost.lines
        ],
    }


def range_data(found: Range | None) -> dict[str, Any] | None:
    return None if found is None else found._asdict()
