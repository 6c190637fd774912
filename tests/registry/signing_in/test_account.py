from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.people import change_address, change_name, sign_up
from registry.models import Act, Event, Letter, Person
from registry.permissions import Actor
from registry.signing_in.devices import in_words
from registry.tasks import forget_signing_in
from tests.registry.signing_in.conftest import ADDRESS

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
EDGE = f"{CHROME} Edg/142.0.0.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1"


@pytest.fixture
def signed_in_from(mailed, person):
    def come(user_agent: str = FIREFOX, ip: str = "192.0.2.1") -> Client:
        client = Client(HTTP_USER_AGENT=user_agent, REMOTE_ADDR=ip)
        client.post("/sign-in/", {"email": ADDRESS})
        assert client.post("/sign-in/code/", {"code": mailed()}).status_code == 302
        return client

    return come


def acts() -> list[str]:
    return list(Event.objects.order_by("id").values_list("act", flat=True))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (CHROME, "Chrome on Windows"),
        (EDGE, "Edge on Windows"),
        (IPHONE, "Safari on iPhone"),
        ("curl/8.14", "Another program"),
        ("", "Another program"),
        ("Firefox/1", "Firefox"),
    ],
)
def test_devices_are_named_as_people_know_them(said, words):
    assert in_words(said) == words


def test_every_page_of_the_account_is_for_who_is_signed_in(client):
    for address in ("/account/", "/account/name/", "/account/address/", "/account/app/", "/account/passkey/"):
        assert client.get(address)["Location"].startswith("/sign-in/?next=/account/"), address
    for address in ("/account/sessions/1/end/", "/account/sessions/end/", "/account/recovery-codes/new/"):
        assert client.post(address)["Location"].startswith("/sign-in/?next="), address


def test_the_account_says_who_and_where(signed_in_from, django_assert_max_num_queries):
    client = signed_in_from()
    signed_in_from(IPHONE, "2001:db8::1")
    with django_assert_max_num_queries(4):
        answer = client.get("/account/")
    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    for words in (
        "Ada Byron",
        ADDRESS,
        "You have none yet.",
        "Firefox on Linux",
        "Safari on iPhone",
        "2001:db8::1",
        "192.0.2.1",
    ):
        assert words in page, words
    assert page.count("This one") == 1


def test_what_the_account_costs_does_not_grow_with_sessions(signed_in_from, django_assert_num_queries):
    clients = [signed_in_from() for _ in range(4)]
    with django_assert_num_queries(4):
        clients[0].get("/account/")


def test_another_session_is_ended_at_once(signed_in_from):
    here, there = signed_in_from(), signed_in_from(IPHONE)
    pk = UserSession.objects.get(session_key=there.session.session_key).pk
    answer = here.post(f"/account/sessions/{pk}/end/", follow=True)
    assert "Safari on iPhone is signed out." in answer.content.decode()
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert acts() == [Act.SIGN_IN, Act.SIGN_IN, Act.END_SESSIONS]
    assert Event.objects.first().detail == {"sessions": 1}
    assert here.post(f"/account/sessions/{pk}/end/").status_code == 404, "ended already"


def test_all_others_are_ended_as_one_act(signed_in_from):
    here, others = signed_in_from(), [signed_in_from(), signed_in_from(CHROME)]
    answer = here.post("/account/sessions/end/", follow=True)
    assert "2 other sessions are ended." in answer.content.decode()
    assert [one.get("/account/").status_code for one in others] == [302, 302]
    assert here.get("/account/").status_code == 200
    here.post("/account/sessions/end/")
    assert acts().count(Act.END_SESSIONS) == 1, "none to end is no act"


def test_nobody_ends_this_session_or_anothers(signed_in_from, mailed):
    here, other = signed_in_from(), Client()
    other.post("/sign-in/", {"email": "eve@quillsford.gov.uk"})
    other.post("/sign-in/code/", {"code": mailed()})
    pk = UserSession.objects.get(session_key=here.session.session_key).pk
    assert here.post(f"/account/sessions/{pk}/end/").status_code == 404
    assert other.post(f"/account/sessions/{pk}/end/").status_code == 404
    assert here.get("/account/").status_code == 200


def test_a_session_that_is_used_lives_on_and_one_that_is_not_ends(signed_in_from, settings):
    client, start = signed_in_from(), timezone.now()
    for hours in (11, 22):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert client.get("/account/").status_code == 200
    with time_machine.travel(start + timedelta(hours=34, minutes=1)):
        assert client.get("/account/").status_code == 302


def test_a_session_ends_after_a_week_however_much_it_is_used(signed_in_from):
    client, start = signed_in_from(), timezone.now()
    for hours in range(8, 7 * 24, 8):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert client.get("/account/").status_code == 200
    with time_machine.travel(start + timedelta(days=7, minutes=1)):
        assert client.get("/account/").status_code == 302
    assert not UserSession.objects.exists()


