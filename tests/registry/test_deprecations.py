"""Deprecation: a successor and a day, a notice to every body that it affects, letters once, and undone the same day."""

from datetime import date, timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from catalogue.models import Component, SearchEntry
from commons.exceptions import Refused
from registry.actions.deprecations import deprecate_component, reinstate_component
from registry.actions.notices import claim, mail_due_notices
from registry.actions.search import refresh_search
from registry.models import Act, Deprecation, Event, Notice, Person
from registry.permissions import ANYBODY, COMMAND_LINE
from tests import factories
from tests.constraints import refused_by

pytestmark = pytest.mark.django_db
NOON = "2026-11-28T12:00:00+00:00"
ENDS = date(2027, 3, 31)


@pytest.fixture
def old():
    return factories.component(slug="old", name="Old Post")


@pytest.fixture
def new():
    return factories.component(slug="new", name="New Post")


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def deprecated(old, new, **said) -> Deprecation:
    return deprecate_component(**{"component": old, "successor": new, "ends_on": ENDS, "by": COMMAND_LINE} | said)


def users(old) -> list:
    """A body in use with an address, one that plans to without, one that stopped, one that has ended."""
    bodies = [
        factories.organisation(name="Ash", contact_email="ash@a.example"),
        factories.organisation(name="Birch"),
        factories.organisation(name="Cedar", contact_email="cedar@a.example"),
        factories.organisation(name="Dale", end=date(2025, 4, 1), contact_email="dale@a.example"),
    ]
    for body, stage in zip(bodies, ("live", "planned", "retired", "live"), strict=True):
        factories.adoption(component=old, organisation=body, stage=stage)
    return bodies


# The acts


def test_deprecation_names_successor_and_day_and_tells_who_is_affected(noon, old, new):
    users(old)

    made = deprecated(old, new)

    old.refresh_from_db()
    assert (old.lifecycle, old.successor, old.profile.ends_on) == ("deprecated", new, ENDS)
    assert [notice.organisation.name for notice in made.notices.order_by("organisation__name")] == ["Ash", "Birch"]
    event = Event.objects.get(act=Act.DEPRECATE_COMPONENT)
    assert event.detail == {"component": "old", "successor": "new", "ends_on": "2027-03-31", "told": 2}
    assert made.recorded_in == event


def test_search_knows_at_once(noon, old, new):
    refresh_search()
    deprecated(old, new)
    assert '"lifecycle":"deprecated"' in SearchEntry.objects.get(slug="old").document


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"by": ANYBODY}, "Only a body that looks after"),
        ({"ends_on": date(2026, 11, 28)}, "still to come"),
    ],
)
def test_deprecation_is_refused_with_a_sentence(noon, old, new, said, sentence):
    with pytest.raises(Refused, match=sentence):
        deprecated(old, new, **said)
    assert not Event.objects.filter(act=Act.DEPRECATE_COMPONENT).exists()
    assert not Notice.objects.exists()


def test_successor_must_be_another_that_stays(noon, old, new):
    ending = factories.component(lifecycle="deprecated")
    for successor, sentence in ((old, "lead back"), (ending, "deprecated itself")):
        with pytest.raises(Refused, match=sentence):
            deprecated(old, successor)
    new.successor = old
    new.save()
    with pytest.raises(Refused, match="lead back"):
        deprecated(old, new)


@pytest.mark.parametrize(("lifecycle", "sentence"), [("draft", "is a draft"), ("retired", "has ended already")])
def test_what_has_not_begun_or_has_ended_cannot_be_deprecated(noon, new, lifecycle, sentence):
    with pytest.raises(Refused, match=sentence):
        deprecated(factories.component(lifecycle=lifecycle), new)


def test_new_deprecation_supersedes_with_its_notices(noon, old, new):
    users(old)
    first = deprecated(old, new)

    second = deprecated(old, new, ends_on=date(2027, 9, 30))

    assert list(Deprecation.objects.current()) == [second]
    assert set(Notice.objects.standing().values_list("deprecation", flat=True)) == {second.pk}
    assert Notice.objects.filter(deprecation=first).count() == 2


def test_same_day_it_is_as_it_was_before(noon, old, new):
    before = factories.component(name="Before")
    old.lifecycle, old.successor = "beta", before
    old.save()
    profile = factories.profile(component=old, ends_on=date(2030, 1, 1))
    users(old)
    deprecated(old, new)

    reinstate_component(component=old, by=COMMAND_LINE)

    old.refresh_from_db()
    profile.refresh_from_db()
    assert (old.lifecycle, old.successor, profile.ends_on) == ("beta", before, date(2030, 1, 1))
    assert not Notice.objects.standing().exists()
    assert Event.objects.get(act=Act.REINSTATE_COMPONENT).detail == {"component": "old"}
    with pytest.raises(Refused, match="has not been deprecated"):
        reinstate_component(component=old, by=COMMAND_LINE)


def test_next_day_it_is_too_late(noon, old, new):
    deprecated(old, new)
    with pytest.raises(Refused, match="Only a body"):
        reinstate_component(component=old, by=ANYBODY)
    noon.shift(timedelta(days=1))
    with pytest.raises(Refused, match="on its own day only"):
        reinstate_component(component=old, by=COMMAND_LINE)


def test_database_keeps_one_deprecation_and_one_notice_each(noon, old, new):
    bodies = users(old)
    made = deprecated(old, new)
    again = {"component": old, "successor": new, "ends_on": ENDS, "recorded_in": made.recorded_in}
    with refused_by("deprecation_current_once"), transaction.atomic():
        Deprecation.objects.create(**again)
    with refused_by("deprecation_names_another"), transaction.atomic():
        Deprecation.objects.create(**again | {"component": new})
    with refused_by("notice_given_once"), transaction.atomic():
        Notice.objects.create(deprecation=made, organisation=bodies[0])


