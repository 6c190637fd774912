"""Letters that acts owe: written with the act, sent once, later where the mail server refuses, forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from registry.actions import post
from registry.actions.post import claim, forget_letters, send_letters, write_letter, write_letters
from registry.models import Letter
from registry.models.letter import MOST_TRIES
from tests.constraints import refused_by

pytestmark = pytest.mark.django_db
NOON = "2026-11-28T12:00:00+00:00"


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def owe(to="ash@a.example", about="thing 1", **said) -> None:
    write_letter(**{"to": to, "about": about, "subject": "Good news", "text": "It works.\n"} | said)


@pytest.fixture
def refusing(monkeypatch):
    """The addresses that the mail server takes nothing for; `...` for all. Who was tried is in `tried`."""
    send, server = EmailMessage.send, type("Server", (), {"refused": set(), "tried": []})()

    def picky(letter, *args, **kwargs):
        server.tried.append(letter.to[0])
        if server.refused & {..., letter.to[0]}:
            raise SMTPException
        return send(letter, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", picky)
    return server


def test_letter_goes_once(noon):
    owe()
    assert (send_letters(), send_letters()) == (1, 0)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["ash@a.example"], "Good news", "It works.\n")
    assert Letter.objects.get().sent_at == timezone.now()


def test_nobody_is_written_to_twice_about_one_thing(noon):
    owe()
    owe(to="ASH@a.example", subject="Again")
    write_letters(
        to=["ash@a.example", "Bo@b.example", "bo@B.example", "", None], about="thing 1", subject="S", text="T"
    )
    owe(about="thing 2")
    assert sorted(Letter.objects.values_list("to", "about")) == [
        ("Bo@b.example", "thing 1 to bo@b.example"),
        ("ash@a.example", "thing 1 to ash@a.example"),
        ("ash@a.example", "thing 2 to ash@a.example"),
    ]


def test_long_things_stay_apart(noon):
    long = "x" * 400
    for about, to in ((f"{long}1", "a@a.example"), (f"{long}2", "a@a.example"), (f"{long}1", "b@a.example")):
        owe(about=about, to=to)
        owe(about=about, to=to)
    assert Letter.objects.count() == 3


def test_letter_of_an_act_that_failed_is_never_owed(noon):
    with transaction.atomic():
        owe()
        transaction.set_rollback(True)
    assert send_letters() == 0


def test_refused_letter_goes_later_and_each_time_it_waits_longer(noon, refusing):
    owe()
    refusing.refused = {...}
    assert send_letters() == 0
    noon.shift(timedelta(minutes=4, seconds=59))
    assert send_letters() == 0
    assert len(refusing.tried) == 1
    noon.shift(timedelta(seconds=1))
    assert send_letters() == 0
    assert Letter.objects.get().next_at == timezone.now() + timedelta(minutes=10)
    refusing.refused = set()
    noon.shift(timedelta(minutes=10))
    assert send_letters() == 1
    assert Letter.objects.get().tries == 3


def test_a_mail_server_may_be_away_for_three_days(noon, refusing):
    owe()
    refusing.refused = {...}
    for _hour in range(72):
        send_letters()
        noon.shift(timedelta(hours=1))
    refusing.refused = set()
    noon.shift(timedelta(days=1))
    assert send_letters() == 1


def test_letter_that_is_always_refused_is_given_up_and_said(noon, refusing, caplog):
    owe()
    refusing.refused = {...}
    for _turn in range(MOST_TRIES + 3):
        send_letters()
        noon.shift(timedelta(days=1))
    assert len(refusing.tried) == MOST_TRIES
    assert Letter.objects.get().sent_at is None
    assert f"given up after {MOST_TRIES} tries" in caplog.text
    assert "ash@a.example" not in caplog.text


def test_refused_letter_keeps_no_other_waiting(noon, refusing):
    for address in ("bad@a.example", "good@a.example"):
        owe(to=address)
    refusing.refused = {"bad@a.example"}
    assert send_letters() == 1
    assert refusing.tried == ["bad@a.example", "good@a.example"]


def test_server_that_takes_nothing_is_left_alone_until_the_next_run(noon, refusing):
    write_letters(to=[f"{n}@a.example" for n in range(20)], about="thing", subject="S", text="T")
    refusing.refused = {...}
    assert send_letters() == 0
    assert len(refusing.tried) == post.MOST_REFUSALS
    refusing.refused = set()
    assert send_letters() == 20 - post.MOST_REFUSALS


@pytest.mark.parametrize("address", ["a\nBcc: x@y.example", "no address", "é@ü", "@", "a@b@c"])
def test_address_that_no_letter_can_carry_stops_no_other(noon, address):
    owe(to=address)
    owe()
    assert send_letters() >= 1
    assert ["ash@a.example"] in [letter.to for letter in mail.outbox]
    assert not any("x@y.example" in letter.recipients() for letter in mail.outbox)


def test_subject_is_one_line(noon):
    owe(subject="News\r\nBcc: x@y.example " + "s" * 300)
    send_letters()
    assert mail.outbox[0].subject.startswith("News Bcc: x@y.example s")
    assert mail.outbox[0].recipients() == ["ash@a.example"]


def test_letter_claimed_by_a_worker_that_died_does_not_go_again(noon):
    owe()
    assert claim() is not None
    noon.shift(timedelta(days=1))
    assert send_letters() == 0


def test_one_run_sends_so_many(noon, monkeypatch):
    monkeypatch.setattr(post, "MOST_AT_ONCE", 2)
    write_letters(to=[f"{n}@a.example" for n in range(3)], about="thing", subject="S", text="T")
    assert (send_letters(), send_letters()) == (2, 1)


def test_letters_are_forgotten_after_a_month_and_those_that_wait_are_not(noon, refusing):
    owe(about="went")
    send_letters()
    owe(about="waits")
    refusing.refused = {...}
    send_letters()
    noon.shift(timedelta(days=29))
    assert forget_letters() == 0
    noon.shift(timedelta(days=2))
    assert forget_letters() == 1
    assert Letter.objects.get().about == "waits to ash@a.example"


def test_database_keeps_the_rules(noon):
    owe()
    with refused_by("letter_tries_are_bounded"), transaction.atomic():
        Letter.objects.update(tries=MOST_TRIES + 1)
    with refused_by("letter_claimed_before_sent"), transaction.atomic():
        Letter.objects.update(sent_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_letter_once():
    write_letters(to=[f"{n}@a.example" for n in range(40)], about="thing", subject="S", text="T")

    def work(_worker) -> int:
        try:
            return send_letters()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 40
    assert len({letter.to[0] for letter in mail.outbox}) == len(mail.outbox) == 40
