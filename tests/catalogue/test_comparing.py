"""Two or three components side by side, as a page and as files."""

import csv
import io

import pytest
from odfdo import Document

from catalogue.models import Component, Profile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    bins = factories.function(name="Bins")
    pay = factories.component(slug="pay", name="Pay", functions=[bins], licence="MIT", fixed_fee=10)
    till = factories.component(slug="till", name="Till", functions=[bins], licence="EUPL-1.2", fixed_fee=10)
    return pay, till


def text_of(response) -> str:
    return response.content.decode()


def test_compare_shows_both_and_marks_what_differs(client, pair, django_assert_max_num_queries):
    pay, _ = pair
    factories.stewardship(component=pay, organisation=factories.organisation(name="Ash"))

    with django_assert_max_num_queries(6):
        page = text_of(client.get("/components/compare/?component=pay&component=till"))

    assert "Compare 2 components" in page
    assert page.index(">Pay</a></th>") < page.index(">Till</a></th>")
    licence = page[page.index(">Licence ") :]
    assert "Differs" in licence[:120]
    fee = page[page.index(">Fixed fee a year") :]
    assert "Differs" not in fee[:120]
    assert "not stated" in page


def test_compare_keeps_the_order_of_the_address_and_shows_differences_alone(client, pair):
    page = text_of(client.get("/components/compare/?component=till&component=pay&differences=1"))

    assert page.index(">Till</a></th>") < page.index(">Pay</a></th>")
    assert ">Licence " in page
    assert ">Fixed fee a year" not in page


def test_compare_makes_addresses_links_and_nothing_else(client, pair):
    pair[0].licence = "https://pay.example/terms"
    pair[0].save()
    pair[1].licence = "javascript:alert(1)"
    pair[1].save()

    page = text_of(client.get("/components/compare/?component=pay&component=till"))

    assert 'href="https://pay.example/terms" rel="noopener nofollow">pay.example/terms</a>' in page
    assert 'href="javascript' not in page


def test_compare_of_one_suggests_others_for_the_same_work(client, pair):
    factories.component(name="Elsewhere", functions=[factories.function()])
    factories.component(name="Secret", functions=pair[0].functions.all(), lifecycle="draft")
    factories.component(name="Ending", functions=pair[0].functions.all(), lifecycle="deprecated")

    page = text_of(client.get("/components/compare/?component=pay"))

    assert 'href="/components/compare/?component=pay&amp;component=till">Add Till</a>' in page
    assert "Elsewhere" not in page
    assert "Secret" not in page
    assert "Ending" not in page


def test_compare_of_none_says_how_to_choose(client):
    page = client.get("/components/compare/")
    assert page.status_code == 200
    assert "Choose two or three components" in text_of(page)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("component=pay&component=nothing", "There is no component “nothing”."),
        ("component=pay&component=secret", "There is no component “secret”."),
        ("component=pay&component=till&component=a&component=b", "Choose at most three components."),
        ("component=pay&component=till&format=pdf", "There is no format “pdf” here"),
        ("component=%3Cscript%3Ealert(1)%3C/script%3E", "There is no component"),
        ("component=a%00b", "There is no component"),
    ],
)
def test_compare_says_what_it_cannot_show(client, pair, query, sentence):
    factories.component(slug="secret", lifecycle="draft")

    page = client.get(f"/components/compare/?{query}")

    assert page.status_code == 400
    assert sentence in text_of(page)
    assert "<script>alert" not in text_of(page)


def test_compare_of_two_kinds_shows_what_is_asked_of_both(client, pair):
    factories.component(slug="list", name="List", kind="dataset")

    page = text_of(client.get("/components/compare/?component=pay&component=list"))

    assert "different kinds" in page
    assert "It has an open licence" in page
    assert "It has a security statement" not in page


def test_compare_shows_what_a_component_says_in_the_words_of_a_verdict(client, pair):
    Profile.objects.create(component=pair[0], limits="not applicable")
    page = text_of(client.get("/components/compare/?component=pay&component=till"))
    assert "Known limits and edge cases" in page


def test_compare_of_odd_letters_is_a_document(client, pair):
    Component.objects.filter(slug="pay").update(name="Pay\x01it\uffff.")
    answer = client.get("/components/compare/?component=pay&component=till&format=ods")
    assert Document(io.BytesIO(answer.content)).body.get_table(name="Comparison").get_values()[0][3] == "Pay it ."


def test_compare_is_csv_json_and_ods_with_the_same_rows(client, pair):
    pair[0].summary = "=1+1"
    pair[0].save()
    address = "/components/compare/?component=pay&component=till&format="

    rows = list(csv.reader(io.StringIO(text_of(client.get(f"{address}csv")))))
    document = client.get(f"{address}json").json()
    ods = Document(io.BytesIO(client.get(f"{address}ods").content)).body.get_table(name="Comparison").get_values()

    assert rows[0] == ["Part", "Criterion", "Differs", "Pay", "Till"]
    assert ["Use it", "Licence", "yes", "MIT", "EUPL-1.2"] in rows
    assert ["What it is", "In a sentence", "yes", "'=1+1", rows[1][4]] == rows[1]
    assert [row["criterion"] for row in document["criteria"]] == [row[1] for row in rows[1:]]
    assert document["criteria"][0]["values"]["pay"] == "=1+1"
    assert [list(row[:3]) for row in ods] == [row[:3] for row in rows]
    assert ods[1][3] == "=1+1"


def test_list_and_component_page_lead_to_the_comparison(client, pair):
    assert 'href="/components/compare/?component=pay"' in text_of(client.get("/components/pay/"))
