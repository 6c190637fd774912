"""What comes together in an area: for each function what each predecessor says, and how far they are alike."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import connection, models

from catalogue.models import Function
from commons.kept import Kept
from public_value.models import Benchmark
from registry.areas import Area, Body
from registry.listings.declarations import HELD
from registry.models import STAGES_IN_USE, Declaration, DeclarationKind
from registry.models.declaration import EXPIRES_AFTER

SOON = timedelta(days=365)
FIELDS = (
    *("id", "organisation_id", "function_id", "kind", "system", "supplier", "stage", "annual_cost", "price_fy"),
    *("contract_end", "confirmed", "evidence", "component__slug", "component__name", "inherited_from_id"),
)
ASKED = """
    SELECT organisation.peer_group_id, declaration.function_id
    FROM registry_declaration declaration JOIN registry_organisation organisation
        ON organisation.id = declaration.organisation_id
    WHERE declaration.superseded_in_id IS NULL AND organisation.peer_group_id = ANY(%(groups)s)
    UNION
    SELECT peer_group_id, function_id FROM {benchmarks} WHERE peer_group_id = ANY(%(groups)s)
"""
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


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One thing that a predecessor says of a function. `expired`: confirmed too long ago to be counted anywhere;
    `held`: what it keeps back, which is blank here."""

    answer: Answer
    component: tuple[str, str] | None = None
    system: str = ""
    supplier: str = ""
    stage: str = ""
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


class Contract(NamedTuple):
    ends: date
    before: bool  # the day on which the area changes


@dataclass
class Row:
    """One function. `cells`: by predecessor, each what it says; none is silence."""

    id: int
    slug: str
    name: str
    cells: dict[str, list[Statement]]
    asked: set[str] = field(default_factory=set)

    @property
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

    @property
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

    def contracts(self, day: date | None) -> Iterator[Contract]:
        for said in self.cells.values():
            for one in said:
                if one.contract_end and day:
                    yield Contract(one.contract_end, one.contract_end < day)

    def ends_soon(self, day: date | None) -> bool:
        """Whether a contract ends in the year before the day or in the year after it."""
        return any(abs(contract.ends - (day or contract.ends)) <= SOON for contract in self.contracts(day))


def rows(area: Area, on: date, version: str = "") -> list[Row]:
    """One for each function that a predecessor has said anything of, or is asked for as a body of its kind. A to Z.

    Three queries, or two where what is asked of the kinds is kept under the database's `version`.
    """
    bodies = {body.id: body.slug for body in area.before if body.id is not None}
    said: dict[int, dict[str, list[Statement]]] = {}
    for values in declared(bodies):
        cells = said.setdefault(values["function_id"], {})
        cells.setdefault(bodies[values["organisation_id"]], []).append(statement(values, on))
    asked = asked_of(area.before, version)
    functions = Function.objects.filter(pk__in=said.keys() | asked.keys()).order_by("name", "slug")
    return [
        Row(key, slug, name, said.get(key, {}), asked.get(key, set()))
        for key, slug, name in functions.values_list("pk", "slug", "name")
    ]


def declared(bodies: Collection[int]) -> Iterable[dict]:
    """What predecessors say now or, where they have ended, last said."""
    said = Declaration.objects.listed().current().filter(organisation__in=bodies)
    return said.order_by("component__name", "system", "pk").values(*FIELDS, held=HELD)


def statement(values: dict, on: date) -> Statement:
    component = (values["component__slug"], values["component__name"]) if values["component__slug"] else None
    plain = ("system", "supplier", "stage", "annual_cost", "price_fy", "contract_end", "confirmed", "evidence")
    return Statement(
        answer=answer_of(values),
        component=component,
        held=frozenset(values["held"]),
        expired=not values["confirmed"] or values["confirmed"] < on - EXPIRES_AFTER,
        **{name: values[name] for name in plain},
    )


def answer_of(values: dict) -> Answer:
    if values["kind"] == DeclarationKind.ADOPTION:
        if values["stage"] in STAGES_IN_USE:
            return Answer.SHARED
        return Answer.PLANNED if values["stage"] == "planned" else Answer.STOPPED
    kinds = {DeclarationKind.DUPLICATE: Answer.OWN, DeclarationKind.NOT_RESPONSIBLE: Answer.NOT_RESPONSIBLE}
    return kinds.get(values["kind"], Answer.NOT_SURE)


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
