"""Raising a challenge: anybody, once the same, never a flood, and nothing of whoever did in any record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.challenges import TooMany, limits, raise_challenge, withdraw_challenge
from registry.actions.challenges.raising import SentAlready
from registry.actions.challenges.secrets import secret_of
from registry.models import (
    About,
    Act,
    Challenge,
    ChallengeArrival,
    Challenger,
    ChallengeStep,
    Event,
    Letter,
    Payment,
    StepKind,
)
from registry.models.challenge.challenge import LETTERS
from registry.permissions import ANYBODY
from registry.presenters import challenged
from tests import factories
from tests.constraints import check_deferred, refused_by
from tests.registry.challenges.conftest import CITIZEN, raise_of


def test_challenge_is_recorded_with_one_step_and_one_event(raised, statement, time_machine):
    time_machine.move_to("2026-11-27T12:00:00+00:00")  # a Friday
    challenge = raised(evidence_url="https://news.example/1")

    assert (challenge.state, challenge.outcome, challenge.about) == ("open", "", About.DECLARATION)
    assert (challenge.organisation, challenge.function, challenge.component) == (
        statement.organisation,
        statement.function,
        statement.component,
    )
    assert (challenge.raised_on, challenge.due_on) == (date(2026, 11, 27), date(2026, 12, 25))
    assert "Uses Pay" in challenge.said
    event = Event.objects.get(act=Act.RAISE_CHALLENGE)
    assert challenge.recorded_in == event
    assert event.detail == {
        "challenge": challenge.reference,
        "about": "declaration",
        "organisation": "ash",
        "function": "payments",
        "component": "pay",
    }
    assert [step.kind for step in challenge.steps.all()] == ["raised"]


def test_reference_can_be_said(raised):
    reference = raised().reference
    assert len(reference) == 9
    assert set(reference) - {"-"} <= set(LETTERS)
    assert not set(LETTERS) & set("0O1IL5S2Z8BAEU")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"claim": " \n "}, "Say what is wrong"),
        ({"claim": "x" * 4_001}, "4,000 characters"),
        ({"claim": "=1+1"}, "spreadsheet"),
        ({"claim": "\u202e@x"}, "spreadsheet"),
        ({"evidence_url": "javascript:alert(1)"}, "must be a web address"),
        ({"email": "nobody"}, "an email address"),
        ({"email": "a@b.example\nbcc: c@d.example"}, "an email address"),
    ],
)
def test_challenge_is_refused_with_a_sentence(raised, said, sentence):
    with pytest.raises(Refused, match=sentence):
        raised(**said)
    assert not Challenge.objects.exists()
    assert not Event.objects.filter(act=Act.RAISE_CHALLENGE).exists()


def test_letters_that_nobody_sees_are_taken_out(raised):
    assert raised(claim="It\x07 is\x00 \u202ewrong\r\nhere").claim == "It is wrong\nhere"


def test_same_claim_leads_to_the_challenge_that_stands(raised, statement):
    first = raised()
    again = raise_of(statement, claim="  they LEFT it\nin spring. ")
    assert (again.challenge, again.is_new, again.is_own) == (first, False, False)
    assert raised(claim="The cost is wrong.") != first
    assert Challenge.objects.count() == 2


def test_settled_one_can_be_raised_again(raised):
    first = raised()
    withdraw_challenge(challenge=first, secret=secret_of(first), by=ANYBODY)
    assert raised() != first


def test_form_is_taken_once(raised, statement):
    challenge = raised(nonce="n1")
    own = raise_of(statement, nonce="n1")
    assert (own.challenge, own.is_new, own.is_own) == (challenge, False, True)
    with pytest.raises(SentAlready):
        raised(nonce="n1", claim="Another thing.")
    other = raised(nonce="n2", claim="Another thing.")
    assert not raise_of(statement, nonce="n1", claim=other.claim).is_own, "whose form it was decides, not the claim"


@pytest.mark.django_db(transaction=True)
def test_thirty_two_threads_with_the_same_challenge_make_one(statement):
    subject = challenged.of_declaration(statement.pk)

    def send(number: int) -> str:
        try:
            found = raise_challenge(
                subject=subject, claim="They left it.", nonce="same", caller=f"c{number}", by=ANYBODY
            )
            return f"{found.challenge.reference} {found.is_new}"
        finally:
            connection.close()

    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(send, range(32)))

    reference = Challenge.objects.get().reference
    assert sorted(answers) == [f"{reference} False"] * 31 + [f"{reference} True"]
    assert ChallengeStep.objects.count() == Event.objects.filter(act=Act.RAISE_CHALLENGE).count() == 1
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_thirty_two_threads_of_one_caller_stay_within_the_limit(statement):
    subject = challenged.of_declaration(statement.pk)

    def send(number: int) -> bool:
        try:
            raise_challenge(subject=subject, claim=f"Claim {number}", caller="one", by=ANYBODY)
            return True
        except TooMany:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(32) as pool:
        assert sum(pool.map(send, range(32))) == limits.OF_A_CALLER


def test_caller_who_floods_is_told_when_to_come_back(raised, time_machine):
    time_machine.move_to("2026-11-27T12:00:00+00:00", tick=False)
    for number in range(limits.OF_A_CALLER):
        raised(claim=f"Claim {number}", caller="eve")
    with pytest.raises(TooMany, match=r"within an hour\. Nothing is lost: send it again in") as refused:
        raised(claim="One more", caller="eve")
    assert 3_600 <= refused.value.seconds <= 3_601

    time_machine.move_to("2026-11-27T13:00:01+00:00", tick=False)
    assert raised(claim="One more", caller="eve")


def test_flooded_statement_and_flooded_body_silence_nobody_else(raised, ash, monkeypatch):
    monkeypatch.setattr(limits, "OF_A_BODY", 8)
    for number in range(limits.OF_A_THING):
        raised(claim=f"Claim {number}", caller=f"c{number}")
    with pytest.raises(TooMany, match="of this"):
        raised(claim="One more", caller="new")

    others = [factories.duplicate(organisation=ash) for _ in range(3)]
    for other in others[:2]:
        raise_of(other)
    with pytest.raises(TooMany, match="Ash Council"):
        raise_of(others[2])
    assert raise_of(factories.duplicate()).is_new


def test_all_together_are_limited_an_hour(raised, monkeypatch):
    monkeypatch.setattr(limits, "OF_ALL", 1)
    raised()
    with pytest.raises(TooMany, match="Very many"):
        raise_of(factories.duplicate())


def test_whoever_says_the_same_again_is_not_counted(raised, statement, monkeypatch):
    monkeypatch.setattr(limits, "OF_A_CALLER", 1)
    raised(caller="eve")
    assert not raise_of(statement, caller="eve").is_new
    assert ChallengeArrival.objects.count() == 1


@pytest.mark.parametrize("about", ["missing", "component", "organisation", "payment"])
def test_everything_that_is_recorded_can_be_challenged(statement, ash, about):
    paid = Payment.objects.create(organisation=ash, reference="R1", supplier="Tills Ltd", amount=10)
    subject = {
        "missing": lambda: challenged.of_missing("ash", "payments"),
        "component": lambda: challenged.of_component("pay"),
        "organisation": lambda: challenged.of_organisation("ash"),
        "payment": lambda: challenged.of_payment(paid.pk),
    }[about]()

    challenge = raise_of(statement, subject=subject).challenge

    assert challenge.about == about
    assert challenge.said


def test_draft_cannot_be_challenged(db):
    draft = factories.adoption(component=factories.component(slug="secret", lifecycle="draft"))
    for find in (lambda: challenged.of_component("secret"), lambda: challenged.of_declaration(draft.pk)):
        with pytest.raises(Exception, match=r"No .* matches"):
            find()


def test_payment_that_goes_leaves_its_challenges(raised, ash):
    for number in range(2):
        paid = Payment.objects.create(organisation=ash, reference=f"R{number}", amount=10)
        raise_of(None, subject=challenged.of_payment(paid.pk))
    Payment.objects.all().delete()
    assert Challenge.objects.standing().filter(about=About.PAYMENT, payment=None).count() == 2


def test_address_is_kept_apart_and_in_no_event(raised):
    challenge = raised(email=CITIZEN)
    assert Challenger.objects.get().challenge == challenge
    assert not [event for event in Event.objects.all() if CITIZEN in str(vars(event))]
    assert CITIZEN not in str([vars(one) for one in (challenge, *challenge.steps.all())])


# What the database holds by itself


def test_state_is_what_the_last_step_says(raised):
    challenge = raised()
    check_deferred()
    with refused_by("challenge_state_is_of_its_last_step"), transaction.atomic():
        Challenge.objects.filter(pk=challenge.pk).update(state="escalated")
        check_deferred()
    with refused_by("challenge_state_is_of_its_last_step"), transaction.atomic():
        ChallengeStep.objects.create(
            challenge=challenge, kind=StepKind.ASKED, state="asked", text="?", recorded_in=challenge.recorded_in
        )
        check_deferred()


def test_steps_and_claims_never_change(raised):
    challenge = raised()
    step = challenge.steps.get()
    for change in (
        lambda: ChallengeStep.objects.filter(pk=step.pk).update(text="Other"),
        step.delete,
        lambda: Challenge.objects.filter(pk=challenge.pk).update(claim="Other"),
        challenge.delete,
    ):
        with pytest.raises(Exception, match=r"Cannot"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"reference": "AEIO-UAEI"}, "challenge_reference_can_be_said"),
        ({"about": About.MISSING}, "challenge_fits_what_it_is_about"),
        ({"claim": ""}, "challenge_claims_something"),
        ({"outcome": "kept"}, "challenge_outcome_fits_its_state"),
        ({"ended_on": date(2026, 1, 1)}, "challenge_ends_when_it_is_settled"),
        ({"reference": "3334-4444"}, "challenge_stands_once"),
    ],
)
def test_database_refuses_what_cannot_be(raised, fields, constraint):
    challenge = raised()
    challenge.pk, challenge._state.adding, challenge.reference = None, True, "3333-4444"
    with refused_by(constraint), transaction.atomic():
        if constraint != "challenge_stands_once":
            challenge.claim_digest = "another"
        for name, value in fields.items():
            setattr(challenge, name, value)
        challenge.save()


def test_step_says_why_and_leads_where_it_says(raised):
    challenge = raised()
    made = {"challenge": challenge, "recorded_in": challenge.recorded_in}
    with refused_by("challenge_step_says_why"), transaction.atomic():
        ChallengeStep.objects.create(kind=StepKind.KEPT, state="answered", **made)
    with refused_by("challenge_step_leads_where_it_says"), transaction.atomic():
        ChallengeStep.objects.create(kind=StepKind.KEPT, state="open", text="So.", **made)


def test_arrivals_are_forgotten_after_a_day(raised):
    raised(caller="eve")
    now = timezone.now()
    assert limits.forget_arrivals(now) == 0
    assert limits.forget_arrivals(now + timedelta(days=1, minutes=1)) == 1
