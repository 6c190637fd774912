"""What a body says from its first day on in the place of those that became it. Rules alone: no database.

Each statement of a predecessor becomes one of the successor, which is to confirm it; the same component or system of
several becomes one. The reasons for each rule are in docs/reorganisation.md.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from registry.models import Declaration, DeclarationKind, Evidence, Organisation, Stage

SYSTEMS = (DeclarationKind.ADOPTION, DeclarationKind.DUPLICATE)
Key = tuple[int, str, int | None, str]  # function, kind, component, system


@dataclass(frozen=True, kw_only=True)
class Giver:
    """A body whose work passes. `divided`: to several, so that no amount of it can be said of one of them."""

    body: int
    driver: Decimal | None = None
    peer_group: int | None = None
    divided: bool = False


@dataclass
class Estate:
    """What follows for one successor.

    made     statements that are new, each with those that it stands for, the one it is like most first
    stands   statements of its own that stand, each with those of predecessors that it answers for
    ended    statements of its own that those in `made` take the place of
    """

    made: list[tuple[Declaration, list[Declaration]]] = field(default_factory=list)
    stands: list[tuple[Declaration, list[Declaration]]] = field(default_factory=list)
    ended: list[Declaration] = field(default_factory=list)


def estate(
    successor: Organisation,
    givers: Sequence[Giver],
    said: Iterable[Declaration],
    hidden: Collection[int] = frozenset(),
) -> Estate:
    """`said` is what givers and successor say now. The successor may be a giver itself: then it goes on for more.

    `hidden` are the statements, by id, that do not name their system: what has no name is like no other.
    """
    found, of_function = Estate(), defaultdict(list)
    stopped = {}
    for one in said:
        if not has_stopped(one):
            of_function[one.function_id].append(one)
        elif one.organisation_id == successor.pk:
            stopped[key_of(one, hidden)] = one
    continues = any(giver.body == successor.pk for giver in givers)
    for statements in of_function.values():
        own = [one for one in statements if one.organisation_id == successor.pk]
        given = [one for one in statements if continues or one.organisation_id != successor.pk]
        inherit(found, successor, givers, given, [] if continues else own, hidden)
    # What it had stopped using it uses again, as whoever brings it does.
    found.ended += [stopped[key] for made, _origins in found.made if (key := key_of(made, hidden)) in stopped]
    return found


def has_stopped(one: Declaration) -> bool:
    """Said of the successor, it would look as if it stopped on its first day."""
    return one.stage == Stage.RETIRED


def inherit(
    found: Estate,
    successor: Organisation,
    givers: Sequence[Giver],
    given: list[Declaration],
    own: list[Declaration],
    hidden: Collection[int],
) -> None:
    """One function. `own`: what a successor says that is no giver; its word stands beside what is inherited."""
    systems = [one for one in given if one.kind in SYSTEMS]
    elsewhere = [one for one in own if one.kind == DeclarationKind.NOT_RESPONSIBLE]
    if elsewhere:
        found.stands += [(elsewhere[0], given)] if given else []
        return
    if not systems:
        inherit_answer(found, successor, givers, given, own)
        return
    mine = {key_of(one, hidden): one for one in own if one.kind in SYSTEMS}
    parts = partners(givers, given)
    for key, holders in by_key(systems, hidden).items():
        if key in mine:
            found.stands.append((mine[key], holders))
        elif any(one.organisation_id != successor.pk for one in holders):
            found.made.append(as_one(successor, holders, givers, parts))
            found.ended += [one for one in holders if one.organisation_id == successor.pk]
    answers = [one for one in (*given, *own) if one.kind not in SYSTEMS and one.organisation_id == successor.pk]
    brought = any(one.organisation_id != successor.pk for one in systems)
    found.ended += answers if brought else []


def inherit_answer(
    found: Estate,
    successor: Organisation,
    givers: Sequence[Giver],
    given: list[Declaration],
    own: list[Declaration],
) -> None:
    """“Not responsible” and “not sure” are the successor's only where all that it comes from say the same."""
    agreed = len({one.kind for one in given}) == 1 and {one.organisation_id for one in given} == {
        giver.body for giver in givers
    }
    if not agreed or all(one.organisation_id == successor.pk for one in given):
        return
    if own:
        found.stands.append((own[0], given))
        return
    found.made.append(as_one(successor, given, givers, givers))
    found.ended += [one for one in given if one.organisation_id == successor.pk]


def key_of(one: Declaration, hidden: Collection[int]) -> Key:
    """What is the same for all that say the same thing: a component, or a system by its name in any case."""
    name = f"#{one.pk}" if one.pk in hidden else one.system.casefold()
    return one.function_id, one.kind, one.component_id, name


def by_key(statements: Iterable[Declaration], hidden: Collection[int]) -> dict[Key, list[Declaration]]:
    found: dict[Key, list[Declaration]] = defaultdict(list)
    for one in statements:
        found[key_of(one, hidden)].append(one)
    return found


