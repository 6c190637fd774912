"""Saved assemblies in the browser and through the API."""

import json
import re
from html import unescape
from uuid import uuid4

import pytest

from registry.actions.assemblies import AssemblyChoice, change_assembly, save_assembly, withdraw_assembly
from registry.actions.tokens import issue_token
from registry.models import Assembly, Declaration, Person, Scope
from registry.permissions import COMMAND_LINE, of_person
from tests import factories

pytestmark = pytest.mark.django_db
SLOTS = {"licence-form": "formery", "licence-card": "till"}
ROOT = "/api/v1/assemblies"


@pytest.fixture
def saved(licence) -> Assembly:
    choice = AssemblyChoice(slots=SLOTS, also=["places"])
    return save_assembly(
        organisation=licence.birch, blueprint=licence.blueprint, name="Ours <b>", choice=choice, by=COMMAND_LINE
    )


@pytest.fixture
def operator(client):
    client.force_login(Person.objects.create_superuser("operator@example.org", "a long enough password"))
    return client


def address(assembly: Assembly, act: str = "") -> str:
    return f"/assemblies/{assembly.uuid}/{act}"


def test_page_is_open_to_whoever_has_its_address(client, saved, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get(address(saved)).content.decode()

    assert "Ours &lt;b&gt;" in page
    assert "Birch Council" in page
    assert "2 of 4 slots filled" in page
    assert "assemble.odt?" in page
    assert "Withdraw it" not in page
    assert "Plan to use it" not in page


def test_page_leads_on_to_the_same_choice(client, saved):
    Assembly.objects.filter(pk=saved.pk).update(cases=7)
    page = client.get(address(saved)).content.decode()

    for suffix in ("/", ".odt", ".cdx.json"):
        query = re.search(rf'href="/blueprints/licence/assemble{re.escape(suffix)}[?]([^"#]*)', page)[1]
        response = client.get(f"/blueprints/licence/assemble{suffix}?{unescape(query)}")
        assert response.status_code == 200
    assert "cases=7&" in f"{unescape(query)}&"


def test_page_leaves_out_what_became_a_draft(client, licence, saved):
    type(licence.components["till"]).objects.filter(slug="till").update(lifecycle="draft", name="Hush")

    page = client.get(address(saved)).content.decode()

    assert "1 chosen component is listed no longer" in page
    assert "Hush" not in page
    assert "till" not in page.lower()


def test_withdrawn_and_unknown_assemblies_are_not_found(client, saved):
    withdraw_assembly(assembly=saved, by=COMMAND_LINE)

    for page in (address(saved), f"{ROOT}/{saved.uuid}", f"/assemblies/{uuid4()}/", f"{ROOT}/{uuid4()}"):
        assert client.get(page).status_code == 404


@pytest.mark.parametrize("act", ["fork/", "plan/", "undo/", "withdraw/"])
def test_acts_are_for_those_who_are_signed_in_and_may(client, saved, act):
    assert client.get(address(saved, act)).status_code == 302
    assert client.post(address(saved, act)).status_code == 302
    client.force_login(Person.objects.create_user("somebody@example.org", "a long enough password"))
    assert client.get(address(saved, act)).status_code == 403
    assert client.post(address(saved, act)).status_code == 403
    assert client.get("/blueprints/licence/save/?slot-licence-card=till").status_code == 403


def test_choice_is_offered_to_be_saved_to_those_who_may(operator, licence):
    assert "Save this choice" in operator.get(licence.address("card=till")).content.decode()
    operator.logout()
    assert "Save this choice" not in operator.get(licence.address("card=till")).content.decode()


def test_operator_saves_changes_plans_takes_back_and_withdraws(operator, licence):
    save = f"/blueprints/licence/save/?{licence.query('card=till', body='birch', cases='7')}"
    response = operator.post(save, {"name": "Ours", "organisation": "Birch Council"})
    kept = Assembly.objects.get()
    assert response["Location"] == address(kept)
    assert (kept.organisation, kept.cases) == (licence.birch, 7)

    assert "a change of “Ours”" in operator.get(save).content.decode()
    operator.post(save, {"name": "Better", "organisation": "birch", "instead": str(kept.uuid)})
    kept.refresh_from_db()
    assert (kept.name, Assembly.objects.count()) == ("Better", 1)

    asked = operator.get(address(kept, "plan/")).content.decode()
    assert "nothing declared" in asked
    assert not Declaration.objects.filter(stage="planned").exists()
    page = operator.post(address(kept, "plan/"), follow=True).content.decode()
    assert "1 planned use declared" in page
    assert "Take the plan back" in page
    assert operator.post(address(kept, "plan/")).status_code == 409
    assert "1 planned use taken back" in operator.post(address(kept, "undo/"), follow=True).content.decode()
    assert not Declaration.objects.current().filter(stage="planned").exists()

    assert operator.post(address(kept, "withdraw/"), follow=True).status_code == 200
    assert operator.get(address(kept)).status_code == 404


def test_fork_is_made_for_another_body(operator, licence, saved):
    response = operator.post(address(saved, "fork/"), {"name": "Theirs", "organisation": "ash"})

    fork = Assembly.objects.get(forked_from=saved)
    assert response["Location"] == address(fork)
    assert "Taken over from" in operator.get(address(fork)).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "", "organisation": "ash"}, 'href="#id_name"'),
        ({"name": "A", "organisation": "nowhere"}, "No public body that exists today"),
        ({"name": "A", "organisation": "ash"}, "Nothing is chosen"),
    ],
)
def test_form_says_what_is_wrong(operator, licence, sent, words):
    response = operator.post("/blueprints/licence/save/", sent)

    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Assembly.objects.exists()


