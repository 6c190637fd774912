"""Letters by GOV.UK Notify: what is posted, how it is signed, and that what it does not take waits."""

import hashlib
import hmac
import json
import os
import subprocess
import sys
from base64 import urlsafe_b64decode

import pytest
import time_machine
from django.core.mail import EmailMessage, mailers

from commons.notify import NotTaken
from registry.actions.post import send_letters, write_letter
from registry.letters import addressed
from registry.models import Letter, LetterKind

SERVICE, SECRET = "11111111-2222-3333-4444-555555555555", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
PATH = "/v2/notifications/email"


@pytest.fixture
def notify(site, settings):
    """A Notify of the test's own on loopback, which says `site.says`."""
    site.says = 201

    def answer(handler) -> None:
        handler.send_response(site.says)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.answers[PATH] = answer
    options = {
        "key": f"the registry's key-{SERVICE}-{SECRET}",
        "templates": {"letter": "t-letter", "sign_in": "t-code"},
        "address": f"http://127.0.0.1:{site.port}",
    }
    settings.MAILERS = {"default": {"BACKEND": "commons.notify.EmailBackend", "OPTIONS": options}}
    return site


def sent(site) -> list[dict]:
    return [json.loads(body) for _path, _headers, body in site.told]


def part(text: str) -> dict:
    return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


@time_machine.travel("2026-11-28T12:00:00+00:00", tick=False)
def test_letter_is_posted_and_signed_as_notify_asks(notify):
    assert addressed("ash@a.example", "Good\nnews", "It “works”.\n").send() == 1

    [(path, headers, body)] = notify.told
    assert path == PATH
    assert json.loads(body) == {
        "email_address": "ash@a.example",
        "template_id": "t-letter",
        "personalisation": {"subject": "Good news", "text": "It “works”.\n"},
    }
    head, claims, signature = headers["Authorization"].removeprefix("Bearer ").split(".")
    assert part(head) == {"typ": "JWT", "alg": "HS256"}
    assert part(claims) == {"iss": SERVICE, "iat": 1795867200}
    expected = hmac.digest(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256)
    assert urlsafe_b64decode(f"{signature}=") == expected
    assert SECRET not in str(headers)


def test_each_kind_takes_its_template_or_the_usual_one(notify):
    for kind in (LetterKind.SIGN_IN, LetterKind.JOB):
        addressed("ash@a.example", "S", "T", kind=kind).send()
    EmailMessage(subject="S", body="T", to=["bo@b.example"]).send()
    assert [letter["template_id"] for letter in sent(notify)] == ["t-code", "t-letter", "t-letter"]


def test_each_recipient_gets_a_letter(notify):
    EmailMessage(subject="S", body="T", to=["ash@a.example", "bo@b.example"]).send()
    assert [letter["email_address"] for letter in sent(notify)] == ["ash@a.example", "bo@b.example"]


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503])
def test_what_notify_does_not_take_is_said_without_the_key(notify, status):
    notify.says = status
    with pytest.raises(NotTaken, match=f"answered {status}") as refused:
        addressed("ash@a.example", "S", "T").send()
    assert SECRET not in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [429, 503])
def test_letter_waits_until_notify_takes_it(notify, status):
    with time_machine.travel("2026-11-28T12:00:00+00:00", tick=False) as traveller:
        write_letter(to="ash@a.example", about="it", subject="S", text="T", kind=LetterKind.SIGN_IN)
        notify.says = status
        assert send_letters() == 0
        assert Letter.objects.get().sent_at is None
        notify.says = 201
        traveller.shift(3600)
        assert (send_letters(), send_letters()) == (1, 0)
    assert [letter["template_id"] for letter in sent(notify)] == ["t-code", "t-code"]


def test_notify_that_is_away_is_no_error(notify):
    notify.stop()
    with pytest.raises(NotTaken):
        addressed("ash@a.example", "S", "T").send()


def test_settings_choose_notify_and_need_a_template():
    assert mailers["default"].__class__.__module__ == "django.core.mail.backends.locmem"
    show = [sys.executable, "-c", "from commons import settings; print(settings.MAILERS['default'])"]
    given = {**os.environ, "NOTIFY_KEY": "k", "EMAIL_HOST": "mail.example", "NOTIFY_TEMPLATES": "letter=a job=b"}
    said = subprocess.run(show, env=given, capture_output=True, text=True, check=True).stdout
    assert "commons.notify.EmailBackend" in said
    assert "{'letter': 'a', 'job': 'b'}" in said
    assert "https://api.notifications.service.gov.uk" in said
    failed = subprocess.run(show, env=given | {"NOTIFY_TEMPLATES": "job=b"}, capture_output=True, text=True)
    assert "names no template for “letter”" in failed.stderr
