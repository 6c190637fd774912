"""The robustness of an edition's scores: kept with it, shown where ten scores are, and made of published ones alone."""

from collections import Counter
from statistics import correlation

import pytest

from commons.formatting import number
from public_value.actions import compute_edition
from public_value.methodology import PANEL, Parameters
from public_value.models import Edition, Score
from public_value.presenters.robustness import openness, written
from public_value.robustness import robustness_figures
from public_value.wording import DIMENSIONS as NAMES
from tests.public_value.test_evidence import SNAPSHOT, world  # noqa: F401  (a fixture)
from tests.public_value.test_pages import words

pytestmark = pytest.mark.django_db


def published(edition, group=None):
    scores = Score.objects.of(edition).listed().filter(grade__in="ABC")
    return scores.filter(peer_group__slug=group) if group else scores


def test_edition_keeps_the_robustness_of_what_is_published(demo):
    counts = Counter(published(demo).values_list("peer_group__slug", flat=True))
    kept = demo.robustness
    assert kept["bodies"] == counts.total()
    assert {slug: group["bodies"] for slug, group in kept["groups"].items()} == {
        slug: count for slug, count in counts.items() if count >= 10
    }
    assert set(counts) > set(kept["groups"]) != set()  # a group with too few says nothing


def test_robustness_follows_from_what_the_api_publishes(demo, client):
    """A reader can work it out again, to the places that are published: so it tells nothing that is not."""
    (group, kept), *_ = demo.robustness["groups"].items()
    items = client.get(f"/api/v1/editions/2026Q3/scores?peer_group={group}&limit=500").json()["items"]
    shown = [item for item in items if item["score"] is not None]
    totals = [sum(item[name] for name in "SNFCO") + item["balance"] for item in shown]
    assert len(shown) == kept["bodies"]
    for name in "SNFCO":
        points = [item[name] for item in shown]
        assert correlation(points, totals) ** 2 == pytest.approx(kept["weights"][name]["effective"], abs=0.002)
    plain = [sum(item[name] for name in "SNFCO") for item in shown]
    assert correlation(plain, totals, method="ranked") == pytest.approx(kept["order"]["arithmetic"], abs=0.02)


def test_robustness_does_not_depend_on_a_figure_that_is_held_back(demo):
    hidden = Score.objects.of(demo).filter(grade__in="DE")
    assert hidden.update(S=0.99, N=0.99, F=0.01, C=0.5, O=0.77) > 10
    assert robustness_figures(demo, Parameters.from_json(demo.parameters)) == demo.robustness


def test_robustness_is_in_the_answer_of_one_edition(demo, client):
    assert client.get("/api/v1/editions/2026Q3").json()["robustness"] == demo.robustness
    Edition.objects.update(robustness={})
    assert client.get("/api/v1/editions/2026Q3").json()["robustness"] is None
    assert 'id="robustness"' not in client.get("/public-value/").content.decode()


def test_edition_page_shows_what_each_part_weighs(demo, client):
    page = words(client.get("/public-value/").content.decode())
    weights = demo.robustness["weights"]
    for name, label in NAMES.items():
        own = weights[name]
        figures = [number(100 * own[which]) for which in ("nominal", "effective", "effective_equal")]
        assert f"{label} {' '.join(figures)} " in page
    assert f"For the {demo.robustness['bodies']} bodies with a score" in page
    assert "Openness weighs" in page


def test_edition_page_shows_how_far_the_order_holds(demo, client):
    page = words(client.get("/public-value/").content.decode())
    after = page.partition("How the order would change")[2]
    for slug, group in demo.robustness["groups"].items():
        row = [str(group["bodies"]), *(written(group["order"][name]) for name in PANEL)]
        assert f"{demo.peer_groups[slug]['label']} {' '.join(row)}" in after
    assert after.index("District council") < after.index("Unitary council")


def test_edition_page_with_few_scores_says_so(client, world):  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    page = words(client.get("/public-value/").content.decode())
    assert "Fewer than 10 bodies have a score, too few to tell." in page
    assert "No kind of body has 10 scores yet." in page


@pytest.mark.parametrize(
    ("effective", "sentence"),
    [
        (0.4, "4 times its weight. Above 3 times is"),
        (0.3, "3 times its weight. Above 3 times would"),
        (None, "the same"),
    ],
)
def test_openness_is_told_against_its_bound(effective, sentence):
    assert sentence in openness({"nominal": 0.1, "effective": effective})


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1.00"), (0.9999, "0.99"), (-0.256, "−0.25"), (-0.001, "0.00"), (0.29, "0.29"), (None, "–")],
)
def test_correlation_of_one_is_written_only_where_the_order_is_the_same(value, text):
    assert written(value) == text
