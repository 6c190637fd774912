"""Tokens: given once, hashed, bounded, taken back; and the 401 that whoever sends a bad one gets."""

import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from commons.api.views import refusal
from commons.exceptions import Refused
from registry.actions.tokens import issue_token, revoke_token, warn_of_ends
from registry.api.authentication import actor_of
from registry.api.writing import Writing
from registry.models import Act, Event, Letter, Person, Scope, Token
from registry.permissions import ANYBODY, COMMAND_LINE, of_token
from tests import factories
from tests.constraints import refused_by

pytestmark = pytest.mark.django_db
WRITE = {Scope.CATALOGUE_WRITE}


class Echo(APIView):
    """Says who asks."""

    authentication_classes = ()

    def get(self, request):
        return HttpResponse(str(actor_of(request).token or "nobody"))

    def handle_exception(self, error):
        return refusal(error)


class Guarded(Writing):
    def get(self, request):
        return HttpResponse(str(self.signed(request).token))


def issued(**asked):
    made = {"organisation": factories.organisation(), "name": "Crawler", "scopes": WRITE, "by": COMMAND_LINE}
    return issue_token(**made | asked)


def asked(secret: str | None, view=Echo) -> HttpResponse:
    headers = {} if secret is None else {"HTTP_AUTHORIZATION": secret}
    return view.as_view()(APIRequestFactory().get("/", **headers))


def test_issue_keeps_the_hash_and_not_the_secret():
    token, secret = issued()
    assert secret.startswith(f"{token.prefix}_")
    assert len(secret.removeprefix(f"{token.prefix}_")) == 43  # 256 bits
    assert token.hash == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(Token.objects.values().get()) + str(Event.objects.values().get())
    assert token.expires_on == timezone.localdate() + timedelta(days=90)


def test_issue_and_revoke_leave_one_event_each():
    token, _ = issued()
    revoke_token(token=token, by=COMMAND_LINE)
    events = Event.objects.order_by("id")
    assert [event.act for event in events] == [Act.ISSUE_TOKEN, Act.REVOKE_TOKEN]
    assert events[0].detail == {
        "prefix": token.prefix,
        "name": "Crawler",
        "organisation": token.organisation.slug,
        "scopes": ["catalogue:write"],
        "days": 90,
    }


def test_registry_s_token_acts_for_the_registry():
    token, _ = issued(organisation=None)
    assert token.scopes == ["catalogue:write", "registry:operate"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "  "}, "Say what the token is for"),
        ({"scopes": set()}, "Say what the token is allowed to do"),
        ({"days": 366}, "from 1 to 365"),
        ({"days": 0}, "from 1 to 365"),
        ({"scopes": {Scope.OPERATE}}, "registry's own"),
        ({"by": ANYBODY}, "Only an owner of the body"),
    ],
)
def test_issue_refuses_in_a_sentence(wrong, said):
    with pytest.raises(Refused, match=said):
        issued(**wrong)
    assert not Token.objects.exists()


def test_issue_refuses_a_body_that_is_gone():
    with pytest.raises(Refused, match="does not exist today"):
        issued(organisation=factories.organisation(end=timezone.localdate()))


def test_token_of_a_body_issues_none():
    token, _ = issued()
    with pytest.raises(Refused, match="Only an owner of the body"):
        issued(organisation=token.organisation, by=of_token(token))


def test_revoke_is_for_operators_and_the_token_itself():
    token, other = issued().token, issued().token
    with pytest.raises(Refused, match="may revoke it"):
        revoke_token(token=token, by=of_token(other))
    revoke_token(token=token, by=of_token(token))
    assert Event.objects.latest("id").token == token
    with pytest.raises(Refused, match="already"):
        revoke_token(token=token, by=COMMAND_LINE)


TODAY = timezone.localdate
RULES = {
    "token_lives_a_year_at_most": lambda: {"expires_on": TODAY() + timedelta(days=366)},
    "token_scopes_are_known": lambda: {"scopes": ["catalogue:write", "everything"]},
    "token_is_a_body_s_or_the_registry_s": lambda: {"organisation": None},
    "token_prefix_is_plain": lambda: {"prefix": "dcr_XXXXXXXX"},
    "token_hash_is_sha256": lambda: {"hash": "secret"},
}


@pytest.mark.parametrize("rule", RULES)
def test_rules_are_constraints(rule):
    token, _ = issued()
    with refused_by(rule):
        Token.objects.filter(pk=token.pk).update(**RULES[rule]())


def test_scopes_are_at_least_one():
    token, _ = issued()
    with refused_by("token_scopes_are_known"):
        Token.objects.filter(pk=token.pk).update(scopes=[])


def test_bearer_is_known_and_used_on_one_day():
    token, secret = issued()
    assert asked(f"Bearer {secret}").content.decode() == str(token)
    assert asked(f"bearer {secret}").status_code == 200
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()


def test_second_use_on_a_day_writes_nothing(django_assert_num_queries):
    _, secret = issued()
    asked(f"Bearer {secret}")
    with django_assert_num_queries(1):
        asked(f"Bearer {secret}")


def test_nobody_is_anybody_until_a_token_is_asked_for():
    assert asked(None).content == b"nobody"
    answer = asked(None, Guarded)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="registry"'