# Letters


def test_letters_go_on_the_next_day_and_once(noon, old, new):
    users(old)
    deprecated(old, new)
    assert mail_due_notices() == 0

    noon.shift(timedelta(days=1))

    assert mail_due_notices() == 1
    assert mail_due_notices() == 0
    (letter,) = mail.outbox
    assert letter.to == ["ash@a.example"]
    assert letter.subject == "Old Post ends on 31 March 2027"
    assert "/components/new/" in letter.body
    assert Notice.objects.get(organisation__name="Ash").mailed_at == timezone.now()


def test_letter_of_a_deprecation_taken_back_never_goes(noon, old, new):
    users(old)
    deprecated(old, new)
    reinstate_component(component=old, by=COMMAND_LINE)
    noon.shift(timedelta(days=1))

    assert mail_due_notices() == 0
    assert mail.outbox == []


def test_letter_claimed_by_a_worker_that_died_does_not_go_again(noon, old, new):
    users(old)
    deprecated(old, new)
    noon.shift(timedelta(days=1))

    assert claim() is not None

    assert mail_due_notices() == 0
    assert Notice.objects.get(organisation__name="Ash").mailed_at is None


def test_letter_that_the_server_refused_goes_later(noon, old, new, monkeypatch):
    users(old)
    deprecated(old, new)
    noon.shift(timedelta(days=1))

    def refuse(self, *args, **kwargs):
        raise SMTPException

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refuse)
        assert mail_due_notices() == 0
    assert mail_due_notices() == 1


def test_letter_that_the_server_refuses_keeps_no_other_waiting(noon, old, new, monkeypatch):
    users(old)
    factories.adoption(component=old, organisation=factories.organisation(name="Yew", contact_email="yew@y.example"))
    deprecated(old, new)
    noon.shift(timedelta(days=1))
    went, send = [], EmailMessage.send

    def picky(letter, *args, **kwargs):
        went.append(letter.to[0])
        if letter.to == ["ash@a.example"]:
            raise SMTPException
        return send(letter, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", picky)
    assert mail_due_notices() == 1
    assert went == ["ash@a.example", "yew@y.example"]


def test_subject_stays_one_line(noon, new):
    odd = factories.component(name="Odd\nBcc: x@y.example")
    users(odd)
    deprecated(odd, new)
    noon.shift(timedelta(days=1))

    assert mail_due_notices() == 1
    assert mail.outbox[0].subject.startswith("Odd Bcc: x@y.example ends")
    assert mail.outbox[0].recipients() == ["ash@a.example"]


# Pages


def text_of(response) -> str:
    return response.content.decode()


def operator(client) -> None:
    client.force_login(Person.objects.create_superuser("operator@example.org", "a long enough password"))


def answers(successor: str = "new", **more) -> dict:
    return {"successor": successor, "ends_on-day": "31", "ends_on-month": "3", "ends_on-year": "2027", **more}


def test_component_and_body_pages_show_the_notice(client, noon, old, new):
    ash = users(old)[0]
    deprecated(old, new)

    component, body = text_of(client.get("/components/old/")), text_of(client.get(f"/organisations/{ash.slug}/"))

    assert "It is switched off on 31 March 2027." in component
    assert "has given notice to 2 public bodies" in component
    assert "switched off on 31 March 2027" in body
    assert '<a class="govuk-link" href="/components/new/">New Post</a>' in body
    assert "ash@a.example" not in component + body


def test_pages_ask_who_is_affected_before_anything_is_written(client, noon, old, new):
    users(old)
    operator(client)

    check = client.post("/components/old/deprecate/", answers("https://registry.example/components/new/?a=b#use"))

    assert check.status_code == 200
    assert "Ash" in text_of(check)
    assert "2 public bodies" in text_of(check)
    assert "Cedar" not in text_of(check)
    assert not Deprecation.objects.exists()
    assert client.post("/components/old/deprecate/", answers(confirm="1"))["Location"] == "/components/old/"
    assert Deprecation.objects.current().get().successor == new
    assert "Take the deprecation back" in text_of(client.get("/components/old/deprecate/"))
    client.post("/components/old/reinstate/")
    assert Component.objects.get(slug="old").lifecycle == "live"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (answers("nothing"), "There is no component with this address"),
        (answers("old"), "lead back"),
        (answers() | {"ends_on-year": "2020"}, "still to come"),
        (answers() | {"ends_on-month": "13"}, "must be a real date"),
        ({}, "needs an answer"),
    ],
)
def test_page_says_what_cannot_be(client, noon, old, new, asked, sentence):
    operator(client)

    refused = client.post("/components/old/deprecate/", asked)

    assert refused.status_code == 400
    assert sentence in text_of(refused)
    assert not Deprecation.objects.exists()


def test_pages_are_for_who_may_write_the_component(client, old, new):
    assert client.get("/components/old/deprecate/")["Location"].startswith("/sign-in/")
    client.force_login(Person.objects.create_user("somebody@example.org", "a long enough password"))
    assert client.get("/components/old/deprecate/").status_code == 403
    assert client.post("/components/old/deprecate/", answers(confirm="1")).status_code == 403
    assert client.post("/components/old/reinstate/").status_code == 403
    assert "deprecate" not in text_of(client.get("/components/old/"))
    assert not Deprecation.objects.exists()
