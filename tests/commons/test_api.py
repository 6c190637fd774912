"""The API's manners: problems, pages, conditional answers, formats, and its description."""

import csv
import io
import json

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from commons.api.problems import PROBLEMS
from commons.api.schema import document
from commons.wsgi import application
from registry.actions.search import refresh_search
from registry.models import Identifier, Payment
from tests import factories

pytestmark = pytest.mark.long
LISTS = (
    "components",
    "functions",
    "peer-groups",
    "organisations",
    "declarations",
    "spend",
    "blueprints",
    "wanted",
    "sources",
)


@pytest.fixture
def world(db):
    fill()


def fill() -> None:
    bins = factories.function(slug="bins", name="Bins")
    keeper = factories.organisation(slug="keeper", name="Keeper", peer_group=factories.peer_group(slug="district"))
    Identifier.objects.create(organisation=keeper, scheme="gss", code="E1")
    for number in range(7):
        component = factories.component(slug=f"c{number}", name=f"=Bin {number % 2}", functions=[bins])
        factories.stewardship(component=component, organisation=keeper)
        factories.adoption(component=component, function=bins, organisation=keeper, annual_cost="12.50")
        Payment.objects.create(organisation=keeper, reference=str(number), amount="-5.00", component=component)
    for number in range(3):
        blueprint = factories.blueprint(slug=f"b{number}")
        factories.slot(slug=f"s{number}", step=factories.step(blueprint=blueprint), functions=[bins], kinds=["process"])
        factories.source(organisation=keeper)
    factories.component(slug="secret", name="Secret", lifecycle="draft", functions=[bins])
    refresh_search()


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("name", LISTS)
def test_cursors_lead_through_every_row_of_every_list(world, client, name):
    address, seen, pages = f"/api/v1/{name}?limit=2&count=true", [], 0
    while address:
        response = client.get(address)
        page = response.json()
        assert list(page)[:3] == ["items", "next", "prev"]
        assert (page["prev"] is None) == (pages == 0)
        assert ('rel="next"' in response.headers.get("Link", "")) == (page["next"] is not None)
        seen, address, pages = seen + page["items"], page["next"], pages + 1
    assert len(seen) == page["total"]
    assert len({json.dumps(item) for item in seen}) == len(seen)


@pytest.mark.parametrize("name", LISTS)
def test_file_has_the_rows_of_the_pages_in_their_order(world, client, name):
    items = client.get(f"/api/v1/{name}?limit=500").json()["items"]
    for asked in (
        client.get(f"/api/v1/{name}.csv"),
        client.get(f"/api/v1/{name}?format=csv"),
        client.get(f"/api/v1/{name}", headers={"Accept": "text/csv"}),
    ):
        assert asked.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(io.StringIO(body(asked).decode())))
        key = "id" if "id" in rows[0] else "slug"
        assert [row[key] for row in rows] == [str(item[key]) for item in items]


def test_cells_of_a_file_are_no_formulas_but_numbers_are_numbers(world, client):
    components = list(csv.DictReader(io.StringIO(body(client.get("/api/v1/components.csv")).decode())))
    assert {row["name"] for row in components} == {"'=Bin 0", "'=Bin 1"}
    payments = list(csv.DictReader(io.StringIO(body(client.get("/api/v1/spend.csv")).decode())))
    assert {row["amount"] for row in payments} == {"-5.00"}


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("components/c1", "relations"),
        ("functions/bins", "children"),
        ("organisations/keeper", "predecessors"),
        ("organisations/gss:E1", "predecessors"),
    ],
)
def test_detail_has_the_whole_thing(world, client, address, key):
    assert key in client.get(f"/api/v1/{address}").json()


def test_declaration_says_money_as_text_with_its_currency(world, client):
    item = client.get("/api/v1/declarations?limit=1").json()["items"][0]
    found = client.get(f"/api/v1/declarations/{item['id']}").json()
    assert found == item
    assert (found["annual_cost"], found["currency"], found["annual_cost_status"]) == ("12.50", "GBP", None)
    assert (found["coverage"], found["coverage_status"]) == (None, "not_answered")


@pytest.mark.parametrize("address", ["components/secret", "components?q=secret", "components.csv", "functions/bins"])
def test_draft_is_in_no_answer(world, client, address):
    assert b'ecret"' not in body(client.get(f"/api/v1/{address}")).replace(b"q=secret", b"")


