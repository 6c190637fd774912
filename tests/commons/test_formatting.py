from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from commons import formatting
from commons.markdown import markdown


def rendered(source: str, **context) -> str:
    return Template("{% load formatting %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("0"), "£0"),
        (Decimal("0.35"), "£0.35"),
        (Decimal("7.00"), "£7"),
        (Decimal("99.999"), "£100.00"),
        (Decimal("1234.56"), "£1,235"),
        (Decimal("999999.4"), "£999,999"),
        (Decimal("999999.5"), "£1 million"),
        (Decimal("12345678"), "£12.3 million"),
        (Decimal("2000000000"), "£2 billion"),
        (Decimal("-1234"), "−£1,234"),
        (1234, "£1,234"),
        (0.1, "£0.10"),
        (None, "not stated"),
    ],
)
def test_money_is_as_precise_as_a_reader_needs(amount, words):
    assert formatting.money(amount) == words


def test_money_takes_the_packs_currency():
    assert formatting.money(Decimal(5), "EUR") == "€5"
    assert formatting.money(Decimal(5), "CHF") == "CHF 5"


def test_money_uses_the_setting_where_no_currency_is_given(settings):
    settings.CURRENCY = "EUR"
    assert rendered("{{ sum|money }}", sum=Decimal("1234")) == "€1,234"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_money_never_shows_a_sum_as_another_sign_or_scale(amount):
    words = formatting.money(amount)
    assert words.startswith("−") == (amount < 0)
    assert "1,000,000" not in words


def test_money_exact_keeps_the_pence():
    assert formatting.money_exact(Decimal("-1234.5")) == "−£1,234.50"
    assert formatting.money_exact(None) == "not stated"


def test_number_groups_thousands_and_drops_trailing_noughts():
    assert formatting.number(12400) == "12,400"
    assert formatting.number(Decimal("3.50"), 1) == "3.5"
    assert formatting.number(3.0, 1) == "3"
    assert formatting.number(0) == "0"
    assert formatting.number(-5) == "−5"
    assert formatting.number(None) == "not stated"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.001, "less than 1%"),
        (0.374, "37%"),
        (0.998, "more than 99%"),
        (1, "100%"),
        (-0.05, "−5%"),
        (None, "not stated"),
    ],
)
def test_percent_keeps_nothing_and_everything_apart_from_nearly(share, words):
    assert formatting.percent(share) == words


@pytest.mark.parametrize(
    ("value", "kept"),
    [(12_345, 12_000), (-1_260_000, -1_300_000), (99_600, 100_000), (0.0347, 0.035), (0, 0), (None, None)],
)
def test_significant_keeps_two_figures(value, kept):
    assert formatting.significant(value) == kept


def test_percent_takes_places():
    assert formatting.percent(Decimal("0.3746"), 1) == "37.5%"
    assert formatting.percent(0.0001, 1) == "less than 0.1%"


