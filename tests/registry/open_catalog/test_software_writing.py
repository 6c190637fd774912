"""POST, PATCH and DELETE of software: who may, what is refused and how, and what is left behind."""

import pytest
from django.utils import timezone

from catalogue.models import Component, Description, Lifecycle, RepositoryAlias
from commons.exceptions import Refused
from registry.actions.search import refresh_search
from registry.actions.software import delete_software
from registry.actions.withdrawals import ask_to_withdraw, keep_component, withdraw_component
from registry.models import Act, Declaration, Event, Letter, Scope, Software, Stewardship, Withdrawal
from registry.permissions import ANYBODY, COMMAND_LINE
from tests import factories
from tests.registry.moderation.conftest import acting, moderator
from tests.registry.open_catalog.conftest import Api, api_of

pytestmark = pytest.mark.django_db
URL = "https://example.org/body/bins.git"
YML = """publiccodeYmlVersion: "0.7.0"
name: Bins
url: https://example.org/body/bins.git
platforms: [web]
developmentStatus: stable
softwareType: standalone/web
description:
  en:
    shortDescription: Says when which bin is collected.
    longDescription: Says when which bin is collected, street by street, for everybody who lives there, and takes
      reports of those that were missed, so that they are collected on the next day.
    features: [Days of collection]
legal: {license: MIT}
maintenance: {type: none}
localisation: {localisationReady: false, availableLanguages: [en]}
"""
SOFTWARE = {"url": URL, "publiccodeYml": YML}


@pytest.fixture
def body():
    return factories.organisation(name="Wickford")


@pytest.fixture
def publisher(body) -> Api:
    return api_of(body)


@pytest.fixture
def mo(db):
    return acting(moderator("Mo"))


def made(publisher: Api, **more) -> dict:
    response = publisher.post("/software", SOFTWARE | more)
    assert response.status_code == 200, response.content
    return response.json()


def wrong(response) -> list[tuple[str, str]]:
    assert response.status_code == 422
    return [(one["field"], one["rule"]) for one in response.json()["validationErrors"]]


