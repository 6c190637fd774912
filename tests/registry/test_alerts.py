"""Letters about searches: asked for, confirmed by the reader, sent once, stopped by one click, and then forgotten."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from catalogue.models import Component
from registry.actions import alerts
from registry.actions.search import refresh_search
from registry.models import Act, Alert, Event
from registry.tasks import forget_unconfirmed_alerts, tell_of_searches
from tests import factories

ADA = "ada@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def catalogue(db):
    factories.component(name="Bin days", slug="bin-days")
    factories.component(name="Pothole map", slug="pothole-map")
    refresh_search()


@pytest.fixture
def ask(client, django_capture_on_commit_callbacks):
    def asked(email: str = ADA, search: str = "?q=bin", status: int = 200) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(f"/alerts/new/{search}", {"email": email})
        assert response.status_code == status
        return response.content.decode()

    return asked


@pytest.fixture
def confirmed(catalogue, ask, client, mailoutbox) -> Alert:
    ask()
    alert = Alert.objects.get()
    client.post(f"/alerts/{alert.pk}/confirm/")
    mailoutbox.clear()
    # What was there before is no news.
    Alert.objects.update(told_until=timezone.now() + timedelta(seconds=1))
    return Alert.objects.get()


def test_asking_sends_a_link_and_nothing_else(catalogue, ask, mailoutbox):
    assert "Check your email" in ask(search="?sort=name&q=bin&kind=service&page=2")
    alert = Alert.objects.get()
    assert (alert.search, alert.confirmed_at) == ("kind=service&q=bin", None)
    (letter,) = mailoutbox
    assert letter.to == [ADA]
    assert letter.subject == "Confirm: emails about “bin”, Kind: Service"
    assert f"http://127.0.0.1:8000/alerts/{alert.pk}/" in letter.body
    assert alerts.send_alerts(timezone.now() + DAY) == 0


def test_opening_the_link_confirms_nothing_and_the_button_does(catalogue, ask, client):
    ask()
    alert = Alert.objects.get()
    page = client.get(f"/alerts/{alert.pk}/")
    assert "Confirm: write to me" in page.content.decode()
    assert ADA not in page.content.decode()
    assert (page["X-Robots-Tag"], "no-store" in page["Cache-Control"]) == ("noindex", True)
    assert Alert.objects.get().confirmed_at is None
    assert client.post(f"/alerts/{alert.pk}/confirm/").url == f"/alerts/{alert.pk}/"
    client.post(f"/alerts/{alert.pk}/confirm/")
    assert Alert.objects.get().confirmed_at is not None
    assert "You get emails about this search" in client.get(f"/alerts/{alert.pk}/").content.decode()


def test_news_go_out_once(confirmed, mailoutbox):
    factories.component(name="Bin rounds", slug="bin-rounds")
    factories.component(name="Tram map", slug="tram-map")
    Component.objects.filter(slug="bin-days").update(summary="Changed.")
    Component.objects.filter(slug="pothole-map").update(summary="Changed.")
    refresh_search()
    Component.objects.update(updated_at=timezone.now())
    since = Component.objects.get(slug="bin-rounds").created_at - timedelta(seconds=1)
    Alert.objects.update(told_until=since)

    tomorrow = timezone.now() + DAY
    assert (alerts.send_alerts(tomorrow), alerts.send_alerts(tomorrow)) == (1, 0)
    assert alerts.send_alerts(tomorrow + DAY) == 0

    (letter,) = mailoutbox
    assert letter.subject == "2 new or changed components: “bin”"
    assert "- Bin rounds (new on " in letter.body
    assert "http://127.0.0.1:8000/components/bin-rounds/" in letter.body
    assert "pothole-map" not in letter.body
    stop = f"http://127.0.0.1:8000/alerts/{confirmed.pk}/stop/"
    assert letter.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.content_subtype == "plain"


def test_no_news_no_letter(confirmed, mailoutbox):
    assert alerts.send_alerts(timezone.now() + DAY) == 0
    tell_of_searches()
    assert mailoutbox == []


def test_letter_that_the_server_refused_goes_out_the_next_time(confirmed, mailoutbox, monkeypatch):
    factories.component(name="Bin rounds")
    refresh_search()
    Alert.objects.update(told_until=timezone.now() - DAY)

    def refuse(*_, **__):
        raise SMTPException

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        assert alerts.send_alerts(timezone.now() + DAY) == 0
    assert alerts.send_alerts(timezone.now() + DAY) == 1
    assert len(mailoutbox) == 1


def test_search_for_what_is_gone_says_nothing_and_stays(confirmed, mailoutbox, client):
    Alert.objects.update(search="licence=Gone-1", told_until=timezone.now() - DAY)
    assert alerts.send_alerts(timezone.now() + DAY) == 0
    assert "your search" in client.get(f"/alerts/{confirmed.pk}/").content.decode()


def test_one_click_stops_it_and_forgets_the_address(confirmed):
    guarded = Client(enforce_csrf_checks=True)
    data = {"List-Unsubscribe": "One-Click"}
    response = guarded.post(f"/alerts/{confirmed.pk}/stop/", data)
    assert "Your address is deleted." in response.content.decode()
    assert not Alert.objects.exists()
    assert guarded.post(f"/alerts/{confirmed.pk}/stop/", data).status_code == 200
    assert guarded.get(f"/alerts/{confirmed.pk}/").status_code == 404


def test_visiting_the_stop_address_stops_nothing(confirmed, client):
    assert client.get(f"/alerts/{confirmed.pk}/stop/").status_code == 405
    assert Alert.objects.exists()


def test_events_never_hold_the_address(confirmed, client):
    client.post(f"/alerts/{confirmed.pk}/stop/")
    acts = Event.objects.filter(act__in=[Act.ASK_FOR_ALERT, Act.CONFIRM_ALERT, Act.STOP_ALERT])
    assert acts.count() == 3
    assert not [event for event in acts if ADA in str(event.detail) + event.source]


def test_unconfirmed_address_is_forgotten_after_seven_days(catalogue, ask):
    ask()
    forget_unconfirmed_alerts()
    assert Alert.objects.exists()
    assert alerts.forget_unconfirmed(timezone.now() + timedelta(days=7, minutes=1)) == 1
    assert not Alert.objects.exists()


def test_nobody_can_flood_an_address(catalogue, ask, mailoutbox):
    pages = [ask(search=f"?q=bin+{number}") for number in range(alerts.LETTERS_A_DAY + 2)]
    assert len(mailoutbox) == alerts.LETTERS_A_DAY
    ask(email=ADA.upper(), search="?q=other")
    ask(search="?q=bin+0")
    assert len(mailoutbox) == alerts.LETTERS_A_DAY
    assert all("Check your email" in page for page in pages)


def test_asking_again_for_what_one_has_sends_nothing(confirmed, ask, mailoutbox):
    Alert.objects.update(asked_at=timezone.now() - 3 * DAY)
    ask()
    assert mailoutbox == []
    assert Alert.objects.count() == 1


def test_all_together_are_limited_a_day(catalogue, ask, monkeypatch, mailoutbox):
    monkeypatch.setattr(alerts, "ASKED_A_DAY", 1)
    ask()
    assert "Too many alerts were asked for today." in ask(email="eve@example.org", status=400)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("email", ["", "ada", "ada@example.org\nbcc: eve@example.org", "a" * 250 + "@example.org"])
def test_address_that_is_none_is_refused(catalogue, ask, mailoutbox, email):
    assert "There is a problem" in ask(email=email, status=400)
    assert (mailoutbox, Alert.objects.count()) == ([], 0)


def test_wrong_search_is_refused_and_odd_words_harm_no_header(catalogue, ask, client, mailoutbox):
    assert client.get("/alerts/new/?kind=submarine").status_code == 400
    ask(search="?q=bin%0d%0aBcc:%20eve@example.org")
    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].to == [ADA]


def test_form_needs_its_token_and_says_what_is_kept(catalogue):
    guarded = Client(enforce_csrf_checks=True)
    assert guarded.post("/alerts/new/", {"email": ADA}).status_code == 403
    page = guarded.get("/alerts/new/?q=bin").content.decode()
    assert 'href="/privacy/#alerts"' in page
    assert "“bin”" in page


def test_same_search_of_one_address_is_one_alert(confirmed):
    with pytest.raises(IntegrityError):
        Alert.objects.create(email=ADA.upper(), search=confirmed.search, asked_at=timezone.now())


def test_search_that_is_too_long_is_refused_in_a_sentence(catalogue, ask):
    for number in range(60):
        factories.function(slug=f"a-rather-long-function-{number}")
    functions = "&".join(f"function=a-rather-long-function-{number}" for number in range(60))
    assert "The search is too long to be kept." in ask(search=f"?{functions}", status=400)
