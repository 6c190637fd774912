"""What a row gives: the values that it states, and what is wrong with its cells. Names are looked up elsewhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from registry.models import DeclarationKind, ShownTo
from registry.portfolio_file import cells
from registry.portfolio_file.cells import BLANKS, BROKEN, CLEARED, Bad
from registry.said import Hold, Said, tidied

PARSERS: Mapping[str, Callable[[str], Any]] = {
    "stage": cells.stage,
    "coverage": cells.coverage,
    "transactions": cells.transactions,
    "annual_cost": cells.money,
    "price_fy": cells.financial_year,
    "since": cells.day,
    "contract_end": cells.day,
    "why": cells.why,
    "kept_back": cells.kept_back,
}
LONGEST_VALUE = 300  # of a number, a day or a choice: nobody searches longer texts for one
DAYS = ("since", "contract_end")
NO_VALUE: Mapping[str, Any] = {
    "annual_cost": None,
    "coverage": None,
    "transactions": None,
    "since": None,
    "contract_end": None,
}
BOTH = "Give the component or the system, not both: write shared or own in the column “How you do it”."
NEITHER = "Say which component or system it is, or that you are not responsible."


class Wrong(NamedTuple):
    """What is wrong with a cell, or with a row (then the column is blank), and what to do."""

    column: str
    value: str
    sentence: str

    def as_json(self) -> list[str]:
        return [self.column, self.value[:200], self.sentence]


@dataclass(frozen=True)
class Given:
    """`values` are plain, as JSON holds them, by the fields of a statement. A field that is in none of these stays as
    it stands; those in `cleared` are no longer stated; `held` is None where nothing is said of keeping back."""

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    cleared: Sequence[str] = ()
    held: Mapping[str, Any] | None = None

    @property
    def key(self) -> tuple[str, str]:
        return Said(
            kind=DeclarationKind(self.kind),
            component=self.values.get("component", ""),
            system=" ".join(self.values.get("system", "").split()),
        ).key

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "values": dict(self.values), "cleared": list(self.cleared), "held": self.held}


def from_json(given: Mapping[str, Any]) -> Given:
    return Given(given["kind"], given["values"], given["cleared"], given["held"])


@dataclass
class RowRead:
    function: str = ""
    given: Given | None = None
    wrong: list[Wrong] = field(default_factory=list)


def by_column(row: Sequence[str], columns: Sequence[str | None]) -> dict[str, str]:
    """The cells that are read, by column; those that say nothing are not there."""
    found = {}
    for name, text in zip(columns, row, strict=False):
        text = cells.tidy(text) if name else ""
        if text.casefold() not in BLANKS:
            found[name] = text
    return found


def read(row: Sequence[str], columns: Sequence[str | None]) -> RowRead | None:
    """Read a row. The function and the component are words as yet.

    None where it says no more than which function: that is not answered, as in a template.
    """
    said, done = by_column(row, columns), RowRead()
    if not said.keys() - {"function"}:
        return None
    done.function = said.pop("function", "")
    if not done.function:
        done.wrong.append(Wrong("function", "", "Say which function it is about."))
    values, cleared = values_of(said, done.wrong)
    held = values.pop("kept_back", None)
    kind, stage = values.pop("answer", ("", ""))
    if stage:
        values.setdefault("stage", stage)
    kind = kind or kind_of(values, said, done.wrong)
    if kind:
        done.given = Given(kind, values, cleared, held)
    return done


def values_of(said: Mapping[str, str], wrong: list[Wrong]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    cleared: list[str] = []
    for name, text in said.items():
        if cells.word(text) in CLEARED and name not in ("component", "system", "answer"):
            cleared.append(name)
        elif text.casefold() in BROKEN:
            wrong.append(
                Wrong(name, text, "The cell shows a mistake of the spreadsheet. Mend the formula, or write the value.")
            )
        elif name in PARSERS and len(text) > LONGEST_VALUE:
            wrong.append(Wrong(name, text, "That is no value of this column. Write it shorter, or leave it blank."))
        else:
            try:
                values[name] = (
                    cells.answer(text) if name == "answer" else PARSERS[name](text) if name in PARSERS else text
                )
            except Bad as bad:
                wrong.append(Wrong(name, text, str(bad)))
    return values, cleared


def kind_of(values: Mapping[str, Any], said: Mapping[str, str], wrong: list[Wrong]) -> str:
    """The kind of statement where the row does not say it: it follows from what it names."""
    if "component" in said and "system" in said:
        wrong.append(Wrong("system", said["system"], BOTH))
    elif "component" in values:
        return DeclarationKind.ADOPTION.value
    elif "system" in values:
        return DeclarationKind.DUPLICATE.value
    elif "answer" not in said and "component" not in said and "system" not in said:
        wrong.append(Wrong("answer", "", NEITHER))
    return ""


def merged(given: Given, standing: Said | None) -> Said:
    """The statement that the row makes of what stands about the same component or system, or a new one."""
    base = standing or Said(kind=DeclarationKind(given.kind))
    values = {name: typed(name, value) for name, value in given.values.items()}
    values |= {name: NO_VALUE.get(name, "") for name in given.cleared if name != "kept_back"}
    if "annual_cost" in values and "price_fy" not in values:
        same = standing is not None and values["annual_cost"] == standing.annual_cost
        values["price_fy"] = standing.price_fy if same and standing else ""
    said = replace(base, **values)
    return tidied(replace(said, held=holds(given, said, base)))


def typed(name: str, value: Any) -> Any:
    if name == "annual_cost":
        return Decimal(value)
    return date.fromisoformat(value) if name in DAYS else value


def holds(given: Given, said: Said, base: Said) -> dict[str, Hold]:
    """What is not said to be public stays kept back; what is no longer stated is not kept back either."""
    if "kept_back" in given.cleared:
        return {}
    if given.held is None:
        return {name: hold for name, hold in base.held.items() if getattr(said, name) not in (None, "")}
    return {name: hold_of(name, told, base) for name, told in given.held.items()}


def hold_of(name: str, told: Mapping[str, Any] | None, base: Said) -> Hold:
    if told is None:
        return base.held.get(name, Hold(ShownTo.OWN))
    return Hold(ShownTo(told["shown_to"]), date.fromisoformat(told["until"]) if told["until"] else None)
