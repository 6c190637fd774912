"""From a challenge to its end: bodies answer, challengers follow up, moderators decide, and time runs on."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from commons.exceptions import Refused
from registry.actions.challenges import (
    agree_to_challenge,
    ask_challenger,
    decide_challenge,
    escalate_challenge,
    escalate_overdue,
    forget_challenger,
    forget_challengers,
    keep_record,
    reply_to_question,
    withdraw_challenge,
)
from registry.actions.challenges.secrets import secret_of
from registry.actions.challenges.subjects import answerers
from registry.actions.merges import merge_components
from registry.actions.tokens import issue_token
from registry.models import Act, Challenge, Challenger, Declaration, Event, Letter, Scope, Succession
from registry.permissions import ANYBODY, COMMAND_LINE, of_token
from registry.presenters import challenged
from registry.tasks import escalate_challenges, forget_challenges
from tests import factories
from tests.constraints import check_deferred
from tests.registry.challenges.conftest import CITIZEN, raise_of


def officer(body, *scopes):
    granted = scopes or (Scope.DECLARATIONS_WRITE,)
    return of_token(issue_token(organisation=body, name="T", scopes=granted, by=COMMAND_LINE).token)


@pytest.fixture
def challenge(raised) -> Challenge:
    return raised()


@pytest.fixture
def clerk(ash):
    return officer(ash)


def replaced(statement: Declaration, **changes) -> Declaration:
    """What the body says in place of a statement from now on."""
    event = factories.event()
    Declaration.objects.filter(pk=statement.pk).update(superseded_in=event)
    copied = ("organisation", "function", "component", "annual_cost", "stage", "confirmed")
    kept = {name: getattr(statement, name) for name in copied}
    return factories.adoption(**kept | {"recorded_in": event} | changes)


def kinds(challenge: Challenge) -> list[str]:
    return [step.kind for step in challenge.steps.all()]


# What a body answers


def test_body_keeps_the_record_with_a_reason(challenge, ash, clerk):
    keep_record(challenge=challenge, reason="The contract runs on.", by=clerk)

    challenge.refresh_from_db()
    assert (challenge.state, challenge.outcome, challenge.ended_on) == ("answered", "kept", timezone.localdate())
    step = challenge.steps.last()
    assert (step.text, step.organisation) == ("The contract runs on.", ash)
    assert step.recorded_in == Event.objects.get(act=Act.KEEP_RECORD, token=clerk.token)
    check_deferred()


def test_body_agrees_with_what_it_changed(challenge, statement, clerk):
    new = replaced(statement, stage="retired")

    agree_to_challenge(challenge=challenge, text="We stopped in March.", by=clerk)

    challenge.refresh_from_db()
    assert (challenge.state, challenge.outcome, challenge.due_on) == ("answered", "changed", None)
    step = challenge.steps.last()
    assert (step.declaration, step.changed_in) == (new, new.recorded_in)


def test_statement_that_ends_is_a_change_too(challenge, statement, clerk):
    ended = factories.event()
    Declaration.objects.filter(pk=statement.pk).update(superseded_in=ended)
    agree_to_challenge(challenge=challenge, text="Taken out.", by=clerk)
    step = challenge.steps.last()
    assert (step.declaration, step.changed_in) == (None, ended)


@pytest.mark.parametrize("again", [False, True], ids=["untouched", "only confirmed anew"])
def test_nobody_agrees_without_a_change(challenge, statement, clerk, again):
    if again:
        replaced(statement, confirmed=date(2026, 11, 1))
    with pytest.raises(Refused, match="Nothing has changed yet in what Ash Council says of Take payments"):
        agree_to_challenge(challenge=challenge, text="Done.", by=clerk)


def test_what_was_missing_is_there_then(statement, ash, clerk):
    bins = factories.function(slug="bins", name="Bin days")
    challenge = raise_of(None, subject=challenged.of_missing("ash", "bins")).challenge
    new = factories.duplicate(organisation=ash, function=bins)
    agree_to_challenge(challenge=challenge, text="Added.", by=clerk)
    assert challenge.steps.last().declaration == new


def test_change_to_a_draft_names_no_draft(challenge, statement, clerk):
    draft = factories.component(lifecycle="draft")
    replaced(statement, component=draft)
    agree_to_challenge(challenge=challenge, text="Changed.", by=clerk)
    step = challenge.steps.last()
    assert step.declaration is None
    assert step.changed_in


def test_question_and_answer_go_to_and_fro(challenge, clerk, time_machine):
    time_machine.move_to("2026-12-01T12:00:00+00:00")
    ask_challenger(challenge=challenge, question="Which team left it?", by=clerk)
    challenge.refresh_from_db()
    assert (challenge.state, challenge.due_on) == ("asked", date(2026, 12, 15))
    with pytest.raises(Refused, match="not at that point"):
        keep_record(challenge=challenge, reason="So.", by=clerk)

    time_machine.move_to("2026-12-02T12:00:00+00:00")
    secret = secret_of(challenge)
    reply_to_question(challenge=challenge, secret=secret, text="Parking.", evidence_url="https://a.example", by=ANYBODY)

    challenge.refresh_from_db()
    assert (challenge.state, challenge.due_on) == ("open", date(2026, 12, 30))
    assert kinds(challenge) == ["raised", "asked", "replied"]
    check_deferred()


@pytest.mark.parametrize("who", ["anybody", "another body", "other scope"])
def test_others_may_not_answer(challenge, ash, who):
    actor = {
        "anybody": lambda: ANYBODY,
        "another body": lambda: officer(factories.organisation()),
        "other scope": lambda: officer(ash, Scope.CATALOGUE_WRITE),
    }[who]()
    for act in (
        lambda: keep_record(challenge=challenge, reason="So.", by=actor),
        lambda: agree_to_challenge(challenge=challenge, text="So.", by=actor),
        lambda: ask_challenger(challenge=challenge, question="So?", by=actor),
        lambda: decide_challenge(challenge=challenge, upheld=True, reason="So.", by=actor),
    ):
        with pytest.raises(Refused):
            act()
    assert kinds(challenge) == ["raised"]


@pytest.mark.parametrize("text", ["", "  ", "=So", "x" * 4_001])
def test_answer_needs_words(challenge, clerk, text):
    with pytest.raises(Refused):
        keep_record(challenge=challenge, reason=text, by=clerk)


# Who answers


def test_successors_answer_for_a_body_that_has_ended(challenge, ash, clerk):
    today = timezone.localdate()
    middle, heir, other = (factories.organisation(name=name) for name in ("Middle", "Heir", "Other"))
    for before, after in ((ash, middle), (middle, heir), (middle, other)):
        Succession.objects.create(predecessor=before, successor=after)
    for body in (ash, middle):
        body.end = today
        body.save()
    challenge.refresh_from_db()

    assert answerers(challenge, today) == [heir, other]
    with pytest.raises(Refused, match="put to others"):
        keep_record(challenge=challenge, reason="So.", by=clerk)
    keep_record(challenge=challenge, reason="It goes on with us.", by=officer(heir))
    assert challenge.steps.last().organisation == heir


def test_stewards_answer_for_a_component_and_moderators_where_there_is_none(statement):
    challenge = raise_of(None, subject=challenged.of_component("pay")).challenge
    today = timezone.localdate()
    assert answerers(challenge, today) == []
    steward = factories.stewardship(component=statement.component).organisation
    assert answerers(challenge, today) == [steward]
    agree_to_challenge(challenge=challenge, text="The licence is put right.", by=officer(steward))

    orphan = raise_of(None, subject=challenged.of_component(factories.component().slug)).challenge
    with pytest.raises(Refused, match="put to others"):
        keep_record(challenge=orphan, reason="So.", by=officer(steward))
    keep_record(challenge=orphan, reason="It is so.", by=COMMAND_LINE)
    assert orphan.steps.last().organisation is None


# What whoever challenged does


def test_kept_record_goes_to_the_moderators_once(challenge, clerk):
    secret = secret_of(challenge)
    with pytest.raises(Refused, match="once, within 20 working days"):
        escalate_challenge(challenge=challenge, secret=secret, by=ANYBODY)
    keep_record(challenge=challenge, reason="It is so.", by=clerk)

    escalate_challenge(challenge=challenge, secret=secret, by=ANYBODY)

    challenge.refresh_from_db()
    assert (challenge.state, challenge.outcome, challenge.ended_on) == ("escalated", "", None)
    with pytest.raises(Refused, match="Only moderators"):
        decide_challenge(challenge=challenge, upheld=False, reason="So.", by=clerk)
    decide_challenge(challenge=challenge, upheld=False, reason="Both agree by now.", by=COMMAND_LINE)
    challenge.refresh_from_db()
    assert (challenge.state, challenge.outcome) == ("decided", "kept")
    with pytest.raises(Refused):
        escalate_challenge(challenge=challenge, secret=secret, by=ANYBODY)


def test_kept_record_is_settled_after_twenty_working_days(challenge, clerk, time_machine):
    time_machine.move_to("2026-12-01T12:00:00+00:00")
    keep_record(challenge=challenge, reason="It is so.", by=clerk)
    time_machine.move_to("2026-12-30T12:00:00+00:00")
    with pytest.raises(Refused, match="within 20 working days"):
        escalate_challenge(challenge=challenge, secret=secret_of(challenge), by=ANYBODY)


def test_withdrawn_one_is_under_review_no_more(challenge):
    withdraw_challenge(challenge=challenge, secret=secret_of(challenge), by=ANYBODY)
    assert not Challenge.objects.standing().exists()
    with pytest.raises(Refused, match="not at that point"):
        withdraw_challenge(challenge=challenge, secret=secret_of(challenge), by=ANYBODY)


def test_secret_is_of_one_challenge(challenge, raised):
    other = raised(claim="Another.")
    for secret in (secret_of(other), "", secret_of(challenge)[:-1]):
        with pytest.raises(Refused, match="Only whoever raised"):
            withdraw_challenge(challenge=challenge, secret=secret, by=ANYBODY)


def test_challenger_has_the_address_deleted(raised):
    challenge = raised(email=CITIZEN)
    for _ in range(2):
        forget_challenger(challenge=challenge, secret=secret_of(challenge), by=ANYBODY)
    assert not Challenger.objects.exists()
    assert not Letter.objects.filter(to=CITIZEN).exists()
    assert Event.objects.filter(act=Act.FORGET_CHALLENGER).count() == 1


# What the timetable does


def test_nobody_answers_in_time_and_the_moderators_are_asked(challenge, time_machine):
    time_machine.move_to(challenge.due_on)
    assert escalate_overdue(by=COMMAND_LINE) == 0
    time_machine.move_to(challenge.due_on + timedelta(days=1))
    assert (escalate_overdue(by=COMMAND_LINE), escalate_overdue(by=COMMAND_LINE)) == (1, 0)
    escalate_challenges()

    challenge.refresh_from_db()
    assert (challenge.state, kinds(challenge)) == ("escalated", ["raised", "overdue"])
    decide_challenge(challenge=challenge, upheld=True, reason="It is right.", by=COMMAND_LINE)
    challenge.refresh_from_db()
    assert (challenge.state, challenge.outcome) == ("decided", "upheld")
    check_deferred()


def test_question_that_nobody_answers_goes_to_the_moderators(challenge, clerk, time_machine):
    ask_challenger(challenge=challenge, question="Who?", by=clerk)
    challenge.refresh_from_db()
    time_machine.move_to(challenge.due_on + timedelta(days=1))
    assert escalate_overdue(by=COMMAND_LINE) == 1


def test_address_is_forgotten_thirty_days_after_the_end(raised, clerk, time_machine):
    kept, taken_back, standing = (raised(claim=text, email=CITIZEN) for text in ("One", "Two", "Three"))
    keep_record(challenge=kept, reason="It is so.", by=clerk)
    withdraw_challenge(challenge=taken_back, secret=secret_of(taken_back), by=ANYBODY)

    today = timezone.now()
    assert forget_challengers(today + timedelta(days=30)) == 0
    assert forget_challengers(today + timedelta(days=31)) == 2
    assert Challenger.objects.get().challenge == standing
    time_machine.move_to(today + timedelta(days=40))
    forget_challenges()
    assert Challenger.objects.count() == 1


def test_merge_keeps_under_review_what_was(challenge, statement):
    kept = factories.component(slug="paykit")
    merge_components(kept=kept, merged=statement.component, by=COMMAND_LINE)
    challenge.refresh_from_db()
    assert challenge.component == kept
    assert challenged.same(challenge).component == kept
