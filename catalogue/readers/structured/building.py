"""Puts the parts of a text together without recursion, and stops at a bound before a bomb is built."""

from dataclasses import dataclass
from typing import Any

from catalogue.readers.structured.bounds import MAX_DEPTH, MAX_LENGTH, MAX_VALUES, TOO_DEEP, TOO_LONG, TOO_MANY
from catalogue.readers.structured.document import Document, Place, Unreadable

NO_KEY = "A list or a mapping cannot be a key: a key is one word."
OF_NOTHING = "This alias stands for nothing above it: write the value itself."
OF_ITSELF = "This alias stands for something that it is itself in: write the value."


@dataclass
class Size:
    """How many values a value has with all below it, how many levels, and how many characters."""

    values: int = 1
    levels: int = 1
    length: int = 0


@dataclass
class Open:
    """A mapping or list that is being read; `key` is the one whose value comes next."""

    value: Any
    size: Size
    anchor: str | None
    key: tuple[str, Place] | None = None


@dataclass
class Named:
    value: Any
    size: Size


class Building:
    def __init__(self) -> None:
        self.document = Document()
        self.open: list[Open] = []
        self.anchors: dict[str, Named | None] = {}  # None while what is named is still being read
        self.values = self.length = 0

    def begin(self, value: Any, place: Place, anchor: str | None = None) -> None:
        """A mapping or list begins; `value` is empty yet."""
        if len(self.open) >= MAX_DEPTH:
            raise Unreadable(TOO_DEEP, place)
        self.count(Size(), place)
        if anchor:
            self.anchors[anchor] = None
        self.place(value, place)
        self.document.places[id(value)] = {}
        self.open.append(Open(value, Size(), anchor))

    def end(self) -> None:
        done = self.open.pop()
        self.grow(done.size)
        if done.anchor:
            self.anchors[done.anchor] = Named(done.value, done.size)

    def scalar(self, value: Any, place: Place, anchor: str | None = None, key: str | None = None) -> None:
        """`key` is the value as it is written, for where it is a key."""
        size = Size(length=len(value) if isinstance(value, str) else 0)
        self.count(size, place)
        if anchor:
            self.anchors[anchor] = Named(value, size)
        if self.expects_key:
            self.open[-1].key = (value if isinstance(value, str) else key or "", place)
            return
        self.place(value, place)
        self.grow(size)

    def alias(self, anchor: str, place: Place) -> None:
        if anchor not in self.anchors:
            raise Unreadable(OF_NOTHING, place)
        named = self.anchors[anchor]
        if named is None:
            raise Unreadable(OF_ITSELF, place)
        if len(self.open) + named.size.levels > MAX_DEPTH:
            raise Unreadable(TOO_DEEP, place)
        self.count(named.size, place)
        self.place(named.value, place)
        self.grow(named.size)

    @property
    def expects_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].value, dict) and self.open[-1].key is None

    def place(self, value: Any, place: Place) -> None:
        """Put the value where it belongs. Of a key that is there twice the first value stays."""
        if not self.open:
            self.document.value, self.document.start = value, place
            return
        above = self.open[-1]
        places = self.document.places[id(above.value)]
        if isinstance(above.value, list):
            places[len(above.value)] = place
            above.value.append(value)
            return
        if above.key is None:
            raise Unreadable(NO_KEY, place)
        (key, at), above.key = above.key, None
        if key in above.value:
            self.document.twice.append((key, at))
        else:
            above.value[key], places[key] = value, at

    def grow(self, size: Size) -> None:
        if self.open:
            above = self.open[-1].size
            above.values += size.values
            above.length += size.length
            above.levels = max(above.levels, size.levels + 1)

    def count(self, size: Size, place: Place) -> None:
        self.values += size.values
        self.length += size.length
        self.document.values += size.values
        if self.values > MAX_VALUES or self.length > MAX_LENGTH:
            raise Unreadable(TOO_MANY if self.values > MAX_VALUES else TOO_LONG, place)
