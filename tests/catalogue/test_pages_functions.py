from datetime import date

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_function_tree_shows_each_branch_with_its_counts(client, django_assert_max_num_queries):
    waste = factories.function(name="Waste", slug="waste")
    bins = factories.function(name="Bin days", parent=waste)
    factories.duplicate(function=bins)
    factories.adoption(function=bins)
    factories.component(functions=[bins])

    with django_assert_max_num_queries(8):
        page = text_of(client, "/functions/")

    assert "<title>Functions – " in page
    assert "2 functions" in page
    assert page.count("1 component, used by 1 public body, 1 separate system") == 2


def test_function_tree_stays_small_with_400_functions(client, django_assert_max_num_queries):
    for branch in range(20):
        root = factories.function(name=f"A wide area of public work {branch}")
        for leaf in range(19):
            below = factories.function(name=f"A task with a name of usual length {leaf}", parent=root)
            if leaf < 6:
                factories.duplicate(function=below)

    with django_assert_max_num_queries(8):
        response = client.get("/functions/")

    assert "400 functions" in response.content.decode()
    assert len(response.content) <= 100_000


def test_function_tree_search_shows_what_is_found_below_those_above_it(client):
    waste = factories.function(name="Waste")
    factories.function(name="Bin days", parent=waste)
    factories.function(name="Planning")

    page = text_of(client, "/functions/?q=bin")

    assert "1 function for ‘bin’" in page
    assert "Bin days" in page
    assert "Waste" in page
    assert "Planning" not in page


def test_function_tree_search_that_finds_nothing_offers_the_components(client):
    factories.function(name="Waste")

    page = text_of(client, "/functions/?q=<b>zebra</b>")

    assert "0 results for" in page
    assert "/components/?q=%3Cb%3Ezebra" in page
    assert "<b>zebra" not in page


def test_function_tree_before_data_says_how_to_load_some(client):
    assert "manage.py load_pack FOLDER" in text_of(client, "/functions/")


def test_function_page_of_a_full_function_asks_eight_times_at_most(client, django_assert_max_num_queries):
    bins = factories.function(slug="bins", evolution="commodity", codes=["lgam:1"])
    factories.function(parent=bins)
    for number in range(60):
        factories.duplicate(
            function=bins, annual_cost=100 + number, price_fy="2024-25", contract_end=date(2027, 5, 1), reason="Law",
            source_url="https://a.example/",
        )  # fmt: skip
    shared = factories.component(functions=[bins], price_per_transaction="0.05")
    factories.adoption(function=bins, component=shared)

    with django_assert_max_num_queries(8):
        page = text_of(client, "/functions/bins/?page=2")

    assert "(page 2 of 2) – " in page
    assert "60 separate systems run by 60 public bodies" in page
    assert "60 of 60 disclose what they cost: from £100 to £159 a year, in prices of 2024 to 2025." in page
    assert "April to June 2027" in page
    assert "(60 separate systems)" in page
    assert "£0.05" in page


def test_function_page_keeps_the_four_blanks_apart(client):
    bins = factories.function(slug="bins")
    factories.duplicate(function=bins)
    for kind in ("not_responsible", "not_sure"):
        factories.adoption(function=bins).delete()
        factories.duplicate(function=bins, kind=kind, system="")
    factories.organisation()

    page = text_of(client, "/functions/bins/")

    for key in ("Run a system of their own", "Are not responsible", "Are not sure"):
        assert key in page
    assert "0 public bodies" in page
    assert "Have not answered" in page


def test_function_page_lists_expired_systems_last_and_counts_them_apart(client):
    bins = factories.function(slug="bins")
    factories.duplicate(function=bins, organisation=factories.organisation(name="A Council"), confirmed=LONG_AGO)
    factories.duplicate(function=bins, organisation=factories.organisation(name="Z Council"))

    page = text_of(client, "/functions/bins/")

    assert "1 separate system run by 1 public body" in page
    assert "1 more has not been confirmed for three years" in page
    assert page.index("Z Council") < page.index("A Council")


def test_function_page_shows_no_sum_where_none_is_disclosed(client):
    bins = factories.function(slug="bins")
    factories.duplicate(function=bins)

    page = text_of(client, "/functions/bins/")

    assert "None of them discloses what it costs." in page
    assert "Nobody has stated a reason." in page
    assert "No end of a contract is stated." in page


def test_function_page_of_a_silent_function_says_so(client):
    factories.function(slug="bins")

    page = text_of(client, "/functions/bins/")

    assert "No figures yet: no public bodies have been loaded." in page
    assert "No public body has said that it runs a system of its own for this." in page
    assert "No listed component is made for this function itself." in page


def test_function_page_hides_draft_components(client):
    bins = factories.function(slug="bins")
    factories.component(name="Secret plan", lifecycle="draft", functions=[bins])

    assert "Secret plan" not in text_of(client, "/functions/bins/")


def test_function_page_makes_hostile_text_harmless(client):
    hostile = '"><script>alert(1)</script>'
    bins = factories.function(slug="bins", name=hostile)
    factories.duplicate(
        function=bins, system=hostile, supplier=hostile, reason=hostile, source_url="javascript:alert(1)"
    )

    page = text_of(client, "/functions/bins/")

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_function_page_of_no_function_is_not_found(client):
    assert client.get("/functions/nothing/").status_code == 404
    assert client.get("/functions/nothing/?format=csv").status_code == 404


def test_function_page_sends_a_page_past_the_end_to_the_first(client):
    bins = factories.function(slug="bins")
    factories.duplicate(function=bins)

    assert client.get("/functions/bins/?page=2").url == "/functions/bins/?"


@pytest.mark.parametrize("number", ["0", "-1", "two", "²"])
def test_function_page_refuses_what_is_no_page(client, number):
    factories.function(slug="bins")

    assert client.get("/functions/bins/", {"page": number}).status_code == 400


def test_systems_file_has_the_systems_of_the_function(client):
    bins = factories.function(slug="bins")
    factories.duplicate(function=bins)
    factories.duplicate()

    response = client.get("/functions/bins/?format=csv")

    assert len(b"".join(response.streaming_content).splitlines()) == 2
