"""What a statement's grade of evidence rests on, and which grade that makes. How each is earned: docs/evidence.md."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from registry.models import (
    STAGES_IN_USE,
    Act,
    Attestation,
    Declaration,
    DeclarationKind,
    Evidence,
    Organisation,
    Usage,
    Withheld,
)

MEASURED_MONTHS, SILENT_MONTHS = 3, 6
Thing = tuple[int, int | None, str]
"""What a statement is of: function, component, system."""


def thing_of(one: Declaration | Attestation) -> Thing:
    return one.function_id, one.component_id, one.system


def in_use(one: Declaration) -> bool:
    return one.kind == DeclarationKind.ADOPTION and one.stage in STAGES_IN_USE


def months_before(on: date, number: int) -> list[date]:
    """The first days of the last full months before the day `on`, the latest first."""
    whole = on.year * 12 + on.month - 1
    return [date((whole - back) // 12, (whole - back) % 12 + 1, 1) for back in range(1, number + 1)]


def cost_digest(row: Declaration, kept: Iterable[Withheld]) -> str:
    """Of what a finance officer attests: cost, price year, end of the contract and supplier, kept back or not."""
    held = {one.field: one for one in kept}
    year = held["annual_cost"].price_fy if "annual_cost" in held else row.price_fy
    said = [held[name].value if name in held else getattr(row, name) for name in ("annual_cost", "contract_end")]
    amount = "" if said[0] is None else format(said[0].normalize(), "f")
    supplier = held["supplier"].text if "supplier" in held else row.supplier
    return sha256("\n".join([amount, year, str(said[1] or ""), supplier]).encode()).hexdigest()


@dataclass(frozen=True)
class Grounds:
    """What is known of one body's statements besides their links. `once`: what the registry itself has graded above
    E1 before, so that such a grade is no publisher's to keep; `packed`: what a publisher stated of those."""

    attested: dict[Thing, str] = field(default_factory=dict)
    once: frozenset[Thing] = frozenset()
    packed: dict[Thing, str] = field(default_factory=dict)
    months: dict[Thing, frozenset[date]] = field(default_factory=dict)

    def is_attested(self, row: Declaration, kept: Iterable[Withheld]) -> bool:
        digest = self.attested.get(thing_of(row))
        if digest is None:
            return False
        return in_use(row) if row.kind == DeclarationKind.ADOPTION else digest == cost_digest(row, kept)

    def is_measured(self, row: Declaration, on: date, *, before: bool) -> bool:
        """Usage in each of the last three full months makes it so; six months of silence end it."""
        months = self.months.get(thing_of(row), frozenset())
        if not months or not in_use(row):
            return False
        if before:
            return not months.isdisjoint([on.replace(day=1), *months_before(on, SILENT_MONTHS)])
        return months.issuperset(months_before(on, MEASURED_MONTHS))


NOTHING = Grounds()


def grounds(organisation: Organisation, functions: Collection[int], on: date) -> Grounds:
    """Two queries, and a third where the registry has graded something itself."""
    known = Attestation.objects.filter(organisation=organisation, function__in=functions, answered_in__isnull=False)
    rows = list(known.exclude(state="declined"))
    since = months_before(on, SILENT_MONTHS)[-1]
    counted = Usage.objects.filter(organisation=organisation, function__in=functions).independent_of(organisation)
    months: dict[Thing, set[date]] = {}
    measured = set()
    columns = ("function", "component", "month", "transactions")
    for function, component, month, number in counted.latest().values_list(*columns):
        measured.add((function, component, ""))
        if month >= since and number:
            months.setdefault((function, component, ""), set()).add(month)
    once = frozenset({thing_of(one) for one in rows} | measured)
    return Grounds(
        attested={thing_of(one): one.digest for one in rows if one.state == "attested"},
        once=once,
        packed=stated_by_publishers(organisation, functions) if once else {},
        months={thing: frozenset(found) for thing, found in months.items()},
    )


def stated_by_publishers(organisation: Organisation, functions: Collection[int]) -> dict[Thing, str]:
    """The grades above E1 that a pack stated last, by what they are of."""
    loaded = Declaration.objects.filter(
        organisation=organisation,
        function__in=functions,
        recorded_in__act=Act.LOAD_PACK,
        evidence__in=(Evidence.E2, Evidence.E3),
    )
    return {thing_of(one): one.evidence for one in loaded.order_by("pk")}


def grade(
    row: Declaration, kept: Iterable[Withheld], found: Grounds, *, stated: str, answers: bool, on: date
) -> Evidence:
    """`stated`: the grade it has already, where nothing that it rests on has changed; else E0. `answers`: its link."""
    if found.is_measured(row, on, before=stated == Evidence.E3):
        return Evidence.E3
    if found.is_attested(row, kept):
        return Evidence.E2
    if stated in (Evidence.E2, Evidence.E3) and thing_of(row) in found.once:
        stated = found.packed.get(thing_of(row), Evidence.E0)
    if stated in ("", Evidence.E0) and answers:
        return Evidence.E1
    return Evidence(stated or Evidence.E0)