def test_when_and_where_a_session_was_used_is_noted_now_and_then(signed_in_from, django_assert_num_queries):
    client = signed_in_from()
    client.get("/account/")
    with django_assert_num_queries(2):
        client.get("/privacy/")  # the session and the person, for the link at the top
    later = timezone.now() + timedelta(minutes=6)
    with time_machine.travel(later):
        client.get("/privacy/", REMOTE_ADDR="198.51.100.7")
    noted = UserSession.objects.get()
    assert noted.ip == "198.51.100.7"
    assert abs(noted.last_seen_at - later) < timedelta(seconds=10)


def test_a_reader_without_a_session_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/privacy/").content.decode()
    assert 'href="/sign-in/"' in page
    client.cookies["csrftoken"] = "x" * 32
    with django_assert_num_queries(0):
        assert 'href="/sign-in/"' in client.get("/privacy/").content.decode()


def test_somebody_signed_in_is_led_to_their_account(signed_in_from):
    page = signed_in_from().get("/privacy/").content.decode()
    assert 'href="/account/"' in page
    assert 'href="/sign-in/"' not in page


def test_the_cookie_is_for_the_browser_alone(signed_in_from, settings):
    cookie = signed_in_from().cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 12 * 3600


def test_what_is_over_is_forgotten(signed_in_from):
    signed_in_from()
    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1)):
        forget_signing_in()
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


def test_a_name_is_changed_by_who_bears_it(signed_in_from, person):
    client = signed_in_from()
    assert 'value="Ada Byron"' in client.get("/account/name/").content.decode()
    client.post("/account/name/", {"name": "Ada  Lovelace"})
    client.post("/account/name/", {"name": "Ada Lovelace"})
    person.refresh_from_db()
    assert person.name == "Ada Lovelace"
    assert acts() == [Act.SIGN_IN, Act.CHANGE_NAME], "the same again is no act"
    with pytest.raises(Refused, match="Only you"):
        change_name(person=person, name="Eve", by=Actor())


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Enter your name"), ("   ", "Enter your name"), ("a" * 201, "at most 200")]
)
def test_what_is_no_name_is_said(signed_in_from, typed, said):
    answer = signed_in_from().post("/account/name/", {"name": typed})
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_names_are_shown_as_they_are(signed_in_from):
    client = signed_in_from()
    client.post("/account/name/", {"name": "<script>alert(1)</script>"})
    page = client.get("/account/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def asks_for(client: Client, email: str):
    return client.post("/account/address/", {"email": email})


def test_the_address_changes_by_a_code_to_the_new_one(signed_in_from, person, mailed):
    client = signed_in_from()
    assert asks_for(client, "ada@wrenquarry.gov.uk")["Location"] == "/account/address/code/"
    code = mailed()
    assert mail.outbox[0].to == ["ada@wrenquarry.gov.uk"]
    person.refresh_from_db()
    assert person.email == ADDRESS
    assert client.post("/account/address/code/", {"code": "XXX-999"}).status_code == 400

    answer = client.post("/account/address/code/", {"code": code}, follow=True)

    assert "From now on you sign in with ada@wrenquarry.gov.uk." in answer.content.decode()
    person.refresh_from_db()
    assert person.email == "ada@wrenquarry.gov.uk"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(person.email, True, True)]
    assert Event.objects.first().detail == {"before": "quillsford.gov.uk", "domain": "wrenquarry.gov.uk"}
    assert acts()[-1] == Act.CHANGE_ADDRESS
    assert [letter.to for letter in Letter.objects.all()] == [ADDRESS], "who reads the old one's mail learns of it"


def test_the_new_address_is_one_of_the_public_sector(signed_in_from, person):
    answer = asks_for(signed_in_from(), "ada@example.com")
    assert answer.status_code == 400
    assert "Use an address of a public body" in answer.content.decode()
    with pytest.raises(Refused, match="public body"):
        change_address(person=person, email="ada@example.com", by=Actor(person=person))


def test_whether_somebody_has_the_new_address_is_not_said(signed_in_from, person, mailed):
    Person.objects.create_user("taken@quillsford.gov.uk")
    client = signed_in_from()
    answer = asks_for(client, "taken@quillsford.gov.uk")
    assert answer["Location"] == "/account/address/code/"
    assert mailed() == ""
    with pytest.raises(Refused, match="already"):
        change_address(person=person, email="Taken@quillsford.gov.uk", by=Actor(person=person))
    person.refresh_from_db()
    assert person.email == ADDRESS


def test_changing_the_address_asks_who_it_is_after_a_while(signed_in_from):
    client = signed_in_from()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get("/account/address/")["Location"].startswith("/account/confirm/")


def test_signing_up_twice_makes_one_person(db):
    first = sign_up(email="New@quillsford.gov.uk")
    assert sign_up(email="new@quillsford.gov.uk") == first
    assert acts() == [Act.SIGN_UP]
    with pytest.raises(Refused, match="cannot make an account"):
        sign_up(email="a@example.com")


def test_the_librarys_rows_follow_what_an_operator_changes(signed_in_from, person, mailed):
    signed_in_from()
    Person.objects.filter(pk=person.pk).update(email="ada@brackenholt.gov.uk")
    client = Client()
    client.post("/sign-in/", {"email": "ada@brackenholt.gov.uk"})
    client.post("/sign-in/code/", {"code": mailed()})
    assert [one.email for one in EmailAddress.objects.all()] == ["ada@brackenholt.gov.uk"]
