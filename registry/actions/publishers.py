"""Adding, changing and withdrawing publishers through the Open Catalog API."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.text import slugify

from catalogue.addresses import RepositoryKey
from commons.exceptions import Refused
from commons.turns import take_turn
from registry.actions.deliveries import tell
from registry.models import Act, Catalog, CodeHosting, Event, Organisation, Publisher, Subject, WebhookEvent
from registry.permissions import Actor


class Hosting(NamedTuple):
    url: str
    group: bool = True


@dataclass(frozen=True, kw_only=True)
class WantedPublisher:
    """A publisher as a client wants it. `code_hosting` None: it stays as it is."""

    description: str
    code_hosting: Sequence[Hosting] | None = None
    email: str = ""
    active: bool = True
    alternative_id: str | None = None


@transaction.atomic
def create_publisher(*, wanted: WantedPublisher, catalog: Catalog | None = None, by: Actor) -> Organisation:
    """Add a body that publishes. One of that name that was withdrawn is taken up again.

    Raises Refused: another one has the name, the alternative id, or the code hosting.
    """
    take_turn("publishers")
    withdrawn = Organisation.objects.filter(publisher__withdrawn_at__isnull=False)
    body = withdrawn.filter(Q(name=wanted.description) | Q(publisher__description=wanted.description)).first()
    if body is None:
        refuse_name(wanted.description)
        body = Organisation.objects.create(slug=new_slug(wanted), name=wanted.description[:300])
    refuse_taken(wanted, body)
    Event.objects.create(act=Act.CREATE_PUBLISHER, **by.signature, detail=said(body, wanted))
    Publisher.objects.update_or_create(organisation=body, defaults={"catalog": catalog, "withdrawn_at": None})
    write(body, wanted)
    tell(Subject.PUBLISHERS, body.uuid, WebhookEvent.CREATE)
    return body


@transaction.atomic
def update_publisher(*, organisation: Organisation, wanted: WantedPublisher, by: Actor) -> Organisation:
    """Change how a body is shown as a publisher. Raises Refused: another one has the alternative id or the hosting."""
    take_turn("publishers")
    refuse_taken(wanted, organisation)
    Event.objects.create(act=Act.UPDATE_PUBLISHER, **by.signature, detail=said(organisation, wanted))
    write(organisation, wanted)
    tell(Subject.PUBLISHERS, organisation.uuid, WebhookEvent.UPDATE)
    return organisation


@transaction.atomic
def delete_publisher(*, organisation: Organisation, by: Actor) -> None:
    """Withdraw a publisher from the Open Catalog. The body, and all that it declared, stays."""
    Event.objects.create(act=Act.DELETE_PUBLISHER, **by.signature, detail={"organisation": organisation.slug})
    organisation.code_hosting.all().delete()
    withdrawn = {"withdrawn_at": timezone.now(), "alternative_id": None}
    Publisher.objects.update_or_create(organisation=organisation, defaults=withdrawn)
    tell(Subject.PUBLISHERS, organisation.uuid, WebhookEvent.DELETE)


def refuse_name(name: str) -> None:
    if Organisation.objects.filter(name=name).exists():
        raise Refused(f"description already exists: {name}")


def refuse_taken(wanted: WantedPublisher, body: Organisation) -> None:
    others = Organisation.objects.exclude(pk=body.pk)
    named = wanted.alternative_id
    if named and others.filter(Q(slug=named) | Q(publisher__alternative_id=named) | of_uuid(named)).exists():
        raise Refused(f"alternativeId already exists: {named}")
    theirs = CodeHosting.objects.exclude(organisation=body).alias(key=RepositoryKey("url"))
    for hosting in wanted.code_hosting or ():
        if theirs.filter(key=RepositoryKey(Value(hosting.url))).exists():
            raise Refused(f"codeHosting URL already exists: {hosting.url}")


def of_uuid(text: str) -> Q:
    """A body's own id must not become another one's name."""
    try:
        return Q(uuid=UUID(text))
    except ValueError:
        return Q(pk=None)


def write(body: Organisation, wanted: WantedPublisher) -> None:
    kept = {
        "description": "" if wanted.description == body.name else wanted.description,
        "email": wanted.email,
        "active": wanted.active,
        "alternative_id": None if wanted.alternative_id == body.slug else wanted.alternative_id or None,
    }
    Publisher.objects.update_or_create(organisation=body, defaults=kept)
    if wanted.code_hosting is not None:
        write_hosting(body, wanted.code_hosting)


def write_hosting(body: Organisation, wanted: Sequence[Hosting]) -> None:
    """Those that stay keep their age."""
    groups = {hosting.url: hosting.group for hosting in wanted}
    body.code_hosting.exclude(url__in=groups).delete()
    for kept in body.code_hosting.all():
        group = groups.pop(kept.url)
        if kept.group != group:
            kept.group = group
            kept.save(update_fields=["group"])
    new = [CodeHosting(organisation=body, url=url, group=group) for url, group in groups.items()]
    CodeHosting.objects.bulk_create(new, ignore_conflicts=True)


def new_slug(wanted: WantedPublisher) -> str:
    slug = slugify(wanted.alternative_id or wanted.description)[:100] or "publisher"
    return f"{slug}-{secrets.token_hex(4)}" if Organisation.objects.filter(slug=slug).exists() else slug


def said(body: Organisation, wanted: WantedPublisher) -> dict[str, Any]:
    hosting = None if wanted.code_hosting is None else [list(one) for one in wanted.code_hosting]
    return {
        "organisation": body.slug,
        "description": wanted.description,
        "active": wanted.active,
        "alternative_id": wanted.alternative_id,
        "code_hosting": hosting,
    }
