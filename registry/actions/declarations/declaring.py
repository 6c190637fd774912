"""Saying what a body does for one function: all of its statements at once, so that none contradicts another."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from catalogue.models import Component, Function, Lifecycle, PeerGroup
from commons.exceptions import Refused
from registry.actions.bodies import locked, refuse_ended
from registry.actions.declarations.following import follow_up
from registry.actions.declarations.rows import made, of_cell, open_book, record, said_of, shown, supersede
from registry.actions.evidence_links import answering
from registry.actions.search import refresh_search
from registry.grading import Grounds, grade, grounds
from registry.models import Act, Declaration, DeclarationKind, Draft, Event, Evidence, Organisation, Withheld
from registry.permissions import Actor, may_declare
from registry.said import Problem, Said, problems, tidied

ENDING = (Lifecycle.DEPRECATED, Lifecycle.RETIRED)
SLIPS_COUNT_FOR = timedelta(days=730)


class Wrong(Refused):
    """Statements that cannot be taken: everything that is wrong with them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = problems


class Changed(Refused):
    """What stands is not what whoever declares had seen."""

    def __init__(self, standing: list[Declaration]) -> None:
        super().__init__("Somebody has changed this meanwhile. Look at both versions, and choose.")
        self.standing = standing


@dataclass
class Declared:
    """What an act did to one function. `event` is None where it changed nothing."""

    event: Event | None = None
    recorded: list[Declaration] = field(default_factory=list)
    ended: list[Declaration] = field(default_factory=list)
    unchanged: list[Declaration] = field(default_factory=list)


@transaction.atomic
def declare(
    *,
    organisation: Organisation,
    function: Function,
    statements: Sequence[Said],
    seen: Collection[int] | None = None,
    source: str = "",
    by: Actor,
) -> Declared:
    """Say everything that a body does for a function; what is not said again ends. The same again changes nothing.

    `seen`: the ids of the declarations that whoever declares had before them; None asks nothing. A changed statement
    counts as confirmed today; one that stays the same keeps its day. The draft of the function is done with.
    Raises Refused: not allowed, or the body does not exist today; Wrong; Changed.
    """
    organisation = locked(organisation)
    refuse_declaring(organisation, by)
    today = timezone.localdate()
    statements = [tidied(said) for said in statements]
    standing = list(of_cell(organisation, function))
    if seen is not None and set(seen) != {one.pk for one in standing}:
        raise Changed(standing)
    components = named(statements)
    before = {said.key: (one, said) for one in standing for said in [said_of(one)]}
    refuse_wrong(statements, components, organisation, set(before), today)
    Draft.objects.filter(organisation=organisation, function=function).delete()
    same = {said.key for said in statements if said.key in before and said == before[said.key][1]}
    changes = Declared(
        unchanged=[one for key, (one, _) in before.items() if key in same],
        ended=[one for key, (one, _) in before.items() if key not in same],
    )
    new = [said for said in statements if said.key not in same]
    if not new and not changes.ended:
        return changes
    taken = {one.system for one in changes.unchanged}
    rows = [made(said, organisation, function, components.get(said.component), taken) for said in new]
    good = answering((said.source_url for said in new if said.source_url), timezone.now())
    found = grounds(organisation, [function.pk], today)
    for said, (row, kept) in zip(new, rows, strict=True):
        earn(row, kept, before.get(said.key), today, good, found)
    changes.event = Event.objects.create(
        act=Act.DECLARE, **by.signature, source=source, detail=told(organisation, function, rows, changes.ended)
    )
    supersede(changes.ended, changes.event)
    changes.recorded = record(rows, changes.event)
    touched = follow_up(organisation, [function.pk], changes.event, recorded=changes.recorded, ended=changes.ended)
    refresh_search(touched)
    return changes


