"""One thing that a source describes, into the database: whole or not at all."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import DataError, IntegrityError, transaction

from catalogue.addresses import repository_key
from catalogue.describing import Values, hold_back_others, new_component, recorded, stated, storable, write
from catalogue.describing.cleaning import line
from catalogue.models import Component
from commons.exceptions import Refused
from registry.actions.components import NO_NAME, current_stewards, keep_description
from registry.actions.deliveries import tell_of
from registry.actions.sources import mark_stale
from registry.harvesting.differences import note_differences
from registry.harvesting.merging import merged
from registry.importers.found import Found
from registry.models import (
    Act,
    Event,
    Harvest,
    HarvestLine,
    ObjectState,
    Organisation,
    Outcome,
    SourceKind,
    SourceObject,
    StatedUse,
    Stewardship,
    WebhookEvent,
)
from registry.permissions import Actor

LONGEST_IDENTIFIER, MOST_USERS = 500, 1_000
COPY = "It says that its code is at {}: what is here is a copy. Name that repository as the source."
NOT_RECORDED = "It could not be recorded. It is tried again the next time."
Users = Mapping[str, Organisation]


def load(harvest: Harvest, found: Found, users: Users, at: datetime, by: Actor) -> Outcome:
    """What becomes of it, with its line in the log. `users` are the bodies that its names of users mean."""
    try:
        with transaction.atomic():
            return accept(harvest, found, users, at, by)
    except Refused as refused:
        message = str(refused)
    except (DataError, IntegrityError):
        message = NOT_RECORDED
    with transaction.atomic():
        return refuse(harvest, found, message, at)


def accept(harvest: Harvest, found: Found, users: Users, at: datetime, by: Actor) -> Outcome:
    thing = known(harvest, found)
    refuse_what_cannot_be(harvest, found)
    values, text_hash = stated(found.description), hashed(found.text)
    if harvest.source.kind == SourceKind.REPOSITORY:
        values["repository"] = values["repository"] or harvest.source.address
    is_new, before = thing.pk is None, (thing.state, thing.text_hash)
    component = thing.component or meant(harvest, values)
    if component is None:
        wrote, thing.made = make(harvest, thing, values, by), True
    else:
        wrote = follow(harvest, thing, component, values, at, by)
    thing.state, thing.trouble, thing.troubled_since = ObjectState.GOOD, "", None
    thing.name, thing.text_hash, thing.harvested, thing.read_at = values["name"], text_hash, values, at
    thing.save()
    changed = wrote or before != (thing.state, text_hash)
    if before[1] != text_hash or is_new:
        keep_description(thing.component, text=found.text, format=found.format, address=found.address, at=at)
    if changed:
        mark_stale([thing.component_id])
        tell_of(thing.component, WebhookEvent.CREATE if component is None else WebhookEvent.UPDATE)
    note_users(thing, found, users)
    return say(harvest, thing, Outcome.NEW if is_new else Outcome.CHANGED if changed else Outcome.UNCHANGED)


def identifier_of(found: Found) -> str:
    return line(found.identifier, LONGEST_IDENTIFIER)


def known(harvest: Harvest, found: Found) -> SourceObject:
    """The thing as it is recorded, else one that is not saved yet."""
    identifier = identifier_of(found)
    there = SourceObject.objects.select_for_update(of=["self"]).select_related("component")
    return there.filter(source=harvest.source_id, identifier=identifier).first() or SourceObject(
        source_id=harvest.source_id, identifier=identifier
    )


def refuse_what_cannot_be(harvest: Harvest, found: Found) -> None:
    if found.refusal or found.description is None:
        raise Refused(found.refusal or "It describes nothing.")
    if not line(found.description.name):
        raise Refused(NO_NAME)
    source, said = harvest.source, found.description.repository
    if source.kind == SourceKind.REPOSITORY and said and repository_key(said) != repository_key(source.address):
        raise Refused(COPY.format(said[:300]))


def meant(harvest: Harvest, values: Values) -> Component | None:
    """The component that is there already, by its repository however that is spelt. Others who would make it wait.

    Where a repository holds several, they are told apart by name.
    """
    hold_back_others()
    if not values["repository"]:
        return None
    there = list(Component.objects.at_repository(values["repository"]).order_by("pk"))
    taken = set(
        SourceObject.objects.filter(source=harvest.source_id, component__in=there).values_list("component", flat=True)
    )
    named = [one for one in there if one.name.casefold() == values["name"].casefold()]
    return next(iter([*named, *(one for one in there if one.pk not in taken)]), None)


def make(harvest: Harvest, thing: SourceObject, values: Values, by: Actor) -> bool:
    thing.component = component = new_component(values, harvest.source.address)
    event = record(harvest, component, [name for name in values if values[name]], by, new=True)
    if harvest.source.looked_after:
        Stewardship.objects.create(component=component, organisation=harvest.source.organisation, recorded_in=event)
    return True


def follow(
    harvest: Harvest, thing: SourceObject, component: Component, values: Values, at: datetime, by: Actor
) -> bool:
    """Write what nobody here has written otherwise; whether anything was written."""
    component = Component.objects.select_for_update().get(pk=component.pk)
    thing.component = component
    may_write = is_its_own(harvest, thing, component)
    merge = merged(ours=recorded(component), theirs=values, last=thing.harvested, may_write=may_write)
    if merge.write:
        write(component, merge.write)
        record(harvest, component, sorted(merge.write), by)
    if thing.pk is None:
        thing.state = ObjectState.GOOD
        thing.save()
    note_differences(thing, merge.differ, at)
    return bool(merge.write)


def is_its_own(harvest: Harvest, thing: SourceObject, component: Component) -> bool:
    """Whether the source's word counts: it belongs to who looks after the component. Where nobody does, the component
    was made from it, or it is the component's own repository."""
    stewards = current_stewards(component)
    if stewards:
        return harvest.source.organisation in stewards
    return thing.made or harvest.source.kind == SourceKind.REPOSITORY


