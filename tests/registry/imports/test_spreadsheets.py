"""Files as people send them, and as nobody should: read alike, or refused at once, in a sentence."""

import io
import resource
import struct
import time
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odfdo import Cell, Document, Row, Table
from xlsxwriter import Workbook

from registry.portfolio_file.writing import written
from registry.spreadsheets import LARGEST_FILE, Unreadable, form_of, sheets
from registry.spreadsheets.delimited import encoding_of
from registry.spreadsheets.numbers import day, plain, shows_day
from registry.spreadsheets.tables import ODS_TYPE

SECONDS, MB = 1.0, 64
TEXT = "function;system\nbookings;Café – £5\n"
ROWS = [(1, ["function", "system"]), (2, ["bookings", "Café – £5"])]


def read(content: bytes, name: str = "") -> list[tuple[int, list[str]]]:
    file = io.BytesIO(content)
    return list(next(iter(sheets(file, form_of(file, name)))).rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_letters_are_read_in_every_usual_encoding(encoding):
    assert read(TEXT.encode(encoding), "a.csv") == ROWS


def test_one_letter_far_down_decides_the_encoding():
    long = "a,b\n" + "x,y\n" * 100_000 + "x,é\n"
    assert encoding_of(io.BytesIO(long.encode())) == "utf-8"
    assert encoding_of(io.BytesIO(long.encode("cp1252"))) == "cp1252"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(separator):
    text = f"function{separator}system\n'a, b; c'{separator}x\n".replace("'", '"')
    assert read(text.encode(), "a.csv") == [(1, ["function", "system"]), (2, ["a, b; c", "x"])]


def test_excel_s_word_on_the_separator_is_taken():
    assert read(b"sep=;\na,b;c\n1;2\n") == [(2, ["a,b", "c"]), (3, ["1", "2"])]


def test_blank_rows_are_left_out_and_counted():
    assert read(b"a,b\n\n,,\n1,2\n\n") == [(1, ["a", "b"]), (4, ["1", "2"])]


def test_nul_becomes_a_sign_that_a_database_can_hold():
    assert read("a,b\nx\0y,é".encode("utf-8-sig"))[1][1][0] == "x\ufffdy"


def workbook(fill, **options) -> bytes:
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, **options}) as book:
        fill(book)
    return file.getvalue()


def test_workbook_s_numbers_days_and_formulas_are_values():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["number", "day", "time", "formula", "yes", "rich", "text"])
        sheet.write_number(1, 0, 0.1 + 0.2)
        sheet.write_datetime(1, 1, datetime(2027, 3, 31), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_number(1, 2, 46112.75, book.add_format({"num_format": '"on" d mmm'}))
        sheet.write_formula(1, 3, '=HYPERLINK("https://x.example")', value="shown")
        sheet.write_boolean(1, 4, True)
        sheet.write_rich_string(1, 5, "one ", book.add_format({"bold": True}), "two")
        sheet.write_string(1, 6, "00012")

    assert read(workbook(fill), "a.xlsx")[1][1] == [
        "0.3", "2027-03-31", "2026-03-31", "shown", "yes", "one two", "00012",
    ]  # fmt: skip


def test_formula_without_a_value_is_blank():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=1+1", value="")
        sheet.write_string(1, 1, "x")

    assert read(workbook(fill))[1][1] == ["", "x"]


def test_days_since_1904_are_read():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, datetime(2027, 3, 31), book.add_format({"num_format": "yyyy-mm-dd"}))

    assert read(workbook(fill, date_1904=True)) == [(1, ["2027-03-31"])]


def test_first_sheet_is_not_the_only_one():
    def fill(book):
        book.add_worksheet("Notes").write(0, 0, "Read me")
        book.add_worksheet("Data").write(4, 2, "x")

    file = io.BytesIO(workbook(fill))
    assert {sheet.name: list(sheet.rows()) for sheet in sheets(file, form_of(file))} == {
        "Notes": [(1, ["Read me"])],
        "Data": [(5, ["", "", "x"])],
    }


