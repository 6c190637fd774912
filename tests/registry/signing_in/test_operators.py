"""The operators' own door: a password, and what everybody else has too."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client

from commons.management.first_start import DEMO_OPERATOR, demo_sign_in
from registry.models import Act, Event, Person
from tests.registry.signing_in.test_factors import adds_app, has_second, secret_of, shown

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def operator(db) -> Person:
    return Person.objects.create_superuser("root@registry.example", PASSWORD, name="Root")


def log_in(client: Client, password: str = PASSWORD, **more: str):
    return client.post("/admin/login/", {"username": "root@registry.example", "password": password, **more})


def test_the_first_operator_of_the_demo_gets_in(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    email, password = demo_sign_in()
    assert email == DEMO_OPERATOR
    assert client.post("/admin/login/", {"username": email, "password": password})["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_createsuperuser_makes_somebody_who_gets_in(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="root@registry.example", interactive=False, verbosity=0)
    answer = log_in(client, next="/admin/registry/event/")
    assert answer["Location"] == "/account/name/?next=%2Fadmin%2Fregistry%2Fevent%2F", "the command asks for no name"


def test_a_password_signs_an_operator_in_as_one_act(client, operator):
    answer = client.get("/admin/")
    assert answer["Location"] == "/admin/login/?next=/admin/"
    assert "Log in" in client.get(answer["Location"]).content.decode()
    assert log_in(client, next="/admin/registry/event/")["Location"] == "/admin/registry/event/"
    event = Event.objects.get()
    assert (event.act, event.by, event.detail) == (Act.SIGN_IN, operator, {"with": ["password"]})
    assert client.get("/admin/login/")["Location"] == "/admin/"


def test_signing_out_of_the_admin_is_an_act(client, operator):
    log_in(client)
    client.post("/admin/logout/")
    assert list(Event.objects.values_list("act", flat=True)) == [Act.SIGN_OUT, Act.SIGN_IN]
    assert client.get("/admin/").status_code == 302


def test_after_the_password_comes_the_second_factor(client, operator):
    log_in(client)
    adds_app(client)
    other = Client()
    assert log_in(other, next="/admin/registry/event/")["Location"] == "/sign-in/second/"
    assert other.get("/admin/").status_code == 302
    answer = other.post("/sign-in/second/", {"code": shown(secret_of(operator), 1)})
    assert answer["Location"] == "/admin/registry/event/"
    assert other.get("/admin/").status_code == 200
    assert has_second(other, operator)


def test_wrong_passwords_are_slowed_down(client, operator):
    answers = [log_in(client, f"guess {number}").status_code for number in range(12)]
    assert answers == [200] * 10 + [429] * 2
    assert log_in(client).status_code == 429, "for a minute also the right one"
    assert "Wait a few minutes" in log_in(client).content.decode()
    assert not Event.objects.exists()


def test_people_have_no_password_to_guess(client):
    person = Person.objects.create_user("ada@quillsford.gov.uk")
    assert not person.has_usable_password()
    answer = client.post("/admin/login/", {"username": person.email, "password": ""})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_nobody_is_led_elsewhere(client, operator):
    assert log_in(client, next="https://evil.example/")["Location"] == "/admin/"


def test_secrets_are_not_in_the_operators_pages():
    shown_models = {model._meta.label for model in admin.site._registry}
    assert not {
        label for label in shown_models if label.split(".")[0] in ("account", "mfa", "socialaccount", "usersessions")
    }


def test_an_operator_removes_the_factors_of_somebody_who_has_lost_them(client, operator, signs_in, person):
    adds_app(signs_in())
    desk = Client()
    log_in(desk)
    before = LogEntry.objects.count()
    answer = desk.post(
        "/admin/registry/person/",
        {"action": "remove_factors", "_selected_action": [person.pk, operator.pk]},
        follow=True,
    )
    page = answer.content.decode()
    assert "Ada Byron has no second factor any more." in page
    assert "Root has no second factor." in page
    removed = Event.objects.filter(act=Act.REMOVE_FACTOR)
    assert [one.by for one in removed] == [operator]
    assert LogEntry.objects.count() == before
