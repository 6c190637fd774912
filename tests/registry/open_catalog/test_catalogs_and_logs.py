import pytest

from registry.models import Act, Catalog, Event, Log, Publisher, Scope, Software
from tests import factories
from tests.registry.open_catalog.conftest import api_of

pytestmark = pytest.mark.django_db
NEW = {"name": "Coast", "alternativeId": "coast", "sources": [{"url": "https://example.org/coast", "driver": "github"}]}
ROOT = "%E2%88%85"
SOFTWARE = {"url": "https://example.org/coast/bins", "publiccodeYml": "-"}


@pytest.fixture
def catalog(operator) -> dict:
    response = operator.post("/catalogs", NEW)
    assert response.status_code == 200, response.content
    return response.json()


class TestCatalogs:
    def test_made_listed_and_found_by_both_its_names(self, api, catalog):
        assert api.get("/catalogs").json()["data"] == [catalog]
        assert api.get("/catalogs/coast").json() == api.get(f"/catalogs/{catalog['id']}").json() == catalog
        assert catalog["sources"] == NEW["sources"]

    def test_inactive_is_shown_with_all(self, api, operator, catalog):
        operator.patch("/catalogs/coast", {"active": False})
        assert api.get("/catalogs").json()["data"] == []
        assert len(api.get("/catalogs?all=true").json()["data"]) == 1

    def test_root_is_there_without_a_row_and_has_one_where_it_was_made(self, api, operator):
        assert api.get(f"/catalogs/{ROOT}").status_code == 404
        assert api.get(f"/catalogs/{ROOT}/software").json()["data"] == []
        root = operator.post(
            "/catalogs", {"name": "Root", "alternativeId": "∅", "publishersNamespace": "urn:x:"}
        ).json()
        assert api.get(f"/catalogs/{ROOT}").json() == root
        assert (root["sources"], root["publishersNamespace"]) == ([], "urn:x:")
        assert operator.patch(f"/catalogs/{ROOT}", {"alternativeId": "other"}).status_code == 422
        assert operator.patch(f"/catalogs/{ROOT}", {"sources": NEW["sources"]}).status_code == 422
        made = operator.post(f"/catalogs/{ROOT}/software", SOFTWARE).json()
        assert "catalogId" not in made

    @pytest.mark.parametrize(
        "change",
        [{"name": None}, {"sources": []}, {"sources": None}, {"sources": [{"driver": "x"}]}, {"scopes": [""]},
         {"scopes": ["x"] * 21}, {"colour": 1}, {"sources": [{"url": "https://example.org/", "args": []}]}],
    )  # fmt: skip
    def test_what_breaks_the_contract_is_refused(self, operator, change):
        assert operator.post("/catalogs", NEW | change).status_code == 422

    def test_same_alternative_id_is_a_conflict(self, operator, catalog):
        assert operator.post("/catalogs", NEW).status_code == 409
        assert operator.post("/catalogs", NEW | {"alternativeId": catalog["id"]}).status_code == 409

    def test_patch_changes_what_it_names(self, operator, catalog):
        after = operator.patch("/catalogs/coast", {"scopes": ["iso3166:GB"], "name": "The coast"}).json()
        assert after == catalog | {"scopes": ["iso3166:GB"], "name": "The coast", "updatedAt": after["updatedAt"]}

    def test_delete_waits_until_it_is_empty(self, operator, catalog):
        software = operator.post("/catalogs/coast/software", SOFTWARE).json()
        assert software["catalogId"] == catalog["id"]
        assert operator.delete("/catalogs/coast").status_code == 409
        Software.objects.update(catalog=None)
        assert operator.delete("/catalogs/coast").status_code == 204
        assert not Catalog.objects.exists()
        assert Event.objects.filter(act=Act.DELETE_CATALOG).count() == 1

    @pytest.mark.parametrize(("method", "path", "sent"), [
        ("POST", "/catalogs", NEW | {"alternativeId": "x"}), ("PATCH", "/catalogs/coast", {"name": "x"}),
        ("DELETE", "/catalogs/coast", None), ("PATCH", "/catalogs/coast/analysis", {"x": {"v": 1}}),
        ("POST", "/catalogs/coast/publishers", {"description": "x", "codeHosting": [{"url": "https://example.org/x"}]}),
        ("POST", "/catalogs/coast/software", SOFTWARE), ("POST", "/catalogs/coast/logs", {"message": "x"}),
    ])  # fmt: skip
    def test_writes_are_the_operators(self, api, catalog, method, path, sent):
        assert api.ask(method, path, sent).status_code == 401
        assert api_of(factories.organisation()).ask(method, path, sent).status_code == 403

    def test_publisher_of_a_catalogue_adds_software_to_it(self, catalog):
        body = factories.organisation()
        Publisher.objects.create(organisation=body, catalog=Catalog.objects.get())
        assert api_of(body).post("/catalogs/coast/software", SOFTWARE).status_code == 200

    def test_publisher_and_software_are_changed_through_their_own_catalogue(self, operator, catalog):
        body = {"description": "Coast", "codeHosting": [{"url": "https://example.org/c"}], "alternativeId": "c-1"}
        publisher = operator.post("/catalogs/coast/publishers", body).json()
        software = operator.post("/catalogs/coast/software", SOFTWARE).json()
        assert publisher["catalogId"] == catalog["id"]
        assert len(operator.get("/catalogs/coast/publishers").json()["data"]) == 1
        assert operator.get(f"/catalogs/{ROOT}/publishers").json()["data"] == []
        for kind, id in (("publishers", publisher["id"]), ("publishers", "c-1"), ("software", software["id"])):
            assert operator.patch(f"/catalogs/coast/{kind}/{id}", {"active": False}).status_code == 200
            assert operator.patch(f"/catalogs/{ROOT}/{kind}/{id}", {"active": True}).status_code == 404
            assert operator.patch(f"/catalogs/nowhere/{kind}/{id}", {"active": True}).status_code == 404
        assert operator.get(f"/catalogs/coast/software/{software['id']}").status_code == 405

    def test_analysis(self, api, operator, catalog):
        assert api.get("/catalogs/coast/analysis").json() == {}
        after = operator.patch("/catalogs/coast/analysis", {"scan": {"v": 1}}).json()
        assert after["scan"]["t"]
        assert api.get("/catalogs/coast/analysis").json() == after

    @pytest.mark.parametrize("path", ["", "/software", "/publishers", "/analysis"])
    def test_unknown_is_not_found(self, api, path):
        assert api.get(f"/catalogs/nowhere{path}").json()["detail"] == "Catalog was not found"


