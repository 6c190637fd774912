"""The live preview for programs: watermarked, behind the gate of every face, and a sentence where there is none."""

import csv
import io

import pytest

from public_value import tasks
from public_value.gate import face
from public_value.models import Edition, Preview, Score
from registry.models import Organisation
from tests import factories
from tests.public_value.following import current
from tests.public_value.test_evidence import adopt, world  # noqa: F401  (a fixture)
from tests.public_value.test_preview_pages import demo  # noqa: F401  (a fixture)
from tests.public_value.test_preview_refusals import contradict

pytestmark = pytest.mark.django_db

PREVIEW = "/api/v1/preview"
PATHS = (PREVIEW, f"{PREVIEW}/scores", f"{PREVIEW}/scores.csv", f"{PREVIEW}/scores/nobody")


@pytest.mark.parametrize("address", PATHS)
def test_no_preview_is_a_problem_with_a_sentence(client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("There is no live preview yet. It begins by itself")


def test_preview_that_is_refused_says_why(world, client) -> None:  # noqa: F811
    contradict(world)
    tasks.follow_registry()
    assert "both have a benchmark" in client.get(PREVIEW).json()["detail"]


def test_preview_says_what_it_is_and_of_which_moment(demo, client) -> None:  # noqa: F811
    answer = client.get(PREVIEW)
    found, shown = answer.json(), Preview.objects.current().get()
    assert found["preview"] is True
    assert "follows the registry" in found["notice"]
    assert "It is not published" in found["notice"]
    assert found["calculated_at"] == shown.ready_at.isoformat()
    assert found["snapshot_date"] == current().snapshot_date.isoformat()
    assert (found["measured_with"], found["waiting"], found["being_made"]) == ("2026Q3", 0, False)
    assert sum(kind["bodies"] for kind in found["coverage"]) == Score.objects.of(demo).listed().count()
    assert answer["X-Robots-Tag"] == "noindex"


def test_preview_says_how_many_wait(demo, client) -> None:  # noqa: F811
    factories.duplicate(organisation=Organisation.objects.all()[0])
    assert client.get(PREVIEW).json()["waiting"] == 1


def test_scores_of_the_preview_are_watermarked_and_obey_the_gate(demo, client) -> None:  # noqa: F811
    items = client.get(f"{PREVIEW}/scores?limit=500").json()["items"]
    scores = {score.organisation.slug: score for score in Score.objects.of(demo).listed()}
    assert len(items) == len(scores)
    for item in items:
        shown = face(scores[item["organisation"]["slug"]])
        assert (item["score"], item["low"], item["high"]) == (shown.score, shown.low, shown.high)
        assert (item["S"] is None) is not shown.is_score
        assert (item["preview"], item["calculated_at"]) == (True, items[0]["calculated_at"])
    text = b"".join(client.get(f"{PREVIEW}/scores.csv").streaming_content).decode("utf-8-sig")
    assert {row["preview"] for row in csv.DictReader(io.StringIO(text))} == {"1"}


@pytest.mark.parametrize("published_as", ["score", "band", "not_published"])
def test_score_of_the_preview_stands_beside_the_last_edition(demo, client, published_as: str) -> None:  # noqa: F811
    score = Score.objects.of(demo).listed().filter(published_as=published_as).select_related("organisation")[0]
    last = face(Score.objects.get(edition__label="2026Q3", organisation=score.organisation))
    found, shown = client.get(f"{PREVIEW}/scores/{score.organisation.slug}").json(), face(score)
    assert (found["preview"], found["score"], found["low"]) == (True, shown.score, shown.low)
    assert found["last_edition"] == {
        "label": "2026Q3",
        **{name: getattr(last, name) for name in ("published_as", "grade", "score", "low", "high")},
    }


def test_body_that_is_not_in_the_preview_is_a_problem(demo, client) -> None:  # noqa: F811
    for key in ("nobody", "%00"):
        answer = client.get(f"{PREVIEW}/scores/{key}")
        assert answer.status_code == 404
        assert "There is no score in the live preview" in answer.json()["detail"]


def test_answers_of_the_preview_ask_few_questions(demo, client, django_assert_max_num_queries) -> None:  # noqa: F811
    slug = Score.objects.of(demo).listed().filter(published_as="score")[0].organisation.slug
    for address in (PREVIEW, f"{PREVIEW}/scores", f"{PREVIEW}/scores/{slug}"):
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200


def test_preview_follows_what_is_recorded(world, client) -> None:  # noqa: F811
    tasks.follow_registry()
    address = f"{PREVIEW}/scores/{world.body.slug}"
    assert client.get(address).json()["K"] == 0
    adopt(world, coverage=0.5)
    tasks.follow_registry()
    assert client.get(address).json()["K"] == 0.5
    assert client.get(address).json()["last_edition"] is None
    assert not Edition.objects.dated().exists()
