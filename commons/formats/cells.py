"""A row as CSV cells. A spreadsheet must never run what a cell says (ASVS 1.2.10)."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from commons.listing.parts import Column
from commons.listing.text import plain

DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
ESCAPED = re.compile(r"'+[=+\-@\t\r]")
NUMBERS = ("number", "money")


def guarded(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front; `unguarded` takes it away again."""
    return f"'{text}" if DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if ESCAPED.match(text) else text


def header(columns: Iterable[Column]) -> list[str]:
    return [name for column in columns for name in names(column)]


def names(column: Column) -> list[str]:
    """A column's CSV columns: codes beside labels, and the reason of a blank beside it."""
    if column.kind in ("ref", "refs"):
        return [column.name, f"{column.name}_name", *([f"{column.name}_status"] if column.status else [])]
    return column.names


def cells(columns: Iterable[Column], row: dict[str, Any]) -> Iterator[str]:
    for column in columns:
        value = row[column.name]
        if column.kind == "ref":
            yield guarded(value["slug"] if value else "")
            yield guarded(value["name"] if value else "")
        elif column.kind == "refs":
            yield guarded(";".join(each["slug"] for each in value))
            yield guarded("; ".join(each["name"] for each in value))
        else:
            yield cell(value, number=column.kind in NUMBERS)
        if column.kind == "choice":
            yield guarded(row[f"{column.name}_label"] or "")
        if column.status:
            yield row[f"{column.name}_status"] or ""


def cell(value: Any, *, number: bool = False) -> str:
    """Blank is not stated, never zero; true and false are 1 and 0; lists are separated by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return guarded(";".join(value))
    text = value if isinstance(value, str) else str(value) if isinstance(value, int | float) else plain(value)
    return text if number and not isinstance(value, str) else guarded(text)