class TestPost:
    def test_makes_a_component_that_says_what_the_text_says(self, publisher, body):
        found = made(publisher, aliases=["https://example.org/old/bins"], vitality="90,100")
        component = Component.objects.get(uuid=found["id"])
        assert (component.name, component.licence, component.lifecycle) == ("Bins", "MIT", "live")
        assert component.summary == "Says when which bin is collected."
        assert component.valid_metadata is True
        assert found["publiccodeYml"] == YML
        assert (found["aliases"], found["vitality"]) == (["https://example.org/old/bins"], "90,100")
        assert publisher.get(f"/software/{found['id']}").json() == found

    def test_body_of_the_token_looks_after_it(self, publisher, body):
        found = made(publisher)
        [stewardship] = Stewardship.objects.current()
        assert (str(stewardship.component.uuid), stewardship.organisation) == (found["id"], body)
        event = Event.objects.get(act=Act.CREATE_SOFTWARE)
        assert event.token is not None
        assert stewardship.recorded_in == event

    def test_header_links_to_what_may_already_do_the_same(self, publisher):
        summary = "Says on which day bins are collected from a street"
        known = factories.component(name="Bins – Ämter", summary=summary)
        hidden = factories.component(name="Bins", summary=summary)
        Software.objects.create(component=hidden, withdrawn_at=timezone.now())
        for number in range(30):
            factories.component(name=f"Thing {number}", summary=f"Licences of kind {number} for keepers of animals")
        refresh_search()
        answer = publisher.post(
            "/software",
            SOFTWARE | {"publiccodeYml": f"name: Bins\ndescription: {{en: {{shortDescription: {summary}}}}}"},
        )
        assert answer.status_code == 200
        title = "Bins%20%E2%80%93%20%C3%84mter"
        expected = f"<http://testserver/v1/software/{known.uuid}>; rel=\"related\"; title*=UTF-8''{title}"
        assert answer["Link"] == expected
        assert "Link" in answer["Access-Control-Expose-Headers"]
        other = {"url": "https://example.org/tides", "publiccodeYml": "name: Tides"}
        assert "Link" not in publisher.post("/software", other)

    def test_operator_s_has_no_steward(self, operator):
        made(operator)
        assert not Stewardship.objects.exists()

    def test_it_is_found_by_search_at_once(self, publisher, client):
        made(publisher)
        assert [row["name"] for row in client.get("/api/v1/components?q=bins").json()["items"]] == ["Bins"]

    def test_text_that_is_no_publiccode_is_kept_as_it_is(self, publisher):
        found = made(publisher, publiccodeYml="-")
        component = Component.objects.get(uuid=found["id"])
        assert (found["publiccodeYml"], component.name, component.valid_metadata) == ("-", "bins", False)

    def test_concept_is_in_the_catalogue_and_no_draft(self, publisher):
        found = made(publisher, publiccodeYml=YML.replace("stable", "concept"))
        assert publisher.get(f"/software/{found['id']}").status_code == 200

    @pytest.mark.parametrize("aliases", [None, []])
    def test_no_aliases_as_the_crawler_sends_them(self, publisher, aliases):
        assert "aliases" not in made(publisher, aliases=aliases, active=True)

    def test_what_the_contract_calls_read_only_is_passed_over(self, publisher):
        id = "00000000-0000-4000-8000-000000000000"
        found = made(publisher, id=id, createdAt="2020-01-01T00:00:00Z", catalogId=id)
        assert found["id"] != id
        assert "catalogId" not in found

    @pytest.mark.parametrize(
        "again",
        [
            {"url": URL},
            {"url": "https://www.example.org/Body/bins/"},
            {"url": "https://example.org/old/bins.git"},
            {"url": "https://example.org/new", "aliases": ["https://example.org/body/bins"]},
            {"url": "https://example.org/new", "aliases": ["https://example.org/old/bins/"]},
        ],
    )
    def test_second_software_at_an_address_is_a_conflict(self, publisher, again):
        made(publisher, aliases=["https://example.org/old/bins"])
        response = publisher.post("/software", SOFTWARE | again)
        assert response.status_code == 409
        assert "already exists" in response.json()["detail"]
        assert Component.objects.count() == 1

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"url": None}, ("url", "required")),
            ({"url": ""}, ("url", "required")),
            ({"url": "bins"}, ("url", "url")),
            ({"url": "javascript:alert(1)"}, ("url", "url")),
            ({"url": "https://name:secret@example.org/x"}, ("url", "url")),
            ({"url": "https://example.org/" + "x" * 255}, ("url", "max")),
            ({"url": 5}, ("url", "type")),
            ({"publiccodeYml": ""}, ("publiccodeYml", "required")),
            ({"publiccodeYml": "x" * 100_000}, ("publiccodeYml", "max")),
            ({"aliases": ["ftp://example.org/x"]}, ("aliases[0]", "url")),
            ({"aliases": "https://example.org/x"}, ("aliases", "type")),
            ({"active": "yes"}, ("active", "type")),
            ({"vitality": 90}, ("vitality", "type")),
            ({"usedBy": []}, ("usedBy", "unknown")),
            ({"1": 1}, ("member 1", "unknown")),
        ],
    )
    def test_what_breaks_the_contract_is_said_field_by_field(self, publisher, change, said):
        response = publisher.post("/software", SOFTWARE | change)
        assert said in wrong(response)
        assert response.json()["title"] == "can't create Software"
        assert not Component.objects.exists()

    def test_at_most_ten_are_said(self, publisher):
        assert len(wrong(publisher.post("/software", SOFTWARE | {f"x{n}": 1 for n in range(50)}))) == 10

    @pytest.mark.parametrize(
        "content",
        [b"", b"{", b"\xff", b"[]", b'"x"', b"null", b'{"url": "\\u0000"}', b'{"url": "\\ud800"}', b'{"url": NaN}',
         b"[" * 100_000, b'{"url": 1e999}'],
    )  # fmt: skip
    def test_what_is_no_object_of_json_is_a_bad_request(self, publisher, content):
        assert publisher.ask("POST", "/software", content).status_code == 400

    def test_large_body_is_refused_unread(self, publisher):
        assert publisher.post("/software", {"publiccodeYml": "x" * 1_000_001}).status_code == 413

    def test_other_formats_are_refused(self, publisher):
        assert publisher.ask("POST", "/software", "url=x", "application/x-www-form-urlencoded").status_code == 415


