"""What a body says about one function, before it is recorded: its shape, and what is wrong with it. No database."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from commons.constraints import FINANCIAL_YEAR
from registry.models.declaration import DeclarationKind, Stage, Why
from registry.models.withheld import HELD_FIELDS, ShownTo

FORMULA = tuple("=+-@\t\r\0")
LONGEST = {"system": 300, "supplier": 300, "contact": 300, "reason": 2000, "source_url": 2000}
LARGEST = Decimal(10) ** 12  # a sum, or a number of transactions: more is a slip of the keys
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.ASCII | re.IGNORECASE)
KINDS_WITH_DETAIL = (DeclarationKind.ADOPTION, DeclarationKind.DUPLICATE)
ONLY = {
    DeclarationKind.ADOPTION: {"component", "stage", "since"},
    DeclarationKind.DUPLICATE: {"system", "supplier", "contract_end", "why", "reason"},
}
DETAIL = {"coverage", "transactions", "annual_cost", "price_fy"}
DAYS, NUMBERS = {"since", "contract_end"}, {"coverage", "transactions"}


class Problem(NamedTuple):
    """What is wrong with which statement (from 0; None: with all of them together), in which field, and what to do."""

    statement: int | None
    field: str
    sentence: str


@dataclass(frozen=True)
class Hold:
    """A field that is kept back: who sees it meanwhile, and the day from which everybody does (None: never)."""

    shown_to: ShownTo
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """One statement. `component` is a slug; money is in the registry's currency, a year; `coverage` is 0 to 1."""

    kind: DeclarationKind
    component: str = ""
    system: str = ""
    supplier: str = ""
    stage: str = ""
    coverage: float | None = None
    transactions: float | None = None
    annual_cost: Decimal | None = None
    price_fy: str = ""
    since: date | None = None
    contract_end: date | None = None
    why: str = ""
    reason: str = ""
    source_url: str = ""
    contact: str = ""
    held: Mapping[str, Hold] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the others of its function: the component, or the system in any case."""
        return self.kind if self.kind in KINDS_WITH_DETAIL else "answer", self.component or self.system.casefold()

    def as_json(self) -> dict[str, Any]:
        """Plain values, those that say something alone."""
        said = {name: value for name, value in asdict(self).items() if value not in (None, "", {})}
        held = {
            name: {"shown_to": hold.shown_to.value, "until": hold.until and hold.until.isoformat()}
            for name, hold in self.held.items()
        }
        plain = {name: plainly(value) for name, value in said.items() if name != "held"}
        return plain | ({"held": held} if held else {})


VALUES = tuple(one.name for one in fields(Said) if one.name != "held")


def plainly(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def from_json(said: Mapping[str, Any]) -> Said:
    """What `as_json` wrote. Raises KeyError, ValueError for anything else."""
    values = {name: value for name, value in said.items() if name in VALUES}
    values["kind"] = DeclarationKind(values["kind"])
    for name in DAYS & values.keys():
        values[name] = date.fromisoformat(values[name])
    if "annual_cost" in values:
        try:
            values["annual_cost"] = Decimal(values["annual_cost"])
        except InvalidOperation as invalid:
            raise ValueError("annual_cost") from invalid
    held = {
        name: Hold(ShownTo(hold["shown_to"]), date.fromisoformat(hold["until"]) if hold["until"] else None)
        for name, hold in said.get("held", {}).items()
    }
    return Said(**values, held=held)


def tidied(said: Said) -> Said:
    """Texts on one line without blanks around them, the reason with its lines; a statement without detail has none."""
    texts = {
        name: " ".join(getattr(said, name).split())
        for name in ("system", "supplier", "contact", "source_url", "price_fy")
    }
    reason = said.reason.replace("\r\n", "\n").replace("\r", "\n").strip()
    return replace(said, **texts, reason=reason)


def problems(statements: Sequence[Said], on: date) -> list[Problem]:
    """Everything that is wrong with what a body says about one function on the day `on`, all at once."""
    found = [
        Problem(place, name, sentence) for place, said in enumerate(statements) for name, sentence in of_one(said, on)
    ]
    return found + list(together(statements))


def of_one(said: Said, on: date) -> Iterator[tuple[str, str]]:
    yield from unfitting(said)
    yield from named(said)
    yield from texts(said)
    yield from numbers(said)
    yield from days(said, on)
    yield from holds(said, on)


def unfitting(said: Said) -> Iterator[tuple[str, str]]:
    """Values that a statement of its kind does not have."""
    own = ONLY.get(said.kind, set()) | (DETAIL if said.kind in KINDS_WITH_DETAIL else set())
    every = set().union(*ONLY.values(), DETAIL)
    for name in sorted(every - own):
        if getattr(said, name) not in (None, ""):
            yield name, f"Leave {words(name)} out: “{said.kind.label}” does not have it."


def named(said: Said) -> Iterator[tuple[str, str]]:
    if said.kind == DeclarationKind.ADOPTION:
        if not said.component:
            yield "component", "Say which component."
        if said.stage not in Stage.values:
            yield "stage", f"Say how far it is: {', '.join(Stage.values)}."
    if said.kind == DeclarationKind.DUPLICATE and not said.system:
        yield "system", "Say what the system is called. Where it has no name, what it is: “Spreadsheet of the team”."
    if said.why and said.why not in Why.values:
        yield "why", f"Choose one of: {', '.join(Why.values)}."


def texts(said: Said) -> Iterator[tuple[str, str]]:
    for name, longest in LONGEST.items():
        value = getattr(said, name)
        if len(value) > longest:
            yield name, f"{words(name).capitalize()} may have {longest:,} characters, and has {len(value):,}."
        elif value.startswith(FORMULA):
            yield name, f"{words(name).capitalize()} may not begin with {value[0]!r}, which a spreadsheet would run."
        elif any(ord(sign) < 32 and sign != "\n" for sign in value):
            yield name, f"{words(name).capitalize()} holds a control character. Type it again."
    if said.source_url and not ADDRESS.fullmatch(said.source_url):
        yield "source_url", "Give the whole address, as https://www.example.gov.uk/contracts."


def numbers(said: Said) -> Iterator[tuple[str, str]]:
    if said.coverage is not None and not 0 <= said.coverage <= 1:
        yield "coverage", "Give the part of the work as a number from 0 to 1 (0.4 is two fifths)."
    if said.transactions is not None and not 0 <= said.transactions <= LARGEST:
        yield "transactions", "Give the transactions a year as a number from 0."
    if said.annual_cost is not None:
        if not said.annual_cost.is_finite() or not 0 <= said.annual_cost <= LARGEST:
            yield "annual_cost", "Give the cost a year as a sum from 0."
        elif -int(said.annual_cost.as_tuple().exponent) > 2:
            yield "annual_cost", "Give the cost with at most two decimals."
        if not said.price_fy:
            yield "price_fy", "Say in which financial year's prices the cost is: 2026-27."
    if said.price_fy and not is_financial_year(said.price_fy):
        yield "price_fy", f"Give the financial year as 2026-27, not {said.price_fy[:20]!r}."
    if said.price_fy and said.annual_cost is None:
        yield "annual_cost", "Give the cost that the price year is of, or leave the year out."


def is_financial_year(text: str) -> bool:
    return bool(re.fullmatch(FINANCIAL_YEAR, text)) and (int(text[:4]) + 1) % 100 == int(text[5:])


def days(said: Said, on: date) -> Iterator[tuple[str, str]]:
    for name in DAYS:
        value = getattr(said, name)
        if value is not None and not 1970 <= value.year <= 2100:
            yield name, f"{words(name).capitalize()}: give a day between 1970 and 2100."
    if said.since is not None and said.since > on and said.stage != Stage.PLANNED:
        yield "since", "It cannot be in use since a day to come: say that it is planned, or give another day."


def holds(said: Said, on: date) -> Iterator[tuple[str, str]]:
    for name, hold in said.held.items():
        if name not in HELD_FIELDS:
            yield name, f"{words(name).capitalize()} cannot be kept back."
        elif getattr(said, name) in (None, ""):
            yield name, f"There is no {words(name)} to keep back: give it, or do not keep it back."
        elif hold.until is not None and hold.until <= on:
            yield name, f"{words(name).capitalize()}: the day from which everybody sees it has to be to come."


def together(statements: Sequence[Said]) -> Iterator[Problem]:
    """What does not fit beside each other about one function."""
    seen: dict[tuple[str, str], int] = {}
    for place, said in enumerate(statements):
        if said.key[1] and said.key in seen:
            name = "component" if said.component else "system"
            yield Problem(place, name, f"This is said twice. Put it into one statement (number {seen[said.key] + 1}).")
        seen.setdefault(said.key, place)
    plain = [said for said in statements if said.kind not in KINDS_WITH_DETAIL]
    if plain and len(statements) > 1:
        yield Problem(
            None, "kind", f"“{plain[0].kind.label}” is the only thing said about a function, or it is not said."
        )
    running = [said.coverage or 0 for said in statements if said.stage not in (Stage.PLANNED, Stage.RETIRED)]
    if sum(share for share in running if 0 <= share <= 1) > 1 + 1e-9:
        yield Problem(
            None, "coverage", "The parts of the work come to more than the whole: together they are at most 1."
        )


def words(name: str) -> str:
    """A field in words, for a sentence."""
    return {
        "annual_cost": "the cost a year",
        "price_fy": "the price year",
        "contract_end": "the end of the contract",
        "source_url": "the evidence link",
        "why": "the reason",
        "since": "the day since when",
    }.get(name, f"the {name.replace('_', ' ')}")
