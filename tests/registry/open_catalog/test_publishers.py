"""Publishers are bodies: those with code somewhere are active, the others are there for whoever asks for all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registry.models import Act, CodeHosting, Event, Organisation, Publisher, Scope
from tests import factories
from tests.registry.open_catalog.conftest import Api, api_of

pytestmark = pytest.mark.django_db
GROUP = {"url": "https://example.org/wickford", "group": True}
NEW = {"description": "Wickford Council", "codeHosting": [GROUP]}


@pytest.fixture
def body() -> Organisation:
    return factories.organisation(name="Wickford", slug="wickford")


def ids(response) -> list[str]:
    return [one["id"] for one in response.json()["data"]]


def hosting(document: dict) -> list[tuple[str, bool]]:
    return [(one["url"], one["group"]) for one in document["codeHosting"]]


class TestGet:
    def test_body_publishes_the_repositories_that_it_looks_after(self, api, body):
        component = factories.component(repository="https://example.org/wickford/bins")
        factories.stewardship(component=component, organisation=body)
        [found] = api.get("/publishers").json()["data"]
        assert (found["id"], found["description"], found["alternativeId"]) == (str(body.uuid), "Wickford", "wickford")
        assert hosting(found) == [("https://example.org/wickford/bins", False)]
        assert found["active"] is True

    def test_what_was_said_of_its_code_comes_before_that(self, api, body):
        factories.stewardship(component=factories.component(repository="https://example.org/x"), organisation=body)
        CodeHosting.objects.create(organisation=body, url=GROUP["url"])
        assert hosting(api.get("/publishers").json()["data"][0]) == [(GROUP["url"], True)]

    def test_body_without_code_is_there_only_with_all(self, api, body):
        draft = factories.component(repository="https://example.org/x", lifecycle="draft")
        factories.stewardship(component=draft, organisation=body)
        assert ids(api.get("/publishers")) == []
        [found] = api.get("/publishers?all=true").json()["data"]
        assert found["active"] is False
        assert hosting(found) == [("http://testserver/organisations/wickford/", False)]

    def test_body_that_ended_is_not_active(self, api):
        ended = factories.organisation(end=timezone.localdate() - timedelta(days=1))
        CodeHosting.objects.create(organisation=ended, url=GROUP["url"])
        assert ids(api.get("/publishers")) == []
        assert api.get(f"/publishers/{ended.uuid}").json()["active"] is False

    @pytest.mark.parametrize("name", ["uuid", "slug"])
    def test_found_by_id_and_by_its_code(self, api, body, name):
        assert api.get(f"/publishers/{getattr(body, name)}").json()["id"] == str(body.uuid)

    @pytest.mark.parametrize("id", ["nobody", "00000000-0000-4000-8000-000000000000", "%00"])
    def test_unknown_is_not_found(self, api, id):
        assert api.get(f"/publishers/{id}").json()["detail"] == "Publisher was not found"

    def test_walk_to_the_last_cursor(self, api):
        made = {str(factories.organisation().uuid) for _ in range(5)}
        found, link = [], ""
        while link is not None:
            page = api.get(f"/publishers?all=true&page[size]=2{link.replace('?', '&')}").json()
            found += [one["id"] for one in page["data"]]
            link = page["links"]["next"]
        assert (len(found), set(found)) == (5, made)

    def test_queries_do_not_grow_with_the_page(self, api, django_assert_max_num_queries):
        for number in range(6):
            CodeHosting.objects.create(organisation=factories.organisation(), url=f"https://example.org/{number}")
            factories.stewardship(component=factories.component(repository=f"https://example.org/c/{number}"))
        with django_assert_max_num_queries(5):
            assert len(api.client.get("/v1/publishers").json()["data"]) == 12


class TestPost:
    def test_makes_a_body(self, operator):
        found = operator.post("/publishers", NEW | {"email": " Code@Wickford.Example ", "alternativeId": "W-1"}).json()
        body = Organisation.objects.get(uuid=found["id"])
        assert (body.name, body.slug) == ("Wickford Council", "w-1")
        assert (found["email"], found["alternativeId"]) == ("code@wickford.example", "W-1")
        assert hosting(found) == [(GROUP["url"], True)]
        assert operator.get("/publishers/W-1").json() == found
        assert Event.objects.filter(act=Act.CREATE_PUBLISHER).count() == 1

    def test_is_for_operators(self, api, body):
        assert api.post("/publishers", NEW).status_code == 401
        assert api_of(body).post("/publishers", NEW).status_code == 403

    @pytest.mark.parametrize(
        "taken",
        [
            {"description": "Wickford"},
            {"codeHosting": [{"url": "https://www.example.org/TAKEN/"}]},
            {"alternativeId": "wickford"},
            {"alternativeId": "W-0"},
        ],
    )
    def test_what_another_one_has_is_a_conflict(self, operator, body, taken):
        Publisher.objects.create(organisation=factories.organisation(), alternative_id="W-0")
        CodeHosting.objects.create(organisation=body, url="https://example.org/taken")
        response = operator.post("/publishers", NEW | taken)
        assert response.status_code == 409
        assert "already exists" in response.json()["detail"]
        assert Organisation.objects.count() == 2

    def test_id_of_another_one_is_no_alternative_id(self, operator, body):
        assert operator.post("/publishers", NEW | {"alternativeId": str(body.uuid)}).status_code == 409

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"description": None}, ("description", "required")),
            ({"description": "x" * 256}, ("description", "max")),
            ({"codeHosting": None}, ("codeHosting", "required")),
            ({"codeHosting": []}, ("codeHosting", "gt")),
            ({"codeHosting": [{"group": True}]}, ("codeHosting[0].url", "required")),
            ({"codeHosting": [{"url": "x"}]}, ("codeHosting[0].url", "url")),
            ({"codeHosting": [GROUP | {"colour": 1}]}, ("codeHosting[0].colour", "unknown")),
            ({"email": "x"}, ("email", "email")),
            ({"colour": 1}, ("colour", "unknown")),
        ],
    )
    def test_what_breaks_the_contract_is_said(self, operator, change, said):
        response = operator.post("/publishers", NEW | change)
        assert response.status_code == 422
        assert said in [(one["field"], one["rule"]) for one in response.json()["validationErrors"]]


class TestPatch:
    def test_body_s_own_token_says_where_its_code_is(self, body):
        own = api_of(body)
        after = own.patch(f"/publishers/{body.uuid}", {"codeHosting": [GROUP], "email": "a@example.org"}).json()
        assert (hosting(after), after["active"], after["email"]) == ([(GROUP["url"], True)], True, "a@example.org")
        assert ids(own.get("/publishers")) == [str(body.uuid)]

    def test_what_stays_keeps_its_age(self, body):
        own = api_of(body)
        first = own.patch(f"/publishers/{body.uuid}", {"codeHosting": [GROUP]}).json()
        both = [GROUP, {"url": "https://example.org/other", "group": False}]
        again = own.patch(f"/publishers/{body.uuid}", {"codeHosting": both}).json()
        assert {one["url"]: one["createdAt"] for one in again["codeHosting"]}[GROUP["url"]] == (
            first["codeHosting"][0]["createdAt"]
        )
        assert len(again["codeHosting"]) == 2

    def test_other_members_leave_what_the_components_say(self, body):
        factories.stewardship(component=factories.component(repository="https://example.org/x"), organisation=body)
        api_of(body).patch(f"/publishers/{body.uuid}", {"active": False, "description": "Wickford Digital"})
        assert not CodeHosting.objects.exists()
        body.refresh_from_db()
        assert body.name == "Wickford"
        found = Api().get("/publishers/wickford").json()
        assert (found["active"], found["description"]) == (False, "Wickford Digital")

    def test_json_patch_works_too(self, body):
        operations = [{"op": "replace", "path": "/description", "value": "W"}]
        assert api_of(body).operate(f"/publishers/{body.uuid}", *operations).json()["description"] == "W"

    @pytest.mark.parametrize("sent", [{"colour": None}, {"codeHosting": None}, {"codeHosting": []}])
    def test_what_breaks_the_contract_is_refused(self, body, sent):
        assert api_of(body).patch(f"/publishers/{body.uuid}", sent).status_code == 422

    @pytest.mark.parametrize("method", ["PATCH", "DELETE"])
    def test_foreign_and_scopeless_tokens_are_refused(self, api, body, method):
        sent = {"active": False} if method == "PATCH" else None
        path = f"/publishers/{body.uuid}"
        assert api.ask(method, path, sent).status_code == 401
        assert api_of(factories.organisation()).ask(method, path, sent).status_code == 403
        assert api_of(body, {Scope.WEBHOOKS_WRITE}).ask(method, path, sent).status_code == 403
        assert api_of(body).ask(method, "/publishers/nobody", sent).status_code == 404
        assert not Publisher.objects.exists()


def test_delete_withdraws_the_publisher_and_keeps_the_body(body, operator, client):
    factories.adoption(organisation=body)
    operator.patch(f"/publishers/{body.uuid}", {"codeHosting": [GROUP]})
    assert operator.delete(f"/publishers/{body.uuid}").status_code == 204
    assert operator.get(f"/publishers/{body.uuid}").status_code == 404
    assert ids(operator.get("/publishers?all=true")) == []
    assert client.get("/organisations/wickford/").status_code == 200
    again = operator.post("/publishers", {"description": "Wickford", "codeHosting": [GROUP]}).json()
    assert again["id"] == str(body.uuid)