class TestWhoMay:
    """The matrix: method by token, with the same rule for the root and for other catalogues."""

    @pytest.mark.parametrize("method", ["PATCH", "DELETE", "POST"])
    @pytest.mark.parametrize(
        ("who", "status"),
        [("nobody", 401), ("nonsense", 401), ("foreign", 403), ("scopeless", 403), ("own", 200), ("operator", 200)],
    )
    def test_own_software_alone(self, body, publisher, method, who, status):
        id = made(publisher)["id"]
        tokens = {
            "nobody": Api,
            "nonsense": lambda: Api("dcr_00000000_" + "x" * 43),
            "foreign": lambda: api_of(factories.organisation()),
            "scopeless": lambda: api_of(body, {Scope.WEBHOOKS_WRITE}),
            "own": lambda: publisher,
            "operator": lambda: api_of(None),
        }
        path, sent = (
            (f"/software/{id}", {"vitality": "1"}) if method != "POST" else (f"/software/{id}/logs", {"message": "x"})
        )
        response = tokens[who]().ask(method, path, None if method == "DELETE" else sent)
        assert response.status_code == (204 if status == 200 and method != "PATCH" else status)
        if status == 401:
            assert response.headers["WWW-Authenticate"].startswith("Bearer")
        if status != 200:
            assert Software.objects.get().vitality == ""
            assert Software.objects.get().withdrawn_at is None

    def test_software_that_nobody_looks_after_is_the_operators(self, publisher):
        component = factories.component()
        assert publisher.patch(f"/software/{component.uuid}", {"vitality": "1"}).status_code == 403

    @pytest.mark.parametrize("who", ["foreign", "own"])
    def test_unknown_software_is_not_found_whoever_asks(self, publisher, who):
        path = "/software/00000000-0000-4000-8000-000000000000"
        assert publisher.patch(path, {}).status_code == 404
        assert publisher.delete(path).status_code == 404

    def test_draft_is_not_found_by_its_own_steward(self, publisher, body):
        draft = factories.component(lifecycle="draft")
        factories.stewardship(component=draft, organisation=body)
        assert publisher.patch(f"/software/{draft.uuid}", {"vitality": "1"}).status_code == 404

    def test_post_without_any_token(self, api):
        assert api.post("/software", SOFTWARE).status_code == 401

    def test_post_by_a_token_without_the_scope(self, body):
        assert api_of(body, {Scope.WEBHOOKS_WRITE}).post("/software", SOFTWARE).status_code == 403


