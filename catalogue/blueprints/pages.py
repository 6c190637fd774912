"""The pages of blueprints and of what is put together from them."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.assembly import ORDER, Finding
from catalogue.blueprints import words
from catalogue.blueprints.asked import ALSO
from catalogue.blueprints.candidates import NONE, Candidates
from catalogue.blueprints.choosing import kinds, more, radios
from catalogue.blueprints.gathering import Assembled
from catalogue.blueprints.patterns import Pattern, PatternSlot
from catalogue.presenters import words as counted
from commons import formatting
from commons.formatting import number
from commons.listing import ParameterError, Selection


def list_page(selection: Selection) -> dict[str, Any]:
    count = selection.total
    heading = ngettext("%(count)s blueprint", "%(count)s blueprints", count) % {"count": number(count)}
    return {
        "selection": selection,
        "heading": heading,
        "blueprints": list(selection.rows()),
        "search": selection.asked.value("q") or "",
    }


def crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    return [{"text": _("Blueprints"), "href": reverse("catalogue:blueprint_list")}, *more]


def blueprint_page(pattern: Pattern, fitting: dict[int, Candidates]) -> dict[str, Any]:
    blueprint = pattern.blueprint
    empty = sum(not fitting.get(slot.id, NONE).count for slot in pattern.slots)
    return {
        "blueprint": blueprint,
        "facts": [
            {"key": _("Kind of service"), "value": formatting.stated(blueprint.get_kind_display())},
            {"key": _("Source"), "value": formatting.stated(blueprint.source)},
        ],
        "steps": [
            {
                "number": step.number,
                "name": step.name,
                "verb": step.verb_label if step.verb_label != step.name else "",
                "slots": [slot_row(slot, fitting.get(slot.id, NONE)) for slot in step.slots],
            }
            for step in pattern.steps
        ],
        "slots": len(pattern.slots),
        "empty": empty,
        "breadcrumbs": crumbs({"text": blueprint.name}),
    }


def slot_row(slot: PatternSlot, found: Candidates) -> dict[str, Any]:
    return {
        "name": slot.name,
        "functions": slot.functions,
        "required": slot.required,
        "kinds": kinds(slot),
        "count": counted.components(found.count) if found.count else "",
    }


def assemble_page(found: Assembled) -> dict[str, Any]:
    blueprint = found.pattern.blueprint
    return {
        "blueprint": blueprint,
        "asked": found.asked,
        "result": result(found) if found.assembly.taken else None,
        "errors": [{"text": error.detail, "href": place_of(error)} for error in found.errors],
        "steps": [
            {
                "number": step.number,
                "name": step.name,
                "slots": [{"radios": radios(found, slot), "more": more(found, slot)} for slot in step.slots],
            }
            for step in found.pattern.steps
        ],
        "also": [found.components[slug] for slug in found.assembly.also],
        "body_error": found.chosen_body.problem,
        "query": found.asked.query(),
        "breadcrumbs": crumbs(
            {"text": blueprint.name, "href": reverse("catalogue:blueprint", args=[blueprint.slug])},
            {"text": _("Put it together")},
        ),
    }


def place_of(error: ParameterError) -> str:
    """Where on the page it can be mended. What cannot be taken besides has no field of its own."""
    return "#choose" if error.parameter == ALSO else f"#{error.parameter}"


def result(found: Assembled) -> dict[str, Any]:
    """Everything that follows, in words; also what the document and the page of a saved assembly show."""
    body = found.chosen_body.found
    service = found.pattern.blueprint.function
    return {
        "choices": list(choices(found)),
        "cost": {
            "headline": words.cost_headline(found.cost, found.pattern.currency),
            "blanks": words.blanks_sentence(found.cost),
            "cases": words.cases_sentence(found.assembly.cases, body.name if body else "", str(service or "")),
            "rows": cost_rows(found),
        },
        "body": body,
        "groups": groups(found),
        "summary": summary(found),
        "runners": {
            "headline": words.runners_headline(found),
            "bodies": found.runners.bodies,
            "more": found.runners.count - len(found.runners.bodies),
        },
    }


def choices(found: Assembled) -> Iterable[dict[str, Any]]:
    """Each slot with what fills it, and what is taken besides."""
    for step in found.pattern.steps:
        for slot in step.slots:
            chosen = found.assembly.chosen.get(slot.slug)
            yield {
                "step": f"{step.number}. {step.name}",
                "slot": slot.name,
                "component": found.components[chosen] if chosen else None,
                "empty": empty_words(slot, found.candidates[slot.slug]),
            }
    for slug in found.assembly.also:
        yield {"step": _("Besides"), "slot": "", "component": found.components[slug], "empty": ""}


def empty_words(slot: PatternSlot, fitting: Candidates) -> str:
    if not fitting.count:
        return _("no shared component exists")
    return _("nothing chosen") if slot.required else _("left out")


def cost_rows(found: Assembled) -> list[dict[str, Any]]:
    return [
        {
            "name": line.brick.name,
            "slug": line.brick.slug,
            "transactions": words.number_range(line.transactions),
            "known": words.money_range(line.known, found.pattern.currency)
            if line.known.high or not line.blanks
            else _(words.NOT_KNOWN),
            "blanks": line.blanks,
        }
        for line in found.cost.lines
    ]


def groups(found: Assembled) -> list[dict[str, Any]]:
    """Findings by weight, the gravest first."""
    made = []
    for weight in ORDER:
        label, colour = words.WEIGHTS[weight]
        of_weight = [finding_row(found, finding) for finding in found.findings if finding.weight == weight]
        if of_weight:
            made.append({"label": _(label), "colour": colour, "findings": of_weight})
    return made


def finding_row(found: Assembled, finding: Finding) -> dict[str, Any]:
    return {
        "sentence": finding.sentence,
        "source": finding.source,
        "add": finding.add if finding.kind == "requirement" else None,
        "add_query": found.asked.query(add=finding.add.slug) if finding.add and finding.kind == "requirement" else "",
        "successor": finding.add if finding.kind == "lifecycle" else None,
    }


def summary(found: Assembled) -> str:
    """“6 of 11 slots filled. 2 problems.”"""
    problems = sum(finding.weight == ORDER[0] for finding in found.findings)
    filled = _("%(filled)s of %(slots)s slots filled.") % {
        "filled": number(len(found.assembly.chosen)),
        "slots": number(len(found.assembly.places)),
    }
    found_words = ngettext("%(count)s problem.", "%(count)s problems.", problems) % {"count": number(problems)}
    return f"{filled} {found_words if problems else _('No problems found.')}"
