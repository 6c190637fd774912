"""JSON, with the place of every value: the library says whether it is JSON, and a second pass where things stand."""

import json
import re
from math import isfinite
from typing import NoReturn

from catalogue.readers.structured.bounds import MAX_DEPTH, TOO_DEEP
from catalogue.readers.structured.building import Building
from catalogue.readers.structured.document import Document, Place, Unreadable
from catalogue.readers.structured.node import Kind, Node
from catalogue.readers.structured.places import Places

# What is opened and not closed goes to the end, so that no text is gone through twice.
TEXT = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
TOKEN = re.compile(rf"[{{}}\[\]]|{TEXT}|[-+.0-9A-Za-z]+", re.DOTALL)
BRACKET = re.compile(rf"{TEXT}|([{{\[])|([}}\]])", re.DOTALL)
BEGINNINGS = {"{": Kind.MAPPING, "[": Kind.SEQUENCE}
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
    if token in BEGINNINGS:
        building.begin(BEGINNINGS[token], place)
    elif token in "}]":
        building.end()
    else:
        building.scalar(scalar(token, place))


def scalar(token: str, place: Place) -> Node:
    """A number too long or too large for Python stays as it is written; half a character becomes a mark."""
    try:
        value = json.loads(token)
    except ValueError:
        value = float("inf")
    if isinstance(value, str):
        text = value if value.isprintable() else HALF.sub("\ufffd", value)
        return Node(Kind.TEXT, *place, text=text, value=text)
    if value is None:
        return Node(Kind.NOTHING, *place, text=token)
    if isinstance(value, bool):
        return Node(Kind.BOOLEAN, *place, text=token, value=value)
    return Node(Kind.NUMBER, *place, text=token, value=value if isfinite(value) else token)
