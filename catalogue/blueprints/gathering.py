"""From what is asked to what follows: everything that pages, files and the API say of an assembly."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from catalogue.assembly import (
    Assembly,
    Brick,
    Cost,
    Finding,
    Named,
    Tie,
    cost_of,
    findings,
)
from catalogue.blueprints import bodies
from catalogue.blueprints.asked import ALSO, BODY, SLOT, Asked
from catalogue.blueprints.candidates import NONE, Candidates, candidates
from catalogue.blueprints.patterns import Pattern, PatternSlot
from catalogue.models import Component, Lifecycle, PeerGroup, Standard
from commons.listing.errors import ParameterError, shown

MOST_NEEDED = 200  # components that follow from what is required

# What the chosen ones require, at first or second hand, and how all of these stand to each other and to the candidates.
# UNION leaves out what was seen, so that circles end.
TIES = """
    WITH RECURSIVE taken (id) AS (
        SELECT id FROM catalogue_component WHERE slug = ANY(%(taken)s) AND lifecycle <> %(draft)s
    ),
    needed (id) AS (
        SELECT id FROM taken
        UNION
        SELECT other.id FROM needed
        JOIN catalogue_relation need ON need.component_id = needed.id AND need.relation = 'requires'
        JOIN catalogue_component other ON other.id = need.other_id AND other.lifecycle <> %(draft)s
    ),
    everyone (id) AS (
        (SELECT id FROM needed LIMIT %(most)s) UNION SELECT id FROM taken UNION SELECT unnest(%(candidates)s::bigint[])
    )
    SELECT one.slug, tie.relation, other.slug FROM catalogue_relation tie
    JOIN catalogue_component one ON one.id = tie.component_id
    JOIN catalogue_component other ON other.id = tie.other_id
    WHERE tie.component_id IN (SELECT id FROM everyone) AND tie.other_id IN (SELECT id FROM everyone)
    ORDER BY 1, 2, 3
"""


@dataclass(frozen=True)
class Assembled:
    """`candidates` are by slot, `components` hold every component that is named. `errors` speak of what was asked."""

    pattern: Pattern
    asked: Asked
    chosen_body: bodies.Chosen
    candidates: dict[str, Candidates]
    components: dict[str, Component]
    assembly: Assembly
    findings: list[Finding]
    cost: Cost
    runners: bodies.Runners
    errors: list[ParameterError]


def assemble(pattern: Pattern, asked: Asked, on: date) -> Assembled:
    chosen = bodies.body_named(asked.body, pattern.blueprint, on)
    wanted = {*asked.choices.values(), *asked.also}
    peer_group = chosen.found.peer_group_id if chosen.found else None
    fitting = candidates(pattern.blueprint.pk, on, chosen=wanted, peer_group=peer_group)
    of_slot = {slot.slug: fitting.get(slot.id, NONE) for slot in pattern.slots}
    ties = ties_of(wanted, {one.component for found in of_slot.values() for one in found.shown})
    known = components_named({*wanted, *(one.slug for found in of_slot.values() for one in found.shown), *ends(ties)})
    assembly = assembly_of(pattern, asked, of_slot, known, ties, chosen, on)
    return Assembled(
        pattern=pattern,
        asked=asked,
        chosen_body=chosen,
        candidates=of_slot,
        components=known,
        assembly=assembly,
        findings=findings(assembly) if assembly.taken else [],
        cost=cost_of(assembly),
        runners=bodies.runners(assembly.taken, on),
        errors=list(mistakes(pattern, asked, of_slot, known, chosen)),
    )


def assembly_of(
    pattern: Pattern,
    asked: Asked,
    of_slot: dict[str, Candidates],
    known: dict[str, Component],
    ties: list[Tie],
    chosen: bodies.Chosen,
    on: date,
) -> Assembly:
    fits = {slot: {one.slug for one in found.shown} for slot, found in of_slot.items()}
    return Assembly(
        places=tuple(slot.place(step, of_slot[slot.slug].count) for step in pattern.steps for slot in step.slots),
        chosen={slot: component for slot, component in asked.choices.items() if component in fits[slot]},
        also=tuple(slug for slug in asked.also if slug in known),
        bricks={slug: brick(component) for slug, component in known.items()},
        ties=tuple(ties),
        body=chosen.body,
        cases=bodies.cases(asked.cases, chosen.found),
        today=on,
    )


def mistakes(
    pattern: Pattern,
    asked: Asked,
    of_slot: dict[str, Candidates],
    known: dict[str, Component],
    chosen: bodies.Chosen,
) -> Iterable[ParameterError]:
    """What was asked for and cannot be taken: left out of the assembly, and said."""
    if chosen.problem:
        yield ParameterError(BODY, "unknown_value", chosen.problem)
    for slot in pattern.slots:
        component = asked.choices.get(slot.slug)
        if component and component not in {one.slug for one in of_slot[slot.slug].shown}:
            yield ParameterError(f"{SLOT}{slot.slug}", "does_not_fit", unfit(slot, component, known))
    for component in asked.also:
        if component not in known:
            yield ParameterError(ALSO, "unknown_value", f"There is no component “{shown(component)}”.")


def unfit(slot: PatternSlot, component: str, known: dict[str, Component]) -> str:
    if component not in known:
        return f"There is no component “{shown(component)}”. Choose another one for “{slot.name}”."
    return f"{known[component].name} does not fill “{slot.name}”. Choose another one."


def ties_of(taken: Collection[str], candidate_ids: Collection[int]) -> list[Tie]:
    asked = {
        "taken": list(taken),
        "draft": Lifecycle.DRAFT.value,
        "candidates": list(candidate_ids),
        "most": MOST_NEEDED,
    }
    with connection.cursor() as cursor:
        cursor.execute(TIES, asked)
        return [Tie(*row) for row in cursor.fetchall()]


def ends(ties: Iterable[Tie]) -> set[str]:
    return {slug for tie in ties for slug in (tie.one, tie.other)}


def components_named(slugs: Collection[str]) -> dict[str, Component]:
    """The listed ones, by slug, each with `followed` standards and the kinds of bodies that it is `offered_to`."""
    followed = Standard.objects.filter(components=OuterRef("pk")).order_by("name", "slug")
    offered = PeerGroup.objects.filter(components=OuterRef("pk")).order_by("label", "slug")
    listed = Component.objects.listed().filter(slug__in=slugs).select_related("successor", "profile")
    found = listed.annotate(
        followed=ArraySubquery(followed.values(object=JSONObject(slug="slug", name="name"))),
        offered_to=ArraySubquery(offered.values(object=JSONObject(slug="slug", name="label"))),
    )
    return {component.slug: component for component in found}


def brick(component: Component) -> Brick:
    successor, profile = component.successor, getattr(component, "profile", None)
    shown_successor = successor if successor and successor.lifecycle != Lifecycle.DRAFT else None
    return Brick(
        slug=component.slug,
        name=component.name,
        kind=component.kind,
        lifecycle=component.lifecycle,
        successor=Named(shown_successor.slug, shown_successor.name) if shown_successor else None,
        ends_on=profile.ends_on if profile else None,
        licence=component.licence,
        standards=tuple(Named(**standard) for standard in component.followed),
        price=component.price_per_transaction,
        fee=component.fixed_fee,
        available_to=tuple(Named(**group) for group in component.offered_to),
    )
