"""Every format that is read here, how a file of it is recognised, and its reader. A further one is added to FORMATS."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from catalogue.readers import publiccode
from catalogue.readers.description import Problem, Reading, Severity
from catalogue.readers.yaml import Unreadable, decoded


@dataclass(frozen=True, kw_only=True)
class Format:
    """`is_named` looks at a file's name, `is_like` at its text; the name decides before the text."""

    name: str
    is_named: Callable[[str], bool]
    is_like: Callable[[str], bool]
    read: Callable[[str], Reading]


PUBLICCODE_NAME = re.compile(r"(.*[._-])?publiccode(\..*)?\.ya?ml", re.IGNORECASE)
PUBLICCODE_KEY = re.compile(r"^\ufeff?(\{\s*)?[\"']?publiccodeYmlVersion[\"']?\s*:", re.MULTILINE)

FORMATS: Sequence[Format] = (
    Format(
        name=publiccode.FORMAT,
        is_named=lambda name: bool(PUBLICCODE_NAME.fullmatch(name)),
        is_like=lambda text: bool(PUBLICCODE_KEY.search(text)),
        read=publiccode.read,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Report:
    """`format` is blank where none was recognised."""

    format: str
    reading: Reading


def recognised(text: str, name: str = "") -> Format | None:
    base = PurePath(name).name
    by_name = next((one for one in FORMATS if one.is_named(base)), None)
    return by_name or next((one for one in FORMATS if one.is_like(text)), None)


def read_text(text: str, name: str = "", *, otherwise: Format | None = None) -> Report:
    """`otherwise` is the format where none is recognised."""
    found = recognised(text, name) or otherwise
    return Report(format=found.name, reading=found.read(text)) if found else refused(not_recognised())


def read_bytes(content: bytes, name: str = "", *, otherwise: Format | None = None) -> Report:
    try:
        return read_text(decoded(content), name, otherwise=otherwise)
    except Unreadable as unreadable:
        return refused(str(unreadable), unreadable.line, unreadable.column)


def not_recognised() -> str:
    known = ", ".join(one.name for one in FORMATS)
    return (
        f"The format is not one that is read here ({known}): name the file so, or begin it with the format’s version."
    )


def refused(message: str, line: int = 1, column: int = 1) -> Report:
    problem = Problem(severity=Severity.ERROR, key="", message=message, line=line, column=column)
    return Report(format="", reading=Reading(problems=[problem]))
