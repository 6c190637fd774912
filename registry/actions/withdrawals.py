"""Withdrawing a component: asked by who looks after it, decided by a moderator where bodies use it."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from catalogue.describing.cleaning import prose
from catalogue.models import Component, Lifecycle
from commons.exceptions import Refused
from registry.actions.challenges.subjects import people_to_write_to
from registry.actions.components import current_stewards
from registry.actions.deliveries import tell_of
from registry.actions.deprecations import affected, leads_to
from registry.actions.deprecations import write as write_lifecycle
from registry.actions.looking import settle
from registry.actions.post import write_letters
from registry.letters import component_page
from registry.models import Act, Deprecation, Event, Organisation, Scope, Software, Waiting, WebhookEvent, Withdrawal
from registry.permissions import Actor, may_moderate, may_write_component

LONGEST_REASON = 4_000
ENDED = (Lifecycle.DEPRECATED, Lifecycle.RETIRED)
WITHDRAWN = """{component} is withdrawn from the {service}. {body} says that it uses it, or plans to.

The reason given: {reason}

{instead}
Its page stays: {page}

Say what you use from now on when you next confirm your statements.
"""
NOT_WITHDRAWN = """The moderators of the {service} have not withdrawn {component}.

The reason given: {reason}

{page}
"""


@transaction.atomic
def ask_to_withdraw(*, component: Component, reason: str, successor: Component | None = None, by: Actor) -> Withdrawal:
    """Ask that a component is withdrawn. Where no other body uses it or plans to, it is withdrawn at once.

    Raises Refused: not allowed, a draft, ended or asked already, no reason, or a successor that cannot be one.
    """
    component = Component.objects.select_for_update(of=("self",)).get(pk=component.pk)
    reason = prose(reason, LONGEST_REASON)
    refuse_withdrawal(component, successor, reason, by)
    waits = others_affected(component, by).exists()
    act = Act.ASK_TO_WITHDRAW if waits else Act.WITHDRAW_COMPONENT
    event = Event.objects.create(act=act, **by.signature, detail=detail(component, successor, reason))
    asked = Withdrawal(component=component, successor=successor, reason=reason, asked_in=event)
    asked.organisation = asking(component, by)
    asked.decided_in = None if waits else event
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError:
        raise Refused(f"It has been asked already that {component} be withdrawn: a moderator looks at it.") from None
    if not waits:
        retire(component, successor, event)
    return asked


@transaction.atomic
def withdraw_component(*, withdrawal: Withdrawal, by: Actor) -> Withdrawal:
    """Withdraw it: it is retired, and every body that uses it is written to once.

    Raises Refused: not allowed, decided or looked at by somebody else, or a successor that has ended meanwhile.
    """
    withdrawal = waiting(withdrawal, by)
    component = Component.objects.select_for_update(of=("self",)).get(pk=withdrawal.component_id)
    refuse_successor(component, withdrawal.successor)
    settle(Waiting.WITHDRAWAL, withdrawal.pk, by)
    bodies = list(affected(component, timezone.localdate()))
    said = detail(component, withdrawal.successor, withdrawal.reason) | {"told": len(bodies)}
    withdrawal.decided_in = Event.objects.create(act=Act.WITHDRAW_COMPONENT, **by.signature, detail=said)
    withdrawal.save(update_fields=["decided_in"])
    if component.lifecycle == Lifecycle.RETIRED:
        leave_catalog(component)
    else:
        retire(component, withdrawal.successor, withdrawal.decided_in)
    for body in bodies:
        tell(body, withdrawal, component)
    return withdrawal


@transaction.atomic
def keep_component(*, withdrawal: Withdrawal, reason: str, by: Actor) -> Withdrawal:
    """Do not withdraw it, and say why. Raises Refused: not allowed, decided or looked at by others, or no reason."""
    withdrawal = waiting(withdrawal, by)
    reason = prose(reason, LONGEST_REASON)
    if not reason:
        raise Refused("Say why: whoever asked is told.")
    settle(Waiting.WITHDRAWAL, withdrawal.pk, by)
    said = {"component": withdrawal.component.slug, "reason": reason}
    withdrawal.decided_in = Event.objects.create(act=Act.KEEP_COMPONENT, **by.signature, detail=said)
    withdrawal.returned = reason
    withdrawal.save(update_fields=["decided_in", "returned"])
    words = {"service": settings.SERVICE_NAME, "component": withdrawal.component, "reason": reason}
    write_letters(
        to=[email for one in current_stewards(withdrawal.component) for email in people_to_write_to(one)],
        about=f"withdrawal {withdrawal.pk} returned",
        subject=f"{withdrawal.component} is not withdrawn",
        text=NOT_WITHDRAWN.format(**words, page=component_page(withdrawal.component.slug)),
    )
    return withdrawal


def asking(component: Component, by: Actor) -> Organisation | None:
    """The body in whose name somebody asks: one of those that look after it. None: the registry."""
    own = [one for one in current_stewards(component) if Scope.CATALOGUE_WRITE in by.grants.get(one.pk, ())]
    return own[0] if own else None


def others_affected(component: Component, by: Actor) -> QuerySet[Organisation]:
    """Those whom it affects besides the body that asks, which knows."""
    own = asking(component, by)
    return affected(component, timezone.localdate()).exclude(pk=own.pk if own else None)


def refuse_withdrawal(component: Component, successor: Component | None, reason: str, by: Actor) -> None:
    if not may_write_component(by, current_stewards(component)):
        raise Refused("Only a body that looks after the component, or an operator, may ask to withdraw it.")
    if component.lifecycle in (Lifecycle.DRAFT, Lifecycle.RETIRED):
        raise Refused(f"{component} is {component.get_lifecycle_display().lower()}: there is nothing to withdraw.")
    if not reason:
        raise Refused("Say why it is withdrawn: whoever uses it reads it.")
    refuse_successor(component, successor)


def refuse_successor(component: Component, successor: Component | None) -> None:
    if successor is None:
        return
    if successor.pk == component.pk or leads_to(successor, component):
        raise Refused(f"{successor} cannot take the place of {component}: its own successors lead back.")
    if successor.lifecycle in (Lifecycle.DRAFT, *ENDED):
        raise Refused(f"{successor} cannot take the place of {component}: it is {successor.lifecycle} itself.")


def waiting(withdrawal: Withdrawal, by: Actor) -> Withdrawal:
    rows = Withdrawal.objects.select_for_update(of=("self",)).select_related("component", "successor")
    found = rows.get(pk=withdrawal.pk)
    if not may_moderate(by):
        raise Refused("Only a moderator withdraws a component that bodies use.")
    if found.decided_in_id:
        raise Refused("This was decided already.")
    return found


def detail(component: Component, successor: Component | None, reason: str) -> dict:
    return {"component": component.slug, "successor": successor.slug if successor else None, "reason": reason}


def retire(component: Component, successor: Component | None, event: Event) -> None:
    """As if it had ended today, and in the Open Catalog no longer.

    A deprecation that named another day is over, with its letters.
    """
    Deprecation.objects.current().filter(component=component).update(superseded_in=event)
    leave_catalog(component)
    after, today = successor or component.successor, timezone.localdate()
    write_lifecycle(component, Lifecycle.RETIRED, after, today, told=WebhookEvent.DELETE)


def leave_catalog(component: Component) -> None:
    """Nothing of it is under /v1 from now on."""
    Software.objects.update_or_create(component=component, defaults={"withdrawn_at": timezone.now()})
    tell_of(component, WebhookEvent.DELETE)


def tell(body: Organisation, withdrawal: Withdrawal, component: Component) -> None:
    """Its own address and its owners, each once."""
    after = withdrawal.successor
    instead = f"Take this instead: {after}, {component_page(after.slug)}\n" if after else "No successor was named.\n"
    words = {"component": component, "service": settings.SERVICE_NAME, "body": body, "reason": withdrawal.reason}
    write_letters(
        to=people_to_write_to(body),
        about=f"withdrawal {withdrawal.pk}",
        subject=f"{component} is withdrawn",
        text=WITHDRAWN.format(**words, instead=instead, page=component_page(component.slug)),
    )
