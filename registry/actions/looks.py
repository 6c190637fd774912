"""Looking at components that bodies have described themselves. They are listed at once: moderators look afterwards."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from catalogue.describing import recorded
from catalogue.describing.cleaning import prose
from catalogue.models import Component, Lifecycle
from commons.exceptions import Refused
from registry.actions.challenges.subjects import people_to_write_to
from registry.actions.components import current_stewards
from registry.actions.looking import settle
from registry.actions.post import write_letters
from registry.letters import component_page
from registry.models import (
    Act,
    Event,
    Look,
    LookOutcome,
    Organisation,
    SeenThrough,
    SourceObject,
    Waiting,
)
from registry.permissions import Actor, may_moderate

LONGEST_REASON = 4_000
ONLY_MODERATORS = "Only a moderator looks at new components."
RETURNED = """A moderator of the {service} has looked at {component} and returns it:

{reason}

It stays listed, and its page says that it was returned and why, until you have changed it. Where it is read from a
source, change it there.

{page}
"""


@transaction.atomic
def see_component(*, component: Component, by: Actor) -> Look:
    """Say that a component is in order. Raises Refused: not allowed, a draft, or looked at by somebody else."""
    component = looked_at(component, by)
    event = Event.objects.create(act=Act.SEE_COMPONENT, **by.signature, detail={"component": component.slug})
    return write(component, event, LookOutcome.SEEN)


@transaction.atomic
def return_component(*, component: Component, reason: str, by: Actor) -> Look:
    """Say what is wrong with a component: its page says so until it is changed, and its stewards are written to.

    Nothing else changes: it stays listed. Raises Refused: as above, or no reason.
    """
    component = looked_at(component, by)
    reason = prose(reason, LONGEST_REASON)
    if not reason:
        raise Refused("Say what is wrong with it: everybody can read it.")
    detail = {"component": component.slug, "reason": reason}
    event = Event.objects.create(act=Act.RETURN_COMPONENT, **by.signature, detail=detail)
    made = write(component, event, LookOutcome.RETURNED, reason)
    words = {"service": settings.SERVICE_NAME, "component": component, "reason": reason}
    write_letters(
        to=[email for body in answering(component) for email in people_to_write_to(body)],
        about=f"event {event.pk} {component.slug}",
        subject=f"{component} is returned by the moderators",
        text=RETURNED.format(**words, page=component_page(component.slug)),
    )
    return made


@transaction.atomic
def see_components(*, organisation: Organisation, by: Actor) -> SeenThrough:
    """Say that all that a body has added until now is in order, however much it is: one row remembers it.

    Raises Refused: not allowed.
    """
    if not may_moderate(by):
        raise Refused(ONLY_MODERATORS)
    now = timezone.now()
    detail = {"organisation": organisation.slug, "until": now.isoformat()}
    event = Event.objects.create(act=Act.SEE_COMPONENTS, **by.signature, detail=detail)
    seen, _new = SeenThrough.objects.update_or_create(
        organisation=organisation, defaults={"until": now, "looked_in": event}
    )
    return seen


def looked_at(component: Component, by: Actor) -> Component:
    component = Component.objects.select_for_update(of=("self",)).get(pk=component.pk)
    if not may_moderate(by):
        raise Refused(ONLY_MODERATORS)
    if component.lifecycle == Lifecycle.DRAFT:
        raise Refused(f"{component} is a draft: nobody else sees it yet.")
    settle(Waiting.COMPONENT, component.slug, by)
    return component


def write(component: Component, event: Event, outcome: LookOutcome, reason: str = "") -> Look:
    Look.objects.current().filter(component=component).update(superseded_in=event)
    return Look.objects.create(
        component=component, outcome=outcome, reason=reason, said=recorded(component), looked_in=event
    )


def answering(component: Component) -> list[Organisation]:
    """Who can change it: those who look after it, else the bodies of the sources that made it."""
    if stewards := current_stewards(component):
        return stewards
    made = SourceObject.objects.filter(component=component, made=True)
    return list(Organisation.objects.filter(sources__in=made.values("source")).distinct())
