"""One value of a YAML text with its place, and what it is in JSON."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    MAPPING = "mapping"
    SEQUENCE = "sequence"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NOTHING = "nothing"


# The core schema of YAML 1.2: yes, no, on, off and dates are texts there.
PLAIN = (
    (Kind.NOTHING, re.compile(r"|~|null|Null|NULL")),
    (Kind.BOOLEAN, re.compile(r"true|True|TRUE|false|False|FALSE")),
    (Kind.NUMBER, re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")),
    (Kind.NUMBER, re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")),
    (Kind.NUMBER, re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")),
)
LONGEST_NUMBER = 40  # digits: Python refuses to turn very long ones into numbers


def kind_of_plain(text: str) -> Kind:
    return next((kind for kind, pattern in PLAIN if pattern.fullmatch(text)), Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping, where it stands, and its value."""

    key: "Node"
    value: "Node"


@dataclass(slots=True)
class Node:
    """`text` is the scalar as written. `size` (values), `letters` and `height` (levels) count this and what is below,
    aliases as what they stand for."""

    kind: Kind
    line: int
    column: int
    text: str = ""
    items: list["Node"] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    size: int = 1
    letters: int = 0
    height: int = 1

    def __post_init__(self) -> None:
        self.letters = len(self.text)

    def hold(self, below: "Node") -> None:
        """Count what comes below."""
        self.size += below.size
        self.letters += below.letters
        self.height = max(self.height, below.height + 1)

    def get(self, key: str) -> "Node | None":
        entry = self.entries.get(key)
        return entry.value if entry else None

    @property
    def is_scalar(self) -> bool:
        return self.kind not in (Kind.MAPPING, Kind.SEQUENCE)

    def plain(self) -> Any:
        """The value as JSON has it. A number that JSON would write otherwise (1.10, 0x1F) stays as it was written."""
        if self.kind == Kind.MAPPING:
            return {key: entry.value.plain() for key, entry in self.entries.items()}
        if self.kind == Kind.SEQUENCE:
            return [item.plain() for item in self.items]
        if self.kind == Kind.NOTHING:
            return None
        if self.kind == Kind.BOOLEAN:
            return self.text.lower() == "true"
        return number(self.text) if self.kind == Kind.NUMBER else self.text


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


LONGEST_KEY = 60
HIDDEN = re.compile(r"[^\w !-~]")


def below(path: str, key: str) -> str:
    """The path of a key. A key that is no word is shown cut, and with a mark for what cannot be seen."""
    shown = HIDDEN.sub("\ufffd", key)
    shown = shown if len(shown) <= LONGEST_KEY else shown[: LONGEST_KEY - 1] + "…"
    return f"{path}.{shown}" if path else shown
