"""Who sees how a score changed: only where both scores are shown, and in figures that add up."""

import csv
import io
import re

import pytest

from public_value.models import HeldChange, PublishedAs, Score, ScoreTrend
from public_value.presenters.score import described
from public_value.presenters.trend import of_edition, of_score
from tests.public_value.test_evidence import duplicate
from tests.public_value.test_evidence import world as bare_world  # noqa: F401  (a fixture)
from tests.public_value.test_publication_pages import words
from tests.public_value.test_trend import earlier, later, scored, settled, world  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db
PART = ("change", "change_catalogue", "change_time", "change_declared", "change_is_sure", "since")


@pytest.fixture
def changed(scored):  # noqa: F811
    """A score of grade A to C in two editions, which a statement changed in between."""
    scored.first = earlier()
    duplicate(scored, coverage=0.2, annual_cost=100, price_fy="2025-26")
    scored.second = later()
    faces = Score.objects.filter(organisation=scored.body).values_list("published_as", flat=True)
    assert set(faces) == {PublishedAs.SCORE}
    return scored


def in_points(text: str) -> float:
    return float(text.replace("−", "-").replace("+", ""))


def told(world, edition) -> dict:  # noqa: F811
    score = described().get(edition=edition, organisation=world.body)
    return of_score(score, is_shown=score.published_as == PublishedAs.SCORE)


def test_page_shows_a_change_that_adds_up(changed, client) -> None:
    page = words(client, f"/public-value/2026Q4/{changed.body.slug}/")
    assert "From 2026Q3 to this edition, in points" in page
    assert "The score rose: so it does in 100 of 100 calculations" in page
    change = told(changed, changed.second)["change"]
    parts = [in_points(row["points"]) for row in change["rows"]]
    assert in_points(change["before"]) + sum(parts) == pytest.approx(in_points(change["after"]), abs=1e-9)
    assert change["rows"][2]["points"].startswith("+")
    assert f'href="/public-value/2026Q3/{changed.body.slug}/"' in page


def test_page_names_the_other_editions_both_ways(changed, client) -> None:
    page = words(client, f"/public-value/2026Q3/{changed.body.slug}/")
    assert f'href="/public-value/2026Q4/{changed.body.slug}/">2026Q4</a>' in page
    assert "There is no earlier edition of the same method and benchmarks to compare with." in page


def hide_before(world) -> None:  # noqa: F811
    Score.objects.filter(edition=world.first, organisation=world.body).update(published_as=PublishedAs.BAND, grade="D")


def hide_after(world) -> None:  # noqa: F811
    Score.objects.filter(edition=world.second, organisation=world.body).update(published_as=PublishedAs.BAND, grade="D")


def hold_before(world) -> None:  # noqa: F811
    HeldChange.objects.create(edition=world.first, previous=world.second, organisation=world.body, points=20)


def hold_after(world) -> None:  # noqa: F811
    HeldChange.objects.create(edition=world.second, previous=world.first, organisation=world.body, points=20)


@pytest.mark.parametrize("hide", [hide_before, hide_after, hold_before, hold_after])
def test_change_is_hidden_everywhere_where_one_of_the_scores_is(changed, client, hide) -> None:
    hide(changed)
    address = f"/public-value/2026Q4/{changed.body.slug}/"
    assert "in points" not in re.sub(r".*How it changed", "", words(client, address)).split("Line by line")[0]
    one = client.get(f"/api/v1/editions/2026Q4/scores/{changed.body.slug}").json()
    assert [one[name] for name in PART] == [None] * 6
    (row,) = csv.DictReader(
        io.StringIO(client.get("/api/v1/editions/2026Q4/scores.csv").getvalue().decode("utf-8-sig"))
    )
    assert [row[name] for name in PART] == [""] * 6
    assert of_edition(changed.second)["bodies"] == "0"


def test_range_of_another_edition_is_shown_as_a_range(changed, client) -> None:
    hide_before(changed)
    (one,) = told(changed, changed.second)["editions"]
    assert re.fullmatch(r"between \d+ and \d+", one["headline"])


def test_api_and_files_give_the_change(changed, client) -> None:
    trend = ScoreTrend.objects.get()
    one = client.get(f"/api/v1/editions/2026Q4/scores/{changed.body.slug}").json()
    assert one["since"] == "2026Q3"
    assert one["change"] == round(trend.change, 4)
    assert one["change_declared"] == round(trend.declared, 4)
    assert one["change_is_sure"] is True
    assert client.get("/api/v1/editions/2026Q4").json()["since"] == "2026Q3"
    first = client.get(f"/api/v1/editions/2026Q3/scores/{changed.body.slug}").json()
    assert [first[name] for name in PART] == [None] * 6


@pytest.mark.parametrize("address", ["/public-value/2026Q4/", "/public-value/2026Q4/{body}/"])
def test_pages_with_a_change_ask_little(changed, client, django_assert_max_num_queries, address) -> None:
    with django_assert_max_num_queries(8):
        assert client.get(address.format(body=changed.body.slug)).status_code == 200


def test_edition_says_how_many_rose_and_fell(changed, client) -> None:
    said = of_edition(changed.second)
    assert [said[name] for name in ("bodies", "rose", "fell", "open")] == ["1", "1", "0", "0"]
    page = words(client, "/public-value/2026Q4/")
    assert "Of 1 bodies with a score in both editions, 1 rose and 0 fell" in page
    assert "What changed since" not in words(client, "/public-value/2026Q3/")


def test_edition_says_where_no_body_has_a_score_twice(world, client) -> None:  # noqa: F811
    settled(world)
    earlier()
    later()
    assert "No body has a score in both editions." in words(client, "/public-value/2026Q4/")
