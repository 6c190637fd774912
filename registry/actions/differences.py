"""Choosing between what is here and what a source states."""

from django.db import transaction

from catalogue.describing import write
from catalogue.models import Component
from commons.exceptions import Refused
from registry.actions.components import current_stewards
from registry.actions.deliveries import tell_of
from registry.actions.search import refresh_search
from registry.models import Act, Choice, Difference, Event, SourceObject, WebhookEvent
from registry.permissions import Actor, may_choose_difference


@transaction.atomic
def choose_difference(*, difference: Difference, choice: Choice, by: Actor) -> Difference:
    """Take what the source states, which the field then follows again, or keep what is here.

    Raises Refused: not allowed, or decided already.
    """
    # The thing, its component, what differs: whoever harvests or merges locks them in this order too.
    thing = SourceObject.objects.select_for_update().get(pk=difference.thing_id)
    if thing.component_id is None:
        raise Refused("The component is no longer there.")
    component = Component.objects.select_for_update().get(pk=thing.component_id)
    found = Difference.objects.select_for_update(of=["self"]).select_related("thing__source__organisation")
    difference = found.get(pk=difference.pk)
    if not may_choose(difference, by):
        raise Refused("Only a body that looks after the component, or an operator, may choose.")
    if difference.choice != Choice.OPEN:
        raise Refused(f"It is decided already: {difference.get_choice_display().lower()}.")
    if choice not in (Choice.TAKEN, Choice.KEPT):
        raise Refused("Take what the source states, or keep what is here.")
    if choice == Choice.TAKEN:
        write(component, {difference.field: difference.theirs})
        tell_of(component, WebhookEvent.UPDATE)
    difference.choice, difference.chosen_in = choice, record(difference, component, choice, by)
    difference.save(update_fields=["choice", "chosen_in"])
    refresh_search([component.pk])
    return difference


def may_choose(difference: Difference, by: Actor) -> bool:
    thing = difference.thing
    stewards = current_stewards(thing.component) if thing.component else []
    return may_choose_difference(by, thing.source.organisation, stewards, made=thing.made)


def record(difference: Difference, component: Component, choice: Choice, by: Actor) -> Event:
    return Event.objects.create(
        act=Act.CHOOSE_DIFFERENCE,
        **by.signature,
        source=difference.thing.source.address,
        detail={"component": component.slug, "field": difference.field, "choice": choice},
    )
