"""Who guesses is slowed down; who does not is let in."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from registry.models import Person, SignInCode
from registry.signing_in import codes
from tests.registry.signing_in.conftest import ADDRESS

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def now():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def from_address(ip: str) -> Client:
    return Client(REMOTE_ADDR=ip)


def asked_for(client: Client, email: str = ADDRESS) -> int:
    return client.post("/sign-in/", {"email": email}).status_code


def tried(client: Client, code: str = "XXX-999") -> int:
    return client.post("/sign-in/code/", {"code": code}).status_code


def test_a_thousand_wrong_codes_are_slowed_down(person, now, monkeypatch):
    """In 10 minutes, from one address for one account. What was compared with the code is counted."""
    compared = []
    redeem = codes.redeem
    monkeypatch.setattr(codes, "redeem", lambda *of: compared.append(1) or redeem(*of))
    guesser, answers = from_address("192.0.2.1"), []
    asked_for(guesser)
    for number in range(1000):
        if number and number % 100 == 0:
            now.shift(MINUTE)
            asked_for(guesser)
        answers.append(tried(guesser))
    assert "302" not in map(str, answers)
    assert len(compared) == 10 * 10, "ten a minute"
    assert answers.count(429) == 900
    assert sum(SignInCode.objects.values_list("tries", flat=True)) <= 5 * SignInCode.objects.count()
    assert SignInCode.objects.count() == 5, "five codes in ten minutes"


def test_ten_tries_a_minute_for_one_account_from_everywhere(person, now):
    answers = []
    for number in range(12):
        client = from_address(f"192.0.2.{number}")
        session = client.session
        session["signing_in"] = {
            "code": str(codes.ask(purpose="sign_in", email=ADDRESS).pk),
            "email": ADDRESS,
            "next": "",
        }
        session.save()
        client.cookies["sessionid"] = session.session_key
        answers.append(tried(client))
    assert answers == [400] * 10 + [429] * 2
    now.shift(MINUTE)
    assert tried(client) == 400


def test_ten_tries_a_minute_from_one_address_for_everybody(now):
    answers = []
    for number in range(12):
        client = from_address("192.0.2.1")
        asked_for(client, f"person-{number}@quillsford.gov.uk")
        answers.append(tried(client))
    assert answers == [400] * 10 + [429] * 2
    elsewhere = from_address("192.0.2.2")
    asked_for(elsewhere)
    assert tried(elsewhere) == 400, "others are not shut out"


def test_right_codes_are_not_counted(now, mailed):
    """A whole council behind one address signs in of a morning."""
    for number in range(30):
        client = from_address("192.0.2.1")
        now.shift(timedelta(milliseconds=1))
        assert asked_for(client, f"person-{number}@quillsford.gov.uk") == 302
        assert tried(client, mailed()) == 302
    assert Person.objects.count() == 30


def test_five_codes_in_ten_minutes_go_to_one_address(now):
    answers = [asked_for(from_address(f"192.0.2.{number}"), "Ada@quillsford.gov.uk") for number in range(6)]
    assert answers == [302] * 5 + [429]
    now.shift(10 * MINUTE)
    assert asked_for(from_address("192.0.2.9")) == 302


def test_what_is_refused_is_said(person, now):
    client = from_address("192.0.2.1")
    for _ in range(6):
        answer = client.post("/sign-in/", {"email": ADDRESS})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "Error: Sign in" in page
    assert "too many tries" in page


def test_counts_hold_over_several_processes(person, now):
    """They are in the database alone: what this process would remember is thrown away before each try."""
    client, answers = from_address("192.0.2.1"), []
    asked_for(client)
    for _ in range(11):
        caches.close_all()
        del caches["default"]
        answers.append(tried(client))
    assert answers == [400] * 10 + [429]


def test_forwarded_addresses_are_believed_only_from_as_many_proxies_as_there_are(now, settings):
    client = from_address("192.0.2.1")
    for number in range(10):
        asked_for(client, f"person-{number}@quillsford.gov.uk")
        client.post("/sign-in/code/", {"code": "XXX-999"}, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert tried(client) == 429, "without a proxy the header is anybody's"

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind = client.post("/sign-in/code/", {"code": "XXX-999"}, headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.9"})
    assert behind.status_code == 400
