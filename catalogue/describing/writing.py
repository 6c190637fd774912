"""Writing stated values into a component. The transaction, the event and the search are the act's that calls."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models.functions import Now
from django.utils.text import slugify

from catalogue.describing.fields import LISTS, OF_COMPONENT, OF_PROFILE, Values
from catalogue.models import Column, Component, ComponentKind, Operation, Profile, Standard
from catalogue.models.component import RESERVED_SLUGS
from commons.turns import take_turn

LONGEST_SLUG = 100  # leaves room for a number


def hold_back_others() -> None:
    """Until the transaction ends nobody else makes a component: whoever comes second finds what the first has made."""
    take_turn("new_component")


def new_component(values: Values, source: str) -> Component:
    """A component with these values. Call `hold_back_others` first, and look whether it is there already."""
    plain = {name: values[name] for name in OF_COMPONENT}
    plain["kind"] = plain["kind"] or ComponentKind.SERVICE
    made = Component.objects.create(slug=free_slug(values["name"]), source=source, **plain)
    write(made, {name: values[name] for name in (*OF_PROFILE, *LISTS) if values[name]})
    return made


def free_slug(name: str) -> str:
    stem = slugify(name)[:LONGEST_SLUG].strip("-_") or "component"
    taken = RESERVED_SLUGS.union(Component.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug


def write(component: Component, values: Mapping[str, Any]) -> None:
    """Set these fields, and leave all others as they are."""
    own = {name: values[name] for name in OF_COMPONENT if name in values}
    if own:
        for name, value in own.items():
            setattr(component, name, value)
        component.save(update_fields=list(own))
    profile = {name: values[name] for name in OF_PROFILE if name in values}
    if profile:
        if profile.get("released_on"):
            profile["released_on"] = date.fromisoformat(profile["released_on"])
        Profile.objects.update_or_create(component=component, defaults=profile)
    if "standards" in values:
        component.standards.set(Standard.objects.filter(slug__in=values["standards"]))
    if "operations" in values:
        write_operations(component, values["operations"])
    if "columns" in values:
        write_columns(component, values["columns"])
    if values and not own:
        Component.objects.filter(pk=component.pk).update(updated_at=Now())  # what stands beside it is part of it


def write_operations(component: Component, said: list[list[str]]) -> None:
    component.operations.all().delete()
    Operation.objects.bulk_create(
        Operation(component=component, method=method, path=path, summary=summary) for method, path, summary in said
    )


def write_columns(component: Component, said: list[list[str]]) -> None:
    component.columns.all().delete()
    Column.objects.bulk_create(
        Column(component=component, number=number, name=name, type=type, description=description)
        for number, (name, type, description) in enumerate(said, start=1)
    )
