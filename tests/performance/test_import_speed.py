"""A portfolio of 50,000 rows: published at 5,000 rows a second, with memory that does not grow with the file.

Not run by default: `pytest tests/performance/test_import_speed.py`. ROWS in the environment makes it smaller.
"""

import os
import resource
import sys
import time
from io import BytesIO

import pytest
from django.utils import timezone

from catalogue.models import Function
from registry.actions.imports import apply_import, receive_import, work_due
from registry.models import Act, Declaration, Event, Import, ImportState, Role
from registry.permissions import of_person
from registry.portfolio_file.writing import written
from tests import factories

ROWS = int(os.environ.get("ROWS", 50_000))
FUNCTIONS = 1_250
ROWS_A_SECOND = 5_000  # applied, of wall time, on two cores that have nothing else to do
CHECKED_A_SECOND = 1_000
GROWTH_MB = 64  # of this process, from a tenth of the rows to all of them
HEADING = (
    "Function",
    "System",
    "Supplier",
    "Cost a year",
    "Price year",
    "Contract ends",
    "Volume",
    "Why",
    "Evidence link",
)

pytestmark = pytest.mark.django_db(transaction=True)  # savepoints of a test would be measured, not the product


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rows(number: int):
    for row in range(number):
        yield (
            f"work-{row % FUNCTIONS}",
            f"System {row}",
            f"Supplier {row % 700} Ltd",
            f"£{row % 90_000:,}.50",
            "2026/27",
            "31/03/2027",
            "12,000",
            "our contract runs on",
            f"https://www.birch.example/contracts/{row % 900}",
        )


@pytest.fixture
def owner(db):
    Function.objects.bulk_create(
        Function(slug=f"work-{number}", name=f"Work {number}", kind="service") for number in range(FUNCTIONS)
    )
    body = factories.organisation(slug="birch", name="Birch Council")
    membership = factories.membership(organisation=body, role=Role.OWNER)
    return of_person(membership.person, [membership], second_factor=True), body


def imported(owner, form: str, content: bytes) -> tuple[Import, float, float]:
    """The import, with the seconds that checking and applying took."""
    by, body = owner
    received = receive_import(organisation=body, file=BytesIO(content), name=f"p.{form}", by=by).imported
    began = time.perf_counter()
    work_due()
    checked = time.perf_counter()
    apply_import(imported=received, by=by)
    work_due()
    received.refresh_from_db()
    assert received.state == ImportState.APPLIED, received.job.sentence
    return received, checked - began, time.perf_counter() - checked


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_fifty_thousand_rows_are_published_fast_with_flat_memory(owner, form, capsys):
    few, many = (written(form, HEADING, rows(number)) for number in (ROWS // 10, ROWS))
    imported(owner, form, few)
    small = peak_mb()
    done, checking, applying = imported(owner, form, many)
    growth = peak_mb() - small
    with capsys.disabled():
        sys.stdout.write(
            f"\n{ROWS:,} rows of {form}: read and checked in {checking:.1f} s, published in {applying:.1f} s "
            f"({done.good / applying:,.0f} rows a second), memory +{growth:.0f} MB\n"
        )
    assert done.new + done.unchanged == ROWS
    assert Declaration.objects.current().count() == ROWS
    assert Event.objects.filter(act=Act.IMPORT_PORTFOLIO).count() == 2
    assert done.good / applying >= ROWS_A_SECOND
    assert ROWS / checking >= CHECKED_A_SECOND
    assert growth <= GROWTH_MB
    assert Declaration.objects.filter(confirmed=timezone.localdate()).count() == ROWS
