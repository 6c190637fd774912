"""Importing by programs: 202 and a job, every problem at once, applied, dropped, and once for a key."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.actions.imports import work_due
from registry.actions.tokens import issue_token
from registry.models import Act, Declaration, Event, Import, ImportState, Scope
from registry.permissions import COMMAND_LINE
from registry.portfolio_file.writing import TYPES, written
from tests import factories
from tests.registry.imports.conftest import table

IMPORTS = "/api/v1/imports"
ROWS = table(["bookings", "Emberfold", "", "", ""], ["nowhere", "B", "", "lots", ""])


@pytest.fixture
def headers(world, function):
    issued = issue_token(organisation=world.body, name="T", scopes=[Scope.DECLARATIONS_WRITE], by=COMMAND_LINE)
    return {"Authorization": f"Bearer {issued.secret}"}


def send(client, headers, rows=ROWS, **more):
    sent = {"organisation": "birch", "file": SimpleUploadedFile("p.csv", rows.encode()), **more}
    return client.post(IMPORTS, sent, headers=headers)


def test_file_is_sent_watched_read_and_applied(client, headers):
    sent = send(client, headers)
    assert (sent.status_code, sent["Retry-After"]) == (202, "2")
    job = client.get(sent["Location"], headers=headers)
    assert (job.json()["state"], job["Retry-After"]) == ("queued", "2")
    work_due()

    told = client.get(sent["Location"], headers=headers).json()
    assert (told["state"], told["new"], told["problems"]) == ("asking", 1, 1)
    one = client.get(told["import"], headers=headers).json()
    assert [(item["row"], item["column"], item["heading"], item["value"]) for item in one["items"]] == [
        (3, "function", "function", "nowhere"),
        (3, "annual_cost", "annual_cost", "lots"),
    ]
    assert one["columns"]["annual_cost"] == "annual_cost"
    assert b"There is no function" in client.get(one["to_mend"], headers=headers).content

    applied = client.post(
        f"{told['import']}/apply", json.dumps({"apply": "good"}), content_type="application/json", headers=headers
    )
    assert applied.status_code == 202
    work_due()
    done = client.get(applied["Location"], headers=headers)
    assert done.json()["state"] == "done"
    assert "Retry-After" not in done
    assert Declaration.objects.current().get().system == "Emberfold"
    again = client.post(f"{told['import']}/apply", content_type="application/json", headers=headers)
    assert again.status_code == 200


def test_good_rows_are_published_without_asking(client, headers):
    send(client, headers, apply="good")
    work_due()

    imported = Import.objects.get()
    assert (imported.state, imported.applied_in.token.name) == (ImportState.APPLIED, "T")
    assert Event.objects.filter(act=Act.IMPORT_PORTFOLIO).count() == 1


def test_all_or_nothing_publishes_nothing_beside_a_problem(client, headers):
    told = send(client, headers, apply="all_or_nothing").json()
    work_due()

    assert not Declaration.objects.exists()
    body = json.dumps({"apply": "all_or_nothing"})
    refused = client.post(f"{told['import']}/apply", body, content_type="application/json", headers=headers)
    assert refused.status_code == 409


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_body_of_the_request_can_be_the_file(client, headers, form):
    content = written(form, ["function", "system"], [["bookings", "Emberfold"]])
    address = f"{IMPORTS}?organisation=birch&apply=good&name=x.{form}"
    sent = client.post(address, content, content_type=TYPES[form], headers=headers)
    assert sent.status_code == 202
    work_due()
    assert Import.objects.get().state == ImportState.APPLIED


def test_same_key_sends_once(client, headers):
    keyed = headers | {"Idempotency-Key": "k1"}
    first, second = send(client, keyed), send(client, keyed)

    assert first.content == second.content
    assert second["Idempotent-Replayed"] == "true"
    assert Import.objects.count() == 1
    assert send(client, keyed, rows=ROWS + "bookings,C,,,\n").json()["type"].endswith("/key-reused/")


def test_same_file_without_a_key_leads_to_the_same_job(client, headers):
    assert send(client, headers)["Location"] == send(client, headers)["Location"]


def test_every_mistake_of_a_request_is_told_at_once(client, headers):
    wrong = client.post(IMPORTS, {"apply": "perhaps"}, headers=headers)
    assert wrong.status_code == 400
    assert {one["parameter"] for one in wrong.json()["errors"]} == {"organisation", "apply", "file"}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [(b"%PDF-1", "a.pdf", "This is a PDF"), (b"", "a.csv", "The file is empty"), (b"a,b", "a.xlsx", "it is a text")],
)
def test_file_that_cannot_be_taken_is_refused(client, headers, content, name, words):
    sent = {"organisation": "birch", "file": SimpleUploadedFile(name, content)}
    refused = client.post(IMPORTS, sent, headers=headers)
    assert refused.status_code == 400
    assert words in refused.json()["detail"]


def test_too_much_is_refused_unread(client, headers):
    for kind, size in (("text/csv", "30000000"), ("application/json", "3000000"), ("text/csv", "many")):
        address = f"{IMPORTS}?organisation=birch"
        refused = client.post(address, b"x", content_type=kind, CONTENT_LENGTH=size, headers=headers)
        assert refused.status_code == 413


def test_other_kinds_of_bodies_are_refused(client, headers):
    refused = client.post(IMPORTS, b"x", content_type="application/xml", headers=headers)
    assert refused.status_code == 415
    assert client.post(IMPORTS, "[1]", content_type="application/json", headers=headers).status_code == 400
    assert client.post(IMPORTS, "{", content_type="application/json", headers=headers).status_code == 400


def test_others_imports_are_not_there(client, headers, world):
    told = send(client, headers).json()
    other = issue_token(
        organisation=factories.organisation(), name="O", scopes=[Scope.DECLARATIONS_WRITE], by=COMMAND_LINE
    )
    foreign = {"Authorization": f"Bearer {other.secret}"}

    assert client.get(told["import"], headers=foreign).status_code == 404
    assert client.get(told["import"]).status_code == 401
    assert client.delete(told["import"], headers=foreign).status_code == 404
    assert client.get(f"/api/v1/jobs/{2**70}", headers=headers).status_code == 404
    assert send(client, foreign).status_code == 403


def test_import_is_dropped(client, headers):
    told = send(client, headers).json()
    work_due()

    assert client.delete(told["import"], headers=headers).status_code == 204
    assert client.delete(told["import"], headers=headers).status_code == 204
    assert client.get(told["import"], headers=headers).json()["state"] == "dropped"
    assert client.post(f"{told['import']}/apply", content_type="application/json", headers=headers).status_code == 409


def test_problems_come_in_pages(client, headers):
    told = send(client, headers, rows=table(*[["nowhere", f"S{number}", "", "", ""] for number in range(7)])).json()
    work_due()

    address, seen = f"{told['import']}?limit=3", []
    while address:
        page = client.get(address, headers=headers).json()
        seen += [item["row"] for item in page["items"]]
        address = page["next"]
    assert seen == list(range(2, 9))
    assert client.get(f"{told['import']}?limit=0", headers=headers).status_code == 400
    assert client.get(f"{told['import']}?after=x", headers=headers).status_code == 400