class TestPatch:
    def test_merge_patch_changes_what_it_names(self, publisher):
        before = made(publisher, vitality="90", aliases=["https://example.org/old/bins"])
        after = publisher.patch(f"/software/{before['id']}", {"vitality": "91", "active": False}).json()
        assert after == before | {"vitality": "91", "active": False, "updatedAt": after["updatedAt"]}
        assert after["updatedAt"] > before["updatedAt"]

    def test_null_removes(self, publisher):
        before = made(publisher, vitality="90", aliases=["https://example.org/old/bins"], active=False)
        after = publisher.patch(f"/software/{before['id']}", {"vitality": None, "aliases": None, "active": None}).json()
        assert ("vitality" in after, "aliases" in after, after["active"]) == (False, False, True)

    @pytest.mark.parametrize("member", ["url", "publiccodeYml"])
    def test_null_does_not_remove_what_every_software_has(self, publisher, member):
        id = made(publisher)["id"]
        assert (member, "required") in wrong(publisher.patch(f"/software/{id}", {member: None}))

    @pytest.mark.parametrize("sent", [{"colour": 1}, {"colour": None}])
    def test_unknown_member_is_refused(self, publisher, sent):
        id = made(publisher)["id"]
        assert ("colour", "unknown") in wrong(publisher.patch(f"/software/{id}", sent))

    def test_crawler_s_own_update(self, publisher):
        """As the publiccode crawler sends it: url and aliases as they are, with the new text."""
        id = made(publisher)["id"]
        text = YML.replace("name: Bins", "name: Bins and boxes")
        after = publisher.patch(f"/software/{id}", {"publiccodeYml": text, "url": URL, "aliases": []}).json()
        assert after["publiccodeYml"] == text
        assert Component.objects.get(uuid=id).name == "Bins and boxes"
        assert Description.objects.count() == 1

    def test_repository_moves_and_leaves_an_alias(self, publisher):
        id = made(publisher)["id"]
        moved = {"url": "https://example.org/new/bins", "aliases": [URL]}
        after = publisher.patch(f"/software/{id}", moved).json()
        assert (after["url"], after["aliases"]) == (moved["url"], [URL])
        assert [one["id"] for one in publisher.get(f"/software?url={URL}").json()["data"]] == [id]

    def test_aliases_that_the_contract_cannot_show_stay(self, publisher):
        component = Component.objects.get(uuid=made(publisher)["id"])
        for address in ("https://reader@example.org/old", "https://example.org/" + "x" * 300):
            RepositoryAlias.objects.create(component=component, address=address)
        after = publisher.patch(f"/software/{component.uuid}", {"vitality": "1"})
        assert (after.status_code, "aliases" in after.json()) == (200, False)
        assert component.aliases.count() == 2

    def test_address_of_another_is_a_conflict(self, publisher):
        id = made(publisher)["id"]
        factories.component(repository="https://example.org/other")
        for taken in ({"url": "https://example.org/other.git"}, {"aliases": ["https://www.example.org/other"]}):
            assert publisher.patch(f"/software/{id}", taken).status_code == 409

    def test_operations_of_json_patch(self, publisher):
        id = made(publisher, aliases=["https://example.org/old/bins"])["id"]
        after = publisher.operate(
            f"/software/{id}",
            {"op": "test", "path": "/aliases/0", "value": "https://example.org/old/bins"},
            {"op": "add", "path": "/aliases/-", "value": "https://example.org/older/bins"},
            {"op": "replace", "path": "/vitality", "value": "90,100,94,12"},
            {"op": "replace", "path": "/active", "value": False},
            {"op": "add", "path": "/analysis", "value": {"scan": {"v": 1, "grade": "A"}}},
        ).json()
        assert after["aliases"] == ["https://example.org/old/bins", "https://example.org/older/bins"]
        assert (after["vitality"], after["active"]) == ("90,100,94,12", False)
        analysis = publisher.get(f"/software/{id}/analysis").json()
        assert (analysis["scan"]["grade"], "t" in analysis["scan"]) == ("A", True)

    @pytest.mark.parametrize(
        ("operations", "status"),
        [
            ([], 422),
            ([{"op": "test", "path": "/vitality", "value": "no"}], 422),
            ([{"op": "remove", "path": "/url"}], 422),
            ([{"op": "remove", "path": "/aliases/9"}], 422),
            ([{"op": "replace", "path": "/colour", "value": 1}], 422),
            ([{"op": "add", "path": "/colour", "value": 1}], 422),
            ([{"op": "replace", "path": "", "value": 1}], 422),
            ([{"op": "replace", "path": "", "value": {}}], 422),
            ([{"op": "add", "path": "/analysis", "value": 5}], 422),
            ([{"op": "add", "path": "/analysis", "value": []}], 422),
            ([{"op": "explode", "path": "/url"}], 400),
            ([{"op": "add", "path": "/url"}], 400),
            ([{"path": "/url"}], 400),
            (["x"], 400),
            ({"op": "add"}, 400),
            ([{"op": "test", "path": "/active", "value": True}] * 101, 422),
            ([{"op": "test", "path": "/" + "x" * 255, "value": 1}], 422),
        ],
    )
    def test_operations_that_do_not_work(self, publisher, operations, status):
        before = made(publisher)
        response = publisher.patch(f"/software/{before['id']}", operations, "application/json-patch+json")
        assert response.status_code == status
        assert publisher.get(f"/software/{before['id']}").json() == before

    def test_component_without_a_repository_does_not_get_its_page_as_one(self, operator):
        component = factories.component()
        shown = operator.get(f"/software/{component.uuid}").json()
        operator.patch(f"/software/{component.uuid}", {"url": shown["url"], "vitality": "1"})
        component.refresh_from_db()
        assert component.repository == ""
        assert not Description.objects.exists()

    def test_change_is_an_event_with_the_token(self, publisher):
        publisher.patch(f"/software/{made(publisher)['id']}", {"vitality": "1"})
        event = Event.objects.get(act=Act.UPDATE_SOFTWARE)
        assert (event.token is not None, event.detail["vitality"]) == (True, "1")


