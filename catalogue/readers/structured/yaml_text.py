"""YAML, read event by event with the types of YAML 1.2: yes, no, on, off and dates are texts."""

import re
from collections.abc import Iterator
from typing import Any

import yaml  # type: ignore[import-untyped]

from catalogue.readers.structured.bounds import MAX_DOCUMENTS, TOO_MANY_DOCUMENTS
from catalogue.readers.structured.building import Building
from catalogue.readers.structured.document import Document, Place, Unreadable

NOTHING = re.compile(r"|~|null|Null|NULL")
BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
LONGEST_NUMBER = 40
STANDARD = re.compile(r"!|tag:yaml\.org,2002:(str|int|float|bool|null|map|seq|timestamp)")
TAG = "A tag (a word that begins with !) is not part of the format: take it out."
WORDS = (
    ("mapping values are not allowed", "A colon stands where no key can be: put quotation marks round a text that has a"
     " colon and a space in it, or mend the indentation."),
    ("found character", "A text cannot begin with this character, and lines are not indented with tabs: use spaces, or"
     " quotation marks round the text."),
    ("could not find expected ':'", "A key needs a colon and a space after it."),
    ("did not find expected key", "The line does not fit those above it: indent keys of one section alike."),
    ("did not find expected '-'", "The line does not fit those above it: indent items of one list alike."),
    ("did not find expected ',' or", "A bracket is not closed, or a comma is missing."),
    ("unexpected end of stream", "A quotation mark or a bracket is opened and not closed: close it."),
    ("control characters", "A control character is not allowed in YAML: take it out."),
)  # fmt: skip
GENERAL = "The text is not YAML from here on: look at indentation, quotation marks and brackets near this line."


def parse(text: str) -> Iterator[Document]:
    """Each document of the text. Raises Unreadable when it comes to what cannot be read."""
    building, documents = Building(), 0
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


def events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(sentence(str(error.problem)), place(mark) if mark else (1, 1)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(sentence(str(error))) from error


def sentence(problem: str) -> str:
    return next((words for part, words in WORDS if part in problem), GENERAL)


def place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def take(building: Building, event: Any) -> None:
    here = place(event.start_mark) if event.start_mark else (1, 1)
    if isinstance(event, yaml.AliasEvent):
        building.alias(event.anchor, here)
    elif isinstance(event, yaml.ScalarEvent):
        check_tag(event.tag, here)
        building.scalar(scalar(event), here, event.anchor, event.value)
    elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        check_tag(event.tag, here)
        building.begin({} if isinstance(event, yaml.MappingStartEvent) else [], here, event.anchor)
    elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
        building.end()


def check_tag(tag: str | None, here: Place) -> None:
    if tag and not STANDARD.fullmatch(tag):
        raise Unreadable(TAG, here)


def scalar(event: Any) -> Any:
    text = event.value
    if event.style or event.tag:
        return text
    if NOTHING.fullmatch(text):
        return None
    if BOOLEAN.fullmatch(text):
        return text.lower() == "true"
    return number(text) if NUMBER.fullmatch(text) else text


def number(text: str) -> Any:
    """A number that would be written otherwise (a version such as 1.10) stays as it was written."""
    if len(text) > LONGEST_NUMBER:
        return text
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        return value if str(value) == text else text
    return text
