import pytest

from registry.actions.search import refresh_search
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    factories.component(slug="map", name="Pothole map")
    factories.component(slug="potash", name="Potash register")
    factories.component(slug="hidden", name="Pothole robot", lifecycle="draft")
    factories.function(slug="holes", name="Mend potholes")
    factories.organisation(slug="potton", name="Potton Town Council")
    factories.organisation(slug="old", name="Potter Council", end="2020-01-01")
    factories.organisation(slug="royal", name="Royal Borough of Potsby")
    used = factories.component(slug="hole-map", name="Map of potholes")
    factories.adoption(component=used)
    refresh_search()


def suggested(client, typed: str) -> list[tuple[str, str]]:
    answer = client.get("/api/v1/suggestions", {"q": typed})
    assert answer.status_code == 200
    return [(one["kind"], one["slug"]) for one in answer.json()["suggestions"]]


def test_components_functions_and_bodies_are_suggested_whose_names_begin_so(client, names):
    assert suggested(client, "pot") == [
        ("component", "potash"),
        ("component", "map"),
        ("component", "hole-map"),
        ("function", "holes"),
        ("organisation", "potton"),
        ("organisation", "royal"),
    ]
    assert suggested(client, "POTHOLE m") == [("component", "map")]


def test_suggestion_says_where_its_page_is(client, names):
    (one,) = client.get("/api/v1/suggestions?q=pothole+m").json()["suggestions"]
    assert one == {"kind": "component", "slug": "map", "name": "Pothole map", "href": "/components/map/"}
    assert client.get(one["href"]).status_code == 200


def test_misspelt_word_is_put_right(client, names):
    assert suggested(client, "pothloe") == [("component", "map"), ("component", "hole-map"), ("function", "holes")]


@pytest.mark.parametrize("typed", ["", "p", " ", "%", "__", "x" * 500, "\x00a", "'\\"])
def test_nothing_to_go_by_suggests_nothing(client, names, typed):
    assert suggested(client, typed) == []


def test_few_questions_are_asked_and_other_parameters_refused(client, names, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        suggested(client, "potho")
    assert client.get("/api/v1/suggestions?query=a").status_code == 400
    assert client.post("/api/v1/suggestions").status_code == 405
