"""Puts the parts of a text together without recursion, and stops at a bound before a bomb is built."""

from dataclasses import dataclass, field, replace

from catalogue.readers.structured.bounds import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_PROBLEMS,
    MAX_VALUES,
    TOO_DEEP,
    TOO_LONG,
    TOO_MANY,
)
from catalogue.readers.structured.document import Document, Place, Unreadable
from catalogue.readers.structured.node import Entry, Kind, Node
from catalogue.readers.structured.showing import below

NO_KEY = "A list or a mapping cannot be a key: a key is one word."
OF_NOTHING = "This alias stands for nothing above it: write the value itself."
OF_ITSELF = "This alias stands for something that it is itself in: write the value."


@dataclass(slots=True)
class Size:
    """How many values a value has with all below it, how many levels, and how many characters."""

    values: int = 1
    levels: int = 1
    length: int = 0


@dataclass(slots=True)
class Open:
    """A mapping or list that is being read, its parts as they come. `key` is the last one that was read, and its value
    is awaited or not yet whole."""

    node: Node
    items: list[Node]
    entries: dict[str, Entry]
    anchor: str | None
    size: Size = field(default_factory=Size)
    key: Node | None = None
    awaits: bool = False


class Building:
    def __init__(self) -> None:
        self.document = Document()
        self.open: list[Open] = []
        self.anchors: dict[str, tuple[Node, Size] | None] = {}  # None while what is named is still being read
        self.values = self.length = 0

    def begin(self, kind: Kind, place: Place, anchor: str | None = None) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise Unreadable(TOO_DEEP, place)
        self.count(Size(), place)
        if anchor:
            self.anchors[anchor] = None
        items: list[Node] = []
        entries: dict[str, Entry] = {}
        node = Node(kind, *place, items=items, entries=entries)
        self.place(node, place)
        self.open.append(Open(node, items, entries, anchor))

    def end(self) -> None:
        done = self.open.pop()
        self.grow(done.size)
        if done.anchor:
            self.anchors[done.anchor] = done.node, done.size

    def scalar(self, node: Node, anchor: str | None = None) -> None:
        size, place = Size(length=len(node.text)), (node.line, node.column)
        self.count(size, place)
        if anchor:
            self.anchors[anchor] = node, size
        self.place(node, place)
        self.grow(size)

    def alias(self, anchor: str, place: Place) -> None:
        if anchor not in self.anchors:
            raise Unreadable(OF_NOTHING, place)
        named = self.anchors[anchor]
        if named is None:
            raise Unreadable(OF_ITSELF, place)
        node, size = named
        if len(self.open) + size.levels > MAX_DEPTH:
            raise Unreadable(TOO_DEEP, place)
        self.count(size, place)
        self.place(node, place)
        self.grow(size)

    def place(self, node: Node, place: Place) -> None:
        """Put the node where it belongs. Of a key that is there twice the first value stays."""
        if not self.open:
            self.document.root = node
            return
        above = self.open[-1]
        if above.node.kind == Kind.SEQUENCE:
            above.items.append(node)
        elif not above.awaits or above.key is None:
            if not node.is_scalar:
                raise Unreadable(NO_KEY, place)
            above.key = node if (node.line, node.column) == place else replace(node, line=place[0], column=place[1])
            above.awaits = True
        else:
            self.enter(above, above.key, node)
            above.awaits = False

    def enter(self, above: Open, key: Node, value: Node) -> None:
        first = above.entries.get(key.text)
        if first is None:
            above.entries[key.text] = Entry(key, value)
        elif len(self.document.mistakes) <= MAX_PROBLEMS:
            message = f"This key is there twice; it first stands in line {first.key.line}. Leave one."
            self.document.mistakes.append(Unreadable(message, (key.line, key.column), self.path()))

    def path(self) -> str:
        """Of what is being read."""
        path = ""
        for one in self.open:
            if one.node.kind == Kind.SEQUENCE:
                path = below(path, len(one.items) - (one is not self.open[-1]))
            elif one.key is not None:
                path = below(path, one.key.text)
        return path

    def grow(self, size: Size) -> None:
        if self.open:
            above = self.open[-1].size
            above.values += size.values
            above.length += size.length
            above.levels = max(above.levels, size.levels + 1)

    def count(self, size: Size, place: Place) -> None:
        self.values += size.values
        self.length += size.length
        self.document.size += size.values
        if self.values > MAX_VALUES or self.length > MAX_LENGTH:
            raise Unreadable(TOO_MANY if self.values > MAX_VALUES else TOO_LONG, place)
