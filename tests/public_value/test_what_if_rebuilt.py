"""What an edition kept is enough to repeat it: the evidence of one body, rebuilt, gives the stored figures."""

from pathlib import Path

import numpy as np
import pytest

from public_value.actions import compute_edition
from public_value.evidence.kept import arrays_of, body_of, cells_of, lines_of
from public_value.methodology import Parameters
from public_value.models import Edition, Score
from public_value.pack import EVERY_SHEET
from public_value.what_if import compare
from registry.pack.loading import load_pack
from tests.public_value.test_agreement import WORLDS
from tests.public_value.test_editions import DEMO
from tests.public_value.test_evidence import SNAPSHOT
from tests.public_value.worlds import LABEL, random_world, write_pack
from tests.public_value.worlds import SNAPSHOT as WORLDS_SNAPSHOT

pytestmark = pytest.mark.django_db

POINTS = ("pvi", "p5", "p50", "p95", "K", "V", "T")


def rebuilt(edition: Edition) -> list[str]:
    """Where a figure of a score is not what its rebuilt evidence gives."""
    parameters = Parameters.from_json(edition.parameters)
    scores = list(
        Score.objects.of(edition).scored().select_related("edition", "organisation", "peer_group").order_by("pk")
    )
    said = {score.pk: [] for score in scores}
    for line in lines_of(said):
        said[line.score_id].append(line)
    cases = []
    for score in scores:
        cells = cells_of(score)
        lines = arrays_of(said[score.pk], cells)
        cases.append((body_of(score, cells), lines, lines))
    if not cases:
        return []
    found = compare(parameters, cases, seed=edition.seed, draws=edition.draws)
    assert not np.any(found.delta)
    assert not np.any(found.higher + found.lower)
    return [
        f"{score.organisation}: {name} is {getattr(found.before, name)[place]}, not {getattr(score, name)}"
        for place, score in enumerate(scores)
        for name in (*POINTS, "grade")
        if not same(getattr(found.before, name)[place], getattr(score, name))
    ]


def same(one: object, other: object) -> bool:
    return one == other if isinstance(other, str) else abs(one - other) <= 1e-9


def test_rebuilt_evidence_gives_the_scores_of_the_demo() -> None:
    load_pack(DEMO, sheets=EVERY_SHEET)
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=200)
    assert Score.objects.scored().count() == 81
    assert rebuilt(edition) == []


@pytest.mark.parametrize("seed", range(WORLDS))
def test_rebuilt_evidence_gives_the_scores_of_a_random_world(seed: int, tmp_path: Path) -> None:
    load_pack(write_pack(random_world(seed), tmp_path), sheets=EVERY_SHEET)
    edition = compute_edition(label=LABEL, snapshot_date=WORLDS_SNAPSHOT, draws=30)
    assert rebuilt(edition) == []
