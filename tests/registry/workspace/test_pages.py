"""A body's portfolio, its file, the quarter's confirmation, and taking the last act back."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from registry.actions.challenges import raise_challenge
from registry.actions.challenges.subjects import Subject
from registry.actions.declarations import declare
from registry.models import About, Declaration, DeclarationKind, Draft, Event, Payment, Role, Withheld
from registry.permissions import ANYBODY, COMMAND_LINE
from registry.said import Said
from tests import factories

pytestmark = pytest.mark.django_db
HOME = "/workspace/birch/"
OLD = date(2026, 1, 31)


@pytest.fixture
def portfolio(body, function, shared):
    """One of each: used, own, answered, expired; and a function that only others have answered for."""
    costed = {"organisation": body, "confirmed": OLD, "transactions": 100.0}
    soon = timezone.localdate() + timedelta(days=90)
    factories.adoption(component=shared, function=function, **costed)
    factories.duplicate(
        system="Emberfold", supplier="Quill Ltd", function=factories.function(name="Parking"), annual_cost=12000,
        price_fy="2026-27", contract_end=soon, **costed,
    )  # fmt: skip
    factories._declaration({"kind": "not_sure", "function": factories.function(name="Bins"), **costed})
    factories.duplicate(organisation=body, function=factories.function(name="Old"), confirmed=date(2020, 1, 1))
    factories.duplicate(organisation=factories.organisation(), function=factories.function(name="Libraries"))


def test_portfolio_shows_every_function_and_what_is_to_do(come, portfolio):
    page = come().get(HOME).content.decode()

    for name in ("Bookings", "Sorrelpost", "Parking", "Emberfold", "Quill Ltd", "£12,000", "Bins", "Not sure", "Old"):
        assert name in page
    assert "4 of 5 functions answered" in page
    assert "Libraries" in page
    assert "1 body of your kind has" in page
    assert "4 statements to confirm" in page
    assert "1 contract ends in the next 180 days" in page


def test_portfolio_of_a_body_that_said_nothing(come, body):
    body.type = ""
    body.save()
    page = come().get(HOME).content.decode()

    assert "Nothing waits for you." in page
    assert "0 of 0 functions answered" in page
    assert "All functions" in page


@pytest.mark.parametrize(
    ("query", "found", "others"),
    [
        ("q=quill", "Emberfold", ["Sorrelpost", "Bins"]),
        ("q=PARK+ember", "Emberfold", ["Sorrelpost"]),
        ("status=used", "Sorrelpost", ["Emberfold"]),
        ("status=ending", "Emberfold", ["Sorrelpost"]),
        ("status=unanswered", "Libraries", ["Emberfold"]),
        ("status=expired", ">Old<", ["Emberfold"]),
        ("status=answers", "Bins", ["Emberfold"]),
        ("status=nonsense", "Emberfold", []),
        ("q=nowhere", "No function fits", ["Emberfold"]),
    ],
)
def test_portfolio_is_narrowed(come, portfolio, query, found, others):
    page = come().get(f"{HOME}?{query}").content.decode()

    assert found in page
    assert not [other for other in others if other in page]


def test_portfolio_costs_few_queries_however_long(come, portfolio, body, django_assert_max_num_queries):
    for number in range(60):
        factories.duplicate(organisation=body)
        thing = {"system": f"System {number}", "function": factories.function()}
        Payment.objects.create(
            organisation=body, reference=f"P{number}", amount=1, paid_on=timezone.localdate(), **thing
        )
    client = come()

    with django_assert_max_num_queries(13):
        page = client.get(f"{HOME}?page=2").content.decode()
    assert "page 2 of 2" in page
    assert "60 things that we think you use" in page


def test_file_has_everything_with_what_is_kept_back(come, portfolio):
    said = Declaration.objects.get(system="Emberfold")
    Declaration.objects.filter(pk=said.pk).update(supplier="")
    Withheld.objects.create(declaration=said, field="supplier", shown_to="own", text="=Quill")

    response = come().get(f"{HOME}portfolio.csv")
    rows = list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))

    assert len(rows) == 5
    own = next(row for row in rows if row["system"] == "Emberfold")
    assert (own["supplier"], own["kept_back"], own["annual_cost"]) == ("'=Quill", "supplier", "12000")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_spreadsheet_has_what_the_file_has_and_is_not_stored(come, portfolio, form):
    said = Declaration.objects.get(system="Emberfold")
    Withheld.objects.create(declaration=said, field="supplier", shown_to="own", text="=Quill")
    Declaration.objects.filter(pk=said.pk).update(supplier="")

    response = come().get(f"{HOME}portfolio.{form}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    header, *rows = book.get_sheet_by_name("Portfolio").to_python(skip_empty_area=False)

    own = next(row for row in (dict(zip(header, row, strict=True)) for row in rows) if row["system"] == "Emberfold")
    assert (own["supplier"], own["kept_back"], own["annual_cost"]) == ("=Quill", "supplier", 12000.0)
    assert len(rows) == 5
    assert "no-store" in response["Cache-Control"]
    assert "Not for publication" in repr(book.get_sheet_by_name("About").to_python())


def test_confirming_a_quarter(come, portfolio):
    client = come(Role.EDITOR)
    page = client.get(f"{HOME}confirm/").content.decode()
    assert "3 statements to confirm" in page
    assert "First say what it costs" in page

    due = Declaration.objects.current().filter(organisation__slug="birch", confirmed=OLD)
    response = client.post(f"{HOME}confirm/", {"declaration": list(due.values_list("pk", flat=True))}, follow=True)

    assert "3 statements are confirmed" in response.content.decode()
    assert Declaration.objects.current().filter(confirmed=timezone.localdate()).count() == 3
    assert "3 statements to confirm" not in client.get(f"{HOME}confirm/").content.decode()


def test_confirming_nothing_or_what_has_changed_says_so(come, portfolio):
    client = come()

    nothing = client.post(f"{HOME}confirm/")
    foreign = client.post(f"{HOME}confirm/", {"declaration": [factories.duplicate().pk, "x", "9" * 30]})

    assert nothing.status_code == foreign.status_code == 409
    assert "Choose at least one" in nothing.content.decode()
    assert "changed meanwhile" in foreign.content.decode()


def test_readers_confirm_nothing(come, portfolio):
    assert come(Role.READER).get(f"{HOME}confirm/").status_code == 403


def test_last_act_is_taken_back(come, body, function):
    said = Said(kind=DeclarationKind.NOT_SURE)
    event = declare(organisation=body, function=function, statements=[said], by=COMMAND_LINE).event
    client = come()
    assert "Take it back" in client.get(HOME).content.decode()

    response = client.post(f"{HOME}acts/{event.pk}/undo/", follow=True)

    assert "taken back" in response.content.decode()
    assert not Declaration.objects.current().exists()
    assert "Take it back" not in response.content.decode()
    again = client.post(f"{HOME}acts/{event.pk}/undo/", follow=True)
    assert "nothing to take back" in again.content.decode()


def test_only_owners_take_back_and_only_their_own(come, body, function):
    said = Said(kind=DeclarationKind.NOT_SURE)
    event = declare(organisation=body, function=function, statements=[said], by=COMMAND_LINE).event
    other = declare(organisation=factories.organisation(), function=function, statements=[said], by=COMMAND_LINE).event

    assert come(Role.EDITOR).post(f"{HOME}acts/{event.pk}/undo/").status_code == 403
    assert "Take it back" not in come(Role.EDITOR).get(HOME).content.decode()
    assert come().post(f"{HOME}acts/{other.pk}/undo/").status_code == 404
    assert Event.objects.filter(act="undo").count() == 0


def test_row_is_edited_in_place_by_an_owner(come, portfolio):
    said = Declaration.objects.get(system="Emberfold")
    client = come()
    page = client.get(f"{HOME}?edit={said.pk}").content.decode()
    assert 'name="annual_cost"' in page
    assert 'value="12000"' in page

    change = {"annual_cost": "13000", "price_fy": "2026-27", "contract_end-day": "1", "contract_end-month": "4",
              "contract_end-year": "2029"}  # fmt: skip
    response = client.post(f"{HOME}declarations/{said.pk}/edit/", change)

    now = Declaration.objects.current().get(system="Emberfold")
    assert (now.annual_cost, now.contract_end, now.contract_slips, now.transactions) == (
        13000,
        date(2029, 4, 1),
        1,
        100,
    )
    assert response.url == f"{HOME}#row-{now.pk}"


def test_row_edited_by_an_editor_becomes_a_draft(come, portfolio):
    said = Declaration.objects.get(component__slug="sorrelpost")

    response = come(Role.EDITOR).post(f"{HOME}declarations/{said.pk}/edit/", {"stage": "partial"})

    assert response.url == f"{HOME}functions/bookings/"
    assert Declaration.objects.current().filter(pk=said.pk).exists()
    assert Draft.objects.get().statements[0]["stage"] == "partial"


def test_mistakes_in_a_row_stay_in_the_row(come, portfolio):
    said = Declaration.objects.get(system="Emberfold")

    response = come().post(f"{HOME}declarations/{said.pk}/edit/", {"annual_cost": "-1", "price_fy": "x"})

    page = response.content.decode()
    assert response.status_code == 400
    assert "Error:" in page
    assert 'value="-1"' in page
    assert Declaration.objects.current().filter(pk=said.pk).exists()


def test_row_of_others_or_of_the_past_is_not_edited(come, portfolio):
    client = come()
    foreign = factories.duplicate()

    response = client.post(f"{HOME}declarations/{foreign.pk}/edit/", {"annual_cost": ""}, follow=True)

    assert "changed this meanwhile" in response.content.decode()
    assert 'name="annual_cost"' not in client.get(f"{HOME}?edit={foreign.pk}").content.decode()
    assert come(Role.READER).post(f"{HOME}declarations/{foreign.pk}/edit/").status_code == 403


def test_challenges_wait_to_be_answered(come, portfolio, body, shared):
    factories.stewardship(component=shared, organisation=body)
    subjects = [
        Subject(about=About.ORGANISATION, organisation=body),
        Subject(about=About.COMPONENT, component=shared),
        Subject(about=About.ORGANISATION, organisation=factories.organisation()),
    ]
    for subject in subjects:
        raise_challenge(subject=subject, claim="This is not so.", by=ANYBODY)

    page = come().get(HOME).content.decode()

    assert "1 challenge to answer" in page
    assert "/challenges/?state=open&amp;organisation=birch" in page
    assert "1 challenge of a component that you look after" in page
    assert "/challenges/?state=open&amp;component=sorrelpost" in page


def test_what_a_predecessor_said_is_marked_and_asked_about_at_once(come, body, function, shared):
    before = factories.adoption(function=function, component=shared, confirmed=timezone.localdate())
    factories.adoption(
        organisation=body, function=function, component=shared, annual_cost=100, price_fy="2026-27",
        confirmed=timezone.localdate(), inherited_from=before,
    )  # fmt: skip
    client = come()

    page = client.get("/workspace/birch/?status=inherited").content.decode()
    assert "1 statement is from a predecessor: confirm, change or end it" in page
    assert page.count("From a predecessor, please confirm") == 1
    asked = client.get("/workspace/birch/confirm/").content.decode()
    assert "1 statement to confirm" in asked
    assert "From a predecessor, please confirm" in asked
