"""Files of lists: safe cells, the same rows, flat memory."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commons.formats import guarded, unguarded
from commons.formats.cells import cell
from commons.formats.streams import as_csv
from commons.listing import Column

dangerous = st.text(alphabet="=+-@\t\r'ab1\n", max_size=8)


@given(st.one_of(st.text(), dangerous))
def test_text_survives_the_guard_and_never_begins_like_a_formula(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@given(st.lists(st.one_of(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), dangerous)))
def test_file_gives_every_text_back_and_no_formula(texts):
    columns = [Column("name", "Name"), Column("more", "More")]
    body = b"".join(as_csv(columns, ({"name": text, "more": None} for text in texts))).decode()
    read = list(csv.reader(io.StringIO(body, newline="")))
    assert read[0] == ["name", "more"]
    assert [unguarded(row[0]) for row in read[1:]] == texts
    assert not any(row[0].startswith(("=", "+", "-", "@", "\t", "\r")) for row in read[1:])


@pytest.mark.parametrize(
    ("value", "number", "shown"),
    [
        (None, False, ""),
        (True, False, "1"),
        (False, False, "0"),
        (0, True, "0"),
        (-5, True, "-5"),
        ("-5", True, "'-5"),
        (["a", "b"], False, "a;b"),
        (["=a"], False, "'=a"),
        (1.5, True, "1.5"),
    ],
)
def test_cell_says_what_it_holds(value, number, shown):
    assert cell(value, number=number) == shown
