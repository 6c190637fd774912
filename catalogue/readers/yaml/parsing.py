"""Text to tree: the library's events one by one, so that a bound is met before a bomb is built."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from catalogue.readers.yaml.bounds import MAX_BYTES, MAX_DEPTH, MAX_VALUES
from catalogue.readers.yaml.node import Entry, Kind, Node, below, kind_of_plain
from catalogue.readers.yaml.syntax import sentence
from catalogue.readers.yaml.text import Unreadable, checked

DEEP = f"The text is nested more than {MAX_DEPTH} levels deep: write it flatter."
MANY = f"The text has more than {MAX_VALUES:,} values, each alias counted as what it stands for: shorten it."
LONG = f"The texts are longer than {MAX_BYTES:,} characters, each alias counted as what it stands for: shorten them."
CORE = {"str", "int", "float", "bool", "null", "map", "seq"}


@dataclass
class Tree:
    """What was read: the value of the text, if there is one, and the mistakes that reading could pass over."""

    root: Node | None = None
    mistakes: list[Unreadable] = field(default_factory=list)


@dataclass
class Open:
    """A mapping or list that is being read; `key` is the one whose value comes next."""

    node: Node
    anchor: str | None
    key: Node | None = None


def parse(text: str) -> Tree:
    """Raises Unreadable where nothing can be made of the text."""
    text = checked(text)
    reading = Building()
    try:
        for event in events(text):
            reading.take(event)
            if reading.finished:
                break
    except Unreadable as unreadable:
        unreadable.key = unreadable.key or reading.path()
        raise
    return reading.tree


def events(text: str) -> Iterator[Event]:
    """The library's events. Whatever it stumbles over is a mistake of the text, whichever exception says so."""
    last = 1
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            last = event.end_mark.line + 1
            yield event
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Unreadable(sentence(str(error.problem or ""), text, line), line, column) from error
    except Exception as error:
        raise Unreadable(sentence("", text, last), last) from error


class Building:
    """Puts the events together, without recursion."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.open: list[Open] = []
        self.anchors: dict[str, Node | None] = {}  # None while what is named is still being read
        self.values = self.letters = 0
        self.documents = 0
        self.finished = False

    def take(self, event: Any) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, DocumentStartEvent):
            self.begin_document(line, column)
        elif isinstance(event, AliasEvent):
            self.place(self.named(event.anchor, line, column), line, column)
        elif isinstance(event, ScalarEvent):
            node = Node(scalar_kind(event, line, column), line, column, text=event.value)
            self.remember(event.anchor, node)
            self.place(node, line, column)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self.begin(event, line, column)
        elif event.__class__.__name__ in ("MappingEndEvent", "SequenceEndEvent"):
            self.end()

    def begin_document(self, line: int, column: int) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "The file has several documents: leave one, and take out the line --- and what follows it."
            self.tree.mistakes.append(Unreadable(message, line, column))
            self.finished = True

    def begin(self, event: Any, line: int, column: int) -> None:
        check_tag(event.tag, line, column)
        kind = Kind.MAPPING if isinstance(event, MappingStartEvent) else Kind.SEQUENCE
        if len(self.open) >= MAX_DEPTH:
            raise Unreadable(DEEP, line, column)
        self.count(1, 0, line, column)
        if event.anchor:
            self.anchors[event.anchor] = None
        self.open.append(Open(Node(kind, line, column), event.anchor))

    def end(self) -> None:
        done = self.open.pop()
        self.remember(done.anchor, done.node)
        self.attach(done.node, done.node.line, done.node.column)

    def place(self, node: Node, line: int, column: int) -> None:
        if len(self.open) + node.height > MAX_DEPTH:
            raise Unreadable(DEEP, line, column)
        self.count(node.size, node.letters, line, column)
        self.attach(node, line, column)

    def attach(self, node: Node, line: int, column: int) -> None:
        if not self.open:
            self.tree.root = node
            return
        above = self.open[-1]
        above.node.hold(node)
        if above.node.kind == Kind.SEQUENCE:
            above.node.items.append(node)
        elif above.key is None:
            above.key = key_at(node, line, column)
        else:
            self.enter(above.node, above.key, node)
            above.key = None

    def enter(self, mapping: Node, key: Node, value: Node) -> None:
        first = mapping.entries.get(key.text)
        if first is None:
            mapping.entries[key.text] = Entry(key, value)
            return
        message = f"This key is there twice; it first stands in line {first.key.line}. Leave one."
        self.tree.mistakes.append(Unreadable(message, key.line, key.column, self.path()))

    def path(self) -> str:
        """Of what is being read."""
        path = ""
        for one in self.open:
            if one.node.kind == Kind.SEQUENCE:
                path += f"[{len(one.node.items)}]"
            elif one.key is not None:
                path = below(path, one.key.text)
        return path

    def count(self, values: int, letters: int, line: int, column: int) -> None:
        self.values += values
        self.letters += letters
        if self.values > MAX_VALUES:
            raise Unreadable(MANY, line, column)
        if self.letters > MAX_BYTES:
            raise Unreadable(LONG, line, column)

    def remember(self, anchor: str | None, node: Node) -> None:
        if anchor:
            self.anchors[anchor] = node

    def named(self, anchor: str, line: int, column: int) -> Node:
        if anchor not in self.anchors:
            raise Unreadable("This alias stands for nothing above it: write the value itself.", line, column)
        node = self.anchors[anchor]
        if node is None:
            raise Unreadable("This alias stands for something that it is itself in: write the value.", line, column)
        return node


def scalar_kind(event: Any, line: int, column: int) -> Kind:
    tag = check_tag(event.tag, line, column)
    if tag == "str" or event.implicit[1] or (event.style and not tag):
        return Kind.TEXT
    return kind_of_plain(event.value)


def check_tag(tag: Any, line: int, column: int) -> str:
    """The tag's name in YAML's own schema; blank where there is none."""
    if tag is None or str(tag) == "!":
        return ""
    name = str(tag).removeprefix("tag:yaml.org,2002:")
    if name not in CORE:
        raise Unreadable("A tag (a word that begins with !) is not part of the format: take it out.", line, column)
    return name


def key_at(node: Node, line: int, column: int) -> Node:
    if not node.is_scalar:
        raise Unreadable("A list or a mapping cannot be a key: a key is one word.", line, column)
    return Node(node.kind, line, column, text=node.text)
