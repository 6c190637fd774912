"""Declaring for programs."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils import timezone

from registry.actions.tokens import issue_token
from registry.api.once import forget_answers
from registry.models import Declaration, Event, IdempotentAnswer, Scope
from registry.permissions import COMMAND_LINE
from tests import factories

ROOT = "/api/v1/declarations"
CELL = "/api/v1/organisations/birch/declarations/bookings"
CONFIRM = "/api/v1/organisations/birch/confirmations"
OWN = {"kind": "duplicate", "system": "Emberfold", "annual_cost": "12000.50", "price_fy": "2026-27"}
USES = {"kind": "adoption", "component": "sorrelpost", "stage": "live", "coverage": 0.4}
WHOSE = {"organisation": "birch", "function": "bookings"}


@pytest.fixture
def secret(world):
    scopes = [Scope.DECLARATIONS_WRITE]
    return issue_token(organisation=world.body, name="Test", scopes=scopes, by=COMMAND_LINE).secret


@pytest.fixture
def send(client, secret):
    def send(method, address, said, **headers):
        headers = {"Authorization": f"Bearer {secret}"} | {
            name.replace("_", "-"): text for name, text in headers.items()
        }
        return client.generic(method, address, json.dumps(said), content_type="application/json", headers=headers)

    return send


def systems() -> set[str]:
    return set(Declaration.objects.current().values_list("system", flat=True))


def test_statement_is_declared_and_found_at_its_address(world, send, client):
    response = send("POST", ROOT, OWN | WHOSE)

    assert response.status_code == 201
    assert response.json()["system"] == "Emberfold"
    assert response.json()["annual_cost"] == "12000.50"
    assert client.get(response["Location"]).json() == response.json()
    assert Event.objects.latest("pk").token.name == "Test"


def test_same_statement_again_changes_nothing(world, send):
    first = send("POST", ROOT, OWN | WHOSE)
    before = Event.objects.count()

    again = send("POST", ROOT, OWN | WHOSE)

    assert (again.status_code, again.json()) == (200, first.json())
    assert Event.objects.count() == before


def test_statement_stands_beside_others_and_answers_replace_them(world, send):
    send("POST", ROOT, OWN | WHOSE)
    send("POST", ROOT, USES | WHOSE)
    send("POST", ROOT, OWN | WHOSE | {"supplier": "Quill Ltd"})
    assert sorted(Declaration.objects.current().values_list("kind", "supplier")) == [
        ("adoption", ""), ("duplicate", "Quill Ltd"),
    ]  # fmt: skip

    send("POST", ROOT, {"kind": "not_sure"} | WHOSE)
    assert list(Declaration.objects.current().values_list("kind", flat=True)) == ["not_sure"]


def test_everything_wrong_is_told_at_once(world, send):
    response = send("POST", ROOT, {"kind": "duplicate", "annual_cost": "1", "coverage": 0.5, "why": "", **WHOSE})

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in response.json()["errors"]] == [
        "statements/0/system",
        "statements/0/price_fy",
    ]
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"evidence": "E3"},
        {"confirmed": "2026-01-01"},
        {"published": True},
        {"exempt_until": "2030-01-01"},
        {"kind": "exempt"},
        {"annual_cost": "many"},
        {"withheld": {"reason": {"shown_to": "own"}}},
        {"withheld": {"supplier": {"shown_to": "own"}}},
        {"function": "nowhere"},
        {"system": "=1+1"},
        {"system": "a\u0000b"},
    ],
)
def test_what_is_earned_or_wrong_is_not_taken(world, send, change):
    assert send("POST", ROOT, OWN | WHOSE | change).status_code == 400
    assert not Declaration.objects.exists()


def test_values_kept_back_are_not_in_the_answer(world, send):
    withheld = {"annual_cost": {"shown_to": "own", "until": "2027-04-01"}, "system": {"shown_to": "peers"}}
    response = send("POST", ROOT, OWN | WHOSE | {"withheld": withheld})

    said = response.json()
    assert (said["system"], said["annual_cost"], said["annual_cost_status"]) == (
        "A system that is not named", None, "suppressed",
    )  # fmt: skip
    assert "Emberfold" not in response.content.decode()


def test_only_the_body_s_own_tokens_declare(world, send, client):
    other = factories.organisation(slug="ash")
    unable = issue_token(organisation=world.body, name="T", scopes=[Scope.CATALOGUE_WRITE], by=COMMAND_LINE).secret

    assert client.post(ROOT, "{}", content_type="application/json").status_code == 401
    assert send("POST", ROOT, OWN | WHOSE | {"organisation": other.slug}).status_code == 403
    assert send("POST", ROOT, OWN | WHOSE, Authorization=f"Bearer {unable}").status_code == 403
    assert send("POST", ROOT, OWN | WHOSE | {"organisation": "nobody"}).status_code == 404
    assert send("PUT", CELL, {"statements": []}, Authorization=f"Bearer {unable}").status_code == 403
    assert not Declaration.objects.exists()


def test_function_is_read_and_replaced_with_its_etag(world, send, client):
    empty = client.get(CELL)
    assert empty.json() == {"organisation": "birch", "function": "bookings", "statements": []}

    first = send("PUT", CELL, {"statements": [OWN, USES]}, If_Match=empty["ETag"])
    assert first.status_code == 200
    assert [one["kind"] for one in first.json()["statements"]] == ["duplicate", "adoption"]
    assert first["ETag"] == client.get(CELL)["ETag"]
    assert send("PUT", CELL, {"statements": [USES]}, If_Match=empty["ETag"]).status_code == 412
    assert send("PUT", CELL, {"statements": [USES]}).status_code == 428
    assert send("PUT", CELL, {"statements": [OWN | {"evidence": "E3"}]}, If_Match="*").status_code == 400
    assert systems() == {"Emberfold", ""}

    assert send("PUT", CELL, {"statements": []}, If_Match="*").json()["statements"] == []
    assert client.get(CELL, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_function_is_found_by_the_body_s_codes(world, client):
    world.body.identifiers.create(scheme="gss", code="E07000999")

    assert client.get(CELL.replace("birch", "gss:E07000999")).json()["organisation"] == "birch"
    assert client.get(CELL.replace("birch", "nobody")).status_code == 404
    for function in ("nowhere", ">W", "%00", "a%2Fb"):
        assert client.get(CELL.replace("bookings", function)).status_code == 404
    assert client.get(CELL.replace("birch", "%00")).status_code == 404


def test_mistakes_in_a_function_name_their_statement(world, send):
    response = send("PUT", CELL, {"statements": [USES, OWN | {"system": ""}, USES]}, If_Match="*")

    assert [error["parameter"] for error in response.json()["errors"]] == [
        "statements/1/system", "statements/2/component",
    ]  # fmt: skip


def test_declarations_are_confirmed_by_number(world, send):
    send("POST", ROOT, OWN | WHOSE)
    Declaration.objects.update(confirmed=timezone.localdate() - timedelta(days=400))
    old = Declaration.objects.get()

    response = send("POST", CONFIRM, {"declarations": [old.pk]})

    (new,) = response.json()["confirmed"]
    assert Declaration.objects.get(pk=new).confirmed == timezone.localdate()
    assert send("POST", CONFIRM, {"declarations": [old.pk]}).status_code == 409
    assert send("POST", CONFIRM, {"declarations": []}).status_code == 400
    assert send("POST", CONFIRM, {"declarations": [2**70]}).status_code == 400


def test_key_answers_alike_and_acts_once(world, send):
    first = send("POST", ROOT, OWN | WHOSE, Idempotency_Key="k1")
    send("POST", ROOT, {"kind": "not_sure"} | WHOSE)

    again = send("POST", ROOT, OWN | WHOSE, Idempotency_Key="k1")

    assert (again.status_code, again.content, again["Location"]) == (201, first.content, first["Location"])
    assert again["Idempotent-Replayed"] == "true"
    assert list(Declaration.objects.current().values_list("kind", flat=True)) == ["not_sure"]


def test_key_of_another_request_is_refused(world, send):
    send("POST", ROOT, OWN | WHOSE, Idempotency_Key="k1")

    assert send("POST", ROOT, USES | WHOSE, Idempotency_Key="k1").status_code == 422
    assert send("POST", CONFIRM, OWN | WHOSE, Idempotency_Key="k1").status_code == 422
    assert send("POST", ROOT, OWN | WHOSE, Idempotency_Key="x" * 256).status_code == 400
    assert systems() == {"Emberfold"}


def test_refused_request_may_be_mended_under_its_key(world, send):
    assert send("POST", ROOT, OWN | WHOSE | {"system": ""}, Idempotency_Key="k1").status_code == 400
    assert send("POST", ROOT, OWN | WHOSE, Idempotency_Key="k1").status_code == 201


def test_keys_are_each_token_s_own_and_forgotten_after_two_days(world, send):
    other = issue_token(
        organisation=world.body, name="Other", scopes=[Scope.DECLARATIONS_WRITE], by=COMMAND_LINE
    ).secret
    send("POST", ROOT, OWN | WHOSE, Idempotency_Key="k1")
    assert send("POST", ROOT, USES | WHOSE, Idempotency_Key="k1", Authorization=f"Bearer {other}").status_code == 201

    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        assert send("POST", ROOT, {"kind": "not_sure"} | WHOSE, Idempotency_Key="k1").status_code == 201
        assert forget_answers() == 1
    assert IdempotentAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_key_from_32_threads_makes_one_declaration(world, secret):
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "k1"}

    def post(_number):
        try:
            return Client().post(ROOT, json.dumps(OWN | WHOSE), content_type="application/json", headers=headers)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(32) as threads:
        answers = list(threads.map(post, range(32)))

    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert Declaration.objects.count() == 1
    assert Event.objects.filter(act="declare").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_replace_at_once_lose_nothing(world, secret):
    """One of them wins; the others are told that it was changed."""
    etag = Client().get(CELL)["ETag"]
    headers = {"Authorization": f"Bearer {secret}", "If-Match": etag}

    def put(number):
        said = {"statements": [OWN | {"system": f"System {number}"}]}
        try:
            return Client().put(CELL, json.dumps(said), content_type="application/json", headers=headers).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(put, range(8)))

    assert statuses == [200, *[412] * 7]
    assert Declaration.objects.count() == 1
