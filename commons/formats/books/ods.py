"""OpenDocument. Its one large part is written line by line with the standard library: odfdo, which writes our other
documents, builds the whole tree in memory and takes 27 seconds for 5,000 rows of ten columns, and four times as long
for twice as many.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import batched
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from commons.formats.books.book import Book, Line, Table, Value, bounded, prepared
from commons.formats.books.ods_parts import CONTENT, END, MANIFEST, META, MIMETYPE, SETTINGS, SHEET_SETTINGS, STYLES

FAST = 1  # of nine: the largest files are made several times as quickly, and are a fifth larger
BATCH = 200
BLANKS = re.compile(r"^ | {2,}| $")
RETURN = {"\r": "&#13;"}


def write(book: Book, file: BinaryIO) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=FAST) as archive:
        archive.writestr(ZipInfo("mimetype"), MIMETYPE, ZIP_STORED)  # first and plain, as the format asks
        archive.writestr(part("META-INF/manifest.xml"), MANIFEST)
        archive.writestr(part("styles.xml"), STYLES)
        archive.writestr(part("meta.xml"), meta(book))
        archive.writestr(part("settings.xml"), settings(book))
        with archive.open(part("content.xml"), "w", force_zip64=True) as content:
            for lines in batched(content_of(book), BATCH):
                content.write("".join(lines).encode())


def part(name: str) -> ZipInfo:
    made = ZipInfo(name)
    made.compress_type = ZIP_DEFLATED
    return made


def meta(book: Book) -> str:
    title, service = escaped(book.title), escaped(book.service)
    return META.format(title=title, service=service, made_at=f"{prepared(book.made_at):%Y-%m-%dT%H:%M:%S}")


def settings(book: Book) -> str:
    """Which sheets have a frozen header."""
    return SETTINGS.format(sheets="".join(SHEET_SETTINGS.format(name=quoted(table.name)) for table in book.tables))


def content_of(book: Book) -> Iterator[str]:
    yield CONTENT
    yield from about(book)
    for table in book.tables:
        yield from sheet(table)
    yield END


def about(book: Book) -> Iterator[str]:
    yield '<table:table table:name="About"><table:table-column table:style-name="name"/>'
    yield '<table:table-column table:style-name="words"/>'
    for line in (Line(book.title), Line(""), *book.about):
        yield f"<table:table-row>{text(line.name, 'strong')}{text(line.text, 'wrapped')}</table:table-row>\n"
    yield "</table:table>"


def sheet(table: Table) -> Iterator[str]:
    yield f"<table:table table:name={quoted(table.name)}>"
    yield f'<table:table-column table:style-name="column" table:number-columns-repeated="{len(table.header)}"/>'
    named = "".join(text(name, "strong") for name in table.header)
    yield f"<table:table-header-rows><table:table-row>{named}</table:table-row></table:table-header-rows>\n"
    for _number, row in bounded(table.rows):
        yield line_of(row)
    yield "</table:table>"


def line_of(row: Sequence[Value]) -> str:
    return f"<table:table-row>{''.join(map(cell, row))}</table:table-row>\n"


def cell(value: Value) -> str:
    value = prepared(value)
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool):
        said = str(value).lower()
        return of_kind("boolean", f'office:boolean-value="{said}"', said.upper())
    if isinstance(value, date):
        said, style = value.isoformat(), "time" if isinstance(value, datetime) else "day"
        return of_kind("date", f'office:date-value="{said}" table:style-name="{style}"', said)
    said = format(value, "f") if isinstance(value, Decimal) else repr(value)
    return of_kind("float", f'office:value="{said}"', said)


def of_kind(kind: str, named: str, shown: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {named}><text:p>{shown}</text:p></table:table-cell>'


def text(value: str, style: str = "") -> str:
    """Also as a plain value where it has tabs: some readers, python-calamine among them, pass over `text:tab`."""
    named = f' table:style-name="{style}"' if style else ""
    if "\t" in value:
        named += f" office:string-value={quoteattr(str(prepared(value)), RETURN)}"
    lines = "".join(f"<text:p>{paragraph(line)}</text:p>" for line in str(prepared(value)).split("\n"))
    return f'<table:table-cell{named} office:value-type="string" calcext:value-type="string">{lines}</table:table-cell>'


def paragraph(line: str) -> str:
    """Blanks that XML would fold are told by number, and tabs by name."""
    said = escape(line, RETURN)
    if "\t" in said or " " in said:
        said = BLANKS.sub(lambda found: f'<text:s text:c="{len(found.group())}"/>', said)
        said = said.replace("\t", "<text:tab/>")
    return said


def escaped(value: str) -> str:
    return escape(str(prepared(value)), RETURN)


def quoted(value: str) -> str:
    return quoteattr(str(prepared(value)))
