"""A value as JSON has it, and where each part of it stands in the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
Place = tuple[int, int]  # line and column, from 1
START: Place = (1, 1)
LONGEST_KEY = 60


class Unreadable(Exception):
    """The text cannot be read from this place on. The message says what to do."""

    def __init__(self, message: str, place: Place = START) -> None:
        super().__init__(message)
        self.place = place


@dataclass
class Document:
    """`places` has the places of the entries of each mapping and list, by its identity."""

    value: Any = None
    start: Place = START
    places: dict[int, dict[str | int, Place]] = field(default_factory=dict)
    values: int = 0  # how many, keys and what aliases stand for with them
    twice: list[tuple[str, Place]] = field(default_factory=list)  # keys that stand there a second time

    def place(self, path: Path) -> Place:
        """Of the value at `path`, or of the nearest above it that is there."""
        here, value = self.start, self.value
        for step in path:
            found = self.places.get(id(value), {}).get(step) if isinstance(value, dict | list) else None
            if found is None:
                return here
            here, value = found, value[step]
        return here


def shown(path: Path) -> str:
    """`paths./bins.get` or `servers[0].url`; a long or unprintable key cut and marked."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
            continue
        word = visible(step)
        word = word if len(word) <= LONGEST_KEY else word[: LONGEST_KEY - 1] + "…"
        text += f".{word}" if text else word
    return text


def visible(text: str) -> str:
    return text if text.isprintable() else "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


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
