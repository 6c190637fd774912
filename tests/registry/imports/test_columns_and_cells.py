"""How forgiving headings and cells are read, and where somebody is asked."""

import pytest

from registry.portfolio_file import cells
from registry.portfolio_file.cells import Bad
from registry.portfolio_file.columns import COLUMNS
from registry.portfolio_file.headings import Heading, folded, guessed, heading_of, lacking, mapped
from registry.portfolio_file.rows import Given, merged, read
from registry.said import Hold, Said, ShownTo


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("function", "function"),
        ("  FUNCTION ", "function"),
        ("Annual_Cost", "annual_cost"),
        ("Annual cost (£)", "annual_cost"),
        ("Cost per annum", "annual_cost"),
        ("Contract End Date", "contract_end"),
        ("Contrcat ends", "contract_end"),
        ("Suplier", "supplier"),
        ("Vendor", "supplier"),
        ("Financial year", "price_fy"),
        ("Application Name", "system"),
        ("In use", "stage"),
        ("What to do", ""),
        ("Evidence", ""),
        ("", ""),
    ],
)
def test_heading_is_known(heading, column):
    others = [one for one in ("function", "system") if one != column]
    assert mapped([heading, *others], {}).columns[0] == column


@pytest.mark.parametrize("heading", ["Thingamajig", "Column7", "date"])
def test_unknown_heading_is_asked(heading):
    assert mapped(["function", "system", heading], {}).columns == ["function", "system", None]


def test_two_headings_of_one_column_are_asked_but_for_its_own_name():
    assert mapped(["function", "Vendor", "Provider"], {}).columns == ["function", None, None]
    assert mapped(["function", "supplier", "Provider"], {}).columns == ["function", "supplier", None]


def test_what_the_body_has_said_goes_first():
    said = {"thingamajig": "system", "supplier": ""}
    assert mapped(["function", "Thingamajig!", "Supplier"], said).columns == ["function", "system", ""]
    assert not mapped(["function", "Thingamajig!", "Supplier"], said).is_open


def test_what_no_row_can_do_without_is_asked():
    assert "function" in lacking(["system"])
    assert "component" in lacking(["function", "supplier"])
    assert mapped(["function", "supplier"], {}).is_open


def test_name_of_a_function_will_do():
    assert mapped(["function_name", "system"], {}).columns == ["function", "system"]
    assert mapped(["function", "function_name", "system"], {}).columns == ["function", "", "system"]


def test_every_column_is_known_by_its_name_its_label_and_its_synonyms():
    for column in COLUMNS:
        for name in (column.name, str(column.label), *column.synonyms):
            others = [one for one in ("function", "system") if one != column.name]
            assert mapped([name, *others], {}).columns[0] == column.name, name


def test_fuzzy_guess_needs_a_clear_lead():
    assert guessed(folded("annual costs")) == "annual_cost"
    assert guessed("qwertyuiop") is None


def test_heading_may_stand_below_a_title():
    rows = [(1, ["Our systems"]), (3, ["As of June", "x"]), (5, ["Function", "System"]), (6, ["bookings", "A"])]
    assert heading_of(rows) == Heading(5, ["Function", "System"], [["bookings", "A"]])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("£1,200.50", "1200.50"),
        ("1200.5", "1200.50"),
        ("1 200", "1200"),
        ("£12k", "12000"),
        ("1.5 million", "1500000.0"),
        ("GBP 7", "7"),
        ("3333.33333333333", "3333.33"),
    ],
)
def test_money_is_read(text, said):
    assert float(cells.money(text)) == float(said)


@pytest.mark.parametrize("text", ["1.200,50", "12,00", "-5", "about 5", "=1+1", "1e5", "£", "9" * 31])
def test_what_is_no_sum_is_told(text):
    with pytest.raises(Bad, match="Write the sum in digits"):
        cells.money(text)


@pytest.mark.parametrize(
    "text",
    [
        "31/03/2027",
        "2027-03-31",
        "31.3.2027",
        "31-03-27",
        "31 March 2027",
        "31st Mar 2027",
        "2027-03-31T00:00:00",
        "46477",
    ],
)
def test_day_is_read(text):
    assert cells.day(text) == "2027-03-31"


