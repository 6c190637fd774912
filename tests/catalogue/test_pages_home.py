from datetime import date

import pytest

from registry.models import Commons
from tests import factories

pytestmark = pytest.mark.django_db


def test_home_says_what_to_do_before_there_is_data(client):
    page = client.get("/").content.decode()

    assert "No figures yet." in page
    assert "manage.py load_pack FOLDER" in page
    assert "Where the same thing was built most often" not in page


def test_home_counts_what_is_known(client, django_assert_max_num_queries):
    bins = factories.function(name="Bin days")
    for _ in range(3):
        factories.duplicate(function=bins)
    factories.adoption()
    factories.organisation()
    factories.component(lifecycle="draft")

    with django_assert_max_num_queries(8):
        page = client.get("/").content.decode()

    figures = [part.split("</span>")[0] for part in page.split('<span class="app-number">')[1:]]
    assert figures == ["1", "4 of 5", "1", "3"]
    assert "3 separate systems in 3 public bodies" in page


def test_home_leaves_expired_statements_and_ended_bodies_out(client):
    factories.duplicate(confirmed=date(2020, 1, 1))
    factories.organisation(end=date(2020, 1, 1))

    page = client.get("/").content.decode()

    assert "0 of 1" in page
    assert "Where the same thing was built most often" not in page


@pytest.mark.parametrize(("title", "said"), [("Sorrelmark (fictional)", True), ("United Kingdom", False)])
def test_home_names_its_commons_and_says_when_it_is_made_up(client, title, said):
    Commons.objects.create(title=title)

    page = client.get("/").content.decode()

    assert title in page
    assert ("Everything here is made up" in page) is said


def test_home_says_when_real_bodies_stand_among_made_up_ones(client):
    commons = Commons.objects.create(title="Sorrelmark (fictional)")
    commons.title = "United Kingdom"
    commons.save()
    page = client.get("/").content.decode()
    assert "Everything here is made up" not in page
    assert "They come from: Sorrelmark (fictional)." in page
