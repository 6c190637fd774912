"""The one letter of a quarter: to whom, once, what is in it, and how it is stopped. And what is expired."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from registry.actions.post import send_letters
from registry.actions.quarterly import quarter_of, write_quarterly
from registry.models import Act, Attestation, Event, Letter, Organisation, QuarterlyLetter, QuarterlyReader, Role
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30T09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def body():
    body = factories.organisation(slug="birch", name="Birch Council")
    factories.membership(organisation=body, role=Role.OWNER, person=factories.person(email="owner@birch.example"))
    return body


def old(body, days: int = 91, **fields):
    return factories.adoption(organisation=body, confirmed=TODAY - timedelta(days=days), annual_cost=1, **fields)


def test_quarters_have_names():
    days = [date(2026, month, 1) for month in (1, 3, 4, 12)]
    assert [quarter_of(day) for day in days] == ["2026Q1", "2026Q1", "2026Q2", "2026Q4"]


def test_letter_names_what_is_to_be_confirmed_and_where(body):
    for _ in range(9):
        old(body)

    assert write_quarterly() == 1

    letter = Letter.objects.get()
    assert (letter.to, letter.kind) == ("owner@birch.example", "confirm")
    assert letter.subject == "Nothing changed? Confirm all 9 (Birch Council)"
    assert "/workspace/birch/confirm/" in letter.text
    assert "nothing is confirmed by opening this link" in letter.text
    assert "Also, in" not in letter.text


def test_letter_tells_what_else_waits(body):
    old(body)
    old(body, days=366)
    old(body, days=1096)
    old(body, contract_end=None)
    factories.adoption(organisation=body, confirmed=TODAY - timedelta(days=100))
    factories.duplicate(organisation=body, confirmed=TODAY, contract_end=TODAY + timedelta(days=180))
    factories.duplicate(organisation=body, confirmed=TODAY, contract_end=TODAY + timedelta(days=181))
    kept = factories.component()
    factories.stewardship(component=kept, organisation=body)
    used = factories.adoption(component=kept, confirmed=TODAY)
    Attestation.objects.create(
        kind="use", organisation=used.organisation, function=used.function, component=kept, state="asked",
        asked_in=factories.event(), asked_on=TODAY, due_on=TODAY,
    )  # fmt: skip

    write_quarterly()

    text = Letter.objects.get().text
    assert "Confirm all 4" in text
    for line in (
        "- 1 statement needs a cost or a number of transactions first",
        "- 1 statement is older than a year and counts for less",
        "- 1 statement is too old to count until it is confirmed",
        "- 1 asked of you to attest: ",
        "- 1 contract ends in the next 180 days: ",
    ):
        assert line in text, line
    assert "challenge" not in text


def test_owners_and_editors_get_it_once_a_quarter(body):
    old(body)
    for role in (Role.EDITOR, Role.READER, Role.FINANCE_ATTESTOR):
        factories.membership(organisation=body, role=role, person=factories.person(email=f"{role}@birch.example"))
    both = factories.membership(organisation=body, role=Role.EDITOR, person=factories.person(email="two@birch.example"))
    factories.membership(organisation=body, role=Role.OWNER, person=both.person)

    assert (write_quarterly(), write_quarterly(), write_quarterly(date(2026, 12, 31))) == (3, 0, 0)
    assert set(Letter.objects.values_list("to", flat=True)) == {
        "owner@birch.example", "editor@birch.example", "two@birch.example",
    }  # fmt: skip
    assert write_quarterly(date(2027, 1, 1)) == 3


@pytest.mark.parametrize("days", [0, 90])
def test_nothing_is_sent_where_nothing_is_to_be_confirmed(body, days):
    old(body, days=days)
    old(body, stage="retired", days=900)
    assert (write_quarterly(), QuarterlyLetter.objects.count()) == (0, 0)
    assert write_quarterly(TODAY + timedelta(days=1)) == (1 if days == 90 else 0)


def test_nothing_is_sent_to_a_body_without_a_team_or_that_has_ended(body):
    old(factories.organisation())
    Organisation.objects.filter(pk=body.pk).update(end=TODAY)
    old(body)
    assert write_quarterly() == 0


def test_one_click_stops_it_for_the_person_alone(body, client):
    old(body)
    factories.membership(organisation=body, role=Role.EDITOR, person=factories.person(email="editor@birch.example"))
    write_quarterly()
    send_letters()
    letter = next(one for one in mail.outbox if one.to == ["owner@birch.example"])
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    path = address[address.index("/quarterly/") :]

    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    again = client.post(path)

    assert (answer.status_code, again.status_code, "You get no more letters" in answer.text) == (200, 200, True)
    assert Event.objects.filter(act=Act.STOP_QUARTERLY).count() == 1
    Letter.objects.all().delete()
    write_quarterly(date(2027, 1, 1))
    assert Letter.objects.get().to == "editor@birch.example"


def test_page_of_the_letter_stops_and_resumes(body, client):
    old(body)
    write_quarterly()
    reader = QuarterlyReader.objects.get()
    page = f"/quarterly/{reader.pk}/"
    assert page in Letter.objects.get().text
    assert "Stop these letters" in client.get(page).text
    client.post(f"{page}stop/")
    assert client.post(f"{page}resume/", follow=True).status_code == 200
    reader.refresh_from_db()
    assert reader.stopped_at is None
    assert client.get("/quarterly/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_confirming_needs_signing_in(client, body):
    answer = client.get("/workspace/birch/confirm/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_one_letter(body):
    old(body)

    def work(_number):
        try:
            return write_quarterly()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(work, range(4))) == 1

    assert (Letter.objects.count(), QuarterlyLetter.objects.get().readers) == (1, 1)


def test_expired_leaves_all_figures_and_stays_visible(client):
    function = factories.function(name="Bookings")
    component = factories.component(slug="sorrelpost", functions=[function])
    for number, days in enumerate((1095, 1096)):
        body = factories.organisation(slug=f"b-{number}", name=f"Body {number}")
        old(body, days=days, component=component, function=function)

    counted = Organisation.objects.towards(component, timezone.localdate())
    assert dict(counted.values_list("slug", "said")) == {"b-0": "uses", "b-1": "expired"}
    page = " ".join(client.get("/components/sorrelpost/").text.split())
    assert "1 public body uses it" in page
    assert "1 more has not confirmed it for three years, and is not counted." in page
    shown = client.get("/organisations/b-1/").text
    assert "Statements too old to count" in shown
    assert "Expired" in shown
    assert "Expired" not in client.get("/organisations/b-0/").text
