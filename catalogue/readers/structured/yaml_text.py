"""YAML, read event by event by the rules of YAML 1.2: yes, no, on, off and dates are texts."""

import re
from collections.abc import Iterator
from typing import Any

import yaml  # type: ignore[import-untyped]

from catalogue.readers.structured.bounds import (
    MAX_DIRECTIVES,
    MAX_DOCUMENTS,
    TOO_MANY_DIRECTIVES,
    TOO_MANY_DOCUMENTS,
)
from catalogue.readers.structured.building import Building
from catalogue.readers.structured.document import Document, Place, Unreadable
from catalogue.readers.structured.node import Kind, Node, kind_of_plain, value_of
from catalogue.readers.structured.places import Places
from catalogue.readers.structured.syntax import sentence

# All that YAML 1.2 does not call printable.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Line ends to YAML 1.1, which the library is of, and letters to 1.2: others stand for them while it reads.
OLD_BREAKS = "\x85\u2028\u2029"
DIRECTIVE = re.compile(r"^%", re.MULTILINE)
CORE = {"str", "int", "float", "bool", "null", "map", "seq"}
TAG = "A tag (a word that begins with !) is not part of the format: take it out."
SEVERAL = "The file has several documents: leave one, and take out the line --- and what follows it."


def parse(text: str) -> Iterator[Document]:
    """Each document of the text. Raises Unreadable when it comes to what cannot be read."""
    building, documents = Building(), 0
    try:
        for event in events(text):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > MAX_DOCUMENTS:
                    raise Unreadable(TOO_MANY_DOCUMENTS, place(event.start_mark))
                before, building = building, Building()
                building.values, building.length = before.values, before.length
            elif isinstance(event, yaml.DocumentEndEvent):
                yield building.document
            else:
                take(building, event)
    except Unreadable as unreadable:
        unreadable.key = unreadable.key or building.path()
        raise


def parse_one(text: str) -> Document:
    """The first document. That there are more is a mistake."""
    building, documents = Building(), 0
    try:
        for event in events(text):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                building.document.mistakes.append(Unreadable(SEVERAL, place(event.start_mark)))
                break
            take(building, event)
    except Unreadable as unreadable:
        unreadable.key = unreadable.key or building.path()
        raise
    return building.document


def events(text: str) -> Iterator[Any]:
    """The library's events, with texts as YAML 1.2 has them."""
    check(text)
    text, letters = without_old_breaks(text)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if letters and isinstance(event, yaml.ScalarEvent):
                event.value = event.value.translate(letters)
            yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = place(mark) if mark else (1, 1)
        raise Unreadable(sentence(str(error.problem), text, where[0]), where) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(sentence(str(error), text, 1)) from error


def check(text: str) -> None:
    if found := UNPRINTABLE.search(text):
        message = f"The character U+{ord(found[0]):04X} is not allowed in YAML: take it out."
        raise Unreadable(message, Places(text).of(found.start()))
    for number, found in enumerate(DIRECTIVE.finditer(text), 1):
        if number > MAX_DIRECTIVES:
            raise Unreadable(TOO_MANY_DIRECTIVES, Places(text).of(found.start()))


def without_old_breaks(text: str) -> tuple[str, dict[int, str]]:
    """(the text with letters that it has nowhere, nor an escape of them, in place of those; what they stand for)."""
    if not any(letter in text for letter in OLD_BREAKS):
        return text, {}
    written = text.lower()
    unused = (code for code in range(0xE000, 0xF8FF) if chr(code) not in text and f"{code:04x}" not in written)
    letters = dict(zip(unused, OLD_BREAKS, strict=False))
    return text.translate({ord(letter): code for code, letter in letters.items()}), letters


def place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def take(building: Building, event: Any) -> None:
    if isinstance(event, yaml.ScalarEvent):
        building.scalar(scalar(event), event.anchor)
    elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        here = place(event.start_mark)
        check_tag(event.tag, here)
        kind = Kind.MAPPING if isinstance(event, yaml.MappingStartEvent) else Kind.SEQUENCE
        building.begin(kind, here, event.anchor)
    elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        building.end()
    elif isinstance(event, yaml.AliasEvent):
        building.alias(event.anchor, place(event.start_mark))


def scalar(event: Any) -> Node:
    here, text = place(event.start_mark), event.value
    tag = check_tag(event.tag, here)
    is_text = tag in ("!", "str") or (event.style and not tag)
    kind = Kind.TEXT if is_text else kind_of_plain(text)
    return Node(kind, *here, text=text, value=value_of(kind, text))


def check_tag(tag: str | None, here: Place) -> str:
    """The tag's name in YAML's own schema, or !; blank where there is none."""
    if not tag:
        return ""
    name = tag.removeprefix("tag:yaml.org,2002:")
    if name != "!" and name not in CORE:
        raise Unreadable(TAG, here)
    return name
