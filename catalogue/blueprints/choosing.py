"""The components that are offered for a place in a blueprint, with what speaks for each."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.blueprints import words
from catalogue.blueprints.asked import SLOT
from catalogue.blueprints.candidates import Candidate
from catalogue.blueprints.gathering import Assembled
from catalogue.blueprints.patterns import PatternSlot
from catalogue.models import ComponentKind, Lifecycle
from catalogue.presenters import words as counted
from commons.formatting import number


def radios(found: Assembled, slot: PatternSlot) -> dict[str, Any]:
    """The parameters of the design system's radios."""
    name = f"{SLOT}{slot.slug}"
    chosen = found.assembly.chosen.get(slot.slug, "")
    fitting = found.candidates[slot.slug]
    items = [item(found, one, chosen) for one in fitting.shown]
    leave = {"value": "", "text": _("Leave it empty"), "checked": not chosen}
    problem = next((error.detail for error in found.errors if error.parameter == name), "")
    required = _("required") if slot.required else _("optional")
    asks = ", ".join(function["name"] for function in slot.functions) or _("no function of the tree")
    about = _("%(required)s; for %(functions)s") % {"required": required.capitalize(), "functions": asks}
    return {
        "name": name,
        "idPrefix": name,
        "classes": "govuk-radios--small",
        "fieldset": {"legend": {"text": slot.name, "classes": "govuk-fieldset__legend--s"}},
        "hint": {"text": f"{about} ({kinds(slot)})" if slot.kinds else about},
        "items": [*items, {"divider": _("or")}, leave] if items else [],
        **({"errorMessage": {"text": problem}} if problem else {}),
    }


def item(found: Assembled, one: Candidate, chosen: str) -> dict[str, Any]:
    component = found.components[one.slug]
    return {
        "value": one.slug,
        "text": component.name,
        "checked": one.slug == chosen,
        "hint": {"text": "; ".join(reasons(found, one))},
    }


def reasons(found: Assembled, one: Candidate) -> Iterable[str]:
    """Why to take it or not: who uses it, what it costs, how it stands to what is chosen, and whether it is offered."""
    component, body = found.components[one.slug], found.assembly.body
    alike = _(", %(count)s of them of your kind") % {"count": number(one.alike)} if one.alike and body else ""
    yield f"{counted.used_by(one.bodies)}{alike}"
    yield words.price(component, found.pattern.currency)
    if component.lifecycle not in ("", Lifecycle.LIVE):
        yield component.get_lifecycle_display().lower()
    taken = set(found.assembly.taken) - {one.slug}
    for relation, said in (("works_with", _("works with %s")), ("conflicts_with", _("does not work with %s"))):
        others = {
            tie.other if tie.one == one.slug else tie.one
            for tie in found.assembly.ties
            if tie.relation == relation and one.slug in (tie.one, tie.other)
        }
        if near := sorted(found.components[slug].name for slug in others & taken):
            yield said % ", ".join(near)
    made_for = found.assembly.bricks[one.slug].available_to
    if body and body.peer_groups and made_for and not {group.slug for group in made_for} & body.peer_groups:
        yield _("offered to %s only") % ", ".join(group.name for group in made_for)


def more(found: Assembled, slot: PatternSlot) -> dict[str, Any] | None:
    """Where the candidates are that are not shown; None where all are."""
    fitting = found.candidates[slot.slug]
    hidden = fitting.count - len(fitting.shown)
    if hidden <= 0:
        return None
    query = "&".join(f"function={function['slug']}" for function in slot.functions)
    return {"text": counted.components(hidden), "href": f"{reverse('catalogue:component_list')}?{query}"}


def kinds(slot: PatternSlot) -> str:
    return ", ".join(str(ComponentKind(kind).label).lower() for kind in slot.kinds)
