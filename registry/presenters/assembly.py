"""A saved assembly: what is chosen, what follows, and what may be done with it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.blueprints.asked import Asked
from catalogue.blueprints.gathering import Assembled, assemble
from catalogue.blueprints.pages import result
from catalogue.blueprints.patterns import Pattern, steps_of
from catalogue.models import Lifecycle
from commons.formatting import number
from registry.actions.plans import Planned
from registry.history.acts import acts_of
from registry.models import Assembly, Organisation, Stage
from registry.permissions import Actor, may_plan_assembly, may_write_assembly, names_shown_to

ACTS = ("saved_in", "planned_in", "withdrawn_in")


def is_inside(by: Actor, body: Organisation) -> bool:
    """Whether it may see who it was, and not only in which role."""
    shown = names_shown_to(by)
    return shown is None or body.pk in shown


def history_page(assembly: Assembly, by: Actor) -> dict[str, Any]:
    body = assembly.organisation
    here = {"text": assembly.name, "href": reverse("registry:assembly", args=[assembly.uuid])}
    return {
        "assembly": assembly,
        "acts": acts_of(assembly, ACTS, body=body, inside=is_inside(by, body)),
        "breadcrumbs": crumbs(assembly, here, {"text": _("History")}),
    }


def asked_by(assembly: Assembly) -> tuple[Asked, int]:
    """The choice as an address asks it, and how many of its components are listed no longer."""
    parts = list(assembly.parts.select_related("slot", "component").order_by("id"))
    listed = [part for part in parts if part.component.lifecycle != Lifecycle.DRAFT]
    choices = {part.slot.slug: part.component.slug for part in listed if part.slot}
    also = tuple(part.component.slug for part in listed if part.slot is None)
    cases = None if assembly.cases is None else Decimal(assembly.cases)
    return Asked(choices, also, assembly.organisation.slug, cases), len(parts) - len(listed)


def gathered(assembly: Assembly, on: date) -> tuple[Assembled, int]:
    """`assembly` carries the registry's `currency`."""
    asked, gone = asked_by(assembly)
    assembly.blueprint.currency = assembly.currency
    return assemble(Pattern(assembly.blueprint, steps_of(assembly.blueprint)), asked, on), gone


def page(assembly: Assembly, by: Actor, on: date) -> dict[str, Any]:
    found, gone = gathered(assembly, on)
    body: Organisation = assembly.organisation
    return {
        "assembly": assembly,
        "result": result(found),
        "query": found.asked.query(),
        "problems": [error.detail for error in found.errors],
        "gone": gone,
        "may_change": may_write_assembly(by, body),
        "may_plan": may_plan_assembly(by, body),
        "may_fork": bool(by.everywhere or by.grants),
        "breadcrumbs": crumbs(assembly, {"text": assembly.name}),
    }


def crumbs(assembly: Assembly, *more: dict[str, str]) -> list[dict[str, str]]:
    blueprint = assembly.blueprint
    return [
        {"text": _("Blueprints"), "href": reverse("catalogue:blueprint_list")},
        {"text": blueprint.name, "href": reverse("catalogue:blueprint", args=[blueprint.slug])},
        *more,
    ]


def plan_rows(rows: list[Planned]) -> list[dict[str, str]]:
    """What planning declares, and what stands already."""
    return [
        {
            "component": row.component.name,
            "function": row.function.name,
            "now": Stage(row.stands.stage).label if row.stands else _("nothing declared"),
            "then": Stage.PLANNED.label if row.new else _("stays as it is"),
        }
        for row in rows
    ]


def planned_sentence(count: int) -> str:
    return ngettext("%(count)s planned use declared", "%(count)s planned uses declared", count) % {
        "count": number(count)
    }


def undone_sentence(count: int) -> str:
    return ngettext("%(count)s planned use taken back", "%(count)s planned uses taken back", count) % {
        "count": number(count)
    }
