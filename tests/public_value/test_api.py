"""The index for programs: the same rows as the pages, behind the same gate."""

import csv
import io
import json

import pytest
import schemathesis
from hypothesis import given

from commons.wsgi import application
from public_value.actions import METHOD
from public_value.gate import face
from public_value.models import Score, ScoreLine
from tests.commons.test_api import BOUNDED, CHECKS
from tests.public_value.following import settle
from tests.public_value.published import published
from tests.public_value.test_evidence import SNAPSHOT, adopt, world  # noqa: F401  (a fixture)

SCORES = "/api/v1/editions/2026Q3/scores"


def test_editions_are_listed_latest_first(demo, client) -> None:
    (item,) = client.get("/api/v1/editions").json()["items"]
    assert (item["label"], item["snapshot_date"], item["state_label"]) == ("2026Q3", "2026-09-30", "Computed")


def test_edition_has_its_parameters_character_for_character(demo, client) -> None:
    found = client.get("/api/v1/editions/2026Q3").json()
    assert found["parameters"] == json.loads(METHOD.read_text())
    assert found["functions"] == demo.function_figures
    assert found["peer_groups"]["sorrelmark-unitary"]["f_lo"] == 0.82


def test_scores_obey_the_gate_and_name_their_peer_group(demo, client) -> None:
    items, address = [], f"{SCORES}?limit=40"
    while address:
        page = client.get(address).json()
        items, address = items + page["items"], page["next"]
    scores = {score.organisation.slug: score for score in Score.objects.listed().select_related("organisation")}
    assert len(items) == len(scores) == 75
    for item in items:
        score = scores[item["organisation"]["slug"]]
        shown = face(score)
        assert (item["score"], item["low"], item["high"]) == (shown.score, shown.low, shown.high)
        assert (item["S"] is None) == (score.grade in "DE")
        assert item["comparable_with"]["slug"] == score.peer_group.slug
    names = [item["organisation"]["name"] for item in items]
    assert names == sorted(names)


@pytest.mark.parametrize("asked", ["sort=score", "sort=pvi", "pvi=50", "score=50"])
def test_scores_cannot_be_sorted_or_found_by_value(demo, client, asked: str) -> None:
    answer = client.get(f"{SCORES}?{asked}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_scores_as_csv_are_the_rows_of_the_list(demo, client) -> None:
    answer = client.get(f"{SCORES}.csv?peer_group=sorrelmark-district")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    items = client.get(f"{SCORES}?peer_group=sorrelmark-district&limit=500").json()["items"]
    assert [row["organisation"] for row in rows] == [item["organisation"]["slug"] for item in items]
    assert [row["score"] for row in rows] == ["" if item["score"] is None else str(item["score"]) for item in items]


def test_score_has_every_line_and_hides_points_without_a_score(demo, client) -> None:
    for grade in "BD":
        score = Score.objects.listed().filter(grade=grade).select_related("organisation")[0]
        found = client.get(f"{SCORES}/{score.organisation.slug}").json()
        assert len(found["lines"]) == ScoreLine.objects.filter(score=score).count()
        assert any(line["N"] is not None for line in found["lines"]) == (grade == "B")


@pytest.mark.parametrize(
    "address", ["/api/v1/editions/1999Q1", "/api/v1/editions/1999Q1/scores", f"{SCORES}/nobody", "/api/v1/editions/%00"]
)
def test_what_is_not_there_is_a_problem_document(demo, client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db(transaction=True)
def test_index_keeps_to_its_description(world) -> None:  # noqa: F811
    adopt(world, coverage=0.5)
    published()
    settle()
    described = schemathesis.openapi.from_wsgi("/api/v1/schema.json", application)
    operations = [each.ok() for each in described.get_all_operations()]
    operations = [each for each in operations if each.path.startswith(("/api/v1/editions", "/api/v1/preview"))]
    assert len(operations) == 15
    keys = {"components/{key}": world.shared.slug, "functions/{key}": world.function.slug, "revisions/{key}": 1}
    keys |= {"scores/{key}": world.body.slug, "editions/{key}": "2026Q3"}
    for operation in operations:

        @BOUNDED
        @given(case=operation.as_strategy())
        def answers(case) -> None:
            key = next((key for ending, key in keys.items() if ending in case.path), None)
            there = {"label": "2026Q3", "revision": 1, "key": key}
            case.path_parameters = {name: there[name] for name in case.path_parameters or {}}
            case.call_and_validate(checks=list(CHECKS))

        answers()
