"""Plans and the people who make them, for the tests of this folder."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from registry.actions.reorganisations import (
    Plan,
    PlannedBody,
    PlannedLeaving,
    carry_out,
    plan_reorganisation,
    second_reorganisation,
)
from registry.models import Organisation, Person, Reorganisation, ReorganisationKind
from registry.permissions import COMMAND_LINE, Actor, of_person

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=30)


class Operators(NamedTuple):
    first: Person
    second: Person


def operators() -> Operators:
    return Operators(
        *(Person.objects.create_superuser(f"operator-{n}@example.org", name=f"Operator {n}") for n in "12")
    )


def acting(person: Person) -> Actor:
    return of_person(person, second_factor=True)


def merge(bodies: list[Organisation], *, day: date = TODAY, into: Organisation | None = None, **fields) -> Plan:
    made = {"name": into.name, "organisation": into} if into else {"name": "Marrow Council"}
    return Plan(
        kind=ReorganisationKind.MERGE,
        area="Marrowshire",
        vesting_day=day,
        becomings=(PlannedBody(**made | fields),),
        leavings=tuple(PlannedLeaving(organisation=body, to=(0,)) for body in bodies),
    )


def split(body: Organisation, names: tuple[str, ...] = ("North", "South"), *, day: date = TODAY) -> Plan:
    return Plan(
        kind=ReorganisationKind.SPLIT,
        area="Marrowshire",
        vesting_day=day,
        becomings=tuple(PlannedBody(name=name) for name in names),
        leavings=(PlannedLeaving(organisation=body, to=tuple(range(len(names)))),),
    )


def rename(body: Organisation, name: str, *, day: date = TODAY) -> Plan:
    return Plan(
        kind=ReorganisationKind.RENAME,
        area="Marrowshire",
        vesting_day=day,
        becomings=(PlannedBody(name=name, organisation=body),),
        leavings=(PlannedLeaving(organisation=body, to=(0,)),),
    )


def abolish(*bodies: Organisation, day: date = TODAY) -> Plan:
    return Plan(
        kind=ReorganisationKind.ABOLISH,
        area="Marrowshire",
        vesting_day=day,
        leavings=tuple(PlannedLeaving(organisation=body) for body in bodies),
    )


def planned(plan: Plan, people: Operators) -> Reorganisation:
    return plan_reorganisation(plan=plan, by=acting(people.first))


def seconded(plan: Plan, people: Operators) -> Reorganisation:
    return second_reorganisation(reorganisation=planned(plan, people), by=acting(people.second))


def carried_out(plan: Plan, people: Operators | None = None) -> Reorganisation:
    found = seconded(plan, people or operators())
    carry_out(reorganisation=found, by=COMMAND_LINE)
    found.refresh_from_db()
    return found


def made_by(reorganisation: Reorganisation) -> list[Organisation]:
    return [row.organisation for row in reorganisation.becomings.select_related("organisation")]
