"""The page of a body's tokens: the secret is shown once, to an owner, and is nowhere afterwards."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from registry.actions.tokens import hashed, issue_token
from registry.models import Act, Event, Role, Scope, Token
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.registry.test_pages_team import as_owner, birch, owner, signed_in, text  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db
LIST, ISSUE = "/workspace/birch/tokens/", "/workspace/birch/tokens/issue/"
SENT = {"name": "Crawler <b>", "scopes": ["catalogue:write", "webhooks:write"], "days": "30"}


def issued(body, **asked) -> Token:
    made = {"organisation": body, "name": "Old", "scopes": [Scope.CATALOGUE_WRITE], "by": COMMAND_LINE}
    return issue_token(**made | asked).token


def test_issue_shows_the_secret_once_and_keeps_it_nowhere(as_owner, birch, owner, caplog):  # noqa: F811
    page = as_owner.get(ISSUE)
    assert "Adds and changes components that the body looks after" in text(page)
    assert "registry:operate" not in text(page)

    answer = as_owner.post(ISSUE, SENT)

    secret = re.search(r"dcr_[0-9a-f]{8}_[\w-]{43}", text(answer))[0]
    token = Token.objects.get()
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    assert (token.hash, token.name, token.issued_by, token.organisation) == (
        hashed(secret),
        "Crawler <b>",
        owner.person,
        birch,
    )
    assert (token.scopes, token.expires_on - token.issued_on) == (
        ["catalogue:write", "webhooks:write"],
        timedelta(days=30),
    )
    assert "Crawler &lt;b&gt;" in text(answer)
    again = as_owner.post(ISSUE, SENT)  # a reload
    assert (again.status_code, Token.objects.count()) == (400, 1)
    assert "A token of this name works already" in text(again)
    kept = [text(again), text(as_owner.get(LIST)), caplog.text, str(answer.headers), str(as_owner.cookies)]
    kept += [str(event.detail) for event in Event.objects.all()]
    kept += [str(session.get_decoded()) for session in Session.objects.all()]
    assert not any(secret.split("_", 2)[2] in one for one in kept)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Say what the token is for"),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"scopes": []}, "Choose what it may do"),
        ({"scopes": ["registry:operate"]}, "Select a valid choice"),
        ({"scopes": ["members:write"]}, "Select a valid choice"),
        ({"days": "0"}, "greater than or equal to 1"),
        ({"days": "366"}, "less than or equal to 365"),
        ({"days": "soon"}, "Enter a whole number"),
        ({"days": ""}, "Say for how many days"),
    ],
)
def test_faulty_form_issues_nothing(as_owner, wrong, said):  # noqa: F811
    response = as_owner.post(ISSUE, SENT | wrong)
    assert response.status_code == 400
    assert said in text(response)
    assert not Token.objects.exists()


def test_name_is_free_again_when_its_token_works_no_longer(as_owner, birch):  # noqa: F811
    token = issued(birch, name="crawler <B>")
    assert as_owner.post(ISSUE, SENT).status_code == 400
    as_owner.post(reverse("registry:revoke_token", args=["birch", token.pk]))
    assert as_owner.post(ISSUE, SENT).status_code == 200


def test_list_says_what_each_may_and_until_when(as_owner, birch, owner, django_assert_max_num_queries):  # noqa: F811
    today = timezone.localdate()
    soon = issued(birch, name="Soon", days=10)
    Token.objects.filter(pk=soon.pk).update(last_used_on=today)
    issued(birch, name="Later", scopes=[Scope.SOURCES_WRITE, Scope.DECLARATIONS_WRITE])
    past = issued(birch, name="Past")
    Token.objects.filter(pk=past.pk).update(issued_on=today - timedelta(days=9), expires_on=today)
    issued(factories.organisation(), name="Foreign")
    with django_assert_max_num_queries(9):
        page = text(as_owner.get(LIST))
    assert page.count("Ends soon") == 1
    assert "declare what is used; name sources to harvest" in page
    assert f"{soon.prefix}…" in page
    assert page.count("never used") == 1
    assert page.count("Revoke it") == 2
    assert f"Past ({past.prefix}…): ended on" in page
    assert "Foreign" not in page


def test_empty_list_says_so(as_owner):  # noqa: F811
    assert "None." in text(as_owner.get(LIST))


def test_revoking_asks_first(as_owner, birch, owner):  # noqa: F811
    token = issued(birch)
    address = reverse("registry:revoke_token", args=["birch", token.pk])
    assert "This cannot be undone" in text(as_owner.get(address))
    assert Token.objects.get().revoked_at is None
    assert "no longer works" in text(as_owner.post(address, follow=True))
    assert Event.objects.get(act=Act.REVOKE_TOKEN).by == owner.person
    again = as_owner.post(address)
    assert (again.status_code, "was revoked on" in text(again)) == (409, True)


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR, Role.FINANCE_ATTESTOR, Role.STEWARDS_OFFICER])
def test_team_sees_tokens_and_changes_none(client, birch, role):  # noqa: F811
    token = issued(birch)
    signed_in(client, factories.membership(organisation=birch, role=role).person)
    page = text(client.get(LIST))
    assert "Old" in page
    assert "Issue a token" not in page
    assert "Revoke it" not in page
    assert client.get(ISSUE).status_code == 403
    assert client.post(ISSUE, SENT).status_code == 403
    assert client.post(reverse("registry:revoke_token", args=["birch", token.pk])).status_code == 403
    assert Token.objects.get().revoked_at is None


def test_tokens_are_reached_by_their_own_body_alone(as_owner, birch):  # noqa: F811
    foreign = issued(factories.organisation(slug="foreign"))
    assert as_owner.post(reverse("registry:revoke_token", args=["birch", foreign.pk])).status_code == 404
    for address in ("/workspace/foreign/tokens/", "/workspace/foreign/tokens/issue/"):
        assert as_owner.get(address).status_code == 404
    assert Token.objects.get(pk=foreign.pk).revoked_at is None