def document(*rows: Row, name: str = "Sheet") -> bytes:
    made = Document("spreadsheet")
    made.body.clear()
    table = Table(name)
    for row in rows:
        table.append_row(row, clone=False, _repeated=1)
    made.body.append(table)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def row(*cells: Cell, repeated: int | None = None) -> Row:
    made = Row(repeated=repeated)
    for cell in cells:
        made.append_cell(cell, _repeated=1)
    return made


def test_opendocument_s_numbers_days_and_repeats_are_values():
    content = document(
        row(Cell(text="a", cell_type="string"), Cell(repeated=2), Cell(text="d", cell_type="string")),
        row(Cell(repeated=16_000), repeated=1_000_000),
        row(Cell(1200.5), Cell(date(2027, 3, 31)), Cell(True), Cell("x", repeated=2)),
    )
    assert read(content, "a.ods") == [
        (1, ["a", "", "", "d"]),
        (1_000_002, ["1200.5", "2027-03-31", "yes", "x", "x"]),
    ]


@pytest.mark.parametrize(
    ("written_as", "said"),
    [("1.2E3", "1200"), ("1200.50", "1200.5"), ("-0.30000000000000004", "-0.3"), ("1e400", "1e400"), ("x", "x")],
)
def test_number_is_written_as_people_do(written_as, said):
    assert plain(written_as) == said


@pytest.mark.parametrize(
    ("shown", "is_day"),
    [
        ("dd/mm/yyyy", True),
        ("[$-809]d mmmm", True),
        ("mmm-yy", True),
        ('0.00 "days"', False),
        ("hh:mm", False),
        ("0%", False),
    ],
)
def test_format_tells_whether_it_is_a_day(shown, is_day):
    assert shows_day(shown) is is_day


def test_serial_beyond_the_calendar_stays_a_number():
    assert (day("46112"), day("99999999"), day("x")) == ("2026-03-31", "99999999", "x")


# What is refused


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def parts_of(sheet: bytes, **more: bytes) -> dict[str, bytes]:
    return {
        "xl__workbook.xml": b'<workbook xmlns:r="r"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
        "xl___rels__workbook.xml.rels": b'<R><Relationship Id="a" Target="worksheets/sheet1.xml"/></R>',
        "xl__worksheets__sheet1.xml": sheet,
        **more,
    }


