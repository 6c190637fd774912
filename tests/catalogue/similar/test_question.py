import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.similar.question import LONGEST, header, read

OPENAPI = """openapi: 3.1.0
info: {title: Bookings, version: "1", summary: Book a slot}
paths:
  /v1/slots: {get: {summary: Free slots}}
  /v1/slots/{id}: {put: {}}
"""


def test_sentence_is_its_own_name_and_long_text_has_none():
    assert read("  Bin \n days ").name == "Bin days"
    assert read("word " * 100).name == ""
    assert not read("one two three four five six seven eight nine").is_short


def test_description_brings_its_name_words_and_operations():
    asked = read(OPENAPI)
    assert asked.name == "Bookings"
    assert asked.operations == (("GET", "/v1/slots"), ("PUT", "/v1/slots/{id}"))
    assert {"bookings", "book", "free"} <= asked.words.keys()


def test_interface_in_one_line_is_known_whatever_comes_first():
    asked = read('{"info": {"title": "Bins", "version": "1"}, "openapi": "3.0.3", "paths": {"/bins": {"get": {}}}}')
    assert (asked.name, asked.operations) == ("Bins", (("GET", "/bins"),))


def test_description_that_cannot_be_read_is_taken_for_words_and_says_why():
    asked = read("openapi: 3.1.0\ninfo:\n\ttitle: Bookings\n")
    assert asked.unread == "openapi, line 3: The line is indented with a tab, which YAML does not allow: use spaces."
    assert "bookings" in asked.words


def test_file_name_decides_the_format():
    text = "name: Bin days\npubliccodeYmlVersion: '0.4'\nurl: https://code.example.org/a\n"
    assert read(text, "publiccode.yml").repository == "https://code.example.org/a"


def test_first_line_of_a_table_gives_columns():
    assert header("UPRN;Collection date;bin_type\n1;2;3") == ("UPRN", "Collection date", "bin_type")
    assert header("uprn,collection_date,bin_type") == ("uprn", "collection_date", "bin_type")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_head_of_a_table_ends_where_its_line_does(end):
    assert header(f"uprn,date,type{end}1,2020-01-01,dry{end}") == ("uprn", "date", "type")


def test_names_of_columns_may_be_quoted_long_or_blank_where_rows_follow():
    head = (
        '"Supplier (Beneficiary) Name","Directorate / Service Where Expenditure Incurred",,"Net Amount £ (excl. VAT)"'
    )
    names = (
        "Supplier (Beneficiary) Name",
        "Directorate / Service Where Expenditure Incurred",
        "Net Amount £ (excl. VAT)",
    )
    assert header(f"{head}\na,b,,1\nc,d,,2\n") == names
    assert header(head) == ()


def test_rows_of_numbers_have_no_head():
    assert header("1,2,3\n4,5,6\n7,8,9") == ()


@given(st.text(alphabet=st.sampled_from('a \r\n\x0b\x1c\x85\u2028",;\t|\\0')))
def test_any_text_can_be_asked_for_its_head(text):
    assert all(header(text)) or header(text) == ()


def test_prose_gives_no_columns():
    assert header("We want to collect bins, mend bins and, where there is time, paint them") == ()
    assert header("") == header(",,,") == header('"') == ()


def test_prose_is_read_up_to_a_length():
    assert len(read("bins " * LONGEST).text) == LONGEST


def test_nul_and_odd_marks_are_read_over():
    assert read("a\x00b").text == "ab"
    assert read("\ud800 café").words["cafe"] == 1


def test_what_no_database_takes_is_left_out_of_descriptions_too():
    info = '{"title": "A\\ud800\\u0000", "version": "1"}'
    odd = f'{{"openapi": "3.0.0", "info": {info}, "paths": {{"/a\\ud800": {{"get": {{}}}}}}}}'
    asked = read(odd, "openapi.json")
    for text in (asked.text, asked.name, *(path for _, path in asked.operations)):
        assert "\x00" not in text
        text.encode()
