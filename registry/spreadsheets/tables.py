"""What a file is, whatever its name says, and the tables in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import BinaryIO

from registry.spreadsheets import delimited, ods, xlsx
from registry.spreadsheets.limits import (
    BROKEN,
    LARGEST_FILE,
    LARGEST_TABLE,
    LOCKED,
    MOST_ROWS,
    TOO_LARGE,
    TOO_MANY_ROWS,
    TOO_MUCH_TEXT,
    Unreadable,
    size_of,
)
from registry.spreadsheets.packages import Package

ZIP, OLD, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
Row = tuple[int, list[str]]


class Form(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


ENDINGS = {
    "csv": Form.CSV, "tsv": Form.CSV, "tab": Form.CSV, "txt": Form.CSV,
    "xlsx": Form.XLSX, "xlsm": Form.XLSX, "ods": Form.ODS,
}  # fmt: skip
REFUSED = {
    "xls": "This is a workbook of an old Excel (.xls). Save it as .xlsx or CSV, and upload that.",
    "xlsb": "This is a binary workbook (.xlsb). Save it as .xlsx or CSV, and upload that.",
    "numbers": "This is a Numbers document. Export it as CSV or Excel (.xlsx), and upload that.",
    "pdf": "This is a PDF, which holds no table that can be read. Upload the spreadsheet that it was made from.",
}


@dataclass(frozen=True)
class Sheet:
    """One table. `rows` reads it anew each time: its rows that have something in them, with their numbers."""

    name: str
    read: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """Raises Unreadable."""
        size = 0
        for count, row in enumerate(self.read()):
            size += sum(map(len, row[1]))
            if count > MOST_ROWS + 20:  # a heading, and titles above it
                raise Unreadable(TOO_MANY_ROWS)
            if size > LARGEST_TABLE:
                raise Unreadable(TOO_MUCH_TEXT)
            yield row


def form_of(file: BinaryIO, name: str = "") -> Form:
    """What the file is. It is looked through, and not yet read. Raises Unreadable: nothing we read, or dangerous."""
    size = size_of(file)
    if size > LARGEST_FILE:
        raise Unreadable(TOO_LARGE)
    head = file.read(8)
    if not head.strip():
        raise Unreadable("The file is empty. Upload one with a heading and rows.")
    form = packed(file) if head.startswith(ZIP) else unpacked(file, head, name)
    refuse_misnamed(name, form)
    return form


def packed(file: BinaryIO) -> Form:
    package = Package(file)
    if b"encryption-data" in (package.small("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""):
        raise Unreadable(LOCKED)
    if "xl/workbook.bin" in package:
        raise Unreadable(REFUSED["xlsb"])
    if "Index/Document.iwa" in package:
        raise Unreadable(REFUSED["numbers"])
    if xlsx.WORKBOOK in package:
        form = Form.XLSX
    elif "mimetype" in package and package.small("mimetype").startswith(ODS_TYPE):
        form = Form.ODS
    else:
        raise Unreadable("This is a ZIP file, but no workbook. Upload a CSV, XLSX or ODS file, not packed.")
    package.refuse_entities()
    return form


def unpacked(file: BinaryIO, head: bytes, name: str) -> Form:
    if head.startswith(OLD):
        file.seek(0)
        locked = "EncryptedPackage".encode("utf-16-le") in file.read()
        raise Unreadable(LOCKED if locked else REFUSED["xls"])
    if head.startswith(PDF):
        raise Unreadable(REFUSED["pdf"])
    if ending(name) in REFUSED:
        raise Unreadable(REFUSED[ending(name)])
    delimited.encoding_of(file)
    return Form.CSV


def refuse_misnamed(name: str, form: Form) -> None:
    said = ENDINGS.get(ending(name), form)
    if said != form:
        what = "a text" if form == Form.CSV else f"a workbook ({form.upper()})"
        raise Unreadable(
            f"The file’s name ends in .{ending(name)}, but it is {what}. Open it, save it anew, and upload that."
        )


def ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def sheets(file: BinaryIO, form: Form) -> Iterator[Sheet]:
    """The tables of a file, in its order, each found when it is asked for. Raises Unreadable."""
    if form == Form.CSV:
        yield Sheet("", lambda: delimited.rows(file))
        return
    package = Package(file)
    if form == Form.XLSX:
        book = xlsx.opened(package)
        names, read = iter(book.names), partial(xlsx.rows, book)
    else:
        names, read = ods.names(package), partial(ods.rows, package)
    empty = True
    for name in names:
        empty = False
        yield Sheet(name, partial(read, name))
    if empty:
        raise Unreadable(BROKEN)
