"""What bodies said: their successors say it, and are to confirm it."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from registry.actions.declarations.rows import not_named, record, restated, supersede, with_all
from registry.actions.reorganisations.following.heirs import Heirs
from registry.inheritance import Estate, Giver, estate
from registry.models import Declaration, Event, Inheritance, Withheld

if TYPE_CHECKING:
    from registry.actions.reorganisations.vesting import Done


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