def bad_tokens() -> dict[str, str]:
    _, right = issued()
    revoked, expired, of_gone = issued(), issued(), issued()
    revoke_token(token=revoked.token, by=COMMAND_LINE)
    today = timezone.localdate()
    Token.objects.filter(pk=expired.token.pk).update(issued_on=today - timedelta(days=9), expires_on=today)
    of_gone.token.organisation.end = today
    of_gone.token.organisation.save()
    return {
        "unknown": f"Bearer dcr_00000000_{'a' * 43}",
        "another secret": f"Bearer {right[:-1]}{'a' if right[-1] != 'a' else 'b'}",
        "revoked": f"Bearer {revoked.secret}",
        "expired": f"Bearer {expired.secret}",
        "of a body that is gone": f"Bearer {of_gone.secret}",
        "too long": f"Bearer {right}{'a' * 100_000}",
        "no shape": "Bearer let-me-in",
        "two": f"Bearer {right} {right}",
        "basic": "Basic dXNlcjpwYXNz",
        "empty": "Bearer",
        "not ASCII": "Bearer dcr_\u0661234567_" + "é" * 43,
    }


def test_bad_tokens_are_one_401_that_does_not_repeat_them(caplog):
    said = {}
    for name, sent in bad_tokens().items():
        answer = asked(sent)
        assert answer.status_code == 401, name
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        said[name] = answer.content.decode()
        assert sent not in (said[name] + caplog.text).replace("Authorization: Bearer", "")
    assert len({said[name] for name in ("unknown", "another secret", "revoked", "expired", "no shape")}) == 1


def test_command_gives_the_secret_and_nothing_else_on_its_output():
    factories.organisation(slug="county")
    out, told = StringIO(), StringIO()
    call_command("issue_token", "county", "--name=Crawler", "--scope=catalogue:write", stdout=out, stderr=told)
    assert asked(f"Bearer {out.getvalue().strip()}").status_code == 200
    assert "catalogue:write" in told.getvalue()
    assert out.getvalue().strip() not in told.getvalue()


def test_command_for_the_registry_and_revoking():
    out = StringIO()
    call_command(
        "issue_token", "--registry", "--name=Sync", "--scope=webhooks:write", "--days=7", stdout=out, stderr=StringIO()
    )
    token = Token.objects.get()
    assert (token.organisation, token.expires_on) == (None, timezone.localdate() + timedelta(days=7))
    call_command("revoke_token", token.prefix, stdout=StringIO())
    assert asked(f"Bearer {out.getvalue().strip()}").status_code == 401


@pytest.mark.parametrize(
    "words",
    [
        ["issue_token", "nobody", "--name=A", "--scope=catalogue:write"],
        ["issue_token", "--registry", "--name=A", "--scope=catalogue:write", "--days=400"],
        ["revoke_token", "dcr_00000000"],
    ],
)
def test_commands_say_what_is_wrong(words):
    with pytest.raises(CommandError):
        call_command(*words, stdout=StringIO(), stderr=StringIO())


@pytest.fixture
def operator(client) -> Person:
    person = Person.objects.create_superuser("operator@example.org", "a long enough password")
    client.force_login(person)
    return person


def test_admin_shows_neither_secret_nor_hash(client, operator):
    token, secret = issued()
    pages = [reverse("admin:registry_token_changelist"), reverse("admin:registry_token_change", args=[token.pk])]
    for page in pages:
        shown = client.get(page).content.decode()
        assert token.prefix in shown
        assert secret not in shown
        assert token.hash not in shown


def test_admin_revokes_as_the_operator(client, operator):
    token, _ = issued()
    sent = {"action": "revoke", "_selected_action": [token.pk]}
    client.post(reverse("admin:registry_token_changelist"), sent)
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert Event.objects.get(act=Act.REVOKE_TOKEN).by == operator


def test_admin_adds_and_changes_no_token(client, operator):
    token, _ = issued()
    assert client.get(reverse("admin:registry_token_add")).status_code == 403
    assert client.post(reverse("admin:registry_token_change", args=[token.pk]), {"name": "x"}).status_code == 403


# Before a token ends


def ending(days: int, *, life: int = 90, **asked) -> Token:
    """One that ends in so many days."""
    token = issued(days=life, **asked).token
    today = timezone.localdate()
    Token.objects.filter(pk=token.pk).update(
        issued_on=today - timedelta(days=life - days), expires_on=today + timedelta(days=days)
    )
    return token


def test_owners_are_told_once_before_a_token_ends():
    body = factories.organisation(slug="county", name="The county")
    owner = factories.membership(organisation=body, person=factories.person(email="o@county.example"))
    factories.membership(organisation=body, person=factories.person(is_active=False))
    factories.membership(organisation=body, role="editor")
    factories.membership()
    token = ending(14, organisation=body, name="Crawler {0}")

    warn_of_ends()
    warn_of_ends()

    (letter,) = Letter.objects.all()
    assert letter.to == owner.person.email
    assert letter.subject.startswith("A token of The county works until ")
    assert "/workspace/county/tokens/" in letter.text
    assert f"“Crawler {{0}}” ({token.prefix}…)" in letter.text
    assert "last used: never" in letter.text


def test_tokens_that_end_later_or_cannot_be_used_are_not_told_of():
    body = factories.organisation()
    factories.membership(organisation=body)
    ended = factories.organisation()
    factories.membership(organisation=ended)
    ending(15, organisation=body)
    ending(0, organisation=body)
    ending(5, life=14, organisation=body)
    ending(5, organisation=ended)
    ended.end = timezone.localdate()
    ended.save()
    revoke_token(token=ending(5, organisation=body), by=COMMAND_LINE)

    warn_of_ends()

    assert not Letter.objects.exists()


def test_operators_are_told_of_the_registrys_own_tokens():
    factories.membership(organisation=None, role="operator", person=factories.person(email="op@registry.example"))
    ending(3, organisation=None)
    warn_of_ends()
    assert [letter.to for letter in Letter.objects.all()] == ["op@registry.example"]
