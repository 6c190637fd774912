"""Bytes to text, and the characters that a text may not have."""

import re

from catalogue.readers.yaml.bounds import MAX_BYTES

TOO_LARGE = f"The file is larger than {MAX_BYTES / 1_000_000:g} MB: a description is some kilobytes, so send only that."
BROKEN = "The file is not UTF-8 here: save it in the encoding UTF-8."
# All that YAML 1.2 does not call printable.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BREAK = re.compile(r"\r\n|\r|\n")


class Unreadable(Exception):
    """The text cannot be read from this place on. The message is a sentence that says what to do."""

    def __init__(self, message: str, line: int = 1, column: int = 1, key: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.key = key


def decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(BROKEN, *place(content[: error.start].decode("utf-8"))) from error


def checked(text: str) -> str:
    """The text without its byte order mark, once its size and its characters are in order."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    text = text.removeprefix("\ufeff")
    if found := UNPRINTABLE.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise Unreadable(f"The character {code} is not allowed in YAML: take it out.", *place(text[: found.start()]))
    return text


def place(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows this text."""
    breaks = list(BREAK.finditer(before))
    return len(breaks) + 1, len(before) - (breaks[-1].end() if breaks else 0) + 1
