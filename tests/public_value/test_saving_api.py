"""Savings for programs: two figures, apart, and nothing where there is nothing to work them out from."""

import pytest

from public_value.actions import compute_edition
from public_value.listings import savings_of
from public_value.models import Score, ScoreSaving
from tests.public_value.test_api import demo  # noqa: F401  (a fixture)
from tests.public_value.test_evidence import SNAPSHOT, adopt, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.test_saving_cases import priced  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def answer(client, world) -> dict:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=2)
    return client.get(f"/api/v1/editions/2026Q3/scores/{world.body.slug}").json()


def test_api_gives_savings_to_two_figures_and_apart(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1, annual_cost=123_456)
    found = answer(client, priced)
    assert found["savings"]["central"]["annual"] == 78_000
    assert found["savings_modelled"] is None
    (line,) = found["lines"]
    assert (line["case_basis"], line["case_cost"], line["case_shared_cost"]) == ("declared", 123_456, 150)
    assert line["case_component"]["slug"] == priced.shared.slug
    assert line["case_annual_central"] == 78_000


def test_api_says_nothing_of_savings_where_there_is_no_case(priced, client) -> None:  # noqa: F811
    adopt(priced, coverage=1)
    found = answer(client, priced)
    assert (found["savings"], found["savings_modelled"]) == (None, None)
    assert {value for name, value in found["lines"][0].items() if name.startswith("case_")} == {None}


def test_two_figures_stand_for_what_is_kept(demo) -> None:  # noqa: F811
    score = Score.objects.filter(savings__isnull=False).first()
    for row in ScoreSaving.objects.filter(score=score):
        basis = "savings" if row.basis == "declared" else "savings_modelled"
        assert savings_of(score)[basis][row.scenario]["npv10"] == pytest.approx(row.npv10, rel=0.05)


def test_files_do_not_name_a_component_that_became_a_draft(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1, annual_cost=9_000)
    answer(client, priced)
    priced.shared.name, priced.shared.lifecycle = "Secret plan", "draft"
    priced.shared.save()
    file = client.get(f"/public-value/2026Q3/{priced.body.slug}/?format=json")
    assert "Secret" not in b"".join(file.streaming_content).decode()
