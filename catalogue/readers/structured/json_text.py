"""JSON, with the place of every value: the library says whether it is JSON, and a second pass where things stand."""

import json
import re
from bisect import bisect_right
from math import isfinite
from typing import Any, NoReturn

from catalogue.readers.structured.bounds import MAX_DEPTH, TOO_DEEP
from catalogue.readers.structured.building import Building
from catalogue.readers.structured.document import Document, Place, Unreadable

# What is opened and not closed goes to the end, so that no text is gone through twice.
TEXT = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
TOKEN = re.compile(rf"[{{}}\[\]]|{TEXT}|[-+.0-9A-Za-z]+", re.DOTALL)
BRACKET = re.compile(rf"{TEXT}|([{{\[])|([}}\]])", re.DOTALL)
HALF = re.compile("[\x00\ud800-\udfff]")  # nor has any text of ours a null in it
WORDS = (
    ("Expecting property name", "A key in double quotation marks is expected here, or the comma before is too many."),
    ("Expecting ',' delimiter", "A comma is missing here, or a bracket is not closed."),
    ("Expecting ':' delimiter", "A colon is missing after the key."),
    ("Illegal trailing comma", "A comma stands before a closing bracket: take it out."),
    ("Unterminated string", "A quotation mark is opened and not closed: close it."),
    ("Invalid control character", "A text has a line end or another control character in it: write \\n instead."),
    ("Invalid \\", "A backslash begins nothing that JSON knows: write it twice."),
    ("Extra data", "Something stands after the end of the value: take it out."),
    ("Expecting value", "A value is expected here: a text in double quotation marks, a number, true, false or null."),
)  # fmt: skip
GENERAL = "The text is not JSON from here on."


def parse(text: str) -> Document:
    check_depth(text)
    check(text)
    building, places = Building(), Places(text)
    for found in TOKEN.finditer(text):
        take(building, found[0], places.of(found.start()))
    return building.document


def check_depth(text: str) -> None:
    depth = 0
    for found in BRACKET.finditer(text):
        depth += bool(found[1]) - bool(found[2])
        if depth > MAX_DEPTH:
            raise Unreadable(TOO_DEEP, Places(text).of(found.start()))


def check(text: str) -> None:
    try:
        json.loads(text, parse_constant=refuse, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        raise Unreadable(sentence(error.msg), (error.lineno, error.colno)) from error
    except ValueError as error:
        raise Unreadable(str(error)) from error


def refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number that JSON knows: take it out.")


def sentence(problem: str) -> str:
    return next((words for part, words in WORDS if part in problem), GENERAL)


def take(building: Building, token: str, place: Place) -> None:
    if token == "{":
        building.begin({}, place)
    elif token == "[":
        building.begin([], place)
    elif token in "}]":
        building.end()
    else:
        building.scalar(scalar(token), place, key=token)


def scalar(token: str) -> Any:
    """A number too long or too large for Python stays as it is written; half a character becomes a mark."""
    try:
        value = json.loads(token)
    except ValueError:
        return token
    if isinstance(value, str):
        return value if value.isprintable() else HALF.sub("\ufffd", value)
    return token if isinstance(value, float) and not isfinite(value) else value


class Places:
    """Lines and columns of offsets."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def of(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1
