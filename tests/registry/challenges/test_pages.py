"""The pages: saying what is wrong without an account, following it, answering it, and the marks on other pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalogue.models import Component
from registry import form_tokens
from registry.actions.challenges import ask_challenger, escalate_overdue, keep_record, limits
from registry.actions.challenges.secrets import secret_of
from registry.models import Act, Challenge, ChallengeArrival, Challenger, Declaration, Event, Payment, Person
from registry.permissions import COMMAND_LINE
from registry.presenters import challenged
from tests import factories
from tests.registry.challenges.conftest import CITIZEN, raise_of

CLAIM = "They left it in spring."


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def send(client, time_machine, django_capture_on_commit_callbacks):
    """`send(address, claim=…)` opens the form, takes a minute, and sends it."""

    def sent(address: str, *, seconds: int = 60, again: str = "", headers: dict | None = None, **typed):
        form = client.get(address)
        token = again or form.context["form"].next_token
        time_machine.move_to(timezone.now() + timedelta(seconds=seconds), tick=False)
        data = {"claim": CLAIM, "evidence_url": "", "email": "", "website": "", "token": token} | typed
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address, data, headers=headers or {})
        response.token = token
        return response

    return sent


def address_of(statement: Declaration) -> str:
    return reverse("registry:feedback_declaration", args=[statement.pk])


# Saying it


def test_citizen_says_it_without_an_account_and_gets_a_reference(send, client, statement, mailoutbox):
    done = send(address_of(statement), evidence_url="https://news.example/1")

    assert done.status_code == 200
    challenge = Challenge.objects.get()
    page = text_of(done)
    assert challenge.reference in page
    assert f'href="/challenges/{challenge.reference}/"' in page
    assert secret_of(challenge) in page
    assert (done["X-Robots-Tag"], "no-store" in done["Cache-Control"]) == ("noindex", True)
    public = text_of(client.get(f"/challenges/{challenge.reference}/"))
    assert CLAIM in public
    assert 'href="https://news.example/1"' in public
    assert "Under review since" in public
    assert "Ash Council is asked to answer." in public
    assert secret_of(challenge) not in public
    assert Event.objects.get(act=Act.RAISE_CHALLENGE).by is None


def test_with_an_address_the_link_comes_by_letter_alone(send, statement):
    page = text_of(send(address_of(statement), email=CITIZEN))
    challenge = Challenge.objects.get()
    assert "We write to you." in page
    assert secret_of(challenge) not in page
    assert CITIZEN not in page


def test_form_shows_the_record_and_what_is_under_review_already(client, statement, raised):
    other = raised()
    page = text_of(client.get(address_of(statement)))
    assert "Uses Pay" in page
    assert f'href="/challenges/{other.reference}/"' in page
    assert 'name="website"' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"claim": ""}, "Say what is wrong or missing"),
        ({"claim": "=cmd()"}, "spreadsheet"),
        ({"claim": "x" * 4_001}, "4000"),
        ({"evidence_url": "ftp://a.example"}, "must be a web address"),
        ({"email": "nobody"}, "valid email address"),
        ({"website": "https://spam.example"}, "A field that nobody sees was filled in."),
        ({"token": "made-up"}, "did not come from this page"),
        ({"token": ""}, "did not come from this page"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_lost(send, statement, typed, sentence):
    kept = {"claim": "Kept claim", "email": "kept@example.org"} | typed
    refused = send(address_of(statement), **kept)
    page = text_of(refused)
    assert refused.status_code == 400
    assert sentence in page
    assert page.count("There is a problem") == 1
    assert "<title>Error:" in page.replace("\n", "")
    for name in ("claim", "email"):
        assert kept[name] in page
    assert "spam.example" not in page, "the trap is set anew"
    assert not Challenge.objects.exists()


def test_too_quick_is_refused_kindly_and_goes_the_second_time(send, statement):
    address = address_of(statement)
    quick = send(address, seconds=1)
    assert (quick.status_code, Challenge.objects.count()) == (400, 0)
    assert "quicker than people type" in text_of(quick)
    assert CLAIM in text_of(quick)
    assert quick.context["form"].next_token == quick.token
    assert send(address, seconds=5, again=quick.token).status_code == 200


def test_too_old_is_refused_kindly_and_goes_with_the_new_form(send, statement):
    address = address_of(statement)
    old = send(address, seconds=int(form_tokens.LONGEST.total_seconds()) + 1)
    assert (old.status_code, Challenge.objects.count()) == (400, 0)
    assert "open for long" in text_of(old)
    assert CLAIM in text_of(old)
    assert send(address, again=old.context["form"].next_token).status_code == 200


def test_form_of_another_thing_is_not_taken(send, statement, client):
    other = client.get(address_of(factories.duplicate())).context["form"].next_token
    assert send(address_of(statement), again=other).status_code == 400


def test_form_sent_twice_is_one_challenge_and_a_reused_one_is_refused(send, statement):
    address = address_of(statement)
    first = send(address)
    twice = send(address, again=first.token)
    assert secret_of(Challenge.objects.get()) in text_of(twice), "whoever pressed twice still gets the link"
    used = send(address, again=first.token, claim="Something else.")
    assert used.status_code == 400
    assert "has been sent before" in text_of(used)
    assert "Something else." in text_of(used)
    assert send(address, again=used.context["form"].next_token, claim="Something else.").status_code == 200


def test_who_says_the_same_is_led_to_the_challenge(send, statement, raised):
    challenge = raised(claim=CLAIM)
    response = send(address_of(statement))
    assert response.url == f"/challenges/{challenge.reference}/"
    assert secret_of(challenge) not in str(response.cookies)


def test_flood_is_answered_with_429_and_a_sentence(send, statement, monkeypatch):
    monkeypatch.setattr(limits, "OF_A_CALLER", 1)
    address = address_of(statement)
    send(address)
    flood = send(address, claim="Another claim.")
    assert flood.status_code == 429
    assert 0 < int(flood["Retry-After"]) <= 3_600
    assert "Nothing is lost: send it again in 60 minutes." in text_of(flood)
    assert "Another claim." in text_of(flood)


def test_callers_are_told_apart_and_not_kept(send, statement, settings, monkeypatch):
    monkeypatch.setattr(limits, "OF_A_CALLER", 1)
    settings.BEHIND_HTTPS = True
    address = address_of(statement)
    own = {"X-Forwarded-Proto": "https"}
    for number, passed in enumerate(["198.51.100.7", "203.0.113.9, 198.51.100.8", "2001:db8::1"]):
        assert send(address, claim=f"Claim {number}", headers=own | {"X-Forwarded-For": passed}).status_code == 200
    for invented in ("203.0.113.1, 198.51.100.7", "198.51.100.99, 2001:db8::ffff"):
        assert send(address, claim="More", headers=own | {"X-Forwarded-For": invented}).status_code == 429
    callers = str(list(ChallengeArrival.objects.values_list("caller", flat=True)))
    assert "198.51" not in callers
    assert all(len(caller) == 64 for caller in ChallengeArrival.objects.values_list("caller", flat=True))


def test_form_needs_its_csrf_token(statement):
    assert Client(enforce_csrf_checks=True).post(address_of(statement), {"claim": CLAIM}).status_code == 403


def test_everything_has_its_form(client, statement, ash):
    paid = Payment.objects.create(organisation=ash, reference="R1", supplier="Tills Ltd", amount=10)
    for address in (
        "/feedback/components/pay/",
        "/feedback/organisations/ash/",
        "/feedback/organisations/ash/functions/payments/",
        f"/feedback/payments/{paid.pk}/",
    ):
        assert "Something wrong or missing?" in text_of(client.get(address))


def test_replaced_statement_leads_to_what_is_said_now(client, statement):
    address = address_of(statement)
    Declaration.objects.filter(pk=statement.pk).update(superseded_in=factories.event())
    assert client.get(address).url == "/feedback/organisations/ash/functions/payments/"
    now = factories.adoption(
        organisation=statement.organisation, function=statement.function, component=statement.component
    )
    assert client.get(address).url == address_of(now)


@pytest.mark.parametrize(
    "address",
    [
        "/feedback/declarations/999999999999999999999/",
        "/feedback/components/secret/",
        "/feedback/organisations/nobody/",
        "/feedback/payments/1/",
        "/challenges/AAAA-AAAA/",
        "/challenges/%00/",
        "/challenges/%3Cscript%3E/",
    ],
)
def test_nothing_there_is_nothing_there(client, db, address):
    factories.component(slug="secret", lifecycle="draft")
    assert client.get(address).status_code == 404


# Following it


def test_reference_is_found_however_it_is_typed(client, raised):
    reference = raised().reference
    for typed in (reference.lower(), reference.replace("-", "")):
        assert client.get(f"/challenges/{typed}/").url == f"/challenges/{reference}/"


def test_list_filters_and_comes_as_a_file(client, raised, ash, django_assert_max_num_queries):
    first, second = raised(), raised(claim="The cost is wrong.")
    keep_record(challenge=second, reason="It is not.", by=COMMAND_LINE)

    with django_assert_max_num_queries(8):
        page = text_of(client.get("/challenges/"))
    assert "2 challenges" in page
    assert "Ash Council, Take payments: Pay" in page
    for query in ("standing=yes", "state=open", "organisation=ash&state=open", "function=payments&standing=yes"):
        page = text_of(client.get(f"/challenges/?{query}"))
        assert (first.reference in page, second.reference in page) == (True, False), query
    assert "No challenges" in text_of(client.get("/challenges/?raised_before=2020-01-01"))
    assert client.get("/challenges/?state=angry").status_code == 400
    rows = b"".join(client.get("/challenges.csv").streaming_content).decode().splitlines()
    assert len(rows) == 3


def test_empty_list_reads_well(client, db):
    page = text_of(client.get("/challenges/"))
    assert "Nobody has said yet that something here is wrong or missing." in page
    assert "Under review means:" in page


def test_page_of_a_challenge_tells_step_by_step(client, raised, django_assert_max_num_queries):
    challenge = raised()
    ask_challenger(challenge=challenge, question="Which <b>team</b>?", by=COMMAND_LINE)
    with django_assert_max_num_queries(8):
        page = text_of(client.get(f"/challenges/{challenge.reference}/"))
    assert page.index("Ash Council asked for more") < page.index("Somebody raised it")
    assert "Which &lt;b&gt;team&lt;/b&gt;?" in page
    assert "Whoever raised it is asked for more." in page


def test_moderators_of_what_nobody_looks_after(client, db):
    challenge = raise_of(None, subject=challenged.of_component(factories.component().slug)).challenge
    assert "the moderators are asked to answer" in text_of(client.get(challenge.get_absolute_url()))


def test_draft_shows_through_no_challenge(client, raised, statement):
    challenge = raised()
    of_it = raise_of(None, subject=challenged.of_component("pay")).challenge
    Component.objects.filter(pk=statement.component_id).update(lifecycle="draft", name="Secret Project")
    for one in (challenge, of_it):
        for address in ("/challenges/{0}/", "/api/v1/challenges/{0}", f"/challenges/{{0}}/mine/{secret_of(one)}/"):
            assert client.get(address.format(one.reference)).status_code == 404
    for address in ("/challenges/", "/organisations/ash/", "/organisations/ash/statements/", "/api/v1/challenges"):
        page = text_of(client.get(address))
        assert challenge.reference not in page
        assert "Secret Project" not in page
    assert challenge.reference not in b"".join(client.get("/challenges.csv").streaming_content).decode()


# Under review on other pages


def test_mark_stands_at_once_wherever_the_statement_does(client, raised, statement):
    pages = ["/organisations/ash/", "/organisations/ash/statements/", "/components/pay/adopters/"]
    for address in pages:
        assert "nder review" not in text_of(client.get(address))

    challenge = raised()

    said = f"Under review since {timezone.localdate():%-d %B %Y}"
    for address in pages:
        page = text_of(client.get(address))
        assert said in page
        assert f'href="/challenges/{challenge.reference}/"' in page
    keep_record(challenge=challenge, reason="It is so.", by=COMMAND_LINE)
    for address in pages:
        assert "nder review" not in text_of(client.get(address))


def test_statement_that_is_said_anew_stays_under_review(client, raised, statement):
    challenge = raised()
    event = factories.event()
    Declaration.objects.filter(pk=statement.pk).update(superseded_in=event)
    kept = {name: getattr(statement, name) for name in ("organisation", "function", "component", "stage")}
    factories.adoption(**kept, recorded_in=event)
    rows = client.get("/api/v1/declarations?history=1").json()["items"]
    assert {row["superseded"] is None: row["challenge"] for row in rows} == {True: challenge.reference, False: None}


def test_own_system_function_component_body_and_payment_are_marked(client, ash, statement):
    system = factories.duplicate(organisation=ash, function=statement.function, system="Old Till")
    paid = Payment.objects.create(organisation=ash, reference="R1", amount=10, paid_on="2026-05-01")
    subjects = {
        "/functions/payments/": challenged.of_declaration(system.pk),
        "/components/pay/": challenged.of_component("pay"),
        "/organisations/ash/": challenged.of_organisation("ash"),
        "/organisations/ash/spending/": challenged.of_payment(paid.pk),
    }
    for address, subject in subjects.items():
        challenge = raise_of(None, subject=subject).challenge
        assert f'href="/challenges/{challenge.reference}/"' in text_of(client.get(address)), address
    missing = raise_of(None, subject=challenged.of_missing("ash", "payments")).challenge
    page = text_of(client.get("/organisations/ash/"))
    assert "Take payments: something missing, since" in page
    assert missing.reference in page


@pytest.mark.parametrize(
    "address", ["/organisations/ash/", "/organisations/ash/statements/", "/components/pay/adopters/"]
)
def test_marks_cost_no_question_more(client, ash, statement, address, django_assert_num_queries):

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    factories.duplicate(organisation=ash, function=statement.function)
    client.get(address)
    Event.objects.create(act=Act.EDIT)
    before = asked()
    for one in Declaration.objects.all():
        raise_of(one)
    assert asked() == before


def test_links_to_the_form_stand_beside_what_they_are_about(client, ash, statement):
    paid = Payment.objects.create(organisation=ash, reference="R1", amount=10, paid_on="2026-05-01")
    system = factories.duplicate(organisation=ash, function=statement.function)
    for address, form in {
        "/organisations/ash/": "/feedback/organisations/ash/",
        "/organisations/ash/statements/": address_of(statement),
        "/components/pay/": "/feedback/components/pay/",
        "/components/pay/adopters/": address_of(statement),
        "/functions/payments/": address_of(system),
        "/organisations/ash/spending/": f"/feedback/payments/{paid.pk}/",
    }.items():
        assert f'href="{form}"' in text_of(client.get(address)), address


# Answering


def test_answer_page_is_for_whoever_is_asked(client, raised, settings):
    address = f"/challenges/{raised().reference}/answer/"
    assert client.get(address).url.startswith(resolve_url(settings.LOGIN_URL))
    client.force_login(Person.objects.create_user("somebody@example.org", "a long enough password"))
    assert client.get(address).status_code == 403
    assert client.post(address, {"choice": "keep", "text": "So."}).status_code == 403


def test_officer_sees_claim_record_and_last_reply_and_answers(client, operator, raised, django_assert_max_num_queries):
    earlier = raised(claim="An earlier one.")
    keep_record(challenge=earlier, reason="The contract runs on.", by=COMMAND_LINE)
    challenge = raised(evidence_url="https://news.example/1")
    assert "Answer this challenge" in text_of(client.get(challenge.get_absolute_url()))
    address = f"/challenges/{challenge.reference}/answer/"

    with django_assert_max_num_queries(9):
        page = text_of(client.get(address))
    for said in (CLAIM, "news.example/1", "Uses Pay", "The contract runs on.", "Nothing has changed yet"):
        assert said in page
    assert 'href="/workspace/ash/functions/payments/"' in page

    done = client.post(address, {"choice": "keep", "text": "It runs on until 2028."})
    assert done.url == challenge.get_absolute_url()
    page = text_of(client.get(done.url))
    assert "Ash Council kept the record as it is" in page
    assert "It runs on until 2028." in page
    assert operator.email not in text_of(Client().get(done.url))
    assert "There is nothing to answer at the moment." in text_of(client.get(address))


def test_agreeing_leads_to_the_change(client, operator, raised, statement):
    challenge = raised()
    address = f"/challenges/{challenge.reference}/answer/"
    refused = client.post(address, {"choice": "agree", "text": "Changed."})
    assert refused.status_code == 400
    assert "Change it first, then close the challenge." in text_of(refused)
    assert "Changed." in text_of(refused)

    event = factories.event()
    Declaration.objects.filter(pk=statement.pk).update(superseded_in=event)
    new = factories.duplicate(organisation=statement.organisation, function=statement.function, recorded_in=event)
    assert "The record has changed since" in text_of(client.get(address))
    client.post(address, {"choice": "agree", "text": "Changed."})
    assert f'href="/api/v1/declarations/{new.pk}"' in text_of(client.get(challenge.get_absolute_url()))


@pytest.mark.parametrize(
    "typed", [{}, {"choice": "keep"}, {"choice": "keep", "text": "=So"}, {"choice": "uphold", "text": "So"}]
)
def test_answer_that_says_too_little_is_refused(client, operator, raised, typed):
    challenge = raised()
    refused = client.post(f"/challenges/{challenge.reference}/answer/", typed)
    assert refused.status_code == 400
    assert "There is a problem" in text_of(refused)


def test_moderator_decides_what_was_passed_on(client, operator, raised, time_machine):
    challenge = raised()
    time_machine.move_to(challenge.due_on + timedelta(days=1))
    escalate_overdue(by=COMMAND_LINE)
    client.force_login(operator)
    address = f"/challenges/{challenge.reference}/answer/"
    assert "Publish this decision" in text_of(client.get(address))
    client.post(address, {"choice": "uphold", "text": "The minutes say so."})
    challenge.refresh_from_db()
    assert (challenge.state, challenge.outcome) == ("decided", "upheld")


# Whoever raised it


def own(challenge: Challenge) -> str:
    return f"/challenges/{challenge.reference}/mine/{secret_of(challenge)}/"


def test_own_page_opens_with_the_secret_alone(client, raised):
    challenge, other = raised(), raised(claim="Another.")
    page = client.get(own(challenge))
    assert page.status_code == 200
    assert (page["X-Robots-Tag"], "no-store" in page["Cache-Control"]) == ("noindex", True)
    for secret in ("x", secret_of(other)):
        assert client.get(f"/challenges/{challenge.reference}/mine/{secret}/").status_code == 404
        assert client.post(f"/challenges/{challenge.reference}/mine/{secret}/", {"act": "withdraw"}).status_code == 404
    challenge.refresh_from_db()
    assert challenge.is_standing


def test_challenger_answers_withdraws_asks_the_moderators_and_is_forgotten(client, raised):
    challenge = raised(email=CITIZEN)
    ask_challenger(challenge=challenge, question="Which team?", by=COMMAND_LINE)
    assert "Answer the question by" in text_of(client.get(own(challenge)))
    assert client.post(own(challenge), {"act": "reply", "text": ""}).status_code == 400
    assert client.post(own(challenge), {"act": "reply", "text": "Parking."}).status_code == 302
    assert client.post(own(challenge), {"act": "reply", "text": "Parking."}).status_code == 409
    keep_record(challenge=challenge, reason="It is so.", by=COMMAND_LINE)
    assert "You do not agree?" in text_of(client.get(own(challenge)))
    client.post(own(challenge), {"act": "escalate"})
    challenge.refresh_from_db()
    assert challenge.state == "escalated"
    page = text_of(client.get(own(challenge)))
    assert "You do not agree?" not in page
    assert CITIZEN not in page
    client.post(own(challenge), {"act": "forget"})
    assert not Challenger.objects.exists()
    client.post(own(challenge), {"act": "withdraw"})
    challenge.refresh_from_db()
    assert challenge.state == "withdrawn"
    assert client.post(own(challenge), {"act": "explode"}).status_code == 409


def test_address_is_in_no_page_file_or_answer(client, statement, raised):
    challenge = raised(email=CITIZEN)
    for address in (
        *("/challenges/", "/challenges.csv", "/challenges.json", "/api/v1/challenges", "/api/v1/challenges.csv"),
        *(f"/challenges/{challenge.reference}/", f"/api/v1/challenges/{challenge.reference}", own(challenge)),
        *("/organisations/ash/", "/organisations/ash/statements/", "/components.atom", "/api/v1/declarations"),
        address_of(statement),
    ):
        response = client.get(address)
        said = b"".join(response.streaming_content) if response.streaming else response.content
        assert CITIZEN.encode() not in said, address
