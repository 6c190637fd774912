"""The transition view as a workbook of several sheets."""

import io
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from registry.models import Commons, Withheld
from registry.models.withheld import NOT_NAMED
from tests import factories
from tests.registry.reorganisations.plans import SOON, merge, operators, planned

pytestmark = pytest.mark.django_db
PAGE = "/areas/marrow-council/transition/"
SHEETS = ["About", "Matrix", "Costs", "Contracts", "Shared candidates", "Checklist", "Transition"]


@pytest.fixture
def area():
    Commons.objects.update_or_create(pk=1, defaults={"currency": "GBP"})
    east, west = (factories.organisation(slug=name, name=name.title()) for name in ("east", "west"))
    bins, till = (factories.function(slug=name, name=name.title()) for name in ("bins", "till"))
    shared = factories.component(slug="shared-till", name="Shared Till", functions=[till])
    for body, system, cost, ends in ((east, "Binfold", 1000, date(2027, 3, 31)), (west, "=Emptier", 250, None)):
        factories.duplicate(organisation=body, function=bins, system=system, annual_cost=cost, contract_end=ends)
    factories.adoption(organisation=factories.organisation(), component=shared, function=till)
    secret = factories.duplicate(organisation=east, function=till, system=NOT_NAMED, annual_cost=None)
    Withheld.objects.create(declaration=secret, field="system", shown_to="own", text="Secret")
    Withheld.objects.create(declaration=secret, field="annual_cost", shown_to="own", amount=7_777)
    planned(merge([east, west], day=SOON), operators())


@pytest.fixture(params=["xlsx", "ods"])
def sheets(request, client, area):
    content = b"".join(client.get(f"{PAGE}?format={request.param}").streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_workbook_has_a_sheet_for_each_part(sheets):
    assert list(sheets) == SHEETS


def test_matrix_says_what_the_page_says(sheets):
    header, bins, till = sheets["Matrix"]
    assert header[:4] == ["function", "function_name", "East", "West"]
    assert bins[:2] == ["bins", "Bins"]
    assert bins[2].startswith("Binfold (£1,000 a year; contract ends 31 March 2027")
    assert bins[3].startswith("=Emptier (")
    assert till[-2:] == ["shared-till", "Shared Till"]


def test_costs_add_up_what_is_known_and_count_what_is_not(sheets):
    header, bins, till = sheets["Costs"]
    assert header[2:] == ["East", "West", "known", "not_known", "currency"]
    assert bins[2:] == [1000.0, 250.0, 1250.0, 0.0, "GBP"]
    assert till[2:] == ["", "", "", 1.0, "GBP"]


def test_contracts_stand_by_their_end_and_unknown_ones_last_with_the_reason(sheets):
    _header, first, *rest = sheets["Contracts"]
    assert (first[0], first[7]) == (date(2027, 3, 31), "Binfold")
    assert {row[1] for row in rest} == {"not_answered"}
    assert sorted(row[10] for row in rest) == ["", "suppressed"]


def test_candidates_and_checklist_name_what_is_to_do(sheets):
    assert [row[2:5] for row in sheets["Shared candidates"][1:]] == [["shared-till", "Shared Till", 1.0]]
    assert [row[1] for row in sheets["Checklist"][1:] if str(row[0]).startswith("Different systems")] == ["bins"]


def test_nothing_that_is_kept_back_is_in_any_sheet(sheets):
    text = repr(sheets)
    assert "Secret" not in text
    assert "7777" not in text
    assert Decimal("7777") not in [cell for sheet in sheets.values() for row in sheet for cell in row]


def test_filters_narrow_the_sheets(client, area):
    content = b"".join(client.get(f"{PAGE}?q=bins&format=xlsx").streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert [row[0] for row in book.get_sheet_by_name("Matrix").to_python()[1:]] == ["bins"]
