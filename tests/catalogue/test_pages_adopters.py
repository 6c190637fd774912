from datetime import date

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pay():
    return factories.component(slug="pay", name="Pay")


def test_adopters_page_lists_each_body_with_its_source(client, pay, django_assert_max_num_queries):
    group = factories.peer_group(label="District")
    body = factories.organisation(name="Ambridge Council", peer_group=group)
    factories.adoption(component=pay, organisation=body, since=date(2021, 4, 13), source_url="https://a.example/")
    for _ in range(30):
        factories.adoption(component=pay, stage="retired")

    with django_assert_max_num_queries(8):
        page = client.get("/components/pay/adopters/").content.decode()

    assert "1 public body uses Pay, 30 stopped" in page
    assert "31 statements" in page
    assert "Since 13 April 2021" in page
    assert 'href="https://a.example/" rel="noopener nofollow"' in page


def test_adopters_page_narrows_by_stage_and_keeps_the_heading(client, pay):
    factories.adoption(component=pay, organisation=factories.organisation(name="Ambridge Council"))
    factories.adoption(component=pay, organisation=factories.organisation(name="Borchester Council"), stage="retired")

    page = client.get("/components/pay/adopters/?stage=retired").content.decode()

    assert "1 public body uses Pay, 1 stopped" in page
    assert "1 statement<" in page
    assert "Borchester Council" in page
    assert "Ambridge Council" not in page


def test_adopters_page_shows_expired_statements_apart(client, pay):
    factories.adoption(component=pay, confirmed=date(2020, 1, 1))

    page = client.get("/components/pay/adopters/").content.decode()

    assert "No public body has declared that it uses Pay" in page
    assert "1 more has not confirmed it for three years" in page
    assert ">Expired</strong>" in page


def test_adopters_page_without_adopters_does_not_say_zero(client, pay):
    page = client.get("/components/pay/adopters/").content.decode()

    assert "None yet." in page


def test_adopters_page_sends_a_page_past_the_end_to_the_first(client, pay):
    factories.adoption(component=pay)

    assert client.get("/components/pay/adopters/?page=3").url == "/components/pay/adopters/?"


def test_adopters_file_has_the_rows_of_the_page(client, pay):
    factories.adoption(component=pay)
    factories.adoption()

    response = client.get("/components/pay/adopters/?format=csv")

    assert len(b"".join(response.streaming_content).splitlines()) == 2
