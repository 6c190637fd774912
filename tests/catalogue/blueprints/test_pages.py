import csv
import re
from io import StringIO

import pytest

from catalogue.models import Component
from tests import factories

pytestmark = pytest.mark.django_db


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_list_counts_steps_slots_and_gaps(client, licence, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = text_of(client, "/blueprints/")

    assert "1 blueprint" in page
    assert "3 steps" in page
    assert "4 slots" in page
    assert "2 that no component fills" in page


def test_list_is_also_a_file(client, licence):
    response = client.get("/blueprints.csv")
    (row,) = csv.DictReader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))

    assert (row["slug"], row["steps"], row["slots"], row["unfilled"]) == ("licence", "3", "4", "2")


def test_list_without_blueprints_says_how_they_come(client):
    assert "load_pack" in text_of(client, "/blueprints/")


def test_list_can_be_asked_for_the_blueprints_of_a_function(client, licence):
    assert "1 blueprint" in text_of(client, "/blueprints/?function=payments")
    assert "0 blueprints" in text_of(client, "/blueprints/?function=licences")


def test_blueprint_page_shows_steps_and_how_many_could_fill_a_slot(client, licence, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = text_of(client, "/blueprints/licence/")

    assert "2 components could fill it" in page
    assert "1 component could fill it" in page  # not the draft
    assert page.count("No shared component exists") == 2
    assert "all but 2" in page


def test_unknown_blueprint_is_not_found(client, db):
    for suffix in ("", "assemble/", "assemble.json", "assemble.odt", "assemble.cdx.json"):
        assert client.get(f"/blueprints/nothing/{suffix}").status_code == 404


def test_assemble_page_begins_with_the_candidates_and_nothing_chosen(client, licence):
    page = text_of(client, "/blueprints/licence/assemble/")

    assert "What it costs" not in page
    assert page.index('value="formery"') < page.index('value="oldform"')  # the most used one first
    assert "used by 2 public bodies; £0.10 a transaction, £100 a year" in page
    assert "£0.002 a transaction" in page
    assert "secret" not in page.lower()


def test_what_is_retired_is_offered_no_more_and_stays_where_it_was_chosen(client, licence):
    Component.objects.filter(slug__in=["till", "oldform"]).update(lifecycle="retired")

    assert "3 that no component fills" in text_of(client, "/blueprints/")
    page = text_of(client, "/blueprints/licence/assemble/")
    assert 'value="oldform"' not in page
    assert 'value="till"' not in page
    chosen = text_of(client, licence.address("card=till"))
    assert 'value="till"' in chosen
    assert "is retired: it is no longer offered." in chosen


def test_assemble_page_says_what_follows(client, licence, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = text_of(client, licence.address("form=formery", "card=till", body="Ash Council"))

    assert "£304 to £508 a year" in page  # 2,000 cases × (0.1 + 0.002) × 1 to 2 + 100
    assert "more that is not stated" not in page
    assert "For 2,000 cases a year, as Ash Council states" in page
    assert "Formery needs Places" in page
    assert "also=places" in page
    assert "No shared component exists for “Book”" in page
    assert "1 public body uses both components today" in page
    assert "2 of 4 slots filled" in page


def test_assemble_page_never_hides_what_is_not_stated(client, licence):
    page = text_of(client, licence.address("form=oldform", "card=till", cases="100"))

    assert "£0.20 to £0.40 a year, and more that is not stated" in page
    assert "1 has not stated all that it costs" in page
    assert "its price of a transaction is not stated; its fixed fee is not stated" in page
    assert "Oldform is deprecated" in page


def test_assemble_page_estimates_cases_by_the_size_of_the_body(client, licence):
    from public_value.models import Benchmark

    Benchmark.objects.create(
        peer_group=licence.birch.peer_group, function=licence.functions["licences"], ref_volume_per_driver=0.5
    )
    type(licence.birch).objects.filter(pk=licence.birch.pk).update(driver=200)

    page = text_of(client, licence.address("card=till", body="birch"))

    assert "For 100 cases a year. That is an estimate" in page


@pytest.mark.parametrize(
    ("pairs", "more", "words"),
    [
        (["card=formery"], {}, "Formery does not fill “Card”"),
        (["card=nothing"], {}, "There is no component “nothing”"),
        (["card=secret"], {}, "There is no component “secret”"),
        (["card=till"], {"also": "secret"}, "There is no component “secret”"),
        (["card=till"], {"body": "Nowhere"}, "No public body that exists today is called “Nowhere”"),
    ],
)
def test_what_cannot_be_taken_is_said_on_the_page_and_refused_in_files(client, licence, pairs, more, words):
    page = text_of(client, licence.address(*pairs, **more))

    assert "There is a problem" in page
    assert words in page
    summary = page[page.index("There is a problem") : page.index("<h1")]
    (place,) = re.findall(r'href="#([^"]+)"', summary)
    assert f'id="{place}"' in page
    for suffix in (".json", ".odt", ".cdx.json"):
        assert client.get(licence.address(*pairs, suffix=suffix, **more)).status_code == 400
    assert client.get(f"/api/v1/blueprints/licence/assemble?{licence.query(*pairs, **more)}").status_code == 400


@pytest.mark.parametrize("query", ["slot-typo=till", "cases=many", "body=a&body=b", "colour=red"])
def test_parameter_that_is_not_known_is_refused(client, licence, query):
    assert client.get(f"/blueprints/licence/assemble/?{query}").status_code == 400


def test_draft_is_neither_candidate_nor_requirement(client, licence):
    factories.relation(licence.components["till"], "requires", licence.components["secret"])

    page = text_of(client, licence.address("card=till"))

    assert "secret" not in page.lower()


def test_hostile_names_are_escaped(client, licence):
    type(licence.components["till"]).objects.filter(slug="till").update(name="<script>alert(1)</script>")

    page = text_of(client, licence.address("card=till", body="<script>"))

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
