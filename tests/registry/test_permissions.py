"""Every cell of who may do what. An actor is a row, a question a column; what is not listed here must not pass."""

from dataclasses import replace

import pytest

from registry.actions.tokens import issue_token
from registry.models import Person, Scope
from registry.permissions import (
    ANYBODY,
    COMMAND_LINE,
    is_operator,
    may_act_for,
    may_answer_challenge,
    may_issue_token,
    may_judge_pairs,
    may_keep_webhooks,
    may_moderate,
    may_plan_assembly,
    may_review,
    may_revoke_token,
    may_write_assembly,
    may_write_catalogue,
    may_write_component,
    may_write_root_catalogue,
    of_person,
    of_token,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return factories.organisation(slug="own")


@pytest.fixture
def other():
    return factories.organisation(slug="other")


def token(organisation, *scopes):
    return issue_token(organisation=organisation, name="Test", scopes=scopes, by=COMMAND_LINE).token


@pytest.fixture
def actors(own):
    person = Person.objects.create_user("somebody@example.org", "a long enough password")
    staff = Person.objects.create_user("staff@example.org", "a long enough password", is_staff=True)
    operator = Person.objects.create_superuser("operator@example.org", "a long enough password")
    gone = Person.objects.create_superuser("gone@example.org", "a long enough password", is_active=False)
    return {
        "anybody": ANYBODY,
        "person": of_person(person),
        "staff": of_person(staff),
        "former operator": of_person(gone),
        "operator": of_person(operator),
        "command line": COMMAND_LINE,
        "catalogue token": of_token(token(own, Scope.CATALOGUE_WRITE)),
        "webhooks token": of_token(token(own, Scope.WEBHOOKS_WRITE)),
        "declarations token": of_token(token(own, Scope.DECLARATIONS_WRITE)),
        "assemblies token": of_token(token(own, Scope.ASSEMBLIES_WRITE)),
        "planning token": of_token(token(own, Scope.ASSEMBLIES_WRITE, Scope.DECLARATIONS_WRITE)),
        "registry's catalogue token": of_token(token(None, Scope.CATALOGUE_WRITE)),
        "registry's webhooks token": of_token(token(None, Scope.WEBHOOKS_WRITE)),
    }


ALL = {"operator", "command line"}
REGISTRY_S = {"registry's catalogue token", "registry's webhooks token"}
QUESTIONS = {
    "operates": (lambda actor, own, other: is_operator(actor), ALL | REGISTRY_S),
    "own catalogue": (
        lambda actor, own, other: may_write_catalogue(actor, own),
        ALL | {"catalogue token", "registry's catalogue token"},
    ),
    "another's catalogue": (
        lambda actor, own, other: may_write_catalogue(actor, other),
        ALL | {"registry's catalogue token"},
    ),
    "own component": (
        lambda actor, own, other: may_write_component(actor, [own]),
        ALL | {"catalogue token", "registry's catalogue token"},
    ),
    "component of both": (
        lambda actor, own, other: may_write_component(actor, [other, own]),
        ALL | {"catalogue token", "registry's catalogue token"},
    ),
    "another's component": (
        lambda actor, own, other: may_write_component(actor, [other]),
        ALL | {"registry's catalogue token"},
    ),
    "nobody's component": (
        lambda actor, own, other: may_write_component(actor, []),
        ALL | {"registry's catalogue token"},
    ),
    "root catalogue": (lambda actor, own, other: may_write_root_catalogue(actor), ALL | {"registry's catalogue token"}),
    "own webhooks": (
        lambda actor, own, other: may_keep_webhooks(actor, own),
        ALL | {"webhooks token", "registry's webhooks token"},
    ),
    "another's webhooks": (
        lambda actor, own, other: may_keep_webhooks(actor, other),
        ALL | {"registry's webhooks token"},
    ),
    "the registry's webhooks": (
        lambda actor, own, other: may_keep_webhooks(actor, None),
        ALL | {"registry's webhooks token"},
    ),
    "own declarations": (
        lambda actor, own, other: may_act_for(actor, own, Scope.DECLARATIONS_WRITE),
        ALL | {"declarations token", "planning token"},
    ),
    "another's declarations": (
        lambda actor, own, other: may_act_for(actor, other, Scope.DECLARATIONS_WRITE),
        ALL,
    ),
    "own review": (lambda actor, own, other: may_review(actor, own), ALL | {"declarations token", "planning token"}),
    "another's review": (lambda actor, own, other: may_review(actor, other), ALL),
    "own challenge": (
        lambda actor, own, other: may_answer_challenge(actor, [own]),
        ALL | {"declarations token", "planning token"},
    ),
    "challenge of both": (
        lambda actor, own, other: may_answer_challenge(actor, [other, own]),
        ALL | {"declarations token", "planning token"},
    ),
    "another's challenge": (lambda actor, own, other: may_answer_challenge(actor, [other]), ALL),
    "nobody's challenge": (lambda actor, own, other: may_answer_challenge(actor, []), ALL | REGISTRY_S),
    "moderates": (lambda actor, own, other: may_moderate(actor), ALL | REGISTRY_S),
    "own assembly": (
        lambda actor, own, other: may_write_assembly(actor, own),
        ALL | {"assemblies token", "planning token"},
    ),
    "another's assembly": (lambda actor, own, other: may_write_assembly(actor, other), ALL),
    "own plan": (lambda actor, own, other: may_plan_assembly(actor, own), ALL | {"planning token"}),
    "another's plan": (lambda actor, own, other: may_plan_assembly(actor, other), ALL),
    "what may be one": (lambda actor, own, other: may_judge_pairs(actor), ALL | {"registry's catalogue token"}),
    "a token of its own": (lambda actor, own, other: may_issue_token(actor, own, [Scope.DECLARATIONS_WRITE]), ALL),
    "a token for the registry": (
        lambda actor, own, other: may_issue_token(actor, None, [Scope.CATALOGUE_WRITE]),
        ALL | {"registry's catalogue token"},
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_is_answered_for_every_actor(actors, own, other, question):
    ask, expected = QUESTIONS[question]
    assert {name for name, actor in actors.items() if ask(actor, own, other)} == expected


def test_token_is_revoked_by_itself_and_operators(actors, own):
    revoked = actors["webhooks token"].token
    may = {name for name, actor in actors.items() if may_revoke_token(actor, revoked)}
    assert may == ALL | REGISTRY_S | {"webhooks token"}


def test_only_who_brings_nothing_is_anonymous(actors):
    assert [name for name, actor in actors.items() if actor.is_anonymous] == ["anybody", "former operator"]


def test_operating_alone_writes_no_catalogue():
    bare = replace(ANYBODY, everywhere=frozenset([Scope.OPERATE]))
    assert is_operator(bare)
    assert not may_write_root_catalogue(bare)
    assert not may_keep_webhooks(bare, None)


def test_signature_names_person_or_token(actors):
    assert actors["operator"].signature["by"].email == "operator@example.org"
    assert actors["catalogue token"].signature["token"].name == "Test"
    assert COMMAND_LINE.signature == {"by": None, "token": None}
