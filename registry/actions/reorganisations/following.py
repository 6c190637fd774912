"""What belonged to bodies that end, act by act: each moves it, and says how much it was."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from catalogue.models import Component
from registry.actions.declarations.rows import not_named, record, restated, supersede, with_all
from registry.inheritance import Estate, Giver, estate
from registry.models import (
    Becoming,
    CodeHosting,
    Declaration,
    Event,
    Inheritance,
    Membership,
    Notice,
    Organisation,
    Reorganisation,
    Role,
    Source,
    Stage,
    Stewardship,
    Token,
    Webhook,
    Withheld,
)

if TYPE_CHECKING:
    from registry.actions.reorganisations.vesting import Done


@dataclass(frozen=True)
class Heirs:
    """A body, to which bodies its work passes, and which of them gets what cannot be had by two. Nobody: it ends."""

    leaving: Organisation
    to: tuple[Organisation, ...]
    heir: Organisation | None

    @property
    def ends(self) -> bool:
        return self.leaving not in self.to


def heirs(found: Reorganisation, becomings: list[Becoming]) -> list[Heirs]:
    """`becomings` with the bodies that they are by now."""
    bodies = {row.pk: row.organisation for row in becomings}
    rows = []
    for leaving in found.leavings.select_related("organisation").prefetch_related("passings"):
        passings = sorted(leaving.passings.all(), key=lambda one: not one.heir)
        to = tuple(body for one in passings if (body := bodies[one.becoming_id]))
        # Renamed, it is not among those to which anything passes: it goes on as itself.
        stays = tuple(body for body in bodies.values() if body == leaving.organisation)
        rows.append(Heirs(leaving.organisation, to or stays, to[0] if to else None))
    return rows


def components(keys: Iterable[int]) -> QuerySet[Component]:
    return Component.objects.filter(pk__in=list(keys)).order_by("pk")


def named_with(bodies: Iterable[int]) -> set[int]:
    """The components that these bodies use or look after: what is found of them is other from the day on."""
    concerned = list(bodies)
    used = Declaration.objects.current().adoptions().filter(organisation__in=concerned)
    held = Stewardship.objects.current().filter(organisation__in=concerned)
    return {*used.values_list("component_id", flat=True), *held.values_list("component_id", flat=True)}


def ending(rows: list[Heirs]) -> list[Heirs]:
    return [row for row in rows if row.ends]


def by_heir(rows: list[Heirs]) -> Iterator[tuple[Organisation | None, list[int]]]:
    """The bodies that end, by who gets what they had; None where nobody goes on."""
    found: dict[Organisation | None, list[int]] = {}
    for row in ending(rows):
        found.setdefault(row.heir, []).append(row.leaving.pk)
    yield from found.items()


def declarations(rows: list[Heirs], event: Event, done: "Done") -> int:
    """Each successor says from now on what its predecessors said, and is to confirm it."""
    successors = {body.pk: body for row in rows for body in row.to}
    concerned = {*successors, *(row.leaving.pk for row in rows)}
    # Read before anything is written: one that goes on gives to others what it said, not what it inherits beside them.
    said = list(with_all(Declaration.objects.current().filter(organisation__in=concerned)))
    hidden = {one.pk for one in said if any(kept.field == "system" for kept in one.withheld.all())}
    estates = []
    for body in successors.values():
        givers = [giver(row) for row in rows if body in row.to]
        if [one.body for one in givers] != [body.pk]:  # else it gives a part away, or has another name
            bodies = {body.pk, *(one.body for one in givers)}
            estates.append(estate(body, givers, [one for one in said if one.organisation_id in bodies], hidden))
    for found in estates:
        write(found, hidden, event)
    return sum(len(found.made) for found in estates)


def giver(row: Heirs) -> Giver:
    body = row.leaving
    return Giver(body=body.pk, driver=body.driver, peer_group=body.peer_group_id, divided=len(row.to) > 1)


def write(found: Estate, hidden: Collection[int], event: Event) -> None:
    supersede(found.ended, event)
    rename_hidden(found, hidden)
    made = record(((statement, kept_back(origins)) for statement, origins in found.made), event)
    pairs = zip(made, (origins for _statement, origins in found.made), strict=True)
    Inheritance.objects.bulk_create(
        (
            Inheritance(heir=statement, origin=origin)
            for statement, origins in (*pairs, *found.stands)
            for origin in origins
        ),
        batch_size=5_000,
        ignore_conflicts=True,
    )


def rename_hidden(found: Estate, hidden: Collection[int]) -> None:
    """Systems without a name have a number in its place, that is one of them alone for each function."""
    unnamed = [statement for statement, origins in found.made if origins[0].pk in hidden]
    if not unnamed:
        return
    functions = {statement.function_id for statement in unnamed}
    standing = Declaration.objects.current().filter(organisation=unnamed[0].organisation, function__in=functions)
    taken: dict[int, set[str]] = {function: set() for function in functions}
    for function, system in standing.values_list("function", "system"):
        taken[function].add(system)
    for statement, origins in found.made:
        if statement.function_id in functions and origins[0].pk not in hidden:
            taken[statement.function_id].add(statement.system)
    for statement in unnamed:
        statement.system = not_named(taken[statement.function_id])
        taken[statement.function_id].add(statement.system)


def kept_back(origins: list[Declaration]) -> list[Withheld]:
    """What the statement of one body keeps back, its successor keeps back as well. Of what several said nothing
    follows: a sum of which a part is secret would give that part away."""
    return restated(origins[0])[1] if len(origins) == 1 else []


def stewardships(rows: list[Heirs], event: Event, done: "Done") -> int:
    """To the heir, with the share; where it has one of the same component, the two are one. Where nobody goes on,
    nobody looks after the component until somebody says so."""
    moved = 0
    for heir, bodies in by_heir(rows):
        held = list(Stewardship.objects.current().filter(organisation__in=bodies).order_by("pk"))
        shares: dict[int, float] = {}
        for one in held:
            shares[one.component_id] = shares.get(one.component_id, 0) + one.share
        if heir is not None:
            mine = Stewardship.objects.current().filter(organisation=heir, component__in=shares)
            for one in mine:
                held.append(one)
                shares[one.component_id] += one.share
        Stewardship.objects.filter(pk__in=[one.pk for one in held]).update(superseded_in=event)
        if heir is not None:
            Stewardship.objects.bulk_create(
                Stewardship(component_id=component, organisation=heir, share=min(1.0, share), recorded_in=event)
                for component, share in shares.items()
            )
        done.restewarded |= shares.keys()
        moved += len(shares)
    return moved


def sources(rows: list[Heirs], event: Event, done: "Done") -> int:
    """What is harvested goes on being read in the heir's name; where nobody goes on, it is read no longer."""
    moved = 0
    for heir, bodies in by_heir(rows):
        found = Source.objects.filter(organisation__in=bodies, stopped_at=None)
        if heir is None:
            moved += found.update(stopped_at=timezone.now(), recorded_in=event)
        else:
            moved += found.update(organisation=heir, recorded_in=event)
    return moved