@pytest.mark.parametrize(
    "text", ["03/31/2027", "31/02/2027", "2027", "soon", "March 2027", "31 Brumaire 2027", "0/0/0"]
)
def test_what_is_no_day_is_told(text):
    with pytest.raises(Bad):
        cells.day(text)


@pytest.mark.parametrize("text", ["2026-27", "2026/27", "FY26-27", "2026–2027", "fy 2026/2027", "26/27"])
def test_financial_year_is_read(text):
    assert cells.financial_year(text) == "2026-27"


@pytest.mark.parametrize("text", ["2026", "2026-28", "2026-2028", "last"])
def test_what_is_no_financial_year_is_told(text):
    with pytest.raises(Bad):
        cells.financial_year(text)


def test_choices_are_read_in_words():
    assert cells.stage("Yes") == "live"
    assert cells.stage("No longer used") == "retired"
    assert cells.stage("PILOT") == "pilot"
    assert cells.why("Our contract runs on.") == "contract"
    assert cells.answer("Don’t know") == ("not_sure", "")
    assert cells.answer("We plan to move to a shared component") == ("adoption", "planned")
    assert (cells.coverage("40%"), cells.coverage("0.4")) == (0.4, 0.4)
    with pytest.raises(Bad, match="planned, pilot"):
        cells.stage("no")


def test_kept_back_is_read():
    assert cells.kept_back("No") == {}
    assert cells.kept_back("annual_cost") == {"annual_cost": None}
    assert cells.kept_back("Cost a year until 31/03/2027; supplier for peers") == {
        "annual_cost": {"shown_to": "own", "until": "2027-03-31"},
        "supplier": {"shown_to": "peers", "until": None},
    }
    with pytest.raises(Bad):
        cells.kept_back("everything")


def row(**said: str):
    return read(list(said.values()), list(said))


def test_row_that_says_the_function_alone_is_not_answered():
    assert row(function="bookings", system=" ", supplier="n/a") is None


def test_every_mistake_of_a_row_is_told_at_once():
    told = row(function="", system="A", annual_cost="x", since="y", why="#REF!").wrong
    assert [one.column for one in told] == ["function", "annual_cost", "since", "why"]


def test_long_text_is_searched_for_no_value():
    """Looking for a sum in it would take minutes."""
    for name in ("annual_cost", "kept_back", "since", "why"):
        told = row(function="f", system="A", **{name: "1" + " until" * 1_600 + " 1"})
        assert told.wrong[0].sentence.startswith("That is no value of this column")


def test_guard_of_a_text_is_taken_off():
    assert row(function="f", system="'-Ours").given.values == {"system": "-Ours"}


def test_both_or_neither_are_told():
    assert row(function="f", system="A", component="b").wrong[0].column == "system"
    assert row(function="f", supplier="A").wrong[0].column == "answer"
    assert not row(function="f", answer="own", system="A", supplier="B").wrong


STANDING = Said(
    kind="duplicate",
    system="A",
    supplier="Q",
    annual_cost=100,
    price_fy="2025-26",
    held={"supplier": Hold(ShownTo.OWN)},
)


def test_what_a_row_does_not_say_stays():
    assert merged(Given("duplicate", {"system": "A"}), STANDING) == STANDING


def test_what_a_row_takes_away_goes_with_what_keeps_it_back():
    said = merged(Given("duplicate", {"system": "A"}, ["supplier"]), STANDING)
    assert (said.supplier, said.held) == ("", {})


def test_new_cost_needs_its_own_year():
    assert merged(Given("duplicate", {"system": "A", "annual_cost": "100"}), STANDING).price_fy == "2025-26"
    assert merged(Given("duplicate", {"system": "A", "annual_cost": "200"}), STANDING).price_fy == ""


def test_keeping_back_is_never_lifted_by_silence():
    said = merged(Given("duplicate", {"system": "A"}, [], {}), STANDING)
    assert said.held == {}
    again = merged(Given("duplicate", {"system": "A"}, [], {"supplier": None}), STANDING)
    assert again.held == STANDING.held
