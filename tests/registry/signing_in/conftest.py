"""Somebody who signs in, whose mail is read from the outbox."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from registry.models import Person, SignInCode
from registry.signing_in import codes, ringing

ADDRESS = "ada@quillsford.gov.uk"
CODE = re.compile(r"^([A-Z2-9]{3}-[A-Z2-9]{3})$", re.M)


@pytest.fixture(autouse=True)
def no_timers(monkeypatch):
    """A test's rows are seen by its own connection alone: what a thread or a worker would do, the tests do."""
    monkeypatch.setattr(ringing, "wait_for", lambda pk: None)


@pytest.fixture
def person(db) -> Person:
    return Person.objects.create_user(ADDRESS, name="Ada Byron")


@pytest.fixture
def mailed() -> Callable[[], str]:
    """Have the worker mail the last code that was asked for; what it says, blank where none went out."""

    def read() -> str:
        mail.outbox.clear()
        codes.mail(SignInCode.objects.latest("asked_at").pk)
        return CODE.search(mail.outbox[0].body)[1] if mail.outbox else ""

    return read


@pytest.fixture
def signs_in(client, mailed) -> Callable[..., Client]:
    """By a mailed code; whatever second factor there is is asked for next."""

    def by_code(email: str = ADDRESS, **more: str) -> Client:
        client.post("/sign-in/", {"email": email, **more})
        answer = client.post("/sign-in/code/", {"code": mailed()})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return by_code
