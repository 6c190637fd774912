"""Adding, changing and withdrawing software through the Open Catalog API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalogue.describing import free_slug, hold_back_others, is_blank, stated
from catalogue.describing import write as write_values
from catalogue.models import Component, ComponentKind, Lifecycle, RepositoryAlias
from catalogue.readers import publiccode
from commons.exceptions import Refused
from registry.actions.components import current_stewards, keep_description
from registry.actions.deliveries import tell_of
from registry.actions.search import refresh_search
from registry.actions.withdrawals import ask_to_withdraw, leave_catalog
from registry.models import Act, Catalog, Event, Software, Stewardship, WebhookEvent, Withdrawal
from registry.permissions import Actor, body_of, may_write_component

DELETED = "It was deleted in the Open Catalog."


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Software as a client wants it. `url` blank: it has no repository, and keeps what is shown instead of one."""

    url: str
    publiccode: str
    aliases: Sequence[str] = ()
    active: bool = True
    vitality: str = ""
    analysis: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def create_software(*, wanted: Wanted, catalog: Catalog | None = None, by: Actor) -> Component:
    """Add software: a component at a repository, looked after by the body whose token it is.

    What was withdrawn at this repository is taken up again. Raises Refused: another component is at an address.
    """
    component = taken_up(wanted, by) or Component.objects.create(
        slug=free_slug(name_of(wanted.url)), name=name_of(wanted.url), kind=ComponentKind.SERVICE, repository=wanted.url
    )
    event = Event.objects.create(act=Act.CREATE_SOFTWARE, **by.signature, detail=said(component, wanted))
    body = body_of(by)
    if body is not None and not Stewardship.objects.current().filter(component=component).exists():
        Stewardship.objects.create(component=component, organisation=body, recorded_in=event)
    Software.objects.update_or_create(component=component, defaults={"catalog": catalog, "withdrawn_at": None})
    write(component, wanted, publiccode_changed=True)
    return finished(component, WebhookEvent.CREATE)


@transaction.atomic
def update_software(*, component: Component, wanted: Wanted, publiccode_changed: bool, by: Actor) -> Component:
    """Change software to what is wanted. Raises Refused: another component is at an address."""
    refuse_taken(wanted, [component.pk])
    component = Component.objects.select_for_update().get(pk=component.pk)
    Event.objects.create(act=Act.UPDATE_SOFTWARE, **by.signature, detail=said(component, wanted))
    write(component, wanted, publiccode_changed=publiccode_changed)
    return finished(component, WebhookEvent.UPDATE)


@transaction.atomic
def analyse_software(*, component: Component, analysis: Mapping[str, Any], by: Actor) -> None:
    """Keep the analysis of software: all namespaces, those that are not new among them."""
    Software.objects.update_or_create(component=component, defaults={"analysis": analysis})
    Event.objects.create(
        act=Act.ANALYSE_SOFTWARE, **by.signature, detail={"component": component.slug, "namespaces": sorted(analysis)}
    )
    tell_of(component, WebhookEvent.UPDATE)


@transaction.atomic
def delete_software(*, component: Component, by: Actor) -> None:
    """Withdraw software from the Open Catalog, and its component by the rule for all: at once where no other body uses
    it, else once a moderator agrees. Asked twice is asked once. What is retired already only leaves the Open Catalog.

    The component, what bodies declared about it and its history stay: a page that says that it is retired serves those
    who use it better than none. Raises Refused: not allowed.
    """
    component = Component.objects.select_for_update(of=("self",)).get(pk=component.pk)
    if not may_write_component(by, current_stewards(component)):
        raise Refused("Only a body that looks after the component, or an operator, may delete it.")
    if component.lifecycle == Lifecycle.RETIRED:
        detail = {"component": component.slug}
        Event.objects.create(act=Act.DELETE_SOFTWARE, **by.signature, detail=detail)
        leave_catalog(component)
    elif not Withdrawal.objects.waiting().filter(component=component).exists():
        ask_to_withdraw(component=component, reason=DELETED, by=by)


def finished(component: Component, event: WebhookEvent) -> Component:
    refresh_search([component.pk])
    tell_of(component, event)
    return component


def taken_up(wanted: Wanted, by: Actor) -> Component | None:
    """The withdrawn component at this repository, where the actor may write it."""
    hold_back_others()
    there = Component.objects.at_repository(wanted.url).filter(software__withdrawn_at__isnull=False)
    for component in there.select_for_update(of=["self"]):
        if may_write_component(by, current_stewards(component)):
            refuse_taken(wanted, [component.pk])
            return component
    refuse_taken(wanted, [])
    return None


def refuse_taken(wanted: Wanted, own: Sequence[int]) -> None:
    hold_back_others()
    named = [("url", wanted.url)] if wanted.url else []
    for name, address in [*named, *(("alias", alias) for alias in wanted.aliases)]:
        if Component.objects.at_repository(address).exclude(pk__in=own).exists():
            raise Refused(f"{name} already exists: {address}")


def write(component: Component, wanted: Wanted, *, publiccode_changed: bool) -> None:
    if wanted.url:
        component.repository = wanted.url
    if publiccode_changed:
        take_in(component, wanted.publiccode)
    component.save()
    write_aliases(component, wanted.aliases)
    kept = {"active": wanted.active, "vitality": wanted.vitality, "analysis": dict(wanted.analysis)}
    Software.objects.update_or_create(component=component, defaults=kept)


def take_in(component: Component, text: str) -> None:
    """Keep the text as it is, and let the component say what can be understood of it.

    A concept is public by being in this catalogue, and a draft is not: it leaves the stage of life open. The client
    says where the repository is, not the text.
    """
    reading = publiccode.read(text)
    values = stated(reading.descriptions[0]) if reading.descriptions else {}
    said = {name: value for name, value in values.items() if name != "repository" and not is_blank(value)}
    if said.get("lifecycle") == Lifecycle.DRAFT:
        del said["lifecycle"]
    if "lifecycle" not in said and component.lifecycle == Lifecycle.RETIRED:
        said["lifecycle"] = ""
    write_values(component, said)
    component.valid_metadata = reading.is_valid
    keep_description(component, text=text, format=publiccode.FORMAT, address="", at=timezone.now())


def write_aliases(component: Component, addresses: Sequence[str]) -> None:
    kept = set(component.aliases.values_list("address", flat=True))
    component.aliases.filter(address__in=kept.difference(addresses)).delete()
    new = dict.fromkeys(address for address in addresses if address not in kept)
    RepositoryAlias.objects.bulk_create(
        [RepositoryAlias(component=component, address=address) for address in new], ignore_conflicts=True
    )


def name_of(url: str) -> str:
    return url.rstrip("/").removesuffix(".git").rpartition("/")[2][:300] or url[:300]


def said(component: Component, wanted: Wanted) -> dict[str, Any]:
    detail = {"url": wanted.url, "aliases": list(wanted.aliases), "active": wanted.active, "vitality": wanted.vitality}
    return {"component": component.slug} | detail
