"""Every revision that was published once, for programs: what was corrected, and what stood there before."""

import csv
import io

import pytest

from public_value.actions import correct_edition, publish_edition
from public_value.gate import face
from public_value.models import Edition, EditionBundle, Score
from tests.public_value.published import published
from tests.public_value.test_evidence import adopt, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.test_publication import compute

pytestmark = pytest.mark.django_db

REVISIONS = "/api/v1/editions/2026Q3/revisions"


@pytest.fixture
def corrected(world) -> Edition:  # noqa: F811
    adopt(world, coverage=0.5)
    first = published()
    duplicate(world, coverage=0.25)
    return publish_edition(edition=correct_edition(edition=first, erratum="A system was missing."))


def test_revisions_say_what_was_corrected_and_where_the_open_data_are(corrected, client) -> None:
    newest, oldest = client.get(REVISIONS).json()["items"]
    assert (newest["revision"], newest["state"], newest["erratum"]) == (2, "published", "A system was missing.")
    assert (oldest["revision"], oldest["state"], oldest["erratum"]) == (1, "superseded", None)
    for item in (newest, oldest):
        kept = EditionBundle.objects.get(edition__revision=item["revision"])
        assert item["bundle"] == f"/public-value/2026Q3/revisions/{item['revision']}/bundle.zip"
        assert (item["bundle_sha256"], bool(item["published_at"])) == (kept.sha256, True)
    rows = csv.DictReader(io.StringIO(b"".join(client.get(f"{REVISIONS}.csv").streaming_content).decode("utf-8-sig")))
    assert [row["revision"] for row in rows] == ["2", "1"]


def test_revision_is_told_like_an_edition(corrected, client) -> None:
    old, new = (client.get(f"{REVISIONS}/{number}").json() for number in (1, 2))
    assert (old["state"], old["snapshot_hash"] == new["snapshot_hash"]) == ("superseded", False)
    assert new == client.get("/api/v1/editions/2026Q3").json()
    assert old.keys() == new.keys()


def test_scores_of_a_revision_stay_as_they_were(corrected, world, client) -> None:  # noqa: F811
    old, new = (client.get(f"{REVISIONS}/{number}/scores").json()["items"] for number in (1, 2))
    assert [item["K"] for item in old] == [0.5]
    assert [item["K"] for item in new] == [0.75]
    assert client.get("/api/v1/editions/2026Q3/scores").json()["items"] == new
    one = f"{REVISIONS}/{{}}/scores/{world.body.slug}"
    assert [len(client.get(one.format(number)).json()["lines"]) for number in (1, 2)] == [1, 2]
    assert client.get(one.format(2)).json() == client.get(f"/api/v1/editions/2026Q3/scores/{world.body.slug}").json()
    assert b"0.5" in b"".join(client.get(f"{REVISIONS}/1/scores.csv").streaming_content)


def test_revision_obeys_the_gate(corrected, world, client) -> None:  # noqa: F811
    kept = Score.objects.get(edition__revision=1, organisation=world.body)
    found = client.get(f"{REVISIONS}/1/scores/{world.body.slug}").json()
    assert kept.published_as == "band"
    assert (found["score"], found["low"]) == (None, face(kept).low)
    assert (found["S"], found["lines"][0]["S"]) == (None, None)


def test_revision_that_was_never_published_is_not_there(world, client) -> None:  # noqa: F811
    compute()
    assert client.get(REVISIONS).json()["items"] == []
    for path in ("/1", "/1/scores", f"/1/scores/{world.body.slug}"):
        answer = client.get(f"{REVISIONS}{path}")
        assert answer.status_code == 404
        assert "has no published revision 1" in answer.json()["detail"]


def test_correction_is_not_there_before_it_is_published(world, client) -> None:  # noqa: F811
    correct_edition(edition=published(), erratum="x")
    assert [item["revision"] for item in client.get(REVISIONS).json()["items"]] == [1]
    for number in (0, 2, 99_999_999_999_999_999_999):
        assert client.get(f"{REVISIONS}/{number}").status_code == 404
        assert client.get(f"{REVISIONS}/{number}/scores").status_code == 404


@pytest.mark.parametrize("label", ["1999Q1", "%00", "preview", "preview-1"])
def test_label_that_is_not_there_has_no_revisions(world, client, label: str) -> None:  # noqa: F811
    for path in ("", "/1", "/1/scores", "/1/scores/nobody"):
        answer = client.get(f"/api/v1/editions/{label}/revisions{path}")
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_answers_of_revisions_ask_few_questions(corrected, world, client, django_assert_max_num_queries) -> None:  # noqa: F811
    for path in ("", "/1", "/1/scores"):
        with django_assert_max_num_queries(8):
            assert client.get(f"{REVISIONS}{path}").status_code == 200
    with django_assert_max_num_queries(9):
        assert client.get(f"{REVISIONS}/1/scores/{world.body.slug}").status_code == 200