class TestDelete:
    def test_nobody_else_uses_it_and_it_is_withdrawn_at_once(self, publisher, body):
        id = made(publisher)["id"]
        component = Component.objects.get(uuid=id)
        factories.adoption(component=component, organisation=body, confirmed=timezone.localdate())
        before = Event.objects.count()
        assert publisher.delete(f"/software/{id}").status_code == 204
        assert publisher.get(f"/software/{id}").status_code == 404
        assert publisher.delete(f"/software/{id}").status_code == 404
        component.refresh_from_db()
        assert component.lifecycle == Lifecycle.RETIRED
        assert Declaration.objects.current().filter(component=component).exists()
        event = Event.objects.get(act=Act.WITHDRAW_COMPONENT)
        assert (event.token is not None, Event.objects.count()) == (True, before + 1)
        assert Withdrawal.objects.get().decided_in == event

    def test_others_use_it_and_a_moderator_decides(self, publisher, body, mo):
        id = made(publisher)["id"]
        component = Component.objects.get(uuid=id)
        factories.adoption(component=component, organisation=factories.organisation(contact_email="ash@a.example"))
        before, shown = Event.objects.count(), publisher.get(f"/software/{id}").json()
        for _ in range(2):
            assert publisher.delete(f"/software/{id}").status_code == 204
        assert (Event.objects.count(), Event.objects.latest("pk").act) == (before + 1, Act.ASK_TO_WITHDRAW)
        asked = Withdrawal.objects.get()
        assert (asked.organisation, asked.decided_in) == (body, None)
        assert publisher.get(f"/software/{id}").json() == shown
        assert [one["id"] for one in publisher.get("/software").json()["data"]] == [id]

        withdraw_component(withdrawal=asked, by=mo)

        assert publisher.get(f"/software/{id}").status_code == 404
        assert publisher.get("/software?all=true").json()["data"] == []
        letter = Letter.objects.get(to="ash@a.example")
        assert "It was deleted in the Open Catalog." in letter.text

    def test_moderator_keeps_it_and_it_can_be_asked_again(self, publisher, mo):
        id = made(publisher)["id"]
        factories.adoption(component=Component.objects.get(uuid=id))
        publisher.delete(f"/software/{id}")
        keep_component(withdrawal=Withdrawal.objects.get(), reason="Forty bodies use it", by=mo)
        assert publisher.get(f"/software/{id}").status_code == 200
        assert publisher.delete(f"/software/{id}").status_code == 204
        assert Withdrawal.objects.waiting().count() == 1

    def test_operators_do_not_go_round_a_moderator(self, operator):
        used = factories.adoption().component
        assert operator.delete(f"/software/{used.uuid}").status_code == 204
        used.refresh_from_db()
        assert used.lifecycle == Lifecycle.LIVE
        assert Withdrawal.objects.waiting().get().organisation is None

    def test_what_is_retired_only_leaves_the_catalogue(self, operator):
        used = factories.adoption(component=factories.component(lifecycle="retired")).component
        assert operator.delete(f"/software/{used.uuid}").status_code == 204
        assert operator.get(f"/software/{used.uuid}").status_code == 404
        assert Event.objects.get(act=Act.DELETE_SOFTWARE).detail == {"component": used.slug}
        assert not Withdrawal.objects.exists()

    def test_act_refuses_others_itself(self, publisher):
        component = factories.component(lifecycle="retired")
        with pytest.raises(Refused, match="Only a body that looks after"):
            delete_software(component=component, by=ANYBODY)

    def test_what_was_asked_on_its_page_is_not_asked_again(self, publisher):
        id = made(publisher)["id"]
        factories.adoption(component=Component.objects.get(uuid=id))
        ask_to_withdraw(component=Component.objects.get(uuid=id), reason="Old", by=COMMAND_LINE)
        assert publisher.delete(f"/software/{id}").status_code == 204
        assert Withdrawal.objects.get().reason == "Old"

    def test_its_page_still_says_what_became_of_it(self, publisher, client):
        id = made(publisher)["id"]
        publisher.delete(f"/software/{id}")
        page = client.get(f"/components/{Component.objects.get(uuid=id).slug}/")
        assert page.status_code == 200
        assert "Retired" in page.content.decode()

    def test_it_is_taken_up_again_at_its_address(self, publisher):
        id = made(publisher)["id"]
        publisher.delete(f"/software/{id}")
        assert made(publisher)["id"] == id
        assert Component.objects.get().lifecycle == Lifecycle.LIVE
        assert Stewardship.objects.count() == 1

    def test_by_nobody_else(self, publisher):
        publisher.delete(f"/software/{made(publisher)['id']}")
        assert api_of(factories.organisation()).post("/software", SOFTWARE).status_code == 409


