"""What is wanted: slots that nothing fills, who wants them, and what own builds cost."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.utils import timezone

from registry.actions.assemblies import AssemblyChoice, save_assembly, withdraw_assembly
from registry.permissions import COMMAND_LINE
from tests import factories

pytestmark = pytest.mark.django_db


def rows(client, query: str = "") -> dict[str, dict]:
    return {row["slug"]: row for row in client.get(f"/api/v1/wanted?{query}").json()["items"]}


def save(licence, body, **slots):
    choice = AssemblyChoice(slots={f"licence-{slot}": component for slot, component in slots.items()})
    return save_assembly(organisation=body, blueprint=licence.blueprint, name="A", choice=choice, by=COMMAND_LINE)


def test_slot_that_no_component_fits_is_wanted_and_one_that_can_be_filled_is_not(client, licence):
    found = rows(client)

    assert set(found) == {"licence-book", "licence-hint"}
    assert found["licence-book"]["reason"] == "none_exists"
    assert found["licence-book"]["wanted_by"] == 0
    assert found["licence-book"]["functions"] == [{"slug": "registers", "name": "Registers"}]


def test_draft_of_a_component_fills_nothing(client, licence):
    factories.component(functions=[licence.functions["registers"]], lifecycle="draft")
    assert "licence-book" in rows(client)
    factories.component(functions=[licence.functions["registers"]])
    assert "licence-book" not in rows(client)


def test_slot_that_saved_assemblies_leave_empty_is_wanted_by_so_many_bodies(client, licence):
    save(licence, licence.ash, form="formery")
    save(licence, licence.ash, form="oldform")
    withdrawn = save(licence, licence.birch, form="formery")
    save(licence, licence.birch, form="formery", card="till")
    withdraw_assembly(assembly=withdrawn, by=COMMAND_LINE)

    found = rows(client)

    assert {slug: row["wanted_by"] for slug, row in found.items()} == {
        "licence-card": 1, "licence-book": 2, "licence-hint": 2,
    }  # fmt: skip
    assert found["licence-card"]["reason"] == "left_empty"


def test_own_builds_are_counted_and_costs_keep_their_blanks(client, licence):
    registers, today = licence.functions["registers"], timezone.localdate()
    build = {"function": registers, "confirmed": today}
    factories.duplicate(organisation=licence.ash, annual_cost=Decimal("100.50"), **build)
    factories.duplicate(organisation=licence.ash, annual_cost=Decimal(200), **build)
    factories.duplicate(organisation=licence.birch, **build)
    factories.duplicate(organisation=licence.birch, function=registers, annual_cost=9, confirmed=None)

    book, hint = (rows(client)[f"licence-{slot}"] for slot in ("book", "hint"))

    assert [book[name] for name in ("own_systems", "own_bodies", "costs_stated", "costs_not_stated")] == [3, 2, 2, 1]
    assert (book["cost_stated"], book["cost_stated_status"]) == (None, "suppressed"), "two bodies' own costs"
    assert (hint["own_systems"], hint["cost_stated"], hint["cost_stated_status"]) == (0, None, "not_answered")


def test_own_builds_cost_together_what_enough_bodies_state(client, licence):
    for cost in (Decimal("100.50"), 200, 300, 400, 500):
        factories.duplicate(function=licence.functions["registers"], annual_cost=cost, confirmed=timezone.localdate())

    book = rows(client)["licence-book"]

    assert (book["cost_stated"], book["cost_stated_status"]) == ("1500.50", None)
    assert "5 of them state their cost: £1,501 a year together." in client.get("/wanted/").content.decode()


def test_page_says_it_in_words(client, licence, django_assert_max_num_queries):
    factories.duplicate(
        organisation=licence.ash,
        function=licence.functions["registers"],
        annual_cost=5000,
        confirmed=timezone.localdate(),
    )
    save(licence, licence.birch, form="formery", card="till")

    with django_assert_max_num_queries(8):
        page = client.get("/wanted/").content.decode()

    assert "2 components are wanted" in page
    assert (
        "1 separate system for its functions, run by 1 public body. 1 of them states its cost; "
        "sums of fewer than 5 bodies are not shown." in page
    )
    assert "Wanted in assemblies of 1 public body" in page


def test_list_is_a_file_and_can_be_narrowed(client, licence):
    response = client.get("/wanted.csv?function=registers")
    (row,) = csv.DictReader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))

    assert (row["slug"], row["blueprint"], row["cost_stated"]) == ("licence-book", "licence", "")
    assert set(rows(client, "reason=left_empty")) == set()
    assert set(rows(client, "blueprint=licence&q=Book")) == {"licence-book"}


def test_page_without_anything_wanted(client, db):
    assert "Nothing is wanted" in client.get("/wanted/").content.decode()