def bomb() -> bytes:
    """64 MB of blanks in 64 kB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _number in range(64):
                part.write(b" " * 2**20)
    return file.getvalue()


def lying() -> bytes:
    """A package that says that its large part is a small one."""
    content = bytearray(bomb())
    size, place = struct.pack("<I", 64 * 2**20), 0
    while (place := content.find(size, place)) >= 0:
        content[place : place + 4] = struct.pack("<I", 1000)
    return bytes(content)


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
WIDE = b'<worksheet><sheetData><row r="1"><c r="XFD1" t="str"><v>x</v></c></row></sheetData></worksheet>'
LOST = b'<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>'
NOWHERE = b'<worksheet><sheetData><row r="99999999"/></sheetData></worksheet>'
REFUSED = {
    "a bomb": (bomb(), "a.xlsx", "unpacks to far more"),
    "a bomb that lies": (lying(), "a.xlsx", "damaged"),
    "many parts": (packed(**{f"p{number}": b"" for number in range(2_100)}), "", "unpacks to far more"),
    "entities": (packed(**parts_of(LAUGHS)), "a.xlsx", "XML entities"),
    "a file of the machine": (packed(**parts_of(OUTSIDE)), "a.xlsx", "XML entities"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
    "a password of LibreOffice": (
        packed(mimetype=ODS_TYPE, **{"META-INF__manifest.xml": b"<encryption-data/>"}),
        "a.ods",
        "password",
    ),
    "an old workbook": (OLE, "a.xls", "old Excel"),
    "a binary workbook": (packed(**{"xl__workbook.bin": b""}), "a.xlsb", "binary workbook"),
    "any other package": (packed(a=b"b"), "a.zip", "ZIP file, but no workbook"),
    "a PDF": (b"%PDF-1.7 ...", "a.pdf", "This is a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "a.csv", "neither a table in text"),
    "nothing": (b"  \n", "a.csv", "The file is empty"),
    "too much": (b"a" * (LARGEST_FILE + 1), "a.csv", "larger than 20 MB"),
    "a damaged package": (b"PK\x03\x04 nothing", "a.xlsx", "damaged"),
    "a text as a workbook": (b"function,system\n", "a.xlsx", "it is a text"),
    "a workbook as a text": (written("xlsx", ["a"], [["b"]]), "a.csv", "it is a workbook (XLSX)"),
    "too wide": (packed(**parts_of(WIDE)), "a.xlsx", "more than 100 columns"),
    "too wide a text": (b"," * 100 + b"x\n", "a.csv", "more than 100 columns"),
    "too long a cell": (b'a,b\n"' + b"x" * 10_001 + b'",1\n', "a.csv", "A cell of row 2 has more than 10,000"),
    "letters that nobody knows": (b"a,b\n\x81,\x8d\n", "a.csv", "letters of the file cannot be read"),
    "a quote without an end": (b'a,b\n"' + b"x,1\n" * 50_000, "a.csv", "A cell of row 2 has more than"),
    "a row that is nowhere": (packed(**parts_of(NOWHERE)), "", "damaged"),
    "a text that is not there": (packed(**parts_of(LOST)), "", "damaged"),
    "broken XML": (packed(**parts_of(b"<a><b></a>")), "", "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_at_once(what):
    content, name, words = REFUSED[what]
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()

    with pytest.raises(Unreadable, match=words.replace("(", r"\(").replace(")", r"\)")):
        read(content, name)

    assert time.process_time() - began <= SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 <= MB


def test_two_cells_far_apart_take_no_more_than_two():
    """Readers that make a grid of a whole sheet take gigabytes for this."""

    def fill(book):
        sheet = book.add_worksheet()
        sheet.write(0, 0, "function")
        sheet.write(1_048_575, 99, "x")

    content, before = workbook(fill), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [number for number, _cells in read(content)] == [1, 1_048_576]
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 <= MB


def test_one_text_in_a_million_cells_is_refused():
    def fill(book):
        sheet = book.add_worksheet()
        for number in range(200):
            sheet.write_row(number, 0, ["x" * 10_000] * 100)

    with pytest.raises(Unreadable, match="more text than is read at once"):
        read(workbook(fill))


def test_too_many_rows_are_refused_where_they_are_met():
    with pytest.raises(Unreadable, match="more than 50,000 rows"):
        read(b"a,b\n" + b"1,2\n" * 50_100)
    with pytest.raises(Unreadable, match="more than 50,000 rows"):
        read(document(row(Cell("x"), repeated=900_000)))


CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], include_characters="=+-@'\"\t\n;,"), max_size=20
).map(lambda text: " ".join(text.split(" ")).strip())


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_is_written_in_one_form_is_read_as_in_the_others(rows):
    """Also cells that a spreadsheet would run, which are guarded alike in all of them."""
    said = [read(written(form, ["function", "system"], rows), f"a.{form}") for form in ("csv", "xlsx", "ods")]

    def trimmed(table):
        cut = [(number, list(cells)) for number, cells in table]
        for _number, cells in cut:
            while cells and not cells[-1].strip():
                cells.pop()
        return [(number, [" ".join(cell.split()) for cell in cells]) for number, cells in cut if cells]

    assert trimmed(said[0]) == trimmed(said[1]) == trimmed(said[2])
