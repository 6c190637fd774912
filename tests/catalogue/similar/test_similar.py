import pytest

from catalogue.models import Column, Component, Operation, RepositoryAlias
from catalogue.similar import Question, similar
from catalogue.similar.question import read
from registry.actions.search import refresh_search
from tests import factories

pytestmark = pytest.mark.django_db


def with_operations(component, *paths, method="GET"):
    Operation.objects.bulk_create(Operation(component=component, method=method, path=path) for path in paths)
    return component


def with_columns(component, *names):
    Column.objects.bulk_create(Column(component=component, number=n, name=name) for n, name in enumerate(names, 1))
    return component


def found(text: str = "", **question) -> dict[str, list[str]]:
    """Names of the components found, in order, each with its reasons."""
    answer = similar(Question(**question) if question else read(text))
    return {one.card["name"]: [reason.sentence for reason in one.reasons] for one in answer.components}


@pytest.fixture
def catalogue():
    bookings = factories.function(name="Appointments and bookings")
    factories.component(name="Slot finder", summary="Book an appointment or a room.", functions=[bookings])
    factories.component(name="Bin days", summary="Tells residents which bin is collected when.")
    factories.component(name="Pothole map", summary="Report a pothole on a map.", repository="https://x.org/a/potholes")
    factories.component(name="Secret bookings", summary="Book an appointment.", lifecycle="draft")
    for number in range(20):
        factories.component(name=f"Other {number:02}", summary="Something else.")
    refresh_search()


def test_words_in_common_are_the_reason(catalogue):
    assert found("a pothole to report") == {"Pothole map": ["Shares the words “pothole” and “report”"]}


def test_function_in_common_is_a_reason_and_is_told(catalogue):
    answer = similar(read("bookings of appointments"))
    (component,) = answer.components
    assert [reason.kind for reason in component.reasons] == ["function", "text"]
    assert component.reasons[0].sentence == "Is made for “Appointments and bookings”"
    assert [one.name for one in answer.functions] == ["Appointments and bookings"]
    assert set(answer.functions[0].reasons[0].words) == {"appointments", "bookings"}


def test_drafts_are_never_found(catalogue):
    assert "Secret bookings" not in found("Secret bookings")
    assert found("nothing of the kind") == {}


def test_same_name_comes_first(catalogue):
    factories.component(name="Pothole map of the north", summary="Report a pothole on a map.")
    refresh_search()
    names = found("POTHOLE map")
    assert next(iter(names)) == "Pothole map"
    assert names["Pothole map"][0] == "Has the same name"


def test_same_repository_in_another_spelling_is_the_strongest_reason(catalogue):
    (name, reasons), *_ = found(text="bins", repository="git@x.org:a/potholes.git").items()
    assert (name, reasons[0]) == ("Pothole map", "Has the same source code address")


def test_repository_that_a_component_had_once_is_the_same_too(catalogue):
    RepositoryAlias.objects.create(component=Component.objects.get(name="Bin days"), address="https://x.org/a/bins.git")
    assert found(text="zeppelin", repository="http://x.org/A/bins")["Bin days"] == ["Has the same source code address"]


def test_operations_in_common_are_counted_whatever_versions_and_variables_are_called(catalogue):
    mine = factories.component(name="Permits API", summary="-")
    with_operations(mine, "/api/v2/permits", "/api/v2/permits/{number}", "/api/v2/zones/", "/health")
    other = factories.component(name="Health API", summary="-")
    with_operations(other, "/health")
    hidden = with_operations(factories.component(lifecycle="draft"), "/permits", "/permits/{id}", "/zones")
    refresh_search()

    asked = (("GET", "/permits"), ("GET", "/permits/{id}"), ("GET", "/zones"), ("POST", "/permits"), ("GET", "/health"))
    names = found(operations=asked)

    assert names == {"Permits API": ["4 of 5 operations are the same; it has 4"]}
    assert hidden.name not in names


def test_columns_in_common_are_counted(catalogue):
    data = factories.component(name="Rounds", kind="dataset", summary="-")
    with_columns(data, "UPRN", "collectionDate", "Bin type", "round")
    refresh_search()

    names = found("uprn,collection_date,bin_type,colour")

    assert names["Rounds"][0] == "3 of 4 columns have the same names; it has 4"


def test_what_is_common_leads_to_nobody_and_is_counted_where_somebody_is_found(catalogue, monkeypatch):
    monkeypatch.setattr("catalogue.similar.candidates.OFTEN", 1)
    with_columns(factories.component(name="Rounds", kind="dataset", summary="-"), "id", "name", "UPRN")
    with_columns(factories.component(name="Trees", kind="dataset", summary="-"), "id", "name", "species")
    with_operations(factories.component(name="Rounds API", summary="-"), "/health", "/rounds")
    with_operations(factories.component(name="Trees API", summary="-"), "/health", "/trees")
    refresh_search()

    assert found(columns=("id", "name")) == found(operations=(("GET", "/health"),)) == {}
    (sentence,) = found(columns=("id", "name", "uprn", "colour"))["Rounds"]
    assert sentence == "3 of 4 columns have the same names; it has 3"
    assert list(found(operations=(("GET", "/health"), ("GET", "/rounds")))) == ["Rounds API"]


def test_table_pasted_with_its_rows_finds_the_dataset_with_its_columns(catalogue):
    data = factories.component(name="Rounds", kind="dataset", summary="-")
    with_columns(data, "UPRN", "collectionDate", "Bin type", "round")
    refresh_search()

    names = found("UPRN,Collection Date,Bin Type\r\n1,2026-01-01,dry\r\n2,2026-01-02,food\r\n")

    assert names["Rounds"][0] == "3 of 3 columns have the same names; it has 4"


def test_one_that_is_at_its_end_stands_behind_its_equals():
    factories.component(slug="a-old", name="Kerb permits", lifecycle="retired")
    factories.component(slug="b-new", name="Kerb permits", lifecycle="live")
    refresh_search()

    answer = similar(read("kerb permits"))

    assert [one.card["slug"] for one in answer.components] == ["b-new", "a-old"]


def test_words_of_a_family_and_with_typing_errors_are_understood(catalogue):
    factories.component(name="Till", summary="Takes payments by card.")
    refresh_search()
    assert "Till" in found("pay by card")
    assert next(iter(found("bin colected"))) == "Bin days"


def test_a_component_can_be_left_out(catalogue):
    (first, *_) = similar(read("bin days")).components
    number = Component.objects.get(slug=first.card["slug"]).pk
    again = similar(read("bin days"), excluding=[number])
    assert first.card["slug"] not in [one.card["slug"] for one in again.components]


def test_what_all_tenders_say_hides_nothing(catalogue):
    factories.component(name="Contract register", summary="Tender, contract, supplier, authority and evaluation.")
    refresh_search()
    boilerplate = "The supplier shall meet the requirements of the tender and its evaluation by the authority. "
    rare = " ".join(f"clause{chr(97 + n)}{chr(97 + m)}" for n in range(9) for m in range(8))
    text = boilerplate * 10 + rare + " Residents book an appointment or a room by themselves."
    assert next(iter(found(text))) == "Slot finder"


def test_empty_catalogue_and_empty_question_find_nothing():
    assert found("bins") == {}
    assert similar(Question()).components == []


def test_cost_is_a_handful_of_questions(catalogue, django_assert_max_num_queries):
    similar(read("warm"))
    with django_assert_max_num_queries(11):
        similar(read("openapi: 3.0.0\ninfo: {title: Book, version: '1'}\npaths: {/a: {get: {responses: {}}}}"))
