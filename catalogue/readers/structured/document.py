"""A text as it was read: its values, each in its place, and the mistakes that reading could pass over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from catalogue.readers.structured.node import Kind, Node

Path = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, from 1
START: Place = (1, 1)


class Unreadable(Exception):
    """The text cannot be read from this place on. The message is a sentence that says what to do; `key` is the path of
    what stands there, where it is known."""

    def __init__(self, message: str, place: Place = START, key: str = "") -> None:
        super().__init__(message)
        self.place = place
        self.key = key


@dataclass
class Document:
    """`root` is nothing where the text says nothing. `size` counts its values, keys and what aliases stand for."""

    root: Node | None = None
    mistakes: list[Unreadable] = field(default_factory=list)
    size: int = 0

    @cached_property
    def value(self) -> Any:
        """All of it, as JSON has it."""
        return self.root.plain() if self.root else None

    def place(self, path: Path) -> Place:
        """Of the value at `path`, or of its key; of the nearest above it where there is none."""
        here, node = START, self.root
        if node:
            here = node.line, node.column
        for step in path:
            mark, node = inside(node, step)
            if mark is None:
                return here
            here = mark.line, mark.column
        return here


def inside(node: Node | None, step: str | int) -> tuple[Node | None, Node | None]:
    """(where it stands, the value) of one part of a node."""
    if node is not None and isinstance(step, str) and step in node.entries:
        return node.entries[step].key, node.entries[step].value
    if node is not None and isinstance(step, int) and node.kind == Kind.SEQUENCE and 0 <= step < len(node.items):
        return node.items[step], node.items[step]
    return None, None


def at(value: Any, path: Path) -> Any:
    """The value at the path; None where there is none."""
    for step in path:
        if isinstance(step, int):
            if not is_list(value) or not 0 <= step < len(value):
                return None
        elif not isinstance(value, Mapping) or step not in value:
            return None
        value = value[step]
    return value


def is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)
