"""A stated cost far from its reference is asked about, whatever its evidence, and changes nothing (AG-7)."""

import pytest

from public_value.actions import compute_edition
from public_value.models import RowKind, ScoreLine
from public_value.wording import UNUSUAL_COST
from tests.public_value.test_evidence import SNAPSHOT, adopt, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.test_publication_pages import words

REFERENCE = {"envelope": 2_000, "share": 0.5}


@pytest.mark.parametrize("kind", [RowKind.DUPLICATE, RowKind.EXEMPT])
@pytest.mark.parametrize(
    ("cost", "asked"), [(0, True), (199.99, True), (200, False), (5_000, False), (5_000.01, True), (None, False)]
)
def test_cost_is_asked_about_outside_a_fifth_and_five_times_its_reference(kind, cost, asked) -> None:
    assert ScoreLine(kind=kind, cost=cost, **REFERENCE).cost_is_unusual is asked


@pytest.mark.parametrize("other", [{"kind": RowKind.ADOPTION}, {"kind": RowKind.LEFT_OUT}, {"share": 0}])
def test_cost_is_not_asked_about_where_there_is_no_reference_for_it(other) -> None:
    line = ScoreLine(**{"kind": RowKind.DUPLICATE, "cost": 1e9} | REFERENCE | other)
    assert not line.cost_is_unusual


@pytest.mark.django_db
@pytest.mark.parametrize("evidence", ["E0", "E3"])
def test_question_stands_on_the_page_and_in_the_api(world, client, evidence: str) -> None:  # noqa: F811
    duplicate(world, coverage=0.5, annual_cost=6_000, price_fy="2025-26", evidence=evidence)
    adopt(world, coverage=0.3)
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=2)
    lines = client.get(f"/api/v1/editions/2026Q3/scores/{world.body.slug}").json()["lines"]
    assert sorted((line["kind"], line["cost"], line["cost_is_unusual"]) for line in lines) == [
        ("adoption", None, False),
        ("duplicate", 6_000, True),
    ]
    assert words(client, f"/public-value/2026Q3/{world.body.slug}/").count(UNUSUAL_COST) == 1
