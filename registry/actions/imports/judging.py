"""What the rows about one function come to, beside what stands: new, changed, unchanged, or a problem.

An import adds and changes. What the file does not name stays; only an answer such as “not sure” gives way to something
that is said.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from catalogue.models import Component
from registry.actions.declarations.declaring import named, offered_to, unfit
from registry.actions.declarations.drafting import MOST_STATEMENTS
from registry.models import Declaration, ImportLine, LineOutcome, Organisation
from registry.portfolio_file.rows import Given, Wrong, from_json, merged
from registry.said import KINDS_WITH_DETAIL, Said, of_one, together

Key = tuple[str, str]
MORE_IS_SAID = "You say what does this function. Take that back on the page of the function before you say this."
ALONE = "“not responsible” and “not sure” are all that is said about a function. Keep one of the rows."
TOO_MANY = f"At most {MOST_STATEMENTS} things are said about one function."


@dataclass(frozen=True)
class Known:
    """What is looked up once for many rows: the components that they name, and those that the body may have."""

    organisation: Organisation
    components: Mapping[str, Component]
    offered: Collection[int]
    today: date


@dataclass
class Judged:
    """`before` is what stood in its place, with its statement; `ended` are declarations that go when it is said."""

    line: ImportLine
    outcome: LineOutcome = LineOutcome.PROBLEM
    said: Said | None = None
    before: tuple[Declaration, Said] | None = None
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def ended(self) -> list[Declaration]:
        return [self.before[0]] if self.before is not None and self.outcome == LineOutcome.CHANGED else []


def judge(lines: Sequence[ImportLine], standing: Sequence[tuple[Declaration, Said]], known: Known) -> list[Judged]:
    """Judge all rows about one function together, in their order."""
    by_key = {said.key: (one, said) for one, said in standing}
    rows_of: dict[Key, int] = {}
    judged = [judge_alone(line, by_key, rows_of, known) for line in lines]
    fitting = [one for one in judged if not one.wrong and one.said is not None]
    refuse_together(fitting, [said for _one, said in standing])
    for one in fitting:
        if not one.wrong:
            settle(one, by_key, standing)
    return judged


def judge_alone(line: ImportLine, by_key: Mapping[Key, tuple], rows_of: dict[Key, int], known: Known) -> Judged:
    """A row by itself: what is wrong with its cells, with the statement that it makes, or that it came before."""
    judged = Judged(line, wrong=[Wrong(*one) for one in line.misread])
    if line.given is None:
        return judged
    given = from_json(line.given)
    before = by_key.get(given.key)
    judged.before = before
    judged.said = merged(given, before[1] if before else None)
    judged.wrong += mistakes(judged.said, given, {one.column for one in judged.wrong}, known, is_new=before is None)
    if (first := rows_of.setdefault(given.key, line.number)) != line.number and (given.key[1] or is_plain(judged.said)):
        judged.wrong.append(Wrong("", "", f"Row {first} says this already. Keep one of the two rows."))
    return judged


def is_plain(said: Said) -> bool:
    """Whether it answers for a whole function, and stands alone."""
    return said.kind not in KINDS_WITH_DETAIL


def mistakes(said: Said, given: Given, bad: set[str], known: Known, *, is_new: bool) -> list[Wrong]:
    """`bad` are columns that could not be read: what follows from that is not told as well."""
    after = bad | ({"price_fy", "annual_cost"} if bad & {"price_fy", "annual_cost"} else set())
    found = [
        Wrong(name, value_of(given, name), sentence)
        for name, sentence in of_one(said, known.today)
        if name not in after
    ]
    if said.component and is_new and said.stage != "retired" and "component" not in bad:
        component = known.components.get(said.component)
        whys = (
            unfit(component, known.offered, known.organisation)
            if component
            else [f"There is no component “{said.component[:120]}”."]
        )
        found += [Wrong("component", said.component, why) for why in whys]
    return found


def unfitting(organisation: Organisation, judged: Sequence[Judged]) -> bool:
    """Whether one of these components may no longer be said anew."""
    said = [one.said for one in judged if one.said is not None and one.said.component and one.said.stage != "retired"]
    components = named(said)
    offered = offered_to(organisation, components)
    return any(
        one.component not in components or unfit(components[one.component], offered, organisation) for one in said
    )


def value_of(given: Given, name: str) -> str:
    value = given.values.get(name, "")
    return str(value)


def refuse_together(judged: Sequence[Judged], standing: Sequence[Said]) -> None:
    """Tell which rows do not fit beside what stands and the rows before them. Most often all fit."""
    after = {said.key: said for said in standing if not is_plain(said)}
    answered: ImportLine | None = None
    for one in judged:
        assert one.said is not None
        if is_plain(one.said) and after:
            one.wrong.append(Wrong("answer", one.said.kind.value, MORE_IS_SAID))
        elif answered is not None:
            one.wrong.append(Wrong("answer", one.said.kind.value, f"Row {answered.number} says the opposite: {ALONE}"))
        elif is_plain(one.said):
            answered = one.line
        elif one.said.key not in after and len(after) >= MOST_STATEMENTS:
            one.wrong.append(Wrong("", "", TOO_MANY))
        else:
            after[one.said.key] = one.said
    if any(together(list(after.values()))):
        blame([one for one in judged if not one.wrong], standing)


def blame(judged: Sequence[Judged], standing: Sequence[Said]) -> None:
    """Tell what makes things worse, row by row: what stands may be odd already."""
    after = {said.key: said for said in standing if not is_plain(said)}
    told = len(list(together(list(after.values()))))
    for one in judged:
        assert one.said is not None
        had = after.get(one.said.key)
        trial = {**after, one.said.key: one.said}
        found = list(together(list(trial.values())))
        more = (one.said.coverage or 0) > ((had.coverage or 0) if had else 0)
        if len(found) > told or (found and more):
            one.wrong.append(Wrong(found[-1].field, "", found[-1].sentence))
        else:
            after, told = trial, len(found)


def settle(one: Judged, by_key: Mapping[Key, tuple], standing: Sequence[tuple[Declaration, Said]]) -> None:
    """Tell what a good row does. An answer that stood alone gives way to it, and is what stood before."""
    assert one.said is not None
    if one.before is None:
        one.before = next((pair for pair in standing if pair[1].kind not in KINDS_WITH_DETAIL), None)
    if one.before is None:
        one.outcome = LineOutcome.NEW
    else:
        one.outcome = LineOutcome.UNCHANGED if one.said == one.before[1] else LineOutcome.CHANGED
