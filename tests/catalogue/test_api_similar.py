import pytest

from catalogue.describing import new_component, stated
from catalogue.models import Column
from catalogue.readers import openapi
from registry.actions.search import refresh_search
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/similar"


@pytest.fixture
def catalogue():
    bookings = factories.function(name="Appointments and bookings", slug="bookings")
    factories.component(name="Slot finder", slug="slots", summary="Book an appointment.", functions=[bookings])
    refresh_search()


def sent(client, data):
    return client.post(ADDRESS, data, content_type="application/json")


def test_similar_components_and_functions_come_with_their_reasons(client, catalogue):
    answer = sent(client, {"text": "book an appointment"})

    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-store"
    (component,) = answer.json()["components"]
    assert component["slug"] == "slots"
    assert component["likeness_label"] == {"very": "Very alike", "alike": "Alike"}[component["likeness"]]
    assert {"kind", "sentence", "words", "shared", "asked"} == component["reasons"][0].keys()
    assert answer.json()["functions"][0]["slug"] == "bookings"


@pytest.mark.parametrize("file", ["docs/openapi.yaml", "registry/open_catalog/openapi.yaml"])
def test_whole_description_finds_the_interface_that_it_describes(client, settings, file):
    text = (settings.BASE_DIR / file).read_text()
    (description,) = openapi.read(text).descriptions
    new_component(stated(description) | {"name": "Called otherwise", "summary": "", "description": ""}, "")
    refresh_search()

    (component,) = sent(client, {"text": text}).json()["components"]

    number = len({(one.method, one.path) for one in description.operations})
    assert number > 30
    assert component["name"] == "Called otherwise"
    assert component["reasons"][0] | {"sentence": ""} == {
        "kind": "operations", "sentence": "", "words": [], "shared": number, "asked": number,
    }  # fmt: skip


def test_first_line_of_a_table_finds_the_dataset_with_its_columns(client):
    data = factories.component(name="Rounds", kind="dataset")
    for number, name in enumerate(("uprn", "round", "day"), 1):
        Column.objects.create(component=data, number=number, name=name)
    refresh_search()

    (component,) = sent(client, {"text": "UPRN,Round,Day,Crew\n1,a,Mon,x\n", "file": "r.csv"}).json()["components"]

    (reason, *_) = component["reasons"]
    assert (reason["kind"], reason["shared"], reason["asked"]) == ("columns", 3, 4)


def test_columns_are_asked_for_with_a_file_name(client, catalogue):
    answer = sent(client, {"text": "a,b,c", "file": "table.csv"}).json()
    assert answer == {"components": [], "functions": [], "unread": None}


def test_description_that_cannot_be_read_says_why(client):
    unread = sent(client, {"text": "openapi: 3.0.0\n\tinfo: x"}).json()["unread"]
    assert unread.startswith("openapi, line 2: The line is indented with a tab")


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({}, 400, "“text”"),
        ({"text": ""}, 400, "“text”"),
        ([1], 400, "JSON"),
        ("{", 400, "JSON"),
        ({"text": "x" * 1_100_000}, 400, "“text”"),
        ({"text": "x" * 2_100_000}, 413, "1 MB"),
    ],
)
def test_what_cannot_be_read_is_a_problem(client, data, status, words):
    answer = sent(client, data)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_only_json_is_read_and_only_posted(client):
    assert client.post(ADDRESS, {"text": "a"}).status_code == 415
    refused = client.get(ADDRESS)
    assert (refused.status_code, refused["Allow"]) == (405, "POST, OPTIONS")
    asked = client.options(ADDRESS)
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "POST, OPTIONS")
    assert "Content-Type" in asked["Access-Control-Allow-Headers"]


def test_only_json_is_answered(client):
    answer = client.post(ADDRESS, {"text": "a"}, content_type="application/json", headers={"accept": "text/csv"})
    assert answer.status_code == 406
