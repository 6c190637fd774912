"""Spreadsheets of lists: what is written is read back the same, and nothing in it is ever run."""

import io
import re
from datetime import date, datetime
from decimal import Decimal
from itertools import batched
from zipfile import ZipFile

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from commons.exceptions import Refused
from commons.formats.books import MOST_ROWS, WRITERS, Book, Table, as_book
from commons.formats.books.book import Line, bounded
from commons.formats.cells import typed
from commons.xml import writable

FORMS = tuple(WRITERS)
CELLS, ROW = 10_000, 100
FORMULA = re.compile(rb"<f[ >/]|table:formula|<hyperlink|text:a ")


def written(rows, form, header=("one",), **more):
    return b"".join(as_book(Book("Title", [Line("Source", "=1+1")], [Table("Things", header, rows)], **more), form))


def read(content, sheet="Things"):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def parts(content):
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


readable = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(writable)
dangerous = st.text(alphabet="=+-@\t\r\n' ab1|!<&\"_x0D", min_size=1, max_size=12)
attacks = st.sampled_from(
    [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "https://x.example",
        "_x0041_",
        "007",
        "1e9",
        "'=1",
    ]
)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_of_ten_thousand_cells_none_is_run_and_every_text_comes_back(form, data):
    """Some thousand texts are drawn, and every cell of the sheet holds one of them with something of its own."""
    drawn = data.draw(st.lists(st.one_of(readable, dangerous, attacks), min_size=40, max_size=80))
    cells = [drawn[number % len(drawn)] + (str(number) if number >= len(drawn) else "") for number in range(CELLS)]
    content = written(batched(cells, ROW), form, [f"c{place}" for place in range(ROW)])
    back = [str(value) for row in read(content)[1:] for value in row]
    assert back == cells
    assert not any(FORMULA.search(part) for part in parts(content).values())


@pytest.mark.parametrize("form", FORMS)
def test_numbers_are_numbers_and_dates_are_dates(form):
    made = datetime(2026, 3, 31, 12, 30, tzinfo=timezone.get_default_timezone())
    row = [7, Decimal("1250.50"), date(2026, 3, 31), made, True, None, "7", 0]
    (back,) = read(written([row], form, list("abcdefgh")))[1:]
    assert back == [7.0, 1250.5, date(2026, 3, 31), made.replace(tzinfo=None), True, "", "7", 0.0]


@pytest.mark.parametrize("form", FORMS)
def test_first_sheet_says_what_it_is(form):
    content = written([], form, service="Registry")
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == ["About", "Things"]
    told = read(content, "About")
    assert (told[0][0], told[2]) == ("Title", ["Source", "=1+1"])


@pytest.mark.parametrize(
    ("form", "part", "mark"),
    [("xlsx", "xl/worksheets/sheet2.xml", b'state="frozen"'), ("ods", "settings.xml", b"VerticalSplitMode")],
)
def test_header_is_frozen(form, part, mark):
    assert mark in parts(written([], form))[part]


@pytest.mark.parametrize("form", FORMS)
def test_text_longer_than_a_cell_is_cut_with_a_mark_only_where_it_must_be(form):
    (back,) = read(written([["x" * 40_000]], form))[1:]
    assert back == [("x" * 32_766 + "…") if form == "xlsx" else "x" * 40_000]


@pytest.mark.parametrize("form", FORMS)
def test_day_before_1900_and_letter_without_a_place_in_xml_do_no_harm(form):
    (back,) = read(written([[date(1854, 1, 2), "a\x0bb"]], form, ["day", "text"]))[1:]
    assert back == ["1854-01-02" if form == "xlsx" else date(1854, 1, 2), "a b"]


def test_more_rows_than_a_sheet_holds_are_refused():
    rows = bounded([] for _ in range(MOST_ROWS + 1))
    with pytest.raises(Refused, match="100,000"):
        for _ in rows:
            pass


@pytest.mark.parametrize(
    ("value", "kind", "cell"),
    [
        (None, "text", None),
        ("", "text", None),
        ("0", "text", "0"),
        ("12.50", "money", Decimal("12.50")),
        ("n/a", "money", "n/a"),
        ("NaN", "number", "NaN"),
        (float("inf"), "number", "inf"),
        (1234567890123456789, "number", "1234567890123456789"),
        (False, "flag", False),
        (["a", "b"], "list", "a;b"),
        ("2026-03-31", "date", date(2026, 3, 31)),
        ("2026", "date", "2026"),
    ],
)
def test_value_becomes_a_cell_of_its_kind(value, kind, cell):
    assert typed(value, kind) == cell
    assert type(typed(value, kind)) is type(cell)