def record(harvest: Harvest, component: Component, fields: list[str], by: Actor, *, new: bool = False) -> Event:
    detail = {"source": harvest.source_id, "component": component.slug, "new": new, "fields": fields}
    return Event.objects.create(act=Act.HARVEST, **by.signature, source=harvest.source.address, detail=detail)


def note_users(thing: SourceObject, found: Found, users: Users) -> None:
    """Names as they are written, each once; a name that is no longer there goes."""
    said = list(dict.fromkeys(name for text in found.used_by if (name := line(text, 300))))[:MOST_USERS]
    kept = {use.name: use for use in thing.stated_uses.all()}
    thing.stated_uses.exclude(name__in=said).delete()
    new = [StatedUse(thing=thing, name=name, organisation=users.get(name)) for name in said if name not in kept]
    StatedUse.objects.bulk_create(new)
    for name in set(said) & set(kept):
        if kept[name].organisation_id != (users[name].pk if name in users else None):
            thing.stated_uses.filter(name=name).update(organisation=users.get(name))


def refuse(harvest: Harvest, found: Found, message: str, at: datetime) -> Outcome:
    """What was taken last stays as it is."""
    thing = known(harvest, found)
    if not thing.name:
        thing.name = line(found.name, 300)
    was = thing.state
    thing.state, thing.trouble = ObjectState.REFUSED, line(message)
    thing.troubled_since = thing.troubled_since or at
    thing.save()
    if thing.component_id and was != thing.state:
        mark_stale([thing.component_id])
    return say(harvest, thing, Outcome.REFUSED, thing.trouble)


def say(harvest: Harvest, thing: SourceObject, outcome: Outcome, message: str = "") -> Outcome:
    HarvestLine.objects.create(harvest=harvest, thing=thing, outcome=outcome, message=message)
    return outcome


def hashed(text: str) -> str:
    return sha256(storable(text).encode()).hexdigest()
