import pytest

from registry.actions.search import refresh_search
from registry.models import Stewardship
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue():
    """30 components, the first of which is used, looked after and serves a function."""
    bins = factories.function(name="Missed bins")
    steward = factories.organisation(name="Steward Council")
    first = factories.component(name="Bin reporter", functions=[bins], summary="Tells the crew. Quickly.")
    factories.stewardship(component=first, organisation=steward)
    factories.adoption(component=first, function=bins)
    for number in range(29):
        factories.component(name=f"Other {number:02}")
    refresh_search()
    return first


def test_component_list_counts_shows_and_filters(client, catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get("/components/").content.decode()

    assert "<title>30 components – " in page
    assert "Used by 1 public body" in page
    assert "Looked after by Steward Council" in page
    assert "Tells the crew." in page
    assert "format=csv" in page


def test_component_list_heads_a_search_with_its_count_and_words(client, catalogue):
    page = client.get("/components/?q=reporter").content.decode()

    assert "1 component for ‘reporter’" in page
    assert "Bin reporter" in page
    assert "Other 01" not in page


def test_component_list_names_the_page_in_the_title_and_keeps_filters_in_links(client, catalogue):
    page = client.get("/components/?sort=name&page=2").content.decode()

    assert "<title>30 components (page 2 of 2) – " in page
    assert "Other 28" in page
    assert "sort=name&amp;page=1" in page


def test_component_list_sends_a_page_past_the_end_to_the_first(client, catalogue):
    response = client.get("/components/?sort=name&page=9")

    assert response.status_code == 302
    assert response.url == "/components/?sort=name"


def test_component_list_refuses_what_it_does_not_know_in_a_sentence(client, catalogue):
    response = client.get("/components/?lifecycle=livee")

    page = response.content.decode()
    assert response.status_code == 400
    assert "Did you mean “live”?" in page
    assert '<a class="govuk-link" href="/components/">Show the page without any of its parameters</a>' in page


def test_component_list_says_that_a_spelling_was_put_right(client, catalogue):
    page = client.get("/components/?q=reportter").content.decode()

    assert "Showing results for “reporter”" in page
    assert "Bin reporter" in page


def test_component_list_offers_functions_where_nothing_is_found(client, catalogue):
    factories.function(name="Crematorium bookings")

    page = client.get("/components/?q=crematorium").content.decode()

    assert "0 components for ‘crematorium’" in page
    assert 'href="/alerts/new/?q=crematorium"' in page, "one may be told when there is one"
    assert 'href="/wanted/"' in page
    assert "Functions that come nearest" in page
    assert "Crematorium bookings" in page


def test_component_list_without_components_says_so(client):
    page = client.get("/components/").content.decode()

    assert "0 components" in page
    assert "Nothing has been recorded here yet." in page


@pytest.mark.parametrize("address", ["/components/?format=csv", "/components.csv"])
def test_component_list_answers_as_a_file(client, catalogue, address):
    response = client.get(address)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert len(b"".join(response.streaming_content).splitlines()) == 31


def test_component_list_escapes_what_people_wrote(client):
    hostile = "<script>alert(1)</script>"
    made = factories.component(name=hostile, summary=hostile, functions=[factories.function(name=hostile)])
    Stewardship.objects.create(
        component=made, organisation=factories.organisation(name=hostile), recorded_in=factories.event()
    )
    refresh_search()

    page = client.get("/components/", {"q": hostile}).content.decode()

    assert hostile not in page
    assert "&lt;script&gt;" in page