def partners(givers: Sequence[Giver], given: Collection[Declaration]) -> list[Giver]:
    """The givers among whom the work of a function is shared out: those that name a system, those that are not sure,
    and those of which nothing is known though others of their kind do it."""
    naming = {one.organisation_id for one in given if one.kind in SYSTEMS}
    unsure = {one.organisation_id for one in given if one.kind == DeclarationKind.NOT_SURE}
    speaking = {one.organisation_id for one in given}
    kinds = {giver.peer_group for giver in givers if giver.body in naming and giver.peer_group is not None}
    silent = {giver.body for giver in givers if giver.body not in speaking and giver.peer_group in kinds}
    return [giver for giver in givers if giver.body in naming | unsure | silent]


def as_one(
    successor: Organisation, holders: list[Declaration], givers: Sequence[Giver], parts: Sequence[Giver]
) -> tuple[Declaration, list[Declaration]]:
    """What the successor says in the place of `holders`, and they, the one that it is like most first."""
    ordered = sorted(holders, key=lambda one: (one.confirmed or date.min, one.pk))
    first = ordered[0]
    divided = {giver.body for giver in givers if giver.divided}
    whole = not any(one.organisation_id in divided for one in holders)
    years = {one.price_fy for one in holders}
    cost = total([one.annual_cost for one in holders]) if whole and len(years) == 1 else None
    excused = all(one.exempt_until for one in holders) and len({one.exempt_reason for one in holders}) == 1
    made = Declaration(
        kind=first.kind,
        organisation=successor,
        function_id=first.function_id,
        component_id=first.component_id,
        system=first.system,
        supplier=agreed(holders, lambda one: one.supplier, ""),
        stage=together({Stage(one.stage) for one in holders}) if first.stage else "",
        coverage=coverage(holders, parts),
        transactions=total([one.transactions for one in holders]) if whole else None,
        annual_cost=cost,
        price_fy=first.price_fy if cost is not None else "",
        since=earliest(one.since for one in holders),
        contract_end=earliest(one.contract_end for one in holders),
        contract_slips=most([one.contract_slips for one in holders]),
        confirmed=first.confirmed if all(one.confirmed for one in holders) else None,
        evidence=min((one.evidence or Evidence.E0 for one in holders), default="") if known(holders) else "",
        published=all_say([one.published for one in holders]),
        exempt_until=earliest(one.exempt_until for one in holders) if excused else None,
        exempt_reason=first.exempt_reason if excused else "",
        why=agreed(holders, lambda one: one.why, ""),
        contact=agreed(holders, lambda one: one.contact, ""),
        reason="\n\n".join(dict.fromkeys(one.reason for one in ordered if one.reason)),
        source_url=first.source_url,
        inherited_from=first,
    )
    return made, ordered


def together(stages: Collection[Stage]) -> Stage:
    """How far a component is in use where it is as far as each of `stages` in one part."""
    if len(stages) == 1:
        return next(iter(stages))
    if stages <= {Stage.PLANNED, Stage.PILOT}:
        return Stage.PILOT
    return Stage.PARTIAL


def coverage(holders: Sequence[Declaration], parts: Sequence[Giver]) -> float | None:
    """The part of the successor's work: each holder's, weighed by the people of all that share the work out."""
    stated = [one.coverage for one in holders if one.coverage is not None]
    if len(stated) < len(holders):
        return None
    if len(parts) == 1:
        return stated[0]
    people = {giver.body: giver.driver for giver in parts}
    sizes = [float(size) for size in people.values() if size is not None]
    if len(sizes) < len(parts) or not sum(sizes) or any(giver.divided for giver in parts):
        return None
    done = sum(share * float(people[one.organisation_id] or 0) for one, share in zip(holders, stated, strict=True))
    return min(1.0, done / sum(sizes))


def total[N: (float, Decimal)](amounts: Sequence[N | None]) -> N | None:
    """Only where all are stated: part of a sum is no sum."""
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated[1:], stated[0]) if stated and len(stated) == len(amounts) else None


def most(numbers: Sequence[int | None]) -> int | None:
    stated = [number for number in numbers if number is not None]
    return max(stated) if stated and len(stated) == len(numbers) else None


def earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)


def all_say(flags: Collection[bool | None]) -> bool | None:
    """Yes where all say yes; no where one says no; otherwise not stated."""
    return True if all(flags) else False if any(flag is False for flag in flags) else None


def agreed(holders: Iterable[Declaration], read: Callable[[Declaration], str], otherwise: str) -> str:
    values = {read(one) for one in holders}
    return values.pop() if len(values) == 1 else otherwise


def known(holders: Iterable[Declaration]) -> bool:
    """Whether any states a grade of evidence."""
    return any(one.evidence for one in holders)
