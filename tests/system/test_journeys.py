"""What people come for, with script and without: the same steps lead to the same things."""

import csv
import io
import json
import re

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def somebody(request, reader, demo):
    return reader(demo, javascript=request.param)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def number_in(text: str) -> int:
    return int(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


def test_team_finds_a_component_by_words_with_a_typing_error(somebody):
    somebody.opens("/").types("What do you need?", "bin colection").presses("Search")
    assert somebody.results()[0] == "Round Schedule"

    somebody.follows("Round Schedule").sees("Round Schedule")


def test_team_narrows_sorts_and_takes_the_list_away(somebody):
    somebody.opens("/components/")
    everything = number_in(somebody.heading())

    somebody.ticks(re.compile(r"^Dataset")).presses("Apply filters")
    datasets = number_in(somebody.heading())
    assert 0 < datasets < everything

    somebody.follows(re.compile(r"Sort by.*A to Z|Sort by.*[Nn]ame"))
    assert somebody.results() == sorted(somebody.results(), key=str.casefold)

    rows = rows_of(somebody.downloads("CSV"))
    assert len(rows) == datasets
    assert {row["kind"] for row in rows} == {"dataset"}
    assert [row["name"] for row in rows][: len(somebody.results())] == somebody.results()


def test_team_turns_the_pages_of_a_list(somebody):
    first = somebody.opens("/components/").results()
    second = somebody.follows("Next").results()
    assert first
    assert second
    assert not set(first) & set(second)
    assert somebody.follows("Previous").results() == first


def test_team_sees_who_uses_a_component(somebody):
    somebody.opens("/components/sm-sorrelpost/#evidence").follows(re.compile("See each of them"))
    rows = rows_of(somebody.downloads("CSV"))
    assert number_in(somebody.heading()) <= len(rows)


def test_citizen_finds_the_council_and_what_it_spends(somebody):
    somebody.opens("/").types("Its name", "quillsf").presses("Find it").follows("Quillsford Council")
    somebody.sees(re.compile("Quillsford"))
    somebody.follows(re.compile("spend", re.I)).sees(re.compile("What Quillsford Council spends"))


def test_centre_sees_what_is_run_many_times(somebody):
    somebody.opens("/functions/").follows("Take payments").sees("Take payments")
    somebody.opens("/reports/adoption/").sees(re.compile("How far are components shared"))


def test_wrong_address_says_what_to_do(somebody):
    somebody.opens("/components/missed-rond/", status=404)
    somebody.opens("/components/?kind=submarine", status=400)


def test_citizen_follows_a_score_down_to_its_lines(somebody):
    somebody.opens("/organisations/quillsford-council/")
    somebody.follows("See how the score adds up, line by line").sees("Quillsford Council")
    rows = rows_of(somebody.downloads("CSV"))
    assert rows
    somebody.follows("How the index is worked out").sees(re.compile("index"))


def test_centre_finds_a_body_in_the_edition(somebody):
    somebody.opens("/public-value/").follows("Unitary council").types("Find a body of this kind by its name", "wrenq")
    somebody.presses("Find").follows("Wrenquarry Council").sees("Wrenquarry Council")


def test_team_puts_a_service_together_prices_it_and_takes_it_away(somebody):
    somebody.opens("/").follows("Blueprints").follows("Apply for a licence").presses("Put it together")
    somebody.types("Which public body is it for?", "Quillsford Council")
    somebody.chooses("Sorrelgate", within="Sign in").chooses("Formquern", within="The form")
    somebody.chooses("Sorreltill", within="Take the fee").presses("Put it together")

    found = somebody.main.inner_text()
    assert "3 of 11 slots filled." in found
    assert re.search(r"For [\d,]+ cases a year, as Quillsford Council states", found)
    assert re.search(r"£[\d,]+ to £[\d,]+ a year", found)
    assert "Formquern needs Place Finder" in found
    assert "No shared component exists for “The public register”" in found

    somebody.follows("Add Place Finder")
    assert "Formquern needs Place Finder" not in somebody.main.inner_text()

    said = json.loads(somebody.downloads("JSON"))
    assert [one["slug"] for one in said["also"]] == ["sm-place-finder"]
    assert said["organisation"]["slug"] == "quillsford-council"
    bill = json.loads(somebody.downloads("a bill of materials (CycloneDX)"))
    assert {part["bom-ref"] for part in bill["components"]} >= {"sm-sorrelgate", "sm-formquern", "sm-place-finder"}


def test_team_sees_what_breaks_if_a_component_retires(somebody):
    somebody.opens("/components/sm-place-finder/")
    somebody.looks_at("/components/sm-place-finder/dependencies/?depth=2").sees("What it needs, and what needs it")
    assert "cannot run without Place Finder" in somebody.main.inner_text()
    assert "Address Register" in somebody.main.inner_text()
