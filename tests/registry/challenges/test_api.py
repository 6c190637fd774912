"""Challenges for programs: read by everybody, raised by everybody, within the same limits."""

import pytest

from registry.actions.challenges import ask_challenger, limits
from registry.actions.challenges.secrets import secret_of
from registry.actions.post import send_letters
from registry.models import Challenge, Payment
from registry.permissions import COMMAND_LINE
from tests import factories
from tests.registry.challenges.conftest import CITIZEN

ADDRESS = "/api/v1/challenges"


def post(client, body, **options):
    return client.post(ADDRESS, body, content_type="application/json", **options)


def test_program_raises_one_without_a_token(client, statement, mailoutbox):
    made = post(client, {"about": "declaration", "declaration": statement.pk, "claim": "They left it."})

    assert made.status_code == 201
    challenge = Challenge.objects.get()
    assert made.json() == {
        "reference": challenge.reference,
        "page": f"http://testserver/challenges/{challenge.reference}/",
        "own_page": f"http://testserver/challenges/{challenge.reference}/mine/{secret_of(challenge)}/",
    }
    assert made["Location"] == f"{ADDRESS}/{challenge.reference}"
    assert "no-store" in made["Cache-Control"]


def test_same_again_is_answered_with_what_stands_and_no_secret(client, statement):
    body = {"about": "declaration", "declaration": statement.pk, "claim": "They left it."}
    first = post(client, body).json()
    again = post(client, body | {"claim": " they LEFT it. "})
    assert again.status_code == 200
    assert again.json() == first | {"own_page": None}


def test_with_an_address_the_secret_goes_by_letter(client, statement, mailoutbox):
    body = {"about": "organisation", "organisation": "ash", "claim": "It moved.", "email": CITIZEN}
    assert post(client, body).json()["own_page"] is None
    send_letters()
    assert CITIZEN in [address for letter in mailoutbox for address in letter.to]


@pytest.mark.parametrize("about", ["missing", "component", "organisation", "payment"])
def test_each_thing_is_named_by_its_own_fields(client, statement, ash, about):
    paid = Payment.objects.create(organisation=ash, reference="R1", amount=10)
    named = {
        "missing": {"organisation": "ash", "function": "payments"},
        "component": {"component": "pay"},
        "organisation": {"organisation": "ash"},
        "payment": {"payment": paid.pk},
    }[about]
    assert post(client, {"about": about, "claim": "Wrong.", **named}).status_code == 201
    assert Challenge.objects.get().about == about


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"about", "claim"}),
        ({"about": "weather", "claim": "x"}, {"about"}),
        ({"about": "declaration", "claim": "x"}, {"declaration"}),
        ({"about": "component", "claim": "x", "component": "secret"}, {"component"}),
        ({"about": "component", "claim": "x", "component": "pay", "function": "f"}, {"function"}),
        ({"about": "missing", "claim": "x"}, {"organisation", "function"}),
        ({"about": "payment", "claim": "x", "payment": 2**63}, {"payment"}),
        ({"about": "component", "component": "pay", "claim": "x" * 4_001}, {"claim"}),
        ({"about": "component", "component": "pay", "claim": "x", "email": "nobody"}, {"email"}),
        ({"about": "component", "component": "pay", "claim": "x", "state": "decided"}, {"state"}),
    ],
)
def test_everything_wrong_is_said_at_once(client, statement, body, fields):
    factories.component(slug="secret", lifecycle="draft")
    refused = post(client, body)
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    assert {error["parameter"] for error in refused.json()["errors"]} == fields
    assert not Challenge.objects.exists()


@pytest.mark.parametrize("said", [{"claim": "=1"}, {"claim": "x", "evidence_url": "javascript:alert(1)"}])
def test_rule_says_no_with_409(client, statement, said):
    assert post(client, {"about": "component", "component": "pay", **said}).status_code == 409


def test_flood_is_a_problem_with_retry_after(client, statement, monkeypatch):
    monkeypatch.setattr(limits, "OF_A_CALLER", 1)
    assert post(client, {"about": "component", "component": "pay", "claim": "One"}).status_code == 201
    flood = post(client, {"about": "component", "component": "pay", "claim": "Two"})
    assert (flood.status_code, flood.json()["type"]) == (429, "/api/problems/too-many/")
    assert 0 < int(flood["Retry-After"]) <= 3_601


def test_wrong_token_is_refused(client, statement):
    body = {"about": "component", "component": "pay", "claim": "x"}
    assert post(client, body, headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_one_challenge_tells_its_steps(client, raised, django_assert_max_num_queries):
    challenge = raised(email=CITIZEN)
    ask_challenger(challenge=challenge, question="Which team?", by=COMMAND_LINE)
    with django_assert_max_num_queries(6):
        found = client.get(f"{ADDRESS}/{challenge.reference}").json()
    assert (found["state"], found["organisation"]["slug"]) == ("asked", "ash")
    assert found["under_review_since"] == challenge.raised_on.isoformat()
    assert found["answerable"] == [{"slug": "ash", "name": "Ash Council"}]
    assert [(step["kind"], step["text"]) for step in found["steps"]] == [("raised", None), ("asked", "Which team?")]
    assert CITIZEN not in str(found)
    assert client.get(f"{ADDRESS}/AAAA-AAAA").status_code == 404


def test_list_takes_few_questions_however_long(client, statement, raised, django_assert_max_num_queries):
    for number in range(5):
        raised(claim=f"Claim {number}")
    with django_assert_max_num_queries(3):
        found = client.get(f"{ADDRESS}?organisation=ash&standing=yes").json()
    assert len(found["items"]) == 5
    rows = b"".join(client.get(f"{ADDRESS}.csv").streaming_content).decode().splitlines()
    assert rows[0].startswith("reference,state,state_label,outcome")
    assert len(rows) == 6


def test_rows_of_other_lists_say_since_when(client, raised, statement, ash):
    Payment.objects.create(organisation=ash, reference="R1", amount=10)
    challenge = raised()
    [row] = client.get("/api/v1/declarations").json()["items"]
    assert (row["under_review_since"], row["challenge"]) == (challenge.raised_on.isoformat(), challenge.reference)
    assert client.get(f"/api/v1/declarations/{statement.pk}").json() == row
    for name in ("spend", "organisations"):
        [row] = client.get(f"/api/v1/{name}").json()["items"]
        assert row["under_review_since"] is None
    header, line = b"".join(client.get("/api/v1/declarations.csv").streaming_content).decode().splitlines()
    assert header.endswith(",under_review_since,challenge")
    assert line.endswith(f",{challenge.raised_on},{challenge.reference}")
