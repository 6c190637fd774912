"""What comes together in an area: for each function what each predecessor says, and how far they are alike."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection, models

from catalogue.models import Function
from commons.kept import Kept
from public_value.models import Benchmark
from registry.areas import Area, Body
from registry.models import STAGES_IN_USE, Declaration, DeclarationKind
from registry.models.declaration import EXPIRES_AFTER

SOON = timedelta(days=365)
FIELDS = (
    *("pk", "withheld__field", "function_id", "organisation_id", "kind", "stage", "component__slug", "component__name"),
    *("system", "supplier", "annual_cost", "price_fy", "contract_end", "confirmed", "evidence"),
)
ASKED = """
    SELECT organisation.peer_group_id, declaration.function_id
    FROM registry_declaration declaration JOIN registry_organisation organisation
        ON organisation.id = declaration.organisation_id
    WHERE declaration.superseded_in_id IS NULL AND organisation.peer_group_id = ANY(%(groups)s)
    UNION
    SELECT peer_group_id, function_id FROM {benchmarks} WHERE peer_group_id = ANY(%(groups)s)
"""
ROWS: Kept[list["Row"]] = Kept(4)  # 30 bodies with 400 functions are 10 MB
KINDS: Kept[dict[int, set[int]]] = Kept(64)  # to read what a country answers for takes too long for each page


class Answer(models.TextChoices):
    """What a predecessor's statement comes down to, or why there is none. The four blanks stay apart."""

    SHARED = "shared", "Uses a shared component"
    OWN = "own", "Runs its own system"
    PLANNED = "planned", "Plans to use a shared component"
    STOPPED = "stopped", "Stopped using a shared component"
    NOT_RESPONSIBLE = "not_responsible", "Not responsible"
    NOT_SURE = "unknown", "Not sure"
    NOT_ANSWERED = "not_answered", "Not answered"


BLANKS = (Answer.NOT_RESPONSIBLE, Answer.NOT_SURE, Answer.NOT_ANSWERED)


class Statement(NamedTuple):
    """One thing that a predecessor says of a function. `expired`: confirmed too long ago to be counted anywhere;
    `held`: what it keeps back, which is blank here."""

    answer: Answer
    component: tuple[str, str] | None = None
    stage: str = ""
    system: str = ""
    supplier: str = ""
    annual_cost: Decimal | None = None
    price_fy: str = ""
    contract_end: date | None = None
    confirmed: date | None = None
    evidence: str = ""
    expired: bool = False
    held: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return self.component[1] if self.component else self.system

    @property
    def key(self) -> str:
        """What is the same system wherever it is named so."""
        return f"component {self.component[0]}" if self.component else f"own {self.system.casefold()}"


@dataclass
class Row:
    """One function. `cells`: by predecessor, each what it says; none is silence."""

    id: int
    slug: str
    name: str
    cells: dict[str, list[Statement]]
    asked: set[str] = field(default_factory=set)

    @cached_property
    def running(self) -> dict[str, set[str]]:
        """By system, the predecessors that work with it today."""
        found: dict[str, set[str]] = {}
        for body, said in self.cells.items():
            for one in said:
                if one.answer in (Answer.SHARED, Answer.OWN):
                    found.setdefault(one.key, set()).add(body)
        return found

    @property
    def systems(self) -> int:
        return len(self.running)

    @cached_property
    def doing(self) -> int:
        """Predecessors that name a system."""
        return len({body for bodies in self.running.values() for body in bodies})

    @property
    def most_alike(self) -> int:
        """How many predecessors have the system that most have."""
        return max(map(len, self.running.values()), default=0)

    @property
    def differs(self) -> bool:
        return self.systems > 1

    @property
    def answered(self) -> bool:
        return any(self.cells.values())

    @cached_property
    def ends(self) -> set[date]:
        """The days on which contracts end."""
        return {one.contract_end for said in self.cells.values() for one in said if one.contract_end}

    def ends_soon(self, day: date | None) -> bool:
        """Whether a contract ends in the year before the day or in the year after it."""
        return day is not None and any(abs(end - day) <= SOON for end in self.ends)


def rows(area: Area, on: date, version: str = "") -> list[Row]:
    """One for each function that a predecessor has said anything of, or is asked for as a body of its kind. A to Z.

    Three queries. Kept under the database's `version`: whoever turns the pages of an area reads it once.
    """
    return ROWS.get(version, (area.slug, on), lambda: read(area, on, version))


def read(area: Area, on: date, version: str) -> list[Row]:
    bodies = {body.id: body.slug for body in area.before if body.id is not None}
    said: dict[int, dict[str, list[Statement]]] = {}
    since = on - EXPIRES_AFTER
    last = None
    for key, held, function, body, *values in declared(bodies):
        cell = said.setdefault(function, {}).setdefault(bodies[body], [])
        if key == last:
            cell[-1] = cell[-1]._replace(held=cell[-1].held | {held})
        else:
            cell.append(statement(since, held, *values))
        last = key
    asked = asked_of(area.before, version)
    functions = Function.objects.filter(pk__in=said.keys() | asked.keys()).order_by("name", "slug")
    return [
        Row(key, slug, name, said.get(key, {}), asked.get(key, set()))
        for key, slug, name in functions.values_list("pk", "slug", "name")
    ]


def declared(bodies: Collection[int]) -> Iterable[tuple]:
    """What predecessors say now or, where they have ended, last said: the fields of FIELDS. One that keeps something
    back is there once for each value that it does."""
    said = Declaration.objects.listed().current().filter(organisation__in=bodies)
    return said.order_by("pk").values_list(*FIELDS)


def statement(
    since: date, held: str | None, kind: str, stage: str, slug: str | None, name: str | None, *plain: Any
) -> Statement:
    said = Statement(answer_of(kind, stage), (slug, name or "") if slug else None, stage, *plain)
    expired = said.confirmed is None or said.confirmed < since
    return said._replace(expired=expired, held=frozenset({held} if held else ())) if expired or held else said


def answer_of(kind: str, stage: str) -> Answer:
    if kind == DeclarationKind.ADOPTION:
        if stage in STAGES_IN_USE:
            return Answer.SHARED
        return Answer.PLANNED if stage == "planned" else Answer.STOPPED
    kinds = {DeclarationKind.DUPLICATE: Answer.OWN, DeclarationKind.NOT_RESPONSIBLE: Answer.NOT_RESPONSIBLE}
    return kinds.get(DeclarationKind(kind), Answer.NOT_SURE)


def asked_of(bodies: Iterable[Body], version: str) -> dict[int, set[str]]:
    """By function, the bodies of whose kind anybody answers for it, or for which it has a benchmark."""
    members: dict[int, list[str]] = {}
    for body in bodies:
        if body.peer_group_id is not None:
            members.setdefault(body.peer_group_id, []).append(body.slug)
    groups = tuple(sorted(members))
    found: dict[int, set[str]] = {}
    for group, functions in KINDS.get(version, groups, lambda: functions_of(groups)).items():
        for function in functions:
            found.setdefault(function, set()).update(members[group])
    return found


def functions_of(groups: tuple[int, ...]) -> dict[int, set[int]]:
    if not groups:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ASKED.format(benchmarks=Benchmark._meta.db_table), {"groups": list(groups)})
        found: dict[int, set[int]] = {}
        for group, function in cursor.fetchall():
            found.setdefault(group, set()).add(function)
        return found
