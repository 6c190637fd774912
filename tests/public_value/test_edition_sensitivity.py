"""What moves an edition's scores: kept with it, shown where ten scores are, and made of published ones alone."""

from dataclasses import replace

import numpy as np
import pytest

from public_value.actions import compute_edition
from public_value.evidence import gather
from public_value.methodology import Evidence, Parameters, score
from public_value.models import Edition, Score
from public_value.presenters.sensitivity import FACTORS as WORDS
from public_value.presenters.sensitivity import sensitivity, written
from public_value.saltelli import FACTORS, RUNS
from public_value.sensitivity import sensitivity_figures
from tests.public_value.test_evidence import SNAPSHOT, world  # noqa: F401  (a fixture)
from tests.public_value.test_pages import words

pytestmark = pytest.mark.django_db


def published(edition: Edition):
    return Score.objects.of(edition).listed().filter(grade__in="ABC")


def figures(edition: Edition, evidence: Evidence) -> dict:
    parameters = Parameters.from_json(edition.parameters)
    return sensitivity_figures(edition, parameters, evidence, score(parameters, evidence))


def gathered(edition: Edition) -> Evidence:
    return gather(Parameters.from_json(edition.parameters), edition.snapshot_date).evidence


def test_edition_keeps_what_moves_its_published_scores(demo):
    kept = demo.sensitivity
    assert (kept["bodies"], kept["runs"]) == (published(demo).count(), RUNS)
    assert kept["factors"].keys() == set(FACTORS)
    first, total = ([kept["factors"][name][order] for name in FACTORS] for order in ("first", "total"))
    assert sum(first) == pytest.approx(1, abs=0.05)  # the laws hardly act on one another here
    assert sum(total) >= sum(first) - 0.05
    assert kept["factors"]["p"]["total"] > 0.2
    assert kept["factors"]["missing_F"] == {"first": 0, "total": 0}  # no score without a front-line share


def test_sensitivity_does_not_depend_on_what_is_held_back(demo):
    evidence = gathered(demo)
    shown = np.isin(evidence.uid, list(published(demo).values_list("organisation__slug", flat=True)))
    assert (~shown).sum() > 10
    changed = {
        name: np.where(shown, getattr(evidence, name), amount)
        for name, amount in (("reuse", 70), ("contributions", 9), ("frontline", 1e6), ("admin", 2e6))
    }
    hidden = replace(evidence, **changed)
    assert figures(demo, hidden) == figures(demo, evidence) == demo.sensitivity
    changed["reuse"] = np.where(shown, 70, evidence.reuse)
    assert figures(demo, replace(evidence, **changed)) != demo.sensitivity


def test_body_that_had_ended_is_not_sampled(demo):
    evidence, slug = gathered(demo), published(demo).values_list("organisation__slug", flat=True)[0]
    Score.objects.filter(edition=demo, organisation__slug=slug).update(existed=False)
    assert figures(demo, evidence)["bodies"] == demo.sensitivity["bodies"] - 1


def test_fewer_than_ten_scores_tell_nothing(demo):
    evidence = gathered(demo)
    few = published(demo).values_list("pk", flat=True)[9:]
    Score.objects.filter(pk__in=list(few)).update(published_as="band")
    assert figures(demo, evidence) == {"bodies": 9, "runs": RUNS, "factors": None}


def test_edition_computed_again_has_the_same_sensitivity(demo):
    again = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=100)
    assert again.sensitivity == demo.sensitivity
    other = compute_edition(label="2026Q3b", snapshot_date=SNAPSHOT, draws=100)
    assert other.sensitivity != demo.sensitivity


def test_sensitivity_is_in_the_answer_of_one_edition(demo, client):
    assert client.get("/api/v1/editions/2026Q3").json()["sensitivity"] == demo.sensitivity
    Edition.objects.update(sensitivity={})
    assert client.get("/api/v1/editions/2026Q3").json()["sensitivity"] is None
    assert 'id="sensitivity"' not in client.get("/public-value/").content.decode()


def test_edition_page_shows_every_factor_by_what_it_brings(demo, client):
    page = words(client.get("/public-value/").content.decode()).partition("Which judgements move the scores most")[2]
    assert f"over {demo.sensitivity['bodies']} bodies with a score" in page
    assert "picked by lot" not in page
    factors = demo.sensitivity["factors"]
    rows = [f"{WORDS[name]} {written(factors[name]['first'])} {written(factors[name]['total'])}" for name in FACTORS]
    places = {name: page.index(row) for name, row in zip(FACTORS, rows, strict=True)}
    assert sorted(FACTORS, key=places.get) == sorted(FACTORS, key=lambda name: (-factors[name]["total"], name))
    assert "What moves the scores most: penalty for a weak part" in page


def test_edition_page_says_that_the_bodies_are_a_sample(demo, client):
    Edition.objects.update(robustness=demo.robustness | {"bodies": 501})
    assert "They were picked by lot." in words(client.get("/public-value/").content.decode())


def test_edition_page_with_few_scores_says_that_they_are_too_few(client, world):  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=5)
    page = words(client.get("/public-value/").content.decode()).partition("Which judgements move the scores most")[2]
    assert page.strip().startswith("Fewer than 10 bodies have a score, too few to tell.")


def test_edition_page_of_scores_that_never_vary_says_so(demo, client):
    nothing = {name: {"first": None, "total": None} for name in FACTORS}
    Edition.objects.update(sensitivity=demo.sensitivity | {"factors": nothing})
    page = words(client.get("/public-value/").content.decode())
    assert "No judgement moves a score: all of them give the same." in page


def test_words_beside_a_bar_are_short_enough_to_stand_in_whole():
    assert set(WORDS) == set(FACTORS)
    assert max(len(str(name)) for name in WORDS.values()) <= 30


def test_edition_without_sensitivity_shows_no_section():
    assert sensitivity(Edition()) is None


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.3149, "31%"), (0.0, "0%"), (0.004, "less than 1%"), (-0.002, "0%"), (-0.012, "−1%"), (1.0, "100%")],
)
def test_share_is_written_in_whole_percent(share, text):
    assert written(share) == text
