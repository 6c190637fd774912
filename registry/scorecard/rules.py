"""A published file of rules in typed form, and what they say of the facts. A new rule is a new file and version."""

import json
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.scorecard.facts import Fact

FOLDER = Path(__file__).with_name("rules")
CURRENT = "1.0.0"


class Result(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_STATED = "not_stated"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Meaning:
    """What a fact is called, what kind of value it has (flag, text, day, number), and how it is found."""

    fact: str
    label: str
    type: str
    formula: str


@dataclass(frozen=True)
class Rule:
    """A sentence about one fact, for components of these kinds and, where named, these lifecycles.

    Exactly one of these says when it is true: the fact `is` so; is `stated`; a number is `at_least` so much; a day is
    `within_months` before today.
    """

    rule: str
    fact: str
    text: str
    kinds: tuple[str, ...]
    lifecycles: tuple[str, ...] | None = None
    is_: bool | None = None
    stated: bool | None = None
    at_least: int | None = None
    within_months: int | None = None

    def result(self, fact: Fact, kind: str, lifecycle: str, on: date) -> Result:
        if kind not in self.kinds or (self.lifecycles is not None and lifecycle not in self.lifecycles):
            return Result.NOT_APPLICABLE
        if fact.value is None:
            return Result.NOT_STATED
        return Result.YES if self.holds(fact.value, on) else Result.NO

    def holds(self, value: Any, on: date) -> bool:
        if self.is_ is not None:
            return bool(value == self.is_)
        if self.at_least is not None:
            return bool(value >= self.at_least)
        if self.within_months is not None:
            return bool(value >= months_before(on, self.within_months))
        return True  # stated


@dataclass(frozen=True)
class RuleBook:
    version: str
    published: str
    facts: Mapping[str, Meaning]
    rules: tuple[Rule, ...]
    text: str  # the file, to the letter


@dataclass(frozen=True)
class Verdict:
    rule: Rule
    meaning: Meaning
    fact: Fact
    result: Result


@lru_cache
def rule_book(version: str = CURRENT) -> RuleBook:
    text = (FOLDER / f"scorecard-{version}.json").read_text(encoding="utf-8")
    content = json.loads(text)
    facts = {one["fact"]: Meaning(**one) for one in content["facts"]}
    return RuleBook(content["version"], content["published"], facts, tuple(map(rule_of, content["rules"])), text)


def rule_of(content: dict[str, Any]) -> Rule:
    lists = {name: tuple(content[name]) for name in ("kinds", "lifecycles") if name in content}
    plain = {"is_" if name == "is" else name: value for name, value in content.items() if name not in lists}
    return Rule(**plain, **lists)


def judged(
    facts: Mapping[str, Fact], kind: str, lifecycle: str, on: date, book: RuleBook | None = None
) -> list[Verdict]:
    """Every rule of the book with what it says, in the book's order."""
    book = book or rule_book()
    return [
        Verdict(rule, book.facts[rule.fact], facts[rule.fact], rule.result(facts[rule.fact], kind, lifecycle, on))
        for rule in book.rules
    ]


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last one of a shorter month."""
    total = day.year * 12 + day.month - 1 - months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
