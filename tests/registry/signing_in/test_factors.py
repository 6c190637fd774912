"""An app that shows codes, recovery codes, and what a session is that was signed in with one."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.factors import remove_all_factors, remove_factor
from registry.models import Act, Event, Letter, Person
from registry.permissions import COMMAND_LINE, Actor
from registry.signing_in.factors import second_factor
from tests.registry.signing_in.conftest import ADDRESS

pytestmark = pytest.mark.django_db


def shown(secret: str, steps: int = 0) -> str:
    """What an app shows now, or some steps of 30 seconds on."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def secret_of(person: Person) -> str:
    from registry.signing_in.adapters import FactorAdapter

    return FactorAdapter().decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])


def has_second(client: Client, person: Person) -> bool:
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(client.session.session_key), person
    return second_factor(request)


def adds_app(client: Client) -> str:
    client.get("/account/app/")
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/account/app/", {"code": shown(secret)})
    assert answer["Location"] == "/account/recovery-codes/", answer.content.decode()
    return secret


def acts() -> list[str]:
    return list(Event.objects.order_by("id").values_list("act", flat=True))


@pytest.fixture
def with_app(signs_in, person) -> Client:
    client = signs_in()
    adds_app(client)
    return client


def test_the_page_shows_a_picture_and_the_key(signs_in, person):
    page = signs_in().get("/account/app/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert 'alt="A QR code' in page


def test_an_app_is_added_with_recovery_codes_as_one_act(signs_in, person):
    client = signs_in()
    assert not has_second(client, person)
    adds_app(client)
    assert acts() == [Act.SIGN_IN, Act.ADD_FACTOR]
    assert Event.objects.get(act=Act.ADD_FACTOR).detail == {"kind": "totp"}
    assert {one.type for one in Authenticator.objects.all()} == {"totp", "recovery_codes"}
    assert has_second(client, person), "who adds one has just shown it"
    page = client.get("/account/recovery-codes/").content.decode()
    assert page.count("<li><code>") == 10


def test_a_wrong_code_adds_nothing(signs_in, person):
    client = signs_in()
    client.get("/account/app/")
    answer = client.post("/account/app/", {"code": "000000"})
    assert answer.status_code == 400
    assert "This code is not right" in answer.content.decode()
    assert not Authenticator.objects.exists()
    assert acts() == [Act.SIGN_IN]


def test_secrets_are_not_readable_in_the_database(with_app, person):
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret_of(person) not in kept
    assert "seed" in Authenticator.objects.get(type="recovery_codes").data


def test_secrets_outlive_a_new_secret_key(with_app, person, settings):
    secret = secret_of(person)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert secret_of(person) == secret
    settings.SECRET_KEY_FALLBACKS = []
    assert secret_of(person) != secret, "and without it no code is right, and no page breaks"


def test_signing_in_asks_for_the_second_factor(with_app, person, mailed):
    secret, client = secret_of(person), Client()
    client.post("/sign-in/", {"email": ADDRESS, "next": "/wanted/"})
    answer = client.post("/sign-in/code/", {"code": mailed()})
    assert answer["Location"] == "/sign-in/second/"
    assert client.get("/account/").status_code == 302, "not in yet"
    assert acts().count(Act.SIGN_IN) == 1

    page = client.get("/sign-in/second/").content.decode()
    assert "One more step" in page
    answer = client.post("/sign-in/second/", {"code": "000000"})
    assert answer.status_code == 400
    assert "This code is not right" in answer.content.decode()

    answer = client.post("/sign-in/second/", {"code": shown(secret, 1)})
    assert answer["Location"] == "/wanted/"
    assert Event.objects.filter(act=Act.SIGN_IN).first().detail == {"with": ["code", "totp"]}
    assert acts().count(Act.SIGN_IN) == 2
    assert has_second(client, person)


def test_a_code_of_the_app_works_once_in_all_processes(with_app, person, mailed):
    secret, answers = secret_of(person), []
    for _ in range(2):
        client = Client()
        client.post("/sign-in/", {"email": ADDRESS})
        client.post("/sign-in/code/", {"code": mailed()})
        answers.append(client.post("/sign-in/second/", {"code": shown(secret, 1)}).status_code)
    assert answers == [302, 400]


def test_a_recovery_code_works_once(with_app, person, mailed):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    answers = []
    for _ in range(2):
        client = Client()
        client.post("/sign-in/", {"email": ADDRESS})
        client.post("/sign-in/code/", {"code": mailed()})
        answers.append(client.post("/sign-in/second/", {"code": code}).status_code)
    assert answers == [302, 400]
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == 9


def test_guessing_the_second_factor_is_slowed_down(with_app, person, mailed):
    client = Client()
    client.post("/sign-in/", {"email": ADDRESS})
    client.post("/sign-in/code/", {"code": mailed()})
    answers = [client.post("/sign-in/second/", {"code": f"{number:06}"}).status_code for number in range(12)]
    assert answers == [400] * 10 + [429] * 2


def test_the_second_page_is_for_who_has_shown_the_first(with_app):
    assert Client().get("/sign-in/second/")["Location"] == "/sign-in/"
    assert with_app.get("/sign-in/second/")["Location"] == "/workspace/"


def test_second_factor_is_false_for_nobody(db):
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    assert second_factor(request) is False


def test_removing_the_last_factor_takes_its_codes_and_other_sessions_along(with_app, person, mailed):
    other = Client()
    other.post("/sign-in/", {"email": ADDRESS})
    other.post("/sign-in/code/", {"code": mailed()})
    other.post("/sign-in/second/", {"code": shown(secret_of(person), 1)})
    assert other.get("/account/").status_code == 200
    factor = Authenticator.objects.get(type="totp")

    asked = with_app.get(f"/account/factors/{factor.pk}/remove/").content.decode()
    assert "It is your last one" in asked
    with_app.post(f"/account/factors/{factor.pk}/remove/")

    assert not Authenticator.objects.exists()
    assert acts()[-2:] == [Act.REMOVE_FACTOR, Act.END_SESSIONS]
    assert not has_second(with_app, person)
    assert other.get("/account/").status_code == 302


def test_nobody_removes_or_sees_what_is_anothers(with_app, signs_in, mailed):
    factor = Authenticator.objects.get(type="totp")
    other = Client()
    other.post("/sign-in/", {"email": "eve@quillsford.gov.uk"})
    other.post("/sign-in/code/", {"code": mailed()})
    assert other.post(f"/account/factors/{factor.pk}/remove/").status_code == 404
    assert other.get("/account/recovery-codes/").status_code == 404
    with pytest.raises(Refused, match="Only you"):
        remove_factor(factor=factor, by=Actor(person=Person.objects.get(email="eve@quillsford.gov.uk")))
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_recovery_codes_are_renewed(with_app):
    before = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert with_app.post("/account/recovery-codes/new/")["Location"] == "/account/recovery-codes/"
    after = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert not set(before) & set(after)
    assert acts()[-1] == Act.RENEW_RECOVERY_CODES
    saved = with_app.get("/account/recovery-codes/file/")
    assert saved.content.decode().split() == after
    assert "attachment" in saved["Content-Disposition"]
    assert "no-store" in saved["Cache-Control"]


def test_without_a_factor_there_are_no_recovery_codes(signs_in, person):
    client = signs_in()
    assert client.get("/account/recovery-codes/").status_code == 404
    answer = client.post("/account/recovery-codes/new/", follow=True)
    assert "Add an app or a passkey first." in answer.content.decode()


def test_a_session_left_open_changes_nothing(with_app, person):
    """After a quarter of an hour the factor is shown anew; mail alone is not enough for who has one."""
    factor, secret = Authenticator.objects.get(type="totp"), secret_of(person)
    address = f"/account/factors/{factor.pk}/remove/"
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        answer = with_app.get(address)
        assert answer["Location"] == f"/account/confirm/?next=%2Faccount%2Ffactors%2F{factor.pk}%2Fremove%2F"
        assert with_app.post(address)["Location"] == "/account/confirm/?next=%2Faccount%2F"
        page = with_app.get(answer["Location"]).content.decode()
        assert "show your second factor again" in page
        assert with_app.post("/account/confirm/", {"code": "000000", "next": address}).status_code == 400
        assert with_app.post("/account/confirm/", {"code": shown(secret), "next": address})["Location"] == address
        assert with_app.get(address).status_code == 200
    assert acts().count(Act.SIGN_IN) == 1, "confirming is no sign-in"


def test_who_has_no_factor_confirms_by_mail(signs_in, person, mailed):
    client = signs_in()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        address = client.get("/account/app/")["Location"]
        assert address == "/account/confirm/?next=%2Faccount%2Fapp%2F"
        assert "we mail a code to" in client.get(address).content.decode()
        there = client.post("/account/confirm/", {"next": "/account/app/"})["Location"]
        assert there == "/account/confirm/code/?next=%2Faccount%2Fapp%2F"
        code = mailed()
        assert mail.outbox[0].to == [ADDRESS]
        assert client.post("/account/confirm/code/", {"code": "XXX-999", "next": "/account/app/"}).status_code == 400
        assert (
            client.post("/account/confirm/code/", {"code": code, "next": "/account/app/"})["Location"]
            == "/account/app/"
        )
        assert client.get("/account/app/").status_code == 200


def test_a_code_for_one_purpose_is_none_for_another(signs_in, person, mailed, client):
    signs_in()
    client.post("/account/confirm/", {})
    code, pk = mailed(), client.session["confirming"]
    thief = Client()
    thief.post("/sign-in/", {"email": ADDRESS})
    session = thief.session
    session["signing_in"] = {"code": pk, "email": ADDRESS, "next": ""}
    session.save()
    assert thief.post("/sign-in/code/", {"code": code}).status_code == 400


def test_an_operator_helps_who_has_lost_all(with_app, person):
    with pytest.raises(Refused, match="Only an operator"):
        remove_all_factors(person=person, by=Actor(person=person))
    assert remove_all_factors(person=person, by=COMMAND_LINE) == 2
    assert not Authenticator.objects.exists()
    assert Event.objects.first().detail == {"person": person.pk, "kinds": ["recovery_codes", "totp"]}
    with pytest.raises(Refused, match="has no second factor"):
        remove_all_factors(person=person, by=COMMAND_LINE)


def test_the_person_is_told_by_mail(with_app, person):
    with_app.post("/account/recovery-codes/new/")
    with_app.post(f"/account/factors/{Authenticator.objects.get(type='totp').pk}/remove/")
    letters = Letter.objects.order_by("pk")
    assert {letter.to for letter in letters} == {ADDRESS}
    assert [letter.text.splitlines()[0] for letter in letters] == [
        "An app that shows codes was added",
        "New recovery codes were made",
        "A second factor was removed",
    ]
