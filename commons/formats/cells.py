"""A row as cells: as text for CSV, and as values for spreadsheets. A spreadsheet must never run what a cell says
(ASVS 1.2.10)."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from commons.listing.parts import Column
from commons.listing.text import plain

DANGEROUS = re.compile("'*[=+\\-@\t\r\0]")
ESCAPED = re.compile("'+[=+\\-@\t\r\0]")
NUMBERS = ("number", "money")
EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number

Value = None | bool | int | float | Decimal | date | str
"""What a cell of a spreadsheet holds; a datetime is a date too."""


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


def values(columns: Iterable[Column], row: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    """The value under each name of the header, with its kind."""
    for column in columns:
        value = row[column.name]
        if column.kind == "ref":
            yield value["slug"] if value else None, "text"
            yield value["name"] if value else None, "text"
        elif column.kind == "refs":
            yield ";".join(each["slug"] for each in value), "text"
            yield "; ".join(each["name"] for each in value), "text"
        else:
            yield value, column.kind
        if column.kind == "choice":
            yield row[f"{column.name}_label"], "text"
        if column.status:
            yield row[f"{column.name}_status"], "text"


def cells(columns: Iterable[Column], row: dict[str, Any]) -> Iterator[str]:
    return (cell(value, number=kind in NUMBERS) for value, kind in values(columns, row))


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


def typed(value: Any, kind: str = "text") -> Value:
    """The value as a cell of a spreadsheet: numbers and dates as such, also where a row has them as text."""
    if value is None or value == "":
        return None
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, str):
        if kind in NUMBERS:
            return as_number(value)
        return as_date(value) if kind == "date" else value
    return as_number(value) if isinstance(value, int | float | Decimal) else value


def as_number(value: int | float | Decimal | str) -> Value:
    """Text where it is no number, or one that a spreadsheet would round."""
    if isinstance(value, bool):
        return value
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite() or len(exact.normalize().as_tuple().digits) > 15 or abs(exact) >= EXACT:
        return str(value)
    return exact if isinstance(value, str) else value


def as_date(text: str) -> Value:
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return text
