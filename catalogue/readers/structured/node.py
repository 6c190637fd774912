"""One value of a text with its place, and what it is in JSON."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Kind(StrEnum):
    MAPPING = "mapping"
    SEQUENCE = "sequence"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping, where it stands, and its value."""

    key: "Node"
    value: "Node"


NO_ENTRIES: Mapping[str, Entry] = MappingProxyType({})


@dataclass(slots=True)
class Node:
    """`text` is a scalar as it is written, `value` what it is. An alias puts one node in several places."""

    kind: Kind
    line: int
    column: int
    text: str = ""
    value: str | float | bool | None = None
    items: Sequence["Node"] = ()
    entries: Mapping[str, Entry] = field(default=NO_ENTRIES)

    def get(self, key: str) -> "Node | None":
        entry = self.entries.get(key)
        return entry.value if entry else None

    @property
    def is_scalar(self) -> bool:
        return self.kind not in (Kind.MAPPING, Kind.SEQUENCE)

    def plain(self) -> Any:
        """The value as JSON has it."""
        if self.kind == Kind.MAPPING:
            return {key: entry.value.plain() for key, entry in self.entries.items()}
        if self.kind == Kind.SEQUENCE:
            return [item.plain() for item in self.items]
        return self.value


# The core schema of YAML 1.2: yes, no, on, off and dates are texts there.
PLAIN = (
    (Kind.NOTHING, re.compile(r"~|null|Null|NULL")),
    (Kind.BOOLEAN, re.compile(r"true|True|TRUE|false|False|FALSE")),
    (Kind.NUMBER, re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")),
    (Kind.NUMBER, re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")),
    (Kind.NUMBER, re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")),
)
NO_TEXT = frozenset("~nNtTfF+-.0123456789")  # what anything else than a text begins with
LONGEST_NUMBER = 40  # digits: Python refuses to turn very long ones into numbers


def kind_of_plain(text: str) -> Kind:
    if not text:
        return Kind.NOTHING
    if text[0] not in NO_TEXT:
        return Kind.TEXT
    return next((kind for kind, pattern in PLAIN if pattern.fullmatch(text)), Kind.TEXT)


def value_of(kind: Kind, text: str) -> str | float | bool | None:
    """What a scalar of YAML is. A number that JSON would write otherwise (1.10, 0x1F) stays as it was written."""
    if kind == Kind.NUMBER:
        return number(text)
    if kind == Kind.BOOLEAN:
        return text.lower() == "true"
    return text if kind == Kind.TEXT else None


def number(text: str) -> int | float | str:
    if len(text) > LONGEST_NUMBER:
        return text
    for kind in (int, float):
        try:
            value: int | float = kind(text)
        except ValueError:
            continue
        return value if str(value) == text else text
    return text
