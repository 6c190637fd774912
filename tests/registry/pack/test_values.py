from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pack import values
from registry.pack.values import Bad

NOT_PLAIN = ["1e5", "NaN", "inf", "1,000", "£5", "5%", "1.", ".5", "+1", "--1", "١", "0x1", "1 000"]


@pytest.mark.parametrize("value", NOT_PLAIN)
@pytest.mark.parametrize("parse", [values.decimal(), values.real(), values.whole(9)])
def test_number_refuses_what_is_not_a_plain_decimal(parse, value):
    with pytest.raises(Bad) as bad:
        parse(value)
    assert bad.value.problem == "This is not a plain number."
    assert bad.value.remedy == values.NUMBER_REMEDY


@pytest.mark.parametrize(
    ("value", "plain"), [("1.50", "1.5"), ("007", "7"), ("-0", "0"), ("-0.0", "0"), ("100", "100"), (" 2 ", "2")]
)
def test_decimal_is_its_shortest_plain_form(value, plain):
    assert values.decimal()(value) == plain


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_decimal_keeps_its_value_and_stays_as_it_is_written(number: Decimal):
    written = values.decimal()(format(number, "f"))
    assert Decimal(written) == number
    assert values.decimal()(written) == written


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_real_keeps_every_double(number: float):
    written = values.real(None)(values.plain(Decimal(repr(number))))
    assert float(written) == number
    assert values.real(None)(written) == written


def test_real_refuses_what_no_double_holds():
    with pytest.raises(Bad, match="too large"):
        values.real()("9" * 350)


@pytest.mark.parametrize("value", ["-0.01", "1.01"])
def test_real_refuses_what_is_outside_its_range(value):
    with pytest.raises(Bad) as bad:
        values.real(0, 1)(value)
    assert bad.value.problem == "The number is not from 0 to 1."
    assert bad.value.remedy == "Give a number from 0 to 1, or leave it blank."


@pytest.mark.parametrize("value", ["1.5", "-1", "10"])
def test_whole_refuses_parts_and_what_is_outside_its_range(value):
    with pytest.raises(Bad):
        values.whole(9)(value)


@given(st.dates())
def test_day_takes_every_date(day: date):
    assert values.day(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize("value", ["2026-02-30", "20260201", "1/2/2026", "2026-2-1", "2026-W01-1", "0000-01-01"])
def test_day_refuses_what_is_no_date(value):
    with pytest.raises(Bad, match="YYYY-MM-DD"):
        values.day(value)


@pytest.mark.parametrize("value", ["2025", "2025-27", "2025/26", "25-26", "2025-2026"])
def test_financial_year_refuses_what_is_none(value):
    with pytest.raises(Bad, match="2025-26"):
        values.financial_year(value)


@pytest.mark.parametrize("value", ["2025-26", "1999-00"])
def test_financial_year_takes_a_year_and_the_next(value):
    assert values.financial_year(value) == value


@pytest.mark.parametrize("first", "=+-@")
def test_text_refuses_what_a_spreadsheet_would_run(first):
    with pytest.raises(Bad, match="formula"):
        values.text()(f"{first}1+1")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_text_stays_as_it_is_written(value: str):
    if not value.strip(values.SPACE) or value.strip(values.SPACE)[0] in values.FORMULA:
        return
    written = values.text()(value)
    assert values.text()(written) == written
    assert "\r" not in written


def test_text_refuses_what_is_too_long():
    with pytest.raises(Bad) as bad:
        values.text(3)("four")
    assert (bad.value.problem, bad.value.remedy) == ("The text has 4 characters.", "Shorten it to 3.")


@pytest.mark.parametrize("value", ["Ash", "ash council", "-ash", "äsh", "ash;birch", "a" * 121])
def test_slug_refuses_what_is_no_key(value):
    with pytest.raises(Bad):
        values.slug(value)


def test_choice_names_the_nearest():
    with pytest.raises(Bad) as bad:
        values.choice(("live", "retired"))("liv")
    assert bad.value.remedy == 'Did you mean "live"? Use one of: live, retired.'


@pytest.mark.parametrize("value", ["javascript:alert(1)", "www.a.example", "https://", "https://a b"])
def test_web_address_refuses_what_is_none(value):
    with pytest.raises(Bad):
        values.web_address(value)


@pytest.mark.parametrize("value", ["yes", "true", "2", "TRUE"])
def test_flag_refuses_what_is_neither(value):
    with pytest.raises(Bad, match="1 for yes"):
        values.flag(value)


def test_each_takes_items_once_and_sorts_where_asked():
    assert values.each(values.slug, sort=True)(" b ; a;;b") == "a;b"
    assert values.each(values.text())("b;a") == "b;a"


@pytest.mark.parametrize("value", ["gss", ":1", "gss:", "=gss:1"])
def test_code_refuses_what_is_no_code_in_a_scheme(value):
    with pytest.raises(Bad):
        values.code(60, 200)(value)


def test_code_ends_its_scheme_at_the_first_colon():
    assert values.code(60, 200)("gb-lae : a:b") == "gb-lae:a:b"


@pytest.mark.parametrize("value", ["gbp", "GBPX", "£"])
def test_currency_refuses_what_is_none(value):
    with pytest.raises(Bad, match="ISO 4217"):
        values.currency(value)
