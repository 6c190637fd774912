"""Office Open XML. Each cell is written as what it is, and no text is looked at for formulas, numbers or addresses."""

from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from commons.formats.books.book import Book, Table, Value, bounded, prepared

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
LONGEST = 32_767  # characters that a cell of this format holds
CUT = "…"
FIRST_YEAR = 1900  # what is earlier is written as text: this format has no such dates
WIDTH, WIDEST = 14, 40


def write(book: Book, file: BinaryIO) -> None:
    with Workbook(file, OPTIONS) as workbook:
        workbook.set_properties({"title": book.title, "author": book.service, "created": prepared(book.made_at)})
        formats = {"strong": workbook.add_format({"bold": True}), "wrapped": workbook.add_format({"text_wrap": True})}
        formats["time"] = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        write_about(workbook.add_worksheet("About"), book, formats)
        for table in book.tables:
            write_table(workbook.add_worksheet(table.name), table, formats)


def write_about(sheet: Worksheet, book: Book, formats: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 2 * WIDTH)
    sheet.set_column(1, 1, 100)
    text(sheet, 0, 0, book.title, formats["strong"])
    for number, line in enumerate(book.about, 2):
        text(sheet, number, 0, line.name, formats["strong"])
        text(sheet, number, 1, line.text, formats["wrapped"])


def write_table(sheet: Worksheet, table: Table, formats: dict[str, Format]) -> None:
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(table.header):
        sheet.set_column(place, place, min(WIDEST, max(WIDTH, len(name) + 2)))
        text(sheet, 0, place, name, formats["strong"])
    for number, row in bounded(table.rows):
        for place, value in enumerate(row):
            put(sheet, number, place, value, formats)


def put(sheet: Worksheet, row: int, place: int, value: Value, formats: dict[str, Format]) -> None:
    value = prepared(value)
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, place, value)
    elif isinstance(value, date) and value.year >= FIRST_YEAR:
        sheet.write_datetime(row, place, value, formats["time"] if isinstance(value, datetime) else None)
    else:
        text(sheet, row, place, value if isinstance(value, str) else value.isoformat())


def text(sheet: Worksheet, row: int, place: int, value: str, style: Format | None = None) -> None:
    written = str(prepared(value))
    sheet.write_string(row, place, written if len(written) <= LONGEST else written[: LONGEST - 1] + CUT, style)
