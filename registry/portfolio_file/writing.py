"""Writing a table for people who go on in a spreadsheet: as CSV, Excel or OpenDocument. Nothing in it is run."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from odfdo import Cell as OdsCell
from odfdo import Document, Row, Table
from xlsxwriter import Workbook

from commons.formats.cells import guarded
from commons.xml import writable

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
SHEET = "Portfolio"
WIDEST, NARROWEST = 40, 12
XLSX_SETTINGS = {"constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False}


def written(
    form: str, heading: Sequence[str], rows: Iterable[Sequence[str]], notes: Sequence[Sequence[str]] = ()
) -> bytes:
    """`notes` are a second sheet, where the form has sheets."""
    return {"csv": as_csv, "xlsx": as_xlsx, "ods": as_ods}[form](heading, rows, notes)


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[str]], _notes: Sequence[Sequence[str]] = ()) -> bytes:
    """With a byte order mark, by which Excel knows UTF-8."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([guarded(name) for name in heading])
    writer.writerows([guarded(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def as_xlsx(heading: Sequence[str], rows: Iterable[Sequence[str]], notes: Sequence[Sequence[str]] = ()) -> bytes:
    """Every cell is text, so that codes keep their noughts and days their order."""
    file = BytesIO()
    with Workbook(file, XLSX_SETTINGS) as book:
        bold, text = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "@"})
        for name, lines in ((SHEET, (heading, *rows)), ("How to fill it in", notes)):
            if not lines:
                continue
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1 if name == SHEET else 0)
            for column, title in enumerate(lines[0]):
                sheet.set_column(column, column, max(NARROWEST, min(WIDEST, len(title) + 4)), text)
            for number, line in enumerate(lines):
                for column, value in enumerate(line):
                    if value:
                        sheet.write_string(number, column, writable(guarded(value)), None if number else bold)
    return file.getvalue()


def as_ods(heading: Sequence[str], rows: Iterable[Sequence[str]], notes: Sequence[Sequence[str]] = ()) -> bytes:
    document = Document("spreadsheet")
    document.body.clear()
    for name, lines in ((SHEET, (heading, *rows)), ("How to fill it in", notes)):
        if not lines:
            continue
        table = Table(name)
        for line in lines:
            row = Row()
            for value in line:
                row.append_cell(
                    OdsCell(text=writable(guarded(value)), cell_type="string") if value else OdsCell(), _repeated=1
                )
            table.append_row(row, clone=False, _repeated=1)
        document.body.append(table)
    file = BytesIO()
    document.save(file)
    return file.getvalue()
