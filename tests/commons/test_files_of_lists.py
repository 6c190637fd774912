"""Every list as a spreadsheet, by the same filters as its page."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from commons.formats import faces
from commons.formats.books import WRITERS
from commons.formats.negotiation import TYPES
from registry.models import Commons
from tests import factories

pytestmark = pytest.mark.django_db
FORMS = tuple(WRITERS)


def book(response):
    return CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))


def rows(response, sheet):
    return book(response).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


@pytest.fixture
def bodies():
    factories.organisation(slug="ash", name="=Ash")
    factories.organisation(slug="birch", name="Birch")


@pytest.mark.parametrize("form", FORMS)
def test_sheet_has_the_rows_and_columns_of_the_csv(client, bodies, form):
    as_csv = client.get("/organisations.csv")
    told = list(csv.reader(io.StringIO(b"".join(as_csv.streaming_content).decode(), newline="")))
    response = client.get(f"/organisations.{form}")
    header, *found = rows(response, "Organisations")
    assert header == told[0]
    place = header.index("name")
    assert [row[place] for row in found] == [row[place].removeprefix("'") for row in told[1:]] == ["=Ash", "Birch"]
    assert response["Content-Type"] == TYPES[form]
    assert response["Content-Disposition"] == f'attachment; filename="organisations.{form}"'
    assert response["Cache-Control"] == as_csv["Cache-Control"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("way", ["parameter", "accept", "ending", "api", "api ending"])
def test_every_way_to_ask_has_the_filters_of_the_page(client, bodies, form, way):
    accept = {"accept": TYPES[form]}
    response = {
        "parameter": lambda: client.get(f"/organisations/?q=birch&format={form}"),
        "accept": lambda: client.get("/organisations/?q=birch", headers=accept),
        "ending": lambda: client.get(f"/organisations.{form}?q=birch"),
        "api": lambda: client.get("/api/v1/organisations?q=birch", headers=accept),
        "api ending": lambda: client.get(f"/api/v1/organisations.{form}?q=birch"),
    }[way]()
    header, *found = rows(response, "Organisations")
    assert [row[header.index("slug")] for row in found] == ["birch"]


@pytest.mark.parametrize("form", FORMS)
def test_first_sheet_tells_source_licence_filters_and_columns(client, bodies, form):
    Commons.objects.update_or_create(pk=1, defaults={"title": "The Isles", "licence": "OGL-UK-3.0"})
    told = {row[0]: row[1] for row in rows(client.get(f"/organisations.{form}?q=ash"), "About")}
    assert told["Source"].startswith("Digital commons registry, The Isles. http://testserver/organisations.")
    assert told["Licence"] == "OGL-UK-3.0"
    assert "ash" in told["Filters"]
    assert "slug" in told


@pytest.mark.parametrize("form", FORMS)
def test_list_without_rows_has_its_header(client, form):
    assert len(rows(client.get(f"/organisations.{form}"), "Organisations")) == 1


def test_licence_that_nobody_has_stated_is_told(client):
    told = {row[0]: row[1] for row in rows(client.get("/organisations.ods"), "About")}
    assert told["Licence"].startswith("Not stated yet")
    assert told["Filters"] == "None: these are all rows."


@pytest.mark.parametrize("address", ["/organisations.xlsx", "/organisations/?format=ods", "/api/v1/organisations.xlsx"])
def test_more_rows_than_a_sheet_holds_are_refused_before_any_is_written(client, bodies, monkeypatch, address):
    monkeypatch.setattr(faces, "MOST_ROWS", 1)
    response = client.get(address)
    assert response.status_code == 400
    assert "A spreadsheet is made of at most 1 rows, and these are 2" in response.content.decode()


def test_asking_only_for_the_head_writes_no_sheet(client, bodies, monkeypatch):
    monkeypatch.setitem(WRITERS, "xlsx", lambda *asked: pytest.fail("It is written."))
    response = client.head("/organisations.xlsx")
    assert (response.status_code, response["Content-Type"]) == (200, TYPES["xlsx"])


def test_format_that_is_none_is_refused_with_those_that_are(client):
    response = client.get("/organisations/?format=xls")
    assert response.status_code == 400
    assert "only html, json, csv, xlsx and ods. Did you mean “xlsx”?" in response.content.decode()


def test_page_names_its_files_in_the_head_and_below(client, bodies):
    page = client.get("/organisations/").content.decode()
    for form in ("json", "csv", *FORMS):
        assert page.count(f"format={form}") == 2
    assert "Download these 2 bodies:" in page