def test_plain_date_is_in_words_and_in_local_time():
    assert formatting.plain_date(date(2026, 11, 21)) == "21 November 2026"
    assert formatting.plain_date(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"
    assert formatting.plain_date(None) == "not stated"


def test_financial_year_is_read_from_its_code_or_a_day():
    assert formatting.financial_year("2025-26") == "2025 to 2026"
    assert formatting.financial_year(date(2026, 3, 31)) == "2025 to 2026"
    assert formatting.financial_year(date(2026, 4, 1)) == "2026 to 2027"
    assert formatting.financial_year("") == "not stated"


def test_stated_takes_zero_and_no_as_statements():
    assert formatting.stated(0) == 0
    assert formatting.stated(False) == "no"
    assert formatting.stated(True) == "yes"
    assert formatting.stated("") == "not stated"
    assert formatting.stated(None) == "not stated"


def test_the_four_blanks_have_four_different_words():
    words = {formatting.blank(status) for status in ("not_responsible", "not_answered", "unknown", "zero")}
    assert words == {"not responsible", "not answered", "unknown", "zero"}


def test_or_blank_says_why_nothing_is_stated():
    assert rendered("{{ share|percent|or_blank:status }}", share=None, status="not_answered") == "not answered"
    assert rendered("{{ share|percent|or_blank:status }}", share=0, status="not_answered") == "0%"


@pytest.mark.parametrize(
    ("confirmed", "word"),
    [
        (date(2026, 1, 1), "Confirmed"),
        (date(2025, 1, 1), "Confirmed"),
        (date(2024, 12, 31), "Ageing"),
        (date(2023, 1, 2), "Ageing"),
        (date(2023, 1, 1), "Expired"),
        (None, "Not confirmed"),
    ],
)
def test_freshness_runs_on_the_clock_of_the_index(confirmed, word):
    assert rendered("{{ day|freshness:on }}", day=confirmed, on=date(2026, 1, 1)) == word


def test_freshness_tag_is_never_red():
    tags = [rendered("{{ day|freshness_tag:on }}", day=date(year, 1, 1), on=date(2026, 1, 1)) for year in (2020, 2024)]
    assert "Expired" in tags[0]
    assert "red" not in "".join(tags).replace("Expired", "")


def test_evidence_names_its_four_steps_in_order():
    words = [rendered("{{ grade|evidence }}", grade=f"E{step}") for step in range(4)]
    assert words == ["Declared", "Evidence published", "Attested", "Measured"]
    assert (
        rendered("{{ grade|evidence_tag }}", grade="")
        == '<strong class="govuk-tag govuk-tag--grey">Not stated</strong>'
    )


def test_evidence_says_what_the_model_says():
    from registry.models.declaration import Evidence

    assert [str(label) for label in Evidence.labels] == [
        rendered("{{ grade|evidence }}", grade=grade) for grade in Evidence.values
    ]


def test_lifecycle_tag_names_every_stage_and_its_absence():
    assert (
        rendered("{{ stage|lifecycle_tag }}", stage="live")
        == '<strong class="govuk-tag govuk-tag--green">Live</strong>'
    )
    assert "Not stated" in rendered("{{ stage|lifecycle_tag }}", stage="")


def test_tag_escapes_its_text():
    assert "&lt;b&gt;" in rendered('{% tag text "blue" %}', text="<b>")


def test_markdown_demotes_headings_under_the_pages_own():
    assert markdown("# One\n\n###### Six") == (
        '<h3 class="govuk-heading-m">One</h3>\n<h6 class="govuk-heading-s">Six</h6>\n'
    )


def test_markdown_keeps_links_to_https_and_mailto_only():
    page = markdown("[a](https://example.org) [b](mailto:x@example.org) [c](http://example.org) [d](/admin/)")
    assert 'href="https://example.org"' in page
    assert 'href="mailto:x@example.org"' in page
    assert page.count("<a ") == 2
    assert " c d" in page


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "![x](https://example.org/pixel.png)",
        '<https://example.org/" onclick="alert(1)>',
        '<a href="https://example.org" style="position:fixed">x</a>',
    ],
)
def test_markdown_lets_no_script_style_or_picture_through(attack):
    for name, attributes in tags(markdown(attack)):
        assert name in {"p", "a"}
        assert set(attributes) <= {"class", "href", "rel"}
        assert attributes.get("href", "https:").startswith("https:")


def tags(markup: str) -> list[tuple[str, dict]]:
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda name, attributes: found.append((name, dict(attributes)))
    parser.feed(markup)
    return found


def test_markdown_of_nothing_is_nothing():
    assert markdown("") == ""
    assert markdown(None) == ""


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.006", "£0.006"),
        ("0.10", "£0.10"),
        ("0.1", "£0.10"),
        ("0.110", "£0.11"),
        ("12", "£12"),
        ("1234.5", "£1,234.50"),
        (0, "£0"),
        (None, "not stated"),
    ],
)
def test_unit_price_keeps_every_decimal(amount, words):
    assert formatting.unit_price(amount, "GBP") == words