def refuse_declaring(organisation: Organisation, by: Actor) -> None:
    if not may_declare(by, organisation):
        raise Refused(f"You may not publish what {organisation} says. Save a draft, and ask an owner to publish it.")
    refuse_ended(organisation)


def named(statements: Sequence[Said]) -> dict[str, Component]:
    """The components that are named, by slug. Drafts are nobody's to name."""
    slugs = {said.component for said in statements if said.component}
    return {one.slug: one for one in Component.objects.listed().filter(slug__in=slugs)} if slugs else {}


def refuse_wrong(
    statements: Sequence[Said],
    components: dict[str, Component],
    organisation: Organisation,
    known: Collection[tuple[str, str]],
    today: date,
) -> None:
    wrong = problems(statements, today)
    offered = offered_to(organisation, components)
    for place, said in enumerate(statements):
        if not said.component:
            continue
        component = components.get(said.component)
        if component is None:
            wrong.append(Problem(place, "component", f"There is no component “{said.component[:120]}”. Choose one."))
        elif said.key not in known and said.stage != "retired":
            wrong += [Problem(place, "component", why) for why in unfit(component, offered, organisation)]
    if wrong:
        raise Wrong(wrong)


def offered_to(organisation: Organisation, components: dict[str, Component]) -> set[int]:
    """Those of the components that bodies of this kind may have."""
    if not components:
        return set()
    above = set(PeerGroup.objects.above(organisation.peer_group_id)) if organisation.peer_group_id else set()
    limited = Component.objects.filter(pk__in=[one.pk for one in components.values()]).exclude(available_to=None)
    shut = set(limited.exclude(available_to__in=above).values_list("pk", flat=True))
    return {one.pk for one in components.values()} - shut


def unfit(component: Component, offered: set[int], organisation: Organisation) -> list[str]:
    """Why a body should not newly say that it uses a component."""
    if component.lifecycle in ENDING:
        return [f"{component} is {component.get_lifecycle_display().lower()}: choose its successor or another one."]
    if component.pk not in offered:
        return [f"{component} is not offered to bodies like {organisation}: choose another one."]
    return []


def earn(
    row: Declaration,
    kept: list[Withheld],
    before: tuple[Declaration, Said] | None,
    today: date,
    good: Collection[str],
    found: Grounds,
) -> None:
    """What a statement has by what is known of it, never because somebody typed it. `good` are links that answer."""
    old = before[0] if before else None
    row.confirmed = today
    stated = kept_evidence(row, old)
    row.evidence = grade(row, kept, found, stated=stated, answers=row.source_url in good, on=today)
    row.published = open_book(row)
    if old is not None and row.kind == DeclarationKind.DUPLICATE:
        row.exempt_until, row.exempt_reason = old.exempt_until, old.exempt_reason
        row.contract_slips = slips(before[1], row, kept, old)


def kept_evidence(row: Declaration, old: Declaration | None) -> str:
    """Evidence is of a system or a component in use, and of the link that was read: another one begins anew."""
    same = old is not None and (row.component_id, row.source_url) == (old.component_id, old.source_url)
    return old.evidence if same and (row.stage == old.stage or not row.stage) else Evidence.E0


def slips(said: Said, row: Declaration, kept: list[Withheld], old: Declaration) -> int:
    """How often the end of the contract moved later in the last 24 months (AG-9), this time included."""
    ends = row.contract_end or next((one.day for one in kept if one.field == "contract_end"), None)
    later = bool(said.contract_end and ends and ends > said.contract_end)
    recent = timezone.localdate() - timezone.localdate(old.recorded_in.at) <= SLIPS_COUNT_FOR
    return (old.contract_slips or 0 if recent else 0) + later


def told(
    organisation: Organisation, function: Function, rows: list[tuple[Declaration, list[Withheld]]], ended: list
) -> dict:
    return {
        "organisation": organisation.slug,
        "function": function.slug,
        "recorded": [shown(one) for one, _ in rows],
        "ended": [shown(one) for one in ended],
    }