def headers(organisation, *scopes) -> dict[str, str]:
    issued = issue_token(organisation=organisation, name="Test", scopes=scopes, by=COMMAND_LINE)
    return {"Authorization": f"Bearer {issued.secret}"}


def sent(client, method: str, path: str, body=None, **more):
    content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return getattr(client, method)(f"{ROOT}{path}", **content, **more)


def test_body_saves_and_plans_with_its_token(client, licence):
    mine = headers(licence.birch, Scope.ASSEMBLIES_WRITE, Scope.DECLARATIONS_WRITE)
    body = {"organisation": "birch", "blueprint": "licence", "name": "Ours", "slots": SLOTS, "also": ["places"]}

    response = sent(client, "post", "", body, headers=mine)
    assert response.status_code == 201
    made = response.json()
    assert made["planned_at"] is None
    assert made["page"].endswith(f"/assemblies/{made['id']}/")
    assert client.get(f"{ROOT}/{made['id']}").json() == made

    changed = sent(client, "put", f"/{made['id']}", {"name": "Less", "slots": {"licence-card": "till"}}, headers=mine)
    assert changed.json()["name"] == "Less"

    planned = sent(client, "post", f"/{made['id']}/plan", headers=mine).json()["planned"]
    assert [(one["component"]["slug"], one["function"]["slug"]) for one in planned] == [("till", "payments")]
    assert sent(client, "post", f"/{made['id']}/plan", headers=mine).status_code == 409
    assert sent(client, "delete", f"/{made['id']}/plan", headers=mine).status_code == 204

    fork = sent(client, "post", f"/{made['id']}/forks", {"organisation": "birch", "name": "Again"}, headers=mine).json()
    assert fork["forked_from"]["id"] == made["id"]
    assert sent(client, "delete", f"/{made['id']}", headers=mine).status_code == 204
    assert client.get(f"{ROOT}/{made['id']}").status_code == 404
    assert client.get(f"{ROOT}/{fork['id']}").json()["forked_from"] is None


