from datetime import date

import pytest

from catalogue.readers import api_catalogue
from catalogue.readers.api_catalogue import read
from catalogue.readers.description import Contact
from tests.shared import CATALOGUES, needs

HEADER = ",".join(api_catalogue.COLUMNS)
ROW = '2020-01-08,,https://a.example/,Bins,"One\\n\\nTwo",https://d.example/,MIT,bins@a.example,,2019-04-01,,ash'
MEMBER = """{"apis": [
  {"api-version": "api.gov.uk/v1alpha", "data": {"name": "Bins", "description": "Bin days", "url": "https://a.example/",
   "contact": "Ash Council", "organisation": "Ash", "documentation-url": "https://d.example/"}},
  {"api-version": "v2", "data": {}},
  {"api-version": "api.gov.uk/v1alpha", "data": {"name": "X", "description": "Y"}}
]}"""


def test_row_is_described():
    reading = read(f"{HEADER}\n{ROW}\n", "id,name,alternateName,url\nash,Ash Council,,https://ash.example/\n")
    [bins] = reading.descriptions
    assert reading.problems == []
    assert (bins.kind, bins.name, bins.url, bins.licence) == ("service", "Bins", "https://a.example/", "MIT")
    assert bins.description == "One\n\nTwo"
    assert (bins.documentation, bins.released_on) == ("https://d.example/", date(2019, 4, 1))
    assert bins.contacts == [Contact(email="bins@a.example")]
    assert (bins.owner, bins.owner_identifier) == ("Ash Council", "https://ash.example/")
    assert bins.document["dateAdded"] == "2020-01-08"


def test_provider_without_a_table_stays_a_code():
    assert read(f"{HEADER}\n{ROW}\n").descriptions[0].owner == "ash"


@pytest.mark.parametrize(
    ("row", "key", "words"),
    [
        (ROW.replace("Bins", ""), "name", "missing"),
        (ROW.replace("https://a.example/", "a.example"), "url", "no web address"),
        (ROW.replace("2019-04-01", "01/04/2019"), "startDate", "no date"),
        (ROW + ",more", "", "13 cells"),
    ],
)
def test_problem_is_in_the_line_where_its_row_begins(row, key, words):
    two_lines = '2020-01-08,,https://b.example/,B,"a\nb",,,,,,,\n'
    [problem] = read(f"{HEADER}\n{two_lines}{row}\n").errors
    assert (problem.key, problem.line) == (key, 4)
    assert words in problem.message


def test_row_without_an_address_is_only_warned_of():
    reading = read(f"{HEADER}\n{ROW.replace('https://a.example/', '')}\n")
    assert [problem.key for problem in reading.warnings] == ["url"]
    assert reading.is_valid


def test_table_of_something_else_gives_nothing():
    reading = read("supplier,amount\nX,1\n")
    assert reading.descriptions == []
    assert "no column url and no column name" in reading.errors[0].message


def test_more_rows_than_a_catalogue_has_are_refused(monkeypatch):
    monkeypatch.setattr(api_catalogue, "MAX_ROWS", 2)
    reading = read(f"{HEADER}\n{ROW}\n{ROW}\n{ROW}\n")
    assert len(reading.descriptions) == 2
    assert "more than 2 rows" in reading.errors[0].message


def test_members_answer_is_read_item_by_item():
    reading = read(MEMBER)
    bins, unnamed = reading.descriptions
    assert (bins.format_version, bins.name, bins.owner) == ("api.gov.uk/v1alpha", "Bins", "Ash")
    assert bins.contacts == [Contact(name="Ash Council")]
    assert unnamed.url == ""
    assert [(problem.key, problem.line) for problem in reading.errors] == [
        ("apis[1].api-version", 4),
        ("apis[2].data.url", 5),
    ]


@needs(CATALOGUES)
def test_the_published_catalogue_is_read():
    reading = read(
        (CATALOGUES / "catalogue.csv").read_text(encoding="utf-8"),
        (CATALOGUES / "organisation.csv").read_text(encoding="utf-8"),
    )
    assert len(reading.descriptions) == 231
    assert {problem.key for problem in reading.errors} == {"startDate"}
    assert {problem.key for problem in reading.warnings} == {"url"}
    assert "Office for National Statistics" in {one.owner for one in reading.descriptions}
