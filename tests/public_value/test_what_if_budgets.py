"""What-ifs within their budgets, at the size of a large body, and in words that a reader can check."""

import time

import pytest

from public_value.actions import compute_edition
from public_value.models import EditionFunction, EditionOffer, Score, ScoreLine
from public_value.presenters.what_if import draws_words, points, points_words
from public_value.supposing import Delta
from tests import factories
from tests.public_value.test_evidence import SNAPSHOT, adopt, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.test_what_if import body  # noqa: F401  (a fixture)
from tests.public_value.test_what_if_pages import page_of, there

pytestmark = pytest.mark.django_db


# Words


@pytest.mark.parametrize(
    ("higher", "lower", "expected"),
    [
        (0, 0, "The same in every draw."),
        (1, 0, "Higher in every draw."),
        (0.974, 0.026, "Higher in 97 of 100 draws."),
        (0.9999, 0.0001, "Higher in 99 of 100 draws."),
        (0, 1, "Lower in every draw."),
        (0.5, 0.5, "Higher in 50 of 100 draws. The draws do not settle whether it would rise or fall."),
    ],
)
def test_draws_are_put_in_words(higher: float, lower: float, expected: str) -> None:
    assert draws_words(higher, lower) == expected


def test_points_are_whole() -> None:
    assert [points(value) for value in (0, 0.2, -0.49, 0.5, -3.4)] == [
        "no change",
        "less than 1 point more",
        "less than 1 point fewer",
        "1 point more",
        "3 points fewer",
    ]
    assert points_words(Delta(0, 0, 0)) == "No difference."
    assert points_words(Delta(3.2, 2.2, 4.6)) == (
        "3 points more; in 90 of 100 draws between 2 points more and 5 points more."
    )


# Budgets


@pytest.fixture
def large(body) -> Score:  # noqa: F811
    """A body with 400 functions, each with a system of its own, a little shared and ten components on offer."""
    edition = compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=1000)
    score = Score.objects.select_related("organisation").get(organisation=body.body)
    functions = [factories.function(name=f"A function with quite a long name, number {n}") for n in range(400)]
    components = [factories.component(name=f"A component with quite a long name, number {n}") for n in range(10)]
    cells = {"edition": edition, "peer_group": body.group, "evolution": "commodity", "ref_cost_per_driver": 5}
    EditionFunction.objects.bulk_create(EditionFunction(function=one, **cells) for one in functions)
    EditionOffer.objects.bulk_create(
        EditionOffer(edition=edition, peer_group=body.group, function=one, component=component, price=0.1, openness=1)
        for one in functions
        for component in components
    )
    own = [
        duplicate(body, function=one, system="A system with a name", coverage=0.6, annual_cost=9000)
        for one in functions
    ]
    used = [adopt(body, function=one, component=components[0], coverage=0.1) for one in functions]
    facts = {"score": score, "envelope": 5000, "freshness": 1, "evidence": "E1", "volume": 1000}
    case = {"case_modelled": False, "case_cost": 9000, "case_shared_cost": 60, "case_start": 2}
    case |= {f"case_{what}_{name}": 1 for what in ("annual", "npv") for name in ("low", "central", "high")}
    ScoreLine.objects.bulk_create(
        ScoreLine(
            declaration=one,
            function=one.function,
            kind="duplicate",
            share=0.6,
            cost=9000,
            case_component=components[0],
            **facts,
            **case,
        )
        for one in own
    )
    ScoreLine.objects.bulk_create(
        ScoreLine(declaration=one, function=one.function, kind="adoption", share=0.1, openness=1, **facts)
        for one in used
    )
    return score


def test_page_of_four_hundred_functions_keeps_its_budgets(large, client, django_assert_max_num_queries) -> None:
    found = there(large)
    lines = [line for line in found.lines if line.is_own]
    query = "&".join(
        [f"adopt={cell.slug}:{found.offers_by_cell[cell.function_id][0].slug}" for cell in found.cells_by_name[100:108]]
        + [f"retire={line.declaration_id}" for line in lines[-7:]]
    )
    client.get(page_of(large))  # templates are compiled once
    before = time.process_time()
    with django_assert_max_num_queries(8):
        answer = client.get(f"{page_of(large)}?{query}")
    spent = time.process_time() - before
    assert answer.status_code == 200
    assert len(answer.content) < 100_000

    assert spent < 0.6, f"{1000 * spent:.0f} ms"  # 0.3 s on a machine of its own; this one is shared
