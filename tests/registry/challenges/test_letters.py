"""Letters about challenges: each once, to whom it concerns, and nobody's address anywhere else."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from registry.actions.challenges import (
    ask_challenger,
    decide_challenge,
    escalate_challenge,
    forget_challenger,
    keep_record,
    outbox,
    reply_to_question,
    withdraw_challenge,
)
from registry.actions.challenges.secrets import secret_of
from registry.actions.post import FIRST_PAUSE, send_letters
from registry.models import Letter, LetterKind, Role, Succession
from registry.permissions import ANYBODY, COMMAND_LINE
from registry.presenters import challenged
from tests import factories
from tests.registry.challenges.conftest import CITIZEN, raise_of

CLERK = "clerk@ash.example"


def to(mailoutbox) -> list[str]:
    return [address for letter in mailoutbox for address in letter.to]


def test_body_and_challenger_are_written_to_once(raised, mailoutbox):
    challenge = raised(email=CITIZEN)
    assert (send_letters(), send_letters()) == (2, 0)

    of_body, receipt = sorted(mailoutbox, key=lambda letter: letter.to != [CLERK])
    assert (of_body.to, receipt.to) == ([CLERK], [CITIZEN])
    assert of_body.subject == f"Challenge {challenge.reference}: Ash Council, Take payments: Pay"
    assert "They left it in spring." in of_body.body
    assert f"http://127.0.0.1:8000/challenges/{challenge.reference}/answer/" in of_body.body
    assert CITIZEN not in of_body.body + of_body.subject
    assert secret_of(challenge) not in of_body.body
    assert f"/challenges/{challenge.reference}/mine/{secret_of(challenge)}/" in receipt.body
    assert set(Letter.objects.values_list("kind", flat=True)) == {LetterKind.CHALLENGE}


def test_whoever_is_answered_hears_of_each_step_once(raised, mailoutbox):
    challenge = raised(email=CITIZEN)
    secret = secret_of(challenge)
    ask_challenger(challenge=challenge, question="Which team?", by=COMMAND_LINE)
    reply_to_question(challenge=challenge, secret=secret, text="Parking.", by=ANYBODY)
    assert send_letters() == 4
    keep_record(challenge=challenge, reason="It runs on.", by=COMMAND_LINE)
    escalate_challenge(challenge=challenge, secret=secret, by=ANYBODY)
    decide_challenge(challenge=challenge, upheld=True, reason="It is so.", by=COMMAND_LINE)

    assert send_letters() == 2

    mine = [letter.subject for letter in mailoutbox if letter.to == [CITIZEN]]
    assert [re.sub(r" [A-Z0-9]{4}-[A-Z0-9]{4}", "", subject) for subject in mine] == [
        "Your challenge",
        "You are asked for more about challenge.",
        "Challenge was answered: the record is kept as it is.",
        "The moderators decided that challenge is right.",
    ]
    theirs = [letter for letter in mailoutbox if letter.to == [CLERK]]
    assert len(theirs) == 2
    assert "Parking." in theirs[1].body
    assert "Which team?" in next(letter.body for letter in mailoutbox if letter.subject.startswith("You are asked"))


def test_one_address_of_several_bodies_gets_one_letter(statement, ash, mailoutbox):
    for _ in range(2):
        steward = factories.organisation(contact_email=CLERK.upper())
        factories.stewardship(component=statement.component, organisation=steward, share=0.5)
    raise_of(None, subject=challenged.of_component("pay"), email=CLERK)
    assert send_letters() == 1


def test_owners_of_the_body_are_written_to_and_nobody_else_of_its_team(raised, ash, mailoutbox):
    for role in (Role.OWNER, Role.EDITOR):
        factories.membership(organisation=ash, role=role, person=factories.person(email=f"{role}@ash.example"))
    raised()
    send_letters()
    assert sorted(to(mailoutbox)) == [CLERK, "owner@ash.example"]


def test_successors_are_written_to_in_place_of_an_ended_body(statement, ash, mailoutbox):
    heir = factories.organisation(contact_email="heir@example.org")
    Succession.objects.create(predecessor=ash, successor=heir)
    ash.end = timezone.localdate()
    ash.save()
    raise_of(statement)
    send_letters()
    assert to(mailoutbox) == ["heir@example.org"]


def test_body_without_an_address_is_not_written_to(mailoutbox, db):
    raise_of(factories.adoption())
    assert send_letters() == 0


def test_letter_that_was_refused_goes_the_next_time(raised, monkeypatch, mailoutbox, time_machine):
    raised()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(OSError))
        assert send_letters() == 0
    assert send_letters() == 0, "not at once"
    time_machine.move_to(timezone.now() + FIRST_PAUSE)
    assert (send_letters(), to(mailoutbox)) == (1, [CLERK])


def test_body_is_not_asked_for_what_is_settled_before_the_letter_goes(raised, mailoutbox):
    challenge = raised()
    withdraw_challenge(challenge=challenge, secret=secret_of(challenge), by=ANYBODY)
    assert send_letters() == 0
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_letter_once(statement, mailoutbox):
    for number in range(6):
        raise_of(statement, claim=f"Claim {number}", email=f"citizen{number}@example.org")

    def work(_) -> int:
        try:
            return send_letters()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 12
    assert len(mailoutbox) == 12


def test_nobody_is_flooded_with_receipts(raised, statement, mailoutbox):
    for number in range(outbox.RECEIPTS_A_DAY + 2):
        raise_of(factories.duplicate(), claim=f"Claim {number}", email=CITIZEN)
    send_letters()
    assert to(mailoutbox).count(CITIZEN) == outbox.RECEIPTS_A_DAY


def test_forgotten_address_gets_no_letter(raised, mailoutbox):
    challenge = raised(email=CITIZEN)
    forget_challenger(challenge=challenge, secret=secret_of(challenge), by=ANYBODY)
    send_letters()
    keep_record(challenge=challenge, reason="It is so.", by=COMMAND_LINE)
    send_letters()
    assert to(mailoutbox) == [CLERK]
    assert not Letter.objects.filter(to=CITIZEN).exists()


def test_names_and_claims_harm_no_header(ash, mailoutbox):
    statement = factories.duplicate(organisation=ash, system="Two\r\nBcc: eve@example.org")
    raise_of(statement, claim="{reference} {0} %s \n.\nFrom: eve@example.org", email=CITIZEN)
    send_letters()
    assert all("\n" not in letter.subject for letter in mailoutbox)
    assert sorted(to(mailoutbox)) == [CITIZEN, CLERK]
    assert all(not letter.cc and not letter.bcc for letter in mailoutbox)
    assert "{reference} {0} %s" in mailoutbox[0].body


def test_log_holds_no_address(raised, caplog):
    with caplog.at_level(logging.DEBUG):
        raised(email=CITIZEN)
        send_letters()
    assert CITIZEN not in caplog.text
