"""CSV and what is like it: whatever separates the cells, whatever the letters are encoded in."""

import codecs
import csv
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import islice
from typing import BinaryIO

from registry.spreadsheets.limits import MOST_COLUMNS, TOO_MANY_COLUMNS, Unreadable, cell, too_long

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SEPARATORS = ",;\t|"
PIECE = 64 * 1024
NO_TEXT = "The file is neither a table in text (CSV) nor a workbook (XLSX, ODS). Save it as one of these."
LETTERS = "Some letters of the file cannot be read. Save it as CSV in UTF-8, and upload it again."


def encoding_of(file: BinaryIO) -> str:
    """UTF-8 where it can be, UTF-16, else Windows-1252. Raises Unreadable for what is no text."""
    file.seek(0)
    head = file.read(4096)
    for mark, name in BOMS.items():
        if head.startswith(mark):
            return name
    if b"\0" in head:
        return without_mark(head)
    for name in ("utf-8", "cp1252"):
        if decodes(file, name):
            return name
    raise Unreadable(LETTERS)


def without_mark(head: bytes) -> str:
    """UTF-16 of letters that mostly have a zero beside them."""
    even, odd = head[::2], head[1::2]
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    raise Unreadable(NO_TEXT)


def decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def text_of(file: BinaryIO, encoding: str) -> TextIOWrapper:
    file.seek(0)
    return TextIOWrapper(file, encoding=encoding, newline="")


def separator_of(lines: list[str]) -> str:
    """What parts the first lines into the most cells; of equals the usual one."""

    def width(separator: str) -> int:
        try:
            return max((len(row) for row in csv.reader(lines, delimiter=separator)), default=0)
        except csv.Error:
            return 0

    return max(SEPARATORS, key=width)


def rows(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Rows that have something in them, with their numbers as a spreadsheet counts. Raises Unreadable."""
    text, number = text_of(file, encoding_of(file)), 0
    try:
        lines = list(islice(text, 20))
        said = lines[0].strip().lower() if lines else ""
        told = said[4:] if said.startswith("sep=") and len(said) == 5 else ""
        separator = told or separator_of(lines)
        text.seek(0)
        for number, row in enumerate(csv.reader(text, delimiter=separator), start=1):
            if number == 1 and told:
                continue
            while row and not row[-1].strip():
                row.pop()
            if len(row) > MOST_COLUMNS:
                raise Unreadable(TOO_MANY_COLUMNS)
            if row:
                yield number, [cell(value, number) for value in row]
    except csv.Error as error:
        if "field limit" in str(error):  # how long that is, is the process's and not this module's
            raise Unreadable(too_long(number + 1)) from error
        raise Unreadable(f"The text cannot be read as a table ({error}). Save it as CSV in UTF-8.") from error
    except UnicodeError as error:
        raise Unreadable(LETTERS) from error
    finally:
        text.detach()
