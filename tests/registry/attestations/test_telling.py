"""The letter to a body of what became of its statements: once a day, once for each thing, and to whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from registry.actions.attestations import attest, attest_costs, decline, tell_bodies, withdraw_attestation
from registry.actions.choosing import choose_letters
from registry.actions.post import send_letters
from registry.models import AuditResult, Declaration, Event, Letter, LetterKind, Organisation, Role
from registry.tasks import tell_of_attestations
from tests import factories
from tests.registry.attestations.conftest import OWNER, acting
from tests.registry.reorganisations.plans import carried_out, made_by, merge

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel("2026-10-05T10:00:00+00:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def next_day(world, day):
    """The letters there are once a day is over."""

    def next_day(number: int = 1) -> list[Letter]:
        day.move_to(timezone.now() + timedelta(days=number))
        tell_bodies()
        return list(Letter.objects.filter(kind=LetterKind.ATTESTED).order_by("pk"))

    return next_day


def test_answers_of_a_day_are_one_letter_with_their_reasons(world, uses, next_day):
    world.say(world.said)
    other = factories.function(slug="bins", name="Bins")
    world.component.functions.add(other)
    first = world.asked()
    attest(steward=world.steward, attestations=[first.pk], by=world.officer)
    birch = factories.adoption(organisation=world.body, component=world.component, function=other, evidence="E1")
    second = factories.attestation(of=birch, state="declined", answered_on=DAY, reason="You pay nothing.\nNo contract.",
                                   steward=world.steward)  # fmt: skip
    uses("elsewhere")

    assert tell_bodies() == 0, "the day is not over"
    (letter,) = next_day()

    assert letter.to == world.owner.person.email
    assert letter.subject == "Birch: 1 attested, 1 declined"
    assert "Attested:\n- Bookings: Sorrelpost, by Sorrel\n\nNot attested." in letter.text
    reason = "  The reason given: You pay nothing.\n  No contract."
    assert f"- {second.function}: Sorrelpost, by Sorrel\n{reason}" in letter.text
    assert "on 5 October 2026" in letter.text
    for part in ("/workspace/birch/attestations/?show=ours", "/account/letters/"):
        assert part in letter.text
    assert "show=costs" not in letter.text


def test_real_refusal_and_withdrawal_are_told_on_their_days(world, next_day):
    world.say(world.said)
    given = world.asked()
    attest(steward=world.steward, attestations=[given.pk], by=world.officer)
    assert [one.subject for one in next_day()] == ["Birch: 1 attested"]
    withdraw_attestation(steward=world.steward, attestation=given.pk, reason="They left in May.", by=world.officer)

    *_, letter = next_day()

    assert letter.subject == "Birch: 1 taken back"
    assert "The reason given: They left in May." in letter.text
    assert len(next_day()) == 2


def test_what_is_taken_back_on_the_same_day_is_told_as_that(world, next_day):
    world.say(world.said)
    given = world.asked()
    attest(steward=world.steward, attestations=[given.pk], by=world.officer)
    withdraw_attestation(steward=world.steward, attestation=given.pk, reason="A mistake", by=world.officer)
    assert [one.subject for one in next_day()] == ["Birch: 1 taken back"]


def test_decided_audit_is_told_to_whose_statement_it_is(world, next_day):
    world.say(world.said)
    attest(steward=world.steward, attestations=[world.asked().pk], by=world.officer)
    next_day()
    given = world.asked()
    factories.audit(attestation=given, decided_on=timezone.localdate(), reason="Nobody there knows it")
    passed = factories.attestation(of=factories.adoption(organisation=world.body), answered_on=DAY - timedelta(days=90))
    factories.audit(attestation=passed, decided_on=timezone.localdate(), result=AuditResult.PASSED)

    *_, letter = next_day()

    assert letter.subject == "Birch: 1 not confirmed by an audit"
    assert "The reason given: Nobody there knows it" in letter.text
    assert "For 12 months" in letter.text


def test_costs_are_told_to_owners_and_not_to_who_attested_them(world, next_day):
    officer = acting(world.body, Role.FINANCE_ATTESTOR)
    factories.membership(organisation=world.body, role=OWNER, person=officer.person)
    system = factories.duplicate(organisation=world.body, evidence="E1", annual_cost=9, system="Ledger")
    world.body.contact_email = "all@birch.example"
    world.body.save()
    attest_costs(organisation=world.body, declarations={system.pk}, by=officer)

    found = next_day()

    assert sorted(one.to for one in found) == sorted(["all@birch.example", world.owner.person.email])
    assert f"- {system.function}: Ledger, what it costs, by a finance attestor" in found[0].text
    assert "?show=costs" in found[0].text


def test_who_does_not_want_it_is_left_alone(world, next_day):
    world.say(world.said)
    choose_letters(person=world.owner.person, wanted=[LetterKind.ADOPTED], by=world.owner)
    decline(steward=world.steward, attestations=[world.asked().pk], reason="No", by=world.officer)
    assert next_day() == []


def test_worker_that_was_away_tells_each_day_later_and_nothing_twice(world, next_day):
    world.say(world.said)
    given = world.asked()
    attest(steward=world.steward, attestations=[given.pk], by=world.officer)
    found = next_day(7)
    assert [one.subject for one in found] == ["Birch: 1 attested"]
    factories.membership(organisation=world.body, role=OWNER)
    person = world.owner.person
    person.email = "new@birch.example"
    person.save()
    events = Event.objects.count()
    tell_of_attestations()
    assert Letter.objects.filter(kind=LetterKind.ATTESTED).count() == 1
    assert Event.objects.count() == events


def test_too_long_ago_is_no_news(world, next_day):
    world.say(world.said)
    attest(steward=world.steward, attestations=[world.asked().pk], by=world.officer)
    assert next_day(8) == []


def test_successor_hears_of_what_it_inherited(world, next_day):
    world.say(world.said)
    given = world.asked()
    attest(steward=world.steward, attestations=[given.pk], by=world.officer)
    other = factories.organisation(slug="elm")
    (heir,) = made_by(carried_out(merge([world.body, other], day=DAY)))
    Organisation.objects.filter(pk=heir.pk).update(contact_email="all@heir.example")
    assert Declaration.objects.current().filter(organisation=heir, evidence="E2").exists()
    withdraw_attestation(steward=world.steward, attestation=given.pk, reason="Over", by=world.officer)

    found = [one for one in next_day() if one.to == "all@heir.example"]

    assert [one.subject for one in found] == ["Birch: 1 taken back"]
    assert f"/workspace/{heir.slug}/attestations/" in found[0].text


def test_few_questions_a_body(world, uses, next_day, django_assert_max_num_queries):
    keys = [uses(f"body-{number}") for number in range(3)]
    attest(steward=world.steward, attestations=keys, by=world.officer)
    with django_assert_max_num_queries(3 + 3 * 8):
        found = next_day()
    assert len(found) == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_and_mail_once(world, day):
    world.say(world.said)
    attest(steward=world.steward, attestations=[world.asked().pk], by=world.officer)
    Letter.objects.all().delete()
    day.move_to("2026-10-06T10:00:00+00:00")

    def alone(work) -> object:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(alone, [tell_bodies, tell_bodies]))
        list(pool.map(alone, [send_letters, send_letters]))
    assert [letter.to for letter in mail.outbox] == [[world.owner.person.email]]
