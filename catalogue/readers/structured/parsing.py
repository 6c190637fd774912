"""A text as documents, whichever of the two it is written in."""

from collections.abc import Iterator

from catalogue.readers.structured import json_text, yaml_text
from catalogue.readers.structured.bounds import MAX_BYTES, TOO_LARGE
from catalogue.readers.structured.document import Document, Unreadable

EMPTY = "The text is empty: there is nothing to read."
BROKEN = "The text has half a character in it: save it in the encoding UTF-8."


def checked(text: str) -> str:
    """The text without its byte order mark, once its size is in order."""
    if len(text) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise Unreadable(BROKEN, json_text.Places(text).of(error.start)) from error
    if size > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable(EMPTY)
    return text


def json_document(text: str) -> Document:
    return json_text.parse(checked(text))


def yaml_documents(text: str) -> Iterator[Document]:
    yield from yaml_text.parse(checked(text))


def json_or_yaml(text: str) -> Document:
    """The first document. What begins like JSON and is not may be YAML; if it is neither, JSON's problem counts."""
    text = checked(text)
    if text.lstrip()[:1] not in ("{", "["):
        return first(text)
    try:
        return json_text.parse(text)
    except Unreadable as problem:
        try:
            return first(text)
        except Unreadable:
            raise problem from None


def first(text: str) -> Document:
    return next(yaml_text.parse(text), Document())