class TestLogs:
    def test_newest_first_page_by_page(self, api, operator):
        for number in range(5):
            assert operator.post("/logs", {"message": f"Line {number}"}).status_code == 200
        first = api.get("/logs?page[size]=3").json()
        assert [one["message"] for one in first["data"]] == ["Line 4", "Line 3", "Line 2"]
        second = api.get(f"/logs{first['links']['next']}&page[size]=3").json()
        assert [one["message"] for one in second["data"]] == ["Line 1", "Line 0"]
        assert second["links"]["next"] is None
        assert api.get(f"/logs{second['links']['prev']}&page[size]=3").json()["data"] == first["data"]

    def test_search_is_in_the_message(self, api, operator):
        operator.post("/logs", {"message": "BAD publiccode"})
        operator.post("/logs", {"message": "100% good_file"})
        assert [one["message"] for one in api.get("/logs?search=bad").json()["data"]] == ["BAD publiccode"]
        assert len(api.get("/logs?search=%25").json()["data"]) == 1
        assert api.get("/logs?search=%00").status_code == 200

    def test_of_one_software(self, operator):
        component = factories.component()
        assert operator.post(f"/software/{component.uuid}/logs", {"message": "Read"}).status_code == 204
        operator.post("/logs", {"message": "Other"})
        [log] = operator.get(f"/software/{component.uuid}/logs").json()["data"]
        assert (log["message"], log["entity"]) == ("Read", f"/software/{component.uuid}")

    def test_of_a_catalogue(self, operator, catalog):
        log = operator.post("/catalogs/coast/logs", {"message": "Read"}).json()
        assert log["entity"] == f"/catalogs/{catalog['id']}"
        assert "entity" not in operator.post(f"/catalogs/{ROOT}/logs", {"message": "Read"}).json()

    def test_about_a_draft_are_not_told(self, api):
        Log.objects.create(message="Secret", component=factories.component(lifecycle="draft"))
        assert api.get("/logs").json()["data"] == []

    @pytest.mark.parametrize(
        "sent", [{}, {"message": ""}, {"message": "x" * 2049}, {"message": 1}, {"message": "x", "y": 1}]
    )
    def test_what_breaks_the_contract_is_refused(self, operator, sent):
        assert operator.post("/logs", sent).status_code == 422

    def test_any_body_may_log_and_the_line_says_who(self, api):
        body = factories.organisation()
        assert api_of(body).post("/logs", {"message": "x"}).status_code == 200
        assert Log.objects.get().token.organisation == body
        assert api.post("/logs", {"message": "x"}).status_code == 401
        assert api_of(body, {Scope.WEBHOOKS_WRITE}).post("/logs", {"message": "x"}).status_code == 403


class TestManners:
    def test_status(self, api):
        assert api.get("/status").status_code == 204

    @pytest.mark.parametrize("path", ["/i-dont-exist", "/", "/software/x/y/z", "/software/"])
    def test_no_such_address(self, api, path):
        response = api.client.get(f"/v1{path}")
        assert response.status_code == 404
        assert response.json() == {"title": "Not Found", "detail": f"Cannot GET /v1{path}", "status": 404}

    def test_no_such_method(self, api):
        response = api.ask("PUT", "/software")
        assert response.status_code == 405
        assert "POST" in response.headers["Allow"]

    def test_browsers_may_ask_from_anywhere(self, api):
        response = api.client.options("/v1/software")
        assert response.status_code == 204
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]

    def test_head_is_get_without_the_body(self, api):
        response = api.client.head("/v1/software")
        assert (response.status_code, response.content) == (200, b"")
