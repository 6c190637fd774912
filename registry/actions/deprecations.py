"""Saying that a component ends and what to take instead, and telling those who use it."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from catalogue.models import Component, Lifecycle, Profile
from commons.exceptions import Refused
from registry.actions.components import current_stewards
from registry.actions.deliveries import tell_of
from registry.actions.search import refresh_search
from registry.models import (
    STAGES_IN_USE,
    Act,
    Declaration,
    Deprecation,
    Event,
    Notice,
    Organisation,
    Stage,
    WebhookEvent,
)
from registry.permissions import Actor, may_write_component

NOT_ALLOWED = "Only a body that looks after the component, or an operator, may say that it ends."
ENDING = (Lifecycle.DEPRECATED, Lifecycle.RETIRED)


def affected(component: Component, on: date) -> QuerySet[Organisation]:
    """The bodies that exist on that day and say that they use it or plan to, from A to Z."""
    said = Declaration.objects.current().adoptions().filter(component=component)
    users = said.filter(stage__in=[*STAGES_IN_USE, Stage.PLANNED]).values("organisation")
    return Organisation.objects.existing(on).filter(pk__in=users)


@transaction.atomic
def deprecate_component(*, component: Component, successor: Component, ends_on: date, by: Actor) -> Deprecation:
    """Deprecate a component in favour of another, and give a notice to every body that it affects.

    An earlier deprecation is superseded, with its notices. Letters go from the next day on.
    Raises Refused: not allowed, a draft or one that has ended, or a successor or a day that cannot be.
    """
    component = Component.objects.select_for_update(of=("self",)).get(pk=component.pk)
    today = timezone.localdate()
    refuse_deprecation(component, successor, ends_on, today, by)
    bodies = list(affected(component, today))
    detail = {"component": component.slug, "successor": successor.slug, "ends_on": ends_on.isoformat()}
    event = Event.objects.create(act=Act.DEPRECATE_COMPONENT, **by.signature, detail=detail | {"told": len(bodies)})
    Deprecation.objects.current().filter(component=component).update(superseded_in=event)
    profile, _ = Profile.objects.get_or_create(component=component)
    made = Deprecation.objects.create(
        component=component,
        successor=successor,
        ends_on=ends_on,
        lifecycle_before=component.lifecycle,
        successor_before=component.successor,
        ends_on_before=profile.ends_on,
        recorded_in=event,
    )
    Notice.objects.bulk_create(Notice(deprecation=made, organisation=body) for body in bodies)
    write(component, Lifecycle.DEPRECATED, successor, ends_on)
    return made


def refuse_deprecation(component: Component, successor: Component, ends_on: date, today: date, by: Actor) -> None:
    if not may_write_component(by, current_stewards(component)):
        raise Refused(NOT_ALLOWED)
    if component.lifecycle == Lifecycle.DRAFT:
        raise Refused(f"{component} is a draft: nobody can have begun to use it.")
    if component.lifecycle == Lifecycle.RETIRED:
        raise Refused(f"{component} has ended already.")
    if successor.pk == component.pk or leads_to(successor, component):
        raise Refused(f"{successor} cannot take the place of {component}: its own successors lead back.")
    if successor.lifecycle in (Lifecycle.DRAFT, *ENDING):
        raise Refused(f"{successor} cannot take the place of {component}: it is {successor.lifecycle} itself.")
    if ends_on <= today:
        raise Refused("Name a day that is still to come, so that those who use it have time.")


def leads_to(successor: Component, component: Component) -> bool:
    seen: set[int] = set()
    after: Component | None = successor
    while after is not None and after.pk not in seen:
        if after.pk == component.pk:
            return True
        seen.add(after.pk)
        after = after.successor
    return False


@transaction.atomic
def reinstate_component(*, component: Component, by: Actor) -> Component:
    """Take a deprecation back on the day on which it was said, before any letter went: all is as it was before.

    Raises Refused: not allowed, none to take back, or another day.
    """
    component = Component.objects.select_for_update(of=("self",)).get(pk=component.pk)
    if not may_write_component(by, current_stewards(component)):
        raise Refused(NOT_ALLOWED)
    found = Deprecation.objects.current().filter(component=component).select_related("recorded_in").first()
    if found is None:
        raise Refused(f"{component} has not been deprecated here.")
    if not is_of_today(found):
        raise Refused("A deprecation can be taken back on its own day only: since then, bodies have been told.")
    event = Event.objects.create(
        act=Act.REINSTATE_COMPONENT, **by.signature, detail={"component": component.slug}
    )  # fmt: skip
    found.superseded_in = event
    found.save(update_fields=["superseded_in"])
    write(component, found.lifecycle_before, found.successor_before, found.ends_on_before)
    return component


def is_of_today(deprecation: Deprecation) -> bool:
    return timezone.localtime(deprecation.recorded_in.at).date() == timezone.localdate()


def write(
    component: Component,
    lifecycle: str,
    successor: Component | None,
    ends_on: date | None,
    told: WebhookEvent = WebhookEvent.UPDATE,
) -> None:
    before = component.successor_id
    component.lifecycle, component.successor = lifecycle, successor
    component.save(update_fields=["lifecycle", "successor"])
    Profile.objects.filter(component=component).update(ends_on=ends_on)
    tell_of(component, told)
    refresh_search([one for one in (component.pk, component.successor_id, before) if one])
