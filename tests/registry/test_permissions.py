"""Every cell of who may do what. An actor is a row, a question a column; what is not listed here must not pass."""

from dataclasses import replace

import pytest

from registry.actions.tokens import issue_token
from registry.models import Person, Role, Scope
from registry.models.membership import OF_THE_REGISTRY
from registry.permissions import (
    ANYBODY,
    COMMAND_LINE,
    STRONG,
    is_operator,
    may_act_for,
    may_answer_challenge,
    may_attest_cost,
    may_attest_use,
    may_declare,
    may_draft,
    may_grant_role,
    may_issue_token,
    may_judge_pairs,
    may_keep_webhooks,
    may_moderate,
    may_plan_assembly,
    may_review,
    may_revoke_token,
    may_see_members,
    may_see_workspace,
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
    roles = {
        role: factories.membership(person=person, role=role, organisation=None if role in OF_THE_REGISTRY else own)
        for role in Role
    }
    gone = Person.objects.create_superuser("gone@example.org", "a long enough password", is_active=False)
    return {
        "anybody": ANYBODY,
        "person": of_person(person),
        "staff": of_person(staff),
        "former operator": of_person(gone),
        "superuser": of_person(operator, second_factor=True),
        "superuser at home": of_person(operator, own_machine=True),
        "superuser by a password alone": of_person(operator),
        "command line": COMMAND_LINE,
        "catalogue token": of_token(token(own, Scope.CATALOGUE_WRITE)),
        "webhooks token": of_token(token(own, Scope.WEBHOOKS_WRITE)),
        "declarations token": of_token(token(own, Scope.DECLARATIONS_WRITE)),
        "assemblies token": of_token(token(own, Scope.ASSEMBLIES_WRITE)),
        "planning token": of_token(token(own, Scope.ASSEMBLIES_WRITE, Scope.DECLARATIONS_WRITE)),
        "registry's catalogue token": of_token(token(None, Scope.CATALOGUE_WRITE)),
        "registry's webhooks token": of_token(token(None, Scope.WEBHOOKS_WRITE)),
        **{role.value: of_person(person, [member], second_factor=True) for role, member in roles.items()},
        **{f"{role} by a code alone": of_person(person, [roles[role]]) for role in STRONG},
        "all roles, gone": of_person(gone, list(roles.values()), second_factor=True),
    }


ALL = {"superuser", "superuser at home", "operator", "command line"}
EDITORS = ALL | {"editor", "owner"}
TEAM = EDITORS | {"reader", "finance_attestor", "stewards_officer"}
MODERATORS = ALL | {"moderator"}
REGISTRY_S = {"registry's catalogue token", "registry's webhooks token"}
QUESTIONS = {
    "operates": (lambda actor, own, other: is_operator(actor), ALL | REGISTRY_S),
    "own catalogue": (
        lambda actor, own, other: may_write_catalogue(actor, own),
        ALL | {"owner", "catalogue token", "registry's catalogue token"},
    ),
    "another's catalogue": (
        lambda actor, own, other: may_write_catalogue(actor, other),
        ALL | {"registry's catalogue token"},
    ),
    "own component": (
        lambda actor, own, other: may_write_component(actor, [own]),
        ALL | {"owner", "catalogue token", "registry's catalogue token"},
    ),
    "component of both": (
        lambda actor, own, other: may_write_component(actor, [other, own]),
        ALL | {"owner", "catalogue token", "registry's catalogue token"},
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
        ALL | {"owner", "webhooks token", "registry's webhooks token"},
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
        ALL | {"owner", "declarations token", "planning token"},
    ),
    "another's declarations": (
        lambda actor, own, other: may_act_for(actor, other, Scope.DECLARATIONS_WRITE),
        ALL,
    ),
    "own review": (
        lambda actor, own, other: may_review(actor, own),
        ALL | {"owner", "declarations token", "planning token"},
    ),
    "another's review": (lambda actor, own, other: may_review(actor, other), ALL),
    "own challenge": (
        lambda actor, own, other: may_answer_challenge(actor, [own]),
        ALL | {"owner", "declarations token", "planning token"},
    ),
    "challenge of both": (
        lambda actor, own, other: may_answer_challenge(actor, [other, own]),
        ALL | {"owner", "declarations token", "planning token"},
    ),
    "another's challenge": (lambda actor, own, other: may_answer_challenge(actor, [other]), ALL),
    "nobody's challenge": (lambda actor, own, other: may_answer_challenge(actor, []), MODERATORS),
    "own assembly": (
        lambda actor, own, other: may_write_assembly(actor, own),
        EDITORS | {"assemblies token", "planning token"},
    ),
    "another's assembly": (lambda actor, own, other: may_write_assembly(actor, other), ALL),
    "own plan": (lambda actor, own, other: may_plan_assembly(actor, own), ALL | {"owner", "planning token"}),
    "another's plan": (lambda actor, own, other: may_plan_assembly(actor, other), ALL),
    "what may be one": (lambda actor, own, other: may_judge_pairs(actor), MODERATORS | {"registry's catalogue token"}),
    "a token of its own": (
        lambda actor, own, other: may_issue_token(actor, own, [Scope.DECLARATIONS_WRITE]),
        ALL | {"owner"},
    ),
    "another's token": (lambda actor, own, other: may_issue_token(actor, other, [Scope.DECLARATIONS_WRITE]), ALL),
    "a token that approves members": (
        lambda actor, own, other: may_issue_token(actor, own, [Scope.MEMBERS_WRITE]),
        ALL,
    ),
    "own workspace": (lambda actor, own, other: may_see_workspace(actor, own), TEAM),
    "another's workspace": (lambda actor, own, other: may_see_workspace(actor, other), ALL),
    "own drafts": (
        lambda actor, own, other: may_draft(actor, own),
        EDITORS | {"planning token", "declarations token"},
    ),
    "another's drafts": (lambda actor, own, other: may_draft(actor, other), ALL),
    "own publication": (
        lambda actor, own, other: may_declare(actor, own),
        ALL | {"owner", "declarations token", "planning token"},
    ),
    "another's publication": (lambda actor, own, other: may_declare(actor, other), ALL),
    "moderates": (lambda actor, own, other: may_moderate(actor), MODERATORS),
    "own members": (lambda actor, own, other: may_see_members(actor, own), TEAM | MODERATORS),
    "another's members": (lambda actor, own, other: may_see_members(actor, other), MODERATORS),
    "a role in the own team": (
        lambda actor, own, other: may_grant_role(actor, own, Role.EDITOR, owned=True),
        ALL | {"owner"},
    ),
    "a role in another's team": (
        lambda actor, own, other: may_grant_role(actor, other, Role.EDITOR, owned=False),
        ALL,
    ),
    "the first owner of another": (
        lambda actor, own, other: may_grant_role(actor, other, Role.OWNER, owned=False),
        MODERATORS,
    ),
    "a second owner of another": (
        lambda actor, own, other: may_grant_role(actor, other, Role.OWNER, owned=True),
        ALL,
    ),
    "a moderator": (
        lambda actor, own, other: may_grant_role(actor, None, Role.MODERATOR, owned=False),
        ALL,
    ),
    "a moderator of a body": (
        lambda actor, own, other: may_grant_role(actor, own, Role.MODERATOR, owned=True),
        set(),
    ),
    "a token for the registry": (
        lambda actor, own, other: may_issue_token(actor, None, [Scope.CATALOGUE_WRITE]),
        ALL | {"registry's catalogue token"},
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_is_answered_for_every_actor(actors, own, other, question, django_assert_num_queries):
    ask, expected = QUESTIONS[question]
    with django_assert_num_queries(0):
        assert {name for name, actor in actors.items() if ask(actor, own, other)} == expected


def test_token_is_revoked_by_itself_and_operators(actors, own):
    revoked = actors["webhooks token"].token
    may = {name for name, actor in actors.items() if may_revoke_token(actor, revoked)}
    assert may == ALL | REGISTRY_S | {"webhooks token", "owner"}


def test_only_who_brings_nothing_is_anonymous(actors):
    nobody = [name for name, actor in actors.items() if actor.is_anonymous]
    assert nobody == ["anybody", "former operator", "all roles, gone"]


def test_roles_that_need_a_second_factor_are_held_back(actors):
    held_back = {name: actor.held_back for name, actor in actors.items() if actor.held_back}
    by_code = {f"{role} by a code alone": {role} for role in STRONG}
    assert held_back == by_code | {"superuser by a password alone": {Role.OPERATOR}}


def test_only_named_people_attest(actors, own):
    """Not even an operator says for a body what its own people have to know."""
    people = {name: actor for name, actor in actors.items() if name != "command line"}
    assert [name for name, actor in people.items() if may_act_for(actor, own, Scope.FINANCE_ATTEST)] == [
        "finance_attestor"
    ]
    attesting = {name for name, actor in people.items() if may_act_for(actor, own, Scope.USE_ATTEST)}
    assert attesting == {"owner", "stewards_officer"}
    assert {name for name, actor in actors.items() if may_attest_use(actor, own)} == attesting
    assert {name for name, actor in actors.items() if may_attest_cost(actor, own)} == {"finance_attestor"}


def test_operating_alone_writes_no_catalogue():
    bare = replace(ANYBODY, everywhere=frozenset([Scope.OPERATE]))
    assert is_operator(bare)
    assert not may_write_root_catalogue(bare)
    assert not may_keep_webhooks(bare, None)


def test_signature_names_person_or_token(actors):
    assert actors["superuser"].signature["by"].email == "operator@example.org"
    assert actors["catalogue token"].signature["token"].name == "Test"
    assert COMMAND_LINE.signature == {"by": None, "token": None}
