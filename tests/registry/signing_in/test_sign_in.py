import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.models import Act, Event, Person, SignInCode
from registry.signing_in import codes
from tests.registry.signing_in.conftest import ADDRESS

pytestmark = pytest.mark.django_db


def acts() -> list[str]:
    return list(Event.objects.order_by("id").values_list("act", flat=True))


def test_the_page_asks_for_an_address(client):
    answer = client.get("/sign-in/")
    assert answer.status_code == 200
    assert "Your work email address" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_somebody_known_signs_in_by_a_mailed_code(client, person, mailed):
    answer = client.post("/sign-in/", {"email": "Ada@Quillsford.gov.uk"})
    assert answer["Location"] == "/sign-in/code/"
    code = mailed()
    letter = mail.outbox[0]
    assert letter.to == [ADDRESS]
    assert "Digital commons registry" in letter.subject
    assert code not in letter.subject, "logs name it, and locked telephones show it"
    assert "http" not in letter.body.replace("http://127.0.0.1:8000", ""), "no link but the name of the site"

    before = client.session.session_key
    answer = client.post("/sign-in/code/", {"code": code})

    assert answer["Location"] == "/workspace/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.session_key != before, "whoever knew the key before knows nothing"
    assert acts() == [Act.SIGN_IN]
    event = Event.objects.get()
    assert event.by == person
    assert event.detail == {"with": ["code"]}
    assert UserSession.objects.get().session_key == client.session.session_key


def test_a_code_is_taken_as_people_type_it(client, person, mailed):
    client.post("/sign-in/", {"email": ADDRESS})
    typed = f" {mailed().lower().replace('-', ' ')} "
    assert client.post("/sign-in/code/", {"code": typed}).status_code == 302


def test_somebody_new_of_the_public_sector_becomes_a_person_when_the_code_is_right(client, mailed):
    client.post("/sign-in/", {"email": "new@wrenquarry.gov.uk", "next": "/wanted/"})
    code = mailed()
    assert not Person.objects.exists()

    answer = client.post("/sign-in/code/", {"code": code})

    person = Person.objects.get()
    assert person.email == "new@wrenquarry.gov.uk"
    assert not person.has_usable_password()
    assert not person.is_staff
    assert acts() == [Act.SIGN_UP, Act.SIGN_IN]
    assert Event.objects.get(act=Act.SIGN_UP).detail == {"domain": "wrenquarry.gov.uk"}, "events name no address"
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == (person.email, True, True)
    assert answer["Location"] == "/account/name/?next=%2Fwanted%2F", "first we ask for a name"

    answer = client.post("/account/name/", {"name": "  Nia   New ", "next": "/wanted/"})
    assert answer["Location"] == "/wanted/"
    person.refresh_from_db()
    assert person.name == "Nia New"
    assert acts()[-1] == Act.CHANGE_NAME


@pytest.mark.parametrize(
    "email",
    ["evil@example.com", "a@evilgov.uk", "a@gov.uk.evil.com", "a@gov.uk@evil.com", "ａ@gov.uk", "a@gov.u\u212a"],
)
def test_nobody_else_gets_a_code(client, email, mailed):
    client.post("/sign-in/", {"email": email})
    if SignInCode.objects.exists():
        assert mailed() == ""
    assert not mail.outbox


def test_somebody_invited_of_any_domain_gets_a_code(client, mailed):
    Person.objects.create_user("partner@charity.org", name="Pat")
    client.post("/sign-in/", {"email": "partner@charity.org"})
    assert client.post("/sign-in/code/", {"code": mailed()}).status_code == 302


def test_a_closed_account_gets_no_code(client, person, mailed):
    Person.objects.update(is_active=False)
    client.post("/sign-in/", {"email": ADDRESS})
    assert mailed() == ""


def test_an_account_that_is_closed_meanwhile_is_not_signed_in(client, person, mailed):
    client.post("/sign-in/", {"email": ADDRESS})
    code = mailed()
    Person.objects.update(is_active=False)
    answer = client.post("/sign-in/code/", {"code": code}, follow=True)
    assert "This account is closed." in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert acts() == []


def test_the_code_goes_to_the_address_that_is_recorded(client, mailed):
    """Not to one that the database takes for the same."""
    Person.objects.create_user("Grace@Quillsford.gov.uk", name="Grace")
    client.post("/sign-in/", {"email": "GRACE@quillsford.gov.uk"})
    assert mailed()
    assert [one.lower() for one in mail.outbox[0].to] == ["grace@quillsford.gov.uk"]


ASKED_FOR = [ADDRESS, "nobody@quillsford.gov.uk", "stranger@example.com", "closed@quillsford.gov.uk"]


def answers_to(client_class, email: str) -> tuple:
    """Everything that somebody outside can see, and every statement that it costs."""
    client = client_class()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first = client.post("/sign-in/", {"email": email})
        page = client.get("/sign-in/code/")
        wrong = client.post("/sign-in/code/", {"code": "BCD-234"})
    shown = [re.sub(r'value="[^"]{64}"', "", one.content.decode().replace(email, "…")) for one in (page, wrong)]
    statements = [re.sub(r"'[^']*'|\d+(\.\d+)?|%s", "?", query["sql"]) for query in asked.captured_queries]
    return first.status_code, first["Location"], page.status_code, wrong.status_code, shown, statements


def test_what_is_answered_tells_nobody_who_has_an_account(client, person):
    Person.objects.create_user("closed@quillsford.gov.uk", is_active=False)
    said = [answers_to(type(client), email) for email in ASKED_FOR]
    assert all(one == said[0] for one in said)


