"""Sources through the API: read by everybody, written by tokens of their body."""

import json

import pytest

from registry.actions.tokens import issue_token
from registry.models import Act, Event, Scope, Source
from registry.permissions import COMMAND_LINE
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/sources"


@pytest.fixture
def body():
    return factories.organisation(slug="county")


def token(organisation, *scopes) -> dict[str, str]:
    issued = issue_token(organisation=organisation, name="x", scopes=scopes, by=COMMAND_LINE)
    return {"HTTP_AUTHORIZATION": f"Bearer {issued.secret}"}


def asked(**fields) -> dict:
    usual = {"organisation": "county", "kind": "file", "address": "https://county.example/publiccode.yml"}
    return usual | fields


def post(client, sent, headers):
    text = sent if isinstance(sent, str) else json.dumps(sent)
    return client.post(ADDRESS, text, content_type="application/json", **headers)


def test_token_names_a_source_changes_and_stops_it(client, body):
    headers = token(body, Scope.SOURCES_WRITE)
    made = post(client, asked(contact="ada@county.example"), headers)
    assert made.status_code == 201
    assert made.json()["state"] == "new"
    assert "ada@county.example" not in made.content.decode()
    address = made.headers["Location"]
    changed = client.patch(address, {"every_days": 7}, content_type="application/json", **headers)
    assert (changed.status_code, changed.json()["every_days"]) == (200, 7)
    assert Source.objects.get().contact == "ada@county.example"
    assert client.delete(address, **headers).status_code == 204
    assert client.get(address).json()["state"] == "stopped"
    assert client.delete(address, **headers).status_code == 409
    acts = Event.objects.exclude(act=Act.ISSUE_TOKEN).order_by("pk").values_list("act", "token__organisation")
    assert list(acts) == [(act, body.pk) for act in (Act.ADD_SOURCE, Act.CHANGE_SOURCE, Act.STOP_SOURCE)]


def test_who_may_not_is_refused(client, body):
    other = factories.organisation(slug="other")
    source = factories.source(organisation=body)
    for headers, status in [
        ({}, 401),
        ({"HTTP_AUTHORIZATION": "Bearer nonsense"}, 401),
        (token(body, Scope.CATALOGUE_WRITE), 403),
        (token(other, Scope.SOURCES_WRITE), 403),
    ]:
        assert post(client, asked(), headers).status_code == status
        assert client.delete(f"{ADDRESS}/{source.pk}", **headers).status_code == status
    assert post(client, asked(organisation="nowhere"), token(body, Scope.SOURCES_WRITE)).status_code == 403
    assert Source.objects.get() == source


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ({}, 400),
        (asked(kind="oracle"), 400),
        (asked(every_days=0), 400),
        (asked(contact="nobody"), 400),
        (asked(colour="red"), 400),
        (asked(address="file:///etc/passwd"), 409),
        (asked(address="https://user:secret@county.example/"), 409),
        ("x" * 100_000, 413),
    ],
)
def test_what_is_wrong_is_said(client, body, sent, status):
    answer = post(client, sent, token(body, Scope.SOURCES_WRITE))
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert "secret" not in answer.content.decode()
    assert not Source.objects.exists()


def test_same_source_is_named_once(client, body):
    headers = token(body, Scope.SOURCES_WRITE)
    assert post(client, asked(), headers).status_code == 201
    again = post(client, asked(address="HTTPS://County.example/publiccode.yml"), headers)
    assert (again.status_code, "is a source already" in again.json()["detail"]) == (409, True)


def test_everybody_reads(client, body, django_assert_max_num_queries):
    source = factories.source(organisation=body, contact="ada@county.example")
    with django_assert_max_num_queries(5):
        page = client.get(ADDRESS, {"organisation": "county", "facets": "1", "count": "1"})
    assert page.json()["items"][0]["id"] == source.pk
    assert "ada@" not in page.content.decode()
    assert client.get(f"{ADDRESS}/{source.pk}").json()["address"] == source.address
    assert client.get(f"{ADDRESS}/999999").status_code == 404
    assert client.get(f"{ADDRESS}.csv").status_code == 200
