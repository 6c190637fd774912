"""The letter that something waits for a moderator: one a day, only of what is new, and how many of which kind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from registry.actions.choosing import choose_letters
from registry.actions.post import forget_letters, send_letters
from registry.actions.waiting import TOLD, tell_moderators
from registry.actions.withdrawals import ask_to_withdraw, keep_component
from registry.listings.moderation import arrived
from registry.models import Event, Letter, LetterKind, Role, UnwantedLetter, Waiting
from registry.permissions import COMMAND_LINE
from registry.tasks import tell_of_waiting
from tests import factories
from tests.registry.moderation.conftest import moderator
from tests.registry.moderation.test_queue import escalated, one_of_everything, pair

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(timezone.now(), tick=True) as traveller:
        yield traveller


@pytest.fixture
def next_day(day):
    """The letters there are once a day is over."""

    def next_day(number: int = 1) -> list[Letter]:
        day.move_to(timezone.now() + timedelta(days=number))
        tell_of_waiting()
        return list(Letter.objects.filter(kind=LetterKind.WAITING).order_by("pk"))

    return next_day


def withdrawal():
    return ask_to_withdraw(component=factories.adoption().component, reason="Old", by=COMMAND_LINE)


def test_letter_says_how_many_of_which_kind_are_new(mo, next_day):
    escalated()
    withdrawal()
    withdrawal()
    tell_of_waiting()
    assert not Letter.objects.filter(kind=LetterKind.WAITING).exists(), "the day is not over"
    events = Event.objects.count()

    (letter,) = next_day()

    assert (letter.to, letter.subject) == (mo.person.email, "3 new things to review")
    assert "\n\n- Challenge: 1\n- Withdrawal of a component: 2\n\n" in letter.text
    for part in ("/moderation/\n", "/account/letters/"):
        assert part in letter.text
    assert Event.objects.count() == events


def test_what_was_told_is_not_told_again(mo, next_day):
    withdrawal()
    assert len(next_day()) == 1
    tell_of_waiting()
    assert len(next_day()) == 1
    pair()
    _first, second = next_day()
    assert second.subject == "1 new thing to review"
    assert "- Components that may be one: 1\n" in second.text
    assert "Withdrawal" not in second.text


def test_what_is_decided_meanwhile_is_no_news(mo, next_day):
    keep_component(withdrawal=withdrawal(), reason="No", by=mo)
    assert next_day() == []


def test_days_on_which_no_worker_came_are_told_later(mo, next_day):
    withdrawal()
    (letter,) = next_day(5)
    assert letter.subject == "1 new thing to review"


def test_also_when_letters_are_forgotten(mo, next_day):
    withdrawal()
    next_day()
    send_letters()
    assert len(next_day(31)) == 1
    assert forget_letters() >= 1
    assert next_day() == []
    escalated()
    (letter,) = next_day()
    assert letter.subject == "1 new thing to review"


def test_every_kind_that_moderators_decide_is_told_of_once(mo, next_day):
    one_of_everything()
    letter = next(one for one in next_day() if one.to == mo.person.email)
    for kind in Waiting:
        assert (f"- {kind.label}: 1\n" in letter.text) is (kind in TOLD)
    assert {Waiting.BODY, Waiting.OWNER, Waiting.EXEMPTION} == set(Waiting) - set(TOLD)


def test_who_does_not_want_it_is_left_alone(mo, nell, next_day, come):
    client = come(mo.person)
    assert "something new waits for a moderator" in client.get("/account/letters/").text
    client.post("/account/letters/", {"adopted": "on", "attested": "on"})
    assert UnwantedLetter.objects.get().kind == LetterKind.WAITING
    withdrawal()
    assert [one.to for one in next_day()] == [nell.person.email]


def test_nobody_else_is_asked_or_told(next_day, come):
    withdrawal()
    member = factories.membership(role=Role.OWNER)
    client = come(member.person)
    assert "waits for a moderator" not in client.get("/account/letters/").text
    client.post("/account/letters/", {"adopted": "on", "attested": "on"})
    assert not UnwantedLetter.objects.exists()
    assert next_day() == []


def test_choice_of_a_kind_that_is_not_offered_stays(mo, come):
    choose_letters(person=mo.person, wanted=[], by=mo)
    mo.person.memberships.all().delete()
    come(mo.person).post("/account/letters/", {"adopted": "on", "attested": "on"})
    assert UnwantedLetter.objects.get().kind == LetterKind.WAITING


def test_letter_asks_little_of_the_database(mo, day, django_assert_max_num_queries):
    for _ in range(3):
        withdrawal()
    day.move_to(timezone.now() + timedelta(days=1))
    with django_assert_max_num_queries(5):
        tell_of_waiting()


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_and_mail_once(day):
    person = moderator("Mo").person
    withdrawal()
    day.move_to(timezone.now() + timedelta(days=1))

    def alone(work) -> object:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(alone, [lambda: tell_moderators(arrived)] * 2))
        list(pool.map(alone, [send_letters, send_letters]))
    assert [letter.to for letter in mail.outbox] == [[person.email]]