class TestAnalysis:
    def test_none_is_an_empty_object(self, api):
        assert api.get(f"/software/{factories.component().uuid}/analysis").json() == {}

    def test_namespaces_that_are_not_named_stay(self, publisher):
        path = f"/software/{made(publisher)['id']}/analysis"
        publisher.patch(path, {"one": {"v": 1, "grade": "A"}, "two": {"v": 1, "t": "1999-01-01T00:00:00Z"}})
        Software.objects.update(analysis={"one": {"v": 1, "grade": "A", "t": "2020-01-01T00:00:00Z"}, "two": {"v": 1}})
        after = publisher.patch(path, {"two": {"v": 2}, "one": {"v": 1, "grade": "A"}}).json()
        assert after["one"] == {"v": 1, "grade": "A", "t": "2020-01-01T00:00:00Z"}  # nothing changed
        assert after["two"]["v"] == 2
        assert after["two"]["t"].startswith(str(timezone.now().year))
        assert publisher.get(path).json() == after

    @pytest.mark.parametrize(
        "sent", [{"x": 1}, {"x": None}, {"x": {}}, {"x": {"v": "1"}}, {"x": {"v": 0}}, {"x": {"v": True}}, {"x": []}]
    )
    def test_namespace_without_a_version_is_refused(self, publisher, sent):
        path = f"/software/{made(publisher)['id']}/analysis"
        assert publisher.patch(path, sent).status_code == 422
        assert publisher.get(path).json() == {}

    def test_it_has_bounds(self, publisher):
        path = f"/software/{made(publisher)['id']}/analysis"
        assert publisher.patch(path, {"x": {"v": 1, "said": "x" * 200_000}}).status_code == 422

    def test_foreign_token_writes_none(self, publisher):
        path = f"/software/{made(publisher)['id']}/analysis"
        assert api_of(factories.organisation()).patch(path, {"x": {"v": 1}}).status_code == 403


def test_command_line_may_do_it_too():
    from registry.actions.software import Wanted, create_software

    component = create_software(wanted=Wanted(url=URL, publiccode=YML), by=COMMAND_LINE)
    assert component.name == "Bins"
