"""Declaring in one act that a body plans to use everything that it has put together, and taking that back."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from catalogue.models import Component, Function, Lifecycle, PeerGroup
from commons.exceptions import Refused
from registry.actions.assemblies import locked, refuse_withdrawn
from registry.actions.bodies import refuse_ended
from registry.actions.declarations.rows import record, restated, with_all
from registry.actions.search import refresh_search
from registry.models import Act, Assembly, Declaration, DeclarationKind, Event, Evidence, Organisation, Stage
from registry.permissions import Actor, may_plan_assembly

ENDING = (Lifecycle.DRAFT, Lifecycle.DEPRECATED, Lifecycle.RETIRED)


@dataclass(frozen=True)
class Planned:
    """What planning does to one component and function. `stands` is what is said of them now, `new` if it changes."""

    component: Component
    function: Function
    stands: Declaration | None
    new: bool


def planned(assembly: Assembly) -> list[Planned]:
    """A declaration for each component and each function that it fills its slot with, or serves, if taken besides.

    What the body plans or uses already stays as it is; what it had stopped using is planned anew.
    """
    said = Declaration.objects.current().adoptions().filter(organisation=assembly.organisation_id)
    known = {(one.component_id, one.function_id): one for one in said}
    rows: dict[tuple[int, int], Planned] = {}
    parts = assembly.parts.select_related("slot", "component")
    for part in parts.prefetch_related("slot__functions", "component__functions"):
        asked = {function.pk for function in part.slot.functions.all()} if part.slot else None
        for function in part.component.functions.all():
            if asked is None or function.pk in asked:
                stands = known.get((part.component_id, function.pk))
                new = stands is None or stands.stage == Stage.RETIRED
                rows[part.component_id, function.pk] = Planned(part.component, function, stands, new)
    return sorted(rows.values(), key=lambda row: (row.function.name, row.component.name))


@transaction.atomic
def plan_assembly(*, assembly: Assembly, by: Actor) -> list[Declaration]:
    """Declare every component of the assembly as planned. Returns what was recorded.

    Raises Refused: not allowed, withdrawn, planned already, nothing new in it, a component that should not be taken up
    or is not offered to the body, or a function that the body says it is not responsible for.
    """
    assembly = locked(assembly)
    body = Organisation.objects.select_for_update().get(pk=assembly.organisation_id)  # one plan at a time for a body
    refuse_planner(assembly, by)
    if assembly.planned_in_id:
        raise Refused("This assembly is planned already.")
    rows = [row for row in planned(assembly) if row.new]
    refuse_plan(body, rows)
    detail = {
        "assembly": str(assembly.uuid),
        "organisation": body.slug,
        "planned": [[row.component.slug, row.function.slug] for row in rows],
    }
    event = Event.objects.create(act=Act.PLAN_ASSEMBLY, **by.signature, source=f"Assembly “{assembly}”", detail=detail)
    unsure = Declaration.objects.current().filter(
        organisation=body, kind=DeclarationKind.NOT_SURE, function__in=[row.function for row in rows]
    )
    unsure.update(superseded_in=event)
    stopped = [row.stands.pk for row in rows if row.stands]
    Declaration.objects.current().filter(pk__in=stopped).update(superseded_in=event)
    made = Declaration.objects.bulk_create(declaration(body, row, event) for row in rows)
    assembly.planned_in = event
    assembly.save(update_fields=["planned_in"])
    refresh_search({row.component.pk for row in rows})
    return made


def declaration(body: Organisation, row: Planned, event: Event) -> Declaration:
    return Declaration(
        kind=DeclarationKind.ADOPTION,
        organisation=body,
        function=row.function,
        component=row.component,
        stage=Stage.PLANNED,
        confirmed=timezone.localdate(),
        evidence=Evidence.E0,
        recorded_in=event,
    )


@transaction.atomic
def undo_plan(*, assembly: Assembly, by: Actor) -> int:
    """Take the plan back: what it recorded ends, and what it ended is said again. Returns how many statements ended.

    A statement that was changed since stays as it was changed. Raises Refused: not allowed, or not planned.
    """
    assembly = locked(assembly)
    Organisation.objects.select_for_update().get(pk=assembly.organisation_id)
    refuse_planner(assembly, by)
    plan = assembly.planned_in
    if plan is None:
        raise Refused("This assembly is not planned.")
    detail = {"assembly": str(assembly.uuid), "organisation": assembly.organisation.slug, "plan": plan.pk}
    event = Event.objects.create(act=Act.UNDO_PLAN, **by.signature, source=plan.source, detail=detail)
    standing = list(Declaration.objects.current().filter(recorded_in=plan))
    Declaration.objects.filter(pk__in=[one.pk for one in standing]).update(superseded_in=event)
    again = ended_by(plan, standing)
    record(map(restated, again), event)
    assembly.planned_in = None
    assembly.save(update_fields=["planned_in"])
    refresh_search({one.component_id for one in standing})
    return len(standing)


def ended_by(plan: Event, standing: list[Declaration]) -> list[Declaration]:
    """What the plan had ended and can be said again: of the same function, where nothing else was answered since."""
    undone = {(one.component_id, one.function_id) for one in standing}
    functions = {function for _, function in undone}
    answers = (DeclarationKind.NOT_SURE, DeclarationKind.NOT_RESPONSIBLE)
    bodies = {one.organisation_id for one in standing}
    since = Declaration.objects.current().filter(kind__in=answers, organisation__in=bodies)
    answered = set(since.values_list("function_id", flat=True))
    return [
        one
        for one in with_all(Declaration.objects.filter(superseded_in=plan))
        if (one.component_id, one.function_id) in undone
        or (one.component_id is None and one.function_id in functions - answered)
    ]


def refuse_planner(assembly: Assembly, by: Actor) -> None:
    if not may_plan_assembly(by, assembly.organisation):
        raise Refused(f"You may not declare anything for {assembly.organisation}.")
    refuse_withdrawn(assembly)
    refuse_ended(assembly.organisation)


def refuse_plan(body: Organisation, rows: list[Planned]) -> None:
    if not rows:
        raise Refused("There is nothing to plan: all of it is planned or in use already, or serves no function.")
    for row in rows:
        if row.component.lifecycle in ENDING:
            stage = row.component.get_lifecycle_display().lower()
            raise Refused(f"{row.component} is {stage}: choose another one before you plan.")
    above = set(PeerGroup.objects.above(body.peer_group_id)) if body.peer_group_id else set()
    offered = Component.objects.filter(pk__in=[row.component.pk for row in rows]).exclude(available_to=None)
    for component in offered.exclude(available_to__in=above).distinct():
        raise Refused(f"{component} is not offered to bodies like {body}: choose another one before you plan.")
    elsewhere = Declaration.objects.current().filter(
        organisation=body, kind=DeclarationKind.NOT_RESPONSIBLE, function__in=[row.function for row in rows]
    )
    for answer in elsewhere.select_related("function"):
        raise Refused(f"{body} says that it is not responsible for “{answer.function}”. Change that answer first.")
