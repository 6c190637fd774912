"""Saying where descriptions are harvested from."""

from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalogue.models import Component
from commons.exceptions import Refused
from commons.fetching import Unfetchable
from commons.fetching.reading import checked
from registry.actions.search import with_neighbours
from registry.models import Act, Event, Organisation, Source, SourceKind, StaleEntry
from registry.permissions import Actor, may_keep_sources

NOT_ALLOWED = "Only the body itself, or an operator, may say where its descriptions are harvested from."
LONGEST_ADDRESS = 2_000


@transaction.atomic
def add_source(
    *,
    organisation: Organisation,
    kind: SourceKind,
    address: str,
    every_days: int = 1,
    looked_after: bool = False,
    contact: str = "",
    by: Actor,
) -> Source:
    """Name a source, which is then read at once and every so many days.

    Raises Refused: not allowed, a body that no longer exists, no address that may be read, or one that is read already.
    """
    if not may_keep_sources(by, organisation):
        raise Refused(NOT_ALLOWED)
    if not organisation.exists_on(timezone.localdate()):
        raise Refused(f"{organisation} does not exist today: name the body whose work it goes on with.")
    contact = contact.strip()
    refuse_settings(every_days, contact)
    source = Source(organisation=organisation, kind=kind, address=plain_address(address))
    source.every_days, source.looked_after, source.contact = every_days, looked_after, contact
    source.next_due_at = timezone.now()
    record(Act.ADD_SOURCE, source, by)
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as error:
        raise Refused(f"{source.address} is a source already: change that one.") from error
    return source


def plain_address(address: str) -> str:
    """Raises Refused where it cannot be read. Names are looked up when it is read, each time."""
    address = address.strip()
    if len(address) > LONGEST_ADDRESS:
        raise Refused(f"The address is longer than {LONGEST_ADDRESS:,} letters.")
    try:
        parts = urlsplit(checked(address).geturl())
    except Unfetchable as error:
        raise Refused(str(error)) from error
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, ""))


def refuse_settings(every_days: int, contact: str) -> None:
    if not 1 <= every_days <= 90:
        raise Refused(f"A source is read every 1 to 90 days, not every {every_days}.")
    if contact:
        try:
            validate_email(contact)
        except ValidationError as error:
            raise Refused(f"“{contact[:100]}” is no e-mail address.") from error


@transaction.atomic
def change_source(*, source: Source, every_days: int, looked_after: bool, contact: str, by: Actor) -> Source:
    """Change how often a source is read, whether its body looks after what is there, and who is written to.

    Raises Refused: not allowed, or stopped.
    """
    source, contact = locked(source, by), contact.strip()
    refuse_settings(every_days, contact)
    source.every_days, source.looked_after, source.contact = every_days, looked_after, contact
    if source.tried_at and not source.failing_since:
        source.next_due_at = source.tried_at + timedelta(days=every_days)
    record(Act.CHANGE_SOURCE, source, by)
    source.save(update_fields=["every_days", "looked_after", "contact", "next_due_at", "recorded_in"])
    return source


@transaction.atomic
def stop_source(*, source: Source, by: Actor) -> Source:
    """Read a source no more. What came from it stays, and is then kept by hand. Raises Refused: not allowed."""
    source = locked(source, by)
    source.stopped_at = timezone.now()
    source.next_due_at = source.taken_until = None
    record(Act.STOP_SOURCE, source, by)
    source.save(update_fields=["stopped_at", "next_due_at", "taken_until", "recorded_in"])
    mark_stale(list(Component.objects.filter(source_objects__source=source).values_list("pk", flat=True)))
    return source


def locked(source: Source, by: Actor) -> Source:
    source = Source.objects.select_for_update(of=["self"]).select_related("organisation").get(pk=source.pk)
    if not may_keep_sources(by, source.organisation):
        raise Refused(NOT_ALLOWED)
    if source.stopped_at:
        raise Refused(f"It is no longer read since {source.stopped_at:%Y-%m-%d}: add it again instead.")
    return source


def mark_stale(component_ids: list[int]) -> None:
    """Their search entries are behind what is recorded, until `refresh_stale` has been there."""
    if component_ids:
        StaleEntry.objects.bulk_create(StaleEntry(component_id=number) for number in with_neighbours(component_ids))


def record(act: Act, source: Source, by: Actor) -> None:
    """The act that makes the source what it is from now on. Its row is saved with it."""
    source.recorded_in = Event.objects.create(
        act=act,
        **by.signature,
        source=source.address,
        detail={
            "organisation": source.organisation.slug,
            "kind": source.kind,
            "every_days": source.every_days,
            "looked_after": source.looked_after,
        },
    )