def test_writes_without_the_right_token_are_refused(client, licence, saved):
    body = {"organisation": "birch", "blueprint": "licence", "name": "A", "slots": SLOTS}
    writes = [
        ("post", "", body),
        ("put", f"/{saved.uuid}", {"name": "A", "slots": SLOTS}),
        ("delete", f"/{saved.uuid}", None),
        ("post", f"/{saved.uuid}/forks", {"organisation": "birch", "name": "A"}),
        ("post", f"/{saved.uuid}/plan", None),
        ("delete", f"/{saved.uuid}/plan", None),
    ]
    others = headers(licence.ash, Scope.ASSEMBLIES_WRITE, Scope.DECLARATIONS_WRITE)
    for method, path, content in writes:
        unsigned = sent(client, method, path, content)
        assert (unsigned.status_code, unsigned["Content-Type"]) == (401, "application/problem+json")
        assert "WWW-Authenticate" in unsigned
        assert sent(client, method, path, content, headers=others).status_code == 403
    assert Assembly.objects.count() == 1
    assert not Declaration.objects.filter(stage="planned").exists()


def test_plan_needs_the_scope_of_declarations_too(client, licence, saved):
    mine = headers(licence.birch, Scope.ASSEMBLIES_WRITE)

    assert sent(client, "post", f"/{saved.uuid}/plan", headers=mine).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"organisation": "birch", "blueprint": "licence"}, 400),
        ({"organisation": "nowhere", "blueprint": "licence", "name": "A"}, 400),
        ({"organisation": "birch", "blueprint": "none", "name": "A", "slots": SLOTS}, 404),
        ({"organisation": "birch", "blueprint": "licence", "name": "A", "slots": {"licence-card": "secret"}}, 409),
        ({"organisation": "birch", "blueprint": "licence", "name": "A", "slots": ["till"]}, 400),
        ([], 400),
        ({"organisation": "birch", "blueprint": "licence", "name": "\x00", "slots": SLOTS}, 400),
        ({"organisation": "birch", "blueprint": "licence", "name": "A", "slots": {"\x00": "till"}}, 400),
        ({"organisation": "birch", "blueprint": "licence", "name": "A", "slots": {"\ud800": "till"}}, 400),
        ({"organisation": "birch", "blueprint": "\ud800", "name": "A", "slots": SLOTS}, 400),
    ],
)
def test_body_that_cannot_be_taken_is_refused(client, licence, body, status):
    mine = headers(licence.birch, Scope.ASSEMBLIES_WRITE)

    response = sent(client, "post", "", body, headers=mine)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_body_in_another_format_is_refused(client, licence):
    mine = headers(licence.birch, Scope.ASSEMBLIES_WRITE)

    assert client.post(ROOT, data="a,b", content_type="text/csv", headers=mine).status_code == 415
    for text, status in (("{", 400), ("[" * 60_000, 400), ("[" * 100_000, 413)):
        assert client.post(ROOT, data=text, content_type="application/json", headers=mine).status_code == status
    assert client.patch(f"{ROOT}/{uuid4()}").status_code == 405


def test_page_tells_what_was_done_by_which_role_and_names_people_inside(client, saved):
    membership = factories.membership(organisation=saved.organisation, person=factories.person(name="Ada Byron"))
    by = of_person(membership.person, [membership], second_factor=True)
    change_assembly(assembly=saved, name="Ours again", choice=AssemblyChoice(slots=SLOTS), by=by)

    assert f'href="{address(saved, "history/")}"' in client.get(address(saved)).content.decode()
    page = client.get(address(saved, "history/")).content.decode()
    assert "Saved an assembly" in page
    assert "Changed an assembly" in page
    assert f"Owner of {saved.organisation.name}" in page
    assert "Ada Byron" not in page

    client.force_login(membership.person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session["account_authentication_methods_user"] = str(membership.person.pk)
    session.save()
    assert "Ada Byron" in client.get(address(saved, "history/")).content.decode()