def test_a_wrong_code_opens_nothing_and_is_logged_without_what_was_typed(client, person, mailed, caplog):
    client.post("/sign-in/", {"email": ADDRESS})
    mailed()
    answer = client.post("/sign-in/code/", {"code": "XXX-999"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Error: Enter the code" in page
    assert "This code is not right" in page
    assert [one.levelname for one in caplog.records if "wrong code" in one.message] == ["WARNING"]
    assert ADDRESS not in caplog.text
    assert "XXX" not in caplog.text
    assert acts() == []


def test_a_code_dies_after_five_tries(client, person, mailed):
    client.post("/sign-in/", {"email": ADDRESS})
    code = mailed()
    for _ in range(5):
        answer = client.post("/sign-in/code/", {"code": "XXX-999"})
    assert "Send another code" in answer.content.decode()
    assert 'name="code"' not in answer.content.decode(), "typing does not help any more"
    assert client.post("/sign-in/code/", {"code": code}).status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_code_dies_after_ten_minutes(client, person, mailed):
    client.post("/sign-in/", {"email": ADDRESS})
    code = mailed()
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        assert client.post("/sign-in/code/", {"code": code}).status_code == 400


def test_a_code_works_once(client, person, mailed):
    client.post("/sign-in/", {"email": ADDRESS})
    code, pending = mailed(), client.session["signing_in"]
    client.post("/sign-in/code/", {"code": code})
    other = type(client)()
    other.post("/sign-in/", {"email": ADDRESS})
    session = other.session
    session["signing_in"] = pending
    session.save()
    assert other.post("/sign-in/code/", {"code": code}).status_code == 400


def test_a_code_works_only_in_the_browser_that_asked(client, person, mailed):
    client.post("/sign-in/", {"email": ADDRESS})
    code = mailed()
    thief = type(client)()
    thief.post("/sign-in/", {"email": ADDRESS})
    assert thief.post("/sign-in/code/", {"code": code}).status_code == 400


def test_without_a_code_asked_for_the_second_page_leads_to_the_first(client):
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_a_code_is_mailed_once_whoever_comes_first(person):
    asked = codes.ask(purpose="sign_in", email=ADDRESS)
    assert codes.mail(asked.pk)
    assert not codes.mail(asked.pk)
    assert len(mail.outbox) == 1


def test_codes_differ_and_are_read_off_easily():
    found = {codes.code_of(SignInCode()) for _ in range(200)}
    assert len(found) == 200
    assert all(re.fullmatch("[BCDFGHJKLMNPQRSTVWXZ2-9]{6}", code) for code in found)


def test_codes_are_forgotten_after_a_day(person):
    codes.ask(purpose="sign_in", email=ADDRESS)
    assert codes.forget() == 0
    SignInCode.objects.update(asked_at=timezone.now() - timedelta(days=1, seconds=1))
    assert codes.forget() == 1


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_elsewhere_after_signing_in(signs_in, person, client, mailed, wanted):
    client.post("/sign-in/", {"email": ADDRESS, "next": wanted})
    assert client.post("/sign-in/code/", {"code": mailed()})["Location"] == "/workspace/"
    assert client.get("/sign-in/", {"next": wanted})["Location"] == "/workspace/"


def test_signed_out_people_who_save_are_led_to_the_page_and_back(client, person, mailed):
    answer = client.get("/blueprints/zeppelin/save/?also=x")
    assert answer["Location"] == "/sign-in/?next=/blueprints/zeppelin/save/%3Falso%3Dx"
    page = client.get(answer["Location"]).content.decode()
    assert 'name="next" value="/blueprints/zeppelin/save/?also=x"' in page
    client.post("/sign-in/", {"email": ADDRESS, "next": "/blueprints/zeppelin/save/?also=x"})
    assert 'name="next" value="/blueprints/zeppelin/save/?also=x"' in client.get("/sign-in/code/").content.decode()
    assert client.post("/sign-in/code/", {"code": mailed()})["Location"] == "/blueprints/zeppelin/save/?also=x"


def test_signing_out_is_a_post_and_an_act(signs_in, person):
    client = signs_in()
    assert client.get("/sign-out/").status_code == 405
    key = client.session.session_key
    answer = client.post("/sign-out/", follow=True)
    assert "You are signed out." in answer.content.decode()
    assert acts() == [Act.SIGN_IN, Act.SIGN_OUT]
    assert not UserSession.objects.filter(session_key=key).exists() or not client.session.exists(key)
    assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_signing_out_when_signed_out_is_no_act(client):
    assert client.post("/sign-out/").status_code == 302
    assert acts() == []


@pytest.mark.parametrize("email", ["", "ada", "ada@", "a" * 250 + "@gov.uk"])
def test_what_is_no_address_is_said(client, email):
    answer = client.post("/sign-in/", {"email": email})
    assert answer.status_code == 400
    assert "Error: Sign in" in answer.content.decode()
    assert not SignInCode.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        *("/login/", "/signup/", "/password/reset/", "/password/change/", "/email/", "/confirm-email/", "/inactive/"),
        *("/2fa/", "/2fa/totp/activate/", "/3rdparty/", "/3rdparty/signup/", "/sessions/", "/reauthenticate/"),
        *("/accounts/login/", "/account/login/", "/oidc/x/login/", "/login/code/"),
    ],
)
def test_none_of_the_librarys_own_pages_is_reachable(client, address):
    assert client.get(address).status_code == 404