@pytest.mark.parametrize("address", ["components/c1", "components?limit=3", "organisations", "schema.json"])
def test_etag_is_strong_and_spares_the_second_answer(world, client, address):
    first = client.get(f"/api/v1/{address}")
    assert first.headers["ETag"].startswith('"')
    assert first.headers["Cache-Control"] == "max-age=60, s-maxage=3600, stale-while-revalidate=600"
    assert "Accept" in first.headers["Vary"]
    assert client.get(f"/api/v1/{address}").headers["ETag"] == first.headers["ETag"]
    again = client.get(f"/api/v1/{address}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_etag_changes_with_the_thing(world, client):
    first = client.get("/api/v1/components/c1").headers["ETag"]
    declared = factories.adoption(component=factories.Component.objects.get(slug="c1"))
    refresh_search([declared.component_id])
    assert client.get("/api/v1/components/c1").headers["ETag"] != first


@pytest.mark.parametrize(
    ("method", "address", "accept", "status", "code"),
    [
        ("get", "components?knd=service", "", 400, "bad-parameter"),
        ("get", "components?limit=501", "", 400, "bad-parameter"),
        ("get", "components?count=maybe", "", 400, "bad-parameter"),
        ("get", "components?fields=nme", "", 400, "bad-parameter"),
        ("get", "components?format=xml", "", 400, "bad-parameter"),
        ("get", "components?cursor=x", "", 400, "bad-parameter"),
        ("get", "components/c1?fields=name", "", 400, "bad-parameter"),
        ("get", "components/nothing", "", 404, "not-found"),
        ("get", "components/%00", "", 404, "not-found"),
        ("get", "declarations/99999999999999999999", "", 404, "not-found"),
        ("get", "nothing", "", 404, "not-found"),
        ("get", "components", "application/xml", 406, "not-acceptable"),
        ("post", "components", "", 405, "method-not-allowed"),
        ("delete", "components/c1", "", 405, "method-not-allowed"),
        ("patch", "organisations/keeper", "", 405, "method-not-allowed"),
    ],
)
def test_every_error_is_a_problem_with_a_page(world, client, method, address, accept, status, code):
    headers = {"Accept": accept} if accept else {}
    response = getattr(client, method)(f"/api/v1/{address}", headers=headers)
    problem = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.status_code == problem["status"] == status
    assert problem["type"] == f"/api/problems/{code}/"
    assert client.get(problem["type"]).status_code == 200
    assert ("errors" in problem) == (code == "bad-parameter")
    assert ("Allow" in response.headers) == (status == 405)


@pytest.mark.parametrize("code", PROBLEMS)
def test_problem_has_a_page_that_says_what_to_do(db, client, code):
    assert PROBLEMS[code].title in client.get(f"/api/problems/{code}/").content.decode()


def test_fault_of_ours_is_a_problem_without_its_cause(client, monkeypatch, db):
    monkeypatch.setattr("catalogue.api.views.DOCUMENT", "SELECT secret_column FROM nowhere WHERE x = %s")
    client.raise_request_exception = False
    response = client.get("/api/v1/components/c1")
    assert response.status_code == 500
    assert response.json()["type"] == "/api/problems/server-error/"
    assert b"secret_column" not in response.content


def test_fields_leave_the_others_out(world, client):
    [item] = client.get("/api/v1/components?fields=name,kind&limit=1").json()["items"]
    assert list(item) == ["name", "kind", "kind_label"]
    assert body(client.get("/api/v1/components.csv?fields=slug,used_by")).splitlines()[0] == b"slug,used_by"


def test_facets_are_told_when_asked(world, client):
    page = client.get("/api/v1/components?facets=true").json()
    assert page["facets"]["function"] == [{"value": "bins", "label": "Bins", "count": 7, "selected": False}]
    assert "facets" not in client.get("/api/v1/components").json()


def test_head_and_options_answer(world, client):
    assert client.head("/api/v1/components").status_code == 200
    options = client.options("/api/v1/components")
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert options.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(options.wsgi_request.path).headers["Access-Control-Expose-Headers"] == "ETag, Link"


@pytest.mark.parametrize("address", ["components", "organisations", "declarations", "spend"])
def test_queries_do_not_grow_with_rows(world, client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        client.get(f"/api/v1/{address}?limit=500")


@pytest.mark.parametrize("address", ["/api/", "/data/", "/api/v1/docs"])
def test_pages_for_people_name_every_list(world, client, address):
    page = client.get(address).content.decode()
    assert address == "/api/v1/docs" or all(f"/api/v1/{name}" in page for name in LISTS)


def test_description_is_there_as_json_and_yaml(client):
    assert client.get("/api/v1/schema.json").json()["openapi"] == "3.1.1"
    assert client.get("/api/v1/schema.yaml").content.startswith(b"openapi: 3.1.1")
    assert client.get("/api/v1/schema", headers={"Accept": "application/yaml"}).content.startswith(b"openapi")
    assert client.get("/api/v1/schema", headers={"Accept": "image/png"}).status_code == 406


CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
)
BOUNDED = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.mark.django_db(transaction=True)
def test_api_keeps_to_its_description():
    """Whether a value of a filter exists is the data's to know, so that a described address may well be refused."""
    fill()
    described = schemathesis.openapi.from_wsgi("/api/v1/schema.json", application)
    operations = [each.ok() for each in described.get_all_operations()]
    more = {"details": 4, "similar and suggested": 2, "the index": 15, "assemblies": 9, "reviews": 5, "sources": 4}
    more |= {"challenges": 3, "declaring": 4, "reorganisations": 2, "evidence": 3, "imports": 6, "exemptions": 2}
    assert len(operations) == len(LISTS) + sum(more.values())
    for operation in operations:

        @BOUNDED
        @given(case=operation.as_strategy())
        def answers(case):
            case.call_and_validate(checks=list(CHECKS))

        answers()


def test_document_describes_every_list():
    paths = json.loads(document("json"))["paths"]
    assert {f"/api/v1/{name}" for name in LISTS} <= set(paths)
