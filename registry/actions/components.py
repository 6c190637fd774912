"""Writing components from descriptions."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalogue.describing import Values, hold_back_others, is_blank, new_component, recorded, stated, storable, write
from catalogue.models import Component, Description
from catalogue.readers import ComponentDescription
from commons.exceptions import Refused
from registry.actions.deliveries import tell_of
from registry.actions.search import refresh_search
from registry.models import Act, Event, Organisation, Stewardship, WebhookEvent
from registry.permissions import Actor, may_write_catalogue, may_write_component, may_write_root_catalogue

NO_NAME = "The description gives no name: nobody could find the component. Add one."


@transaction.atomic
def describe_component(
    *,
    component: Component | None,
    description: ComponentDescription,
    text: str,
    format: str,
    address: str,
    by: Actor,
    steward: Organisation | None = None,
) -> Component:
    """Make a component say what a description states, and keep the description's text.

    Without a component the one with its repository is meant, however the address is spelt, and where there is none a
    new one is made, which `steward` looks after. What the description leaves blank stays as it is recorded.
    Raises Refused: not allowed, or without a name.
    """
    values = stated(description)
    if component is None:
        hold_back_others()
        component = at_repository(values["repository"])
    made = component is None
    refuse_writing(component, steward, by)
    if component is None:
        if not values["name"]:
            raise Refused(NO_NAME)
        component, changed = new_component(values, address), sorted(name for name in values if values[name])
    else:
        component = Component.objects.select_for_update().get(pk=component.pk)
        changed = write_changes(component, values)
    keep_description(component, text=text, format=format, address=address, at=timezone.now())
    record(component, made=made, changed=changed, steward=steward, address=address, by=by)
    refresh_search([component.pk])
    if made or changed:
        tell_of(component, WebhookEvent.CREATE if made else WebhookEvent.UPDATE)
    return component


def at_repository(address: str) -> Component | None:
    return Component.objects.at_repository(address).order_by("pk").first() if address else None


def refuse_writing(component: Component | None, steward: Organisation | None, by: Actor) -> None:
    if component is not None:
        if not may_write_component(by, current_stewards(component)):
            raise Refused(f"{component} is looked after by others: only they and an operator may change it.")
    elif not (may_write_catalogue(by, steward) if steward else may_write_root_catalogue(by)):
        raise Refused("Only a body that looks after the component, or an operator, may add it.")


def current_stewards(component: Component) -> list[Organisation]:
    return list(Organisation.objects.filter(stewardships__in=Stewardship.objects.current().filter(component=component)))


def write_changes(component: Component, values: Values) -> list[str]:
    """Write what the values state otherwise than it is recorded, and return the fields."""
    before = recorded(component)
    changed = {name: value for name, value in values.items() if not is_blank(value) and value != before[name]}
    write(component, changed)
    return sorted(changed)


def keep_description(component: Component, *, text: str, format: str, address: str, at: datetime) -> None:
    """Keep a text that was read without an error; the one before it from the same address gives way."""
    if text := storable(text):
        Description.objects.update_or_create(
            component=component, format=format, address=address, defaults={"text": text, "read_at": at}
        )


def record(
    component: Component, *, made: bool, changed: list[str], steward: Organisation | None, address: str, by: Actor
) -> Event | None:
    """The event of a writing, and with it that `steward` looks after a new component. None where nothing changed."""
    if not made and not changed:
        return None
    event = Event.objects.create(
        act=Act.DESCRIBE_COMPONENT,
        **by.signature,
        source=address,
        detail={"component": component.slug, "new": made, "fields": changed},
    )
    if made and steward is not None:
        Stewardship.objects.create(component=component, organisation=steward, recorded_in=event)
    return event
