"""A text as documents, whichever of the two it is written in."""

from collections.abc import Iterator

from catalogue.readers.structured import json_text, yaml_text
from catalogue.readers.structured.bounds import MAX_BYTES, TOO_LARGE
from catalogue.readers.structured.document import Document, Unreadable
from catalogue.readers.structured.places import Places

EMPTY = "The text is empty: there is nothing to read."
NOT_UTF_8 = "The file is not UTF-8 here: save it in the encoding UTF-8."
BROKEN = "The text has half a character in it: save it in the encoding UTF-8."


def checked(text: str) -> str:
    """The text without its byte order mark, once its size is in order."""
    if len(text) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise Unreadable(BROKEN, Places(text).of(error.start)) from error
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


def yaml_document(text: str) -> Document:
    return yaml_text.parse_one(checked(text))


def json_or_yaml(text: str) -> Document:
    """What begins like JSON and is not may be YAML; if it is neither, JSON's problem counts."""
    text = checked(text)
    if text.lstrip()[:1] not in ("{", "["):
        return yaml_text.parse_one(text)
    try:
        return json_text.parse(text)
    except Unreadable as problem:
        try:
            return yaml_text.parse_one(text)
        except Unreadable:
            raise problem from None


def decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        raise Unreadable(NOT_UTF_8, Places(before).of(len(before))) from error
