"""Who waits for a code gets it, whoever is busy or away, and the page never mails it itself."""

import time

import pytest
from django.core import mail
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError

from registry.models import Event, Person, SignInCode
from registry.signing_in import codes, ringing
from registry.tasks import mail_code
from tests.registry.signing_in.conftest import ADDRESS
from tests.served import eventually


@pytest.fixture(autouse=True)
def no_timers():
    """Here they run."""


@pytest.fixture
def broker_away(monkeypatch):
    def refuse(*of, **how):
        raise OperationalError("away")

    monkeypatch.setattr("celery.app.task.Task.apply_async", refuse)


@pytest.mark.django_db
def test_the_request_itself_mails_nothing(client, person):
    client.post("/sign-in/", {"email": ADDRESS})
    assert not mail.outbox
    assert SignInCode.objects.get().mailed_at is None


@pytest.mark.django_db
def test_a_worker_is_told_the_row_and_no_code(client, person, django_capture_on_commit_callbacks, monkeypatch):
    rung = []
    monkeypatch.setattr(ringing, "wait_for", rung.append)
    monkeypatch.setattr(
        "celery.app.task.Task.apply_async", lambda task, args, *of, **how: rung.append((task.name, args))
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/sign-in/", {"email": ADDRESS})
    asked = str(SignInCode.objects.get().pk)
    assert rung == [("registry.tasks.mail_code", (asked,)), asked]


@pytest.mark.django_db
def test_the_worker_mails_it_once(person):
    asked = codes.ask(purpose="sign_in", email=ADDRESS)
    mail_code(str(asked.pk))
    mail_code(str(asked.pk))
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_broker_the_code_comes_all_the_same_and_outside_the_request(client, broker_away, monkeypatch):
    monkeypatch.setattr(ringing, "PATIENCE_SECONDS", 0.3)
    Person.objects.create_user(ADDRESS, name="Ada Byron")
    assert client.post("/sign-in/", {"email": ADDRESS}).status_code == 302
    assert not mail.outbox, "not yet"
    eventually(lambda: mail.outbox, 10, "the code is mailed")
    eventually(lambda: backends() == 1, 10, "its thread leaves no connection behind")
    code = next(line for line in mail.outbox[0].body.splitlines() if line)
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_who_may_not_sign_in_is_answered_the_same_without_the_broker(client, broker_away, monkeypatch):
    monkeypatch.setattr(ringing, "PATIENCE_SECONDS", 0.1)
    assert client.post("/sign-in/", {"email": "stranger@example.com"}).status_code == 302
    eventually(lambda: SignInCode.objects.get().mailed_at, 10, "somebody took it on")
    time.sleep(0.2)
    assert not mail.outbox
    eventually(lambda: backends() == 1, 10, "its thread leaves no connection behind")


def backends() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_mail_server_that_refuses_is_said_in_the_log_and_not_on_the_page(person, monkeypatch, caplog):
    def refuse(*of):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    asked = codes.ask(purpose="sign_in", email=ADDRESS)
    assert not codes.mail(asked.pk)
    assert "could not be sent" in caplog.text
    assert codes.code_of(asked) not in caplog.text.replace("-", "")


@pytest.mark.django_db
def test_without_its_event_nobody_is_signed_in(client, person, mailed, monkeypatch):
    """The session and the event are one transaction."""
    client.post("/sign-in/", {"email": ADDRESS})
    code = mailed()

    def fail(**of):
        raise DatabaseError

    monkeypatch.setattr("registry.signing_in.adapters.record_sign_in", fail)
    client.raise_request_exception = False
    assert client.post("/sign-in/code/", {"code": code}).status_code == 500
    client.raise_request_exception = True
    monkeypatch.undo()
    assert client.get("/account/").status_code == 302
    assert not Event.objects.exists()