def code_hosting(rows: list[Heirs], event: Event, done: "Done") -> int:
    moved = 0
    for heir, bodies in by_heir(rows):
        if heir is not None:
            moved += CodeHosting.objects.filter(organisation__in=bodies).update(organisation=heir)
    return moved


def notices(rows: list[Heirs], event: Event, done: "Done") -> int:
    """That a component ends is told to whoever goes on using it."""
    to = {(row.leaving.pk, body.pk) for row in rows for body in row.to if body != row.leaving}
    before = Notice.objects.standing().filter(organisation__in={leaving for leaving, _body in to})
    told = list(before.values_list("organisation_id", "deprecation_id", "deprecation__component_id"))
    successors = {body for _leaving, body in to}
    use = Declaration.objects.current().adoptions().exclude(stage=Stage.RETIRED).filter(organisation__in=successors)
    uses = set(use.values_list("organisation_id", "component_id"))
    made = {
        (deprecation, body)
        for leaving, deprecation, component in told
        for before_it, body in to
        if before_it == leaving and (body, component) in uses
    }
    Notice.objects.bulk_create(
        (Notice(deprecation_id=deprecation, organisation_id=body) for deprecation, body in sorted(made)),
        ignore_conflicts=True,
    )
    return len(made)


def members(rows: list[Heirs], event: Event, done: "Done") -> int:
    """Who was in the team of a body that ends is in those of its successors, with the same roles; a steward's officer
    in that of the heir, who looks after the components.

    Where several bodies come together nobody's owners rule over the others: they are editors, and ownership is asked
    for, to be granted by the successor's owner or, where it has none yet, by a moderator.
    """
    before = Membership.objects.filter(ended_in=None, organisation__in=[row.leaving.pk for row in ending(rows)])
    standing: dict[int, list[Membership]] = {}
    for one in before.standing().order_by("pk"):
        standing.setdefault(one.organisation_id or 0, []).append(one)
    from_several = {body.pk for row in rows for body in row.to if sum(body in other.to for other in rows) > 1}
    made = [
        membership
        for row in ending(rows)
        for body in row.to
        for one in standing.get(row.leaving.pk, ())
        if one.role != Role.STEWARDS_OFFICER or body == row.heir
        for membership in passed(one, body, event, leads=body.pk not in from_several)
    ]
    before.update(ended_in=event)
    Membership.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def passed(one: Membership, body: Organisation, event: Event, *, leads: bool) -> Iterator[Membership]:
    said = {"person_id": one.person_id, "organisation": body, "reason": one.reason}
    if one.role != Role.OWNER or leads:
        yield Membership(**said, role=one.role, granted_in=event)
        return
    yield Membership(**said, role=Role.EDITOR, granted_in=event)
    yield Membership(**said, role=Role.OWNER, asked_in=event)


def tokens(rows: list[Heirs], event: Event, done: "Done") -> int:
    """They work no longer in any case; revoked, they stay dead also if the day of the end is ever corrected."""
    bodies = [row.leaving.pk for row in ending(rows)]
    return Token.objects.filter(organisation__in=bodies, revoked_at=None).update(revoked_at=timezone.now())


def webhooks(rows: list[Heirs], event: Event, done: "Done") -> int:
    bodies = [row.leaving.pk for row in ending(rows)]
    return Webhook.objects.filter(organisation__in=bodies, disabled_at=None).update(disabled_at=timezone.now())


def children(rows: list[Heirs], event: Event, done: "Done") -> int:
    moved = 0
    for heir, bodies in by_heir(rows):
        moved += Organisation.objects.filter(parent__in=bodies, end=None).update(parent=heir)
    return moved


ACTS: dict[str, Callable[[list[Heirs], Event, "Done"], int]] = {
    "declarations": declarations,
    "stewardships": stewardships,
    "sources": sources,
    "code_hosting": code_hosting,
    "notices": notices,
    "members": members,
    "tokens": tokens,
    "webhooks": webhooks,
    "children": children,
}
"""What follows, in this order: notices ask who uses what by then."""
