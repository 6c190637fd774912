"""Savings for programs: two figures, apart, and nothing where there is nothing to work them out from."""

import pytest
from django.db.models import Sum

from commons.formatting import money, significant
from public_value.actions import compute_edition
from public_value.api.scores import savings_of
from public_value.models import Edition, Score, ScoreSaving
from public_value.presenters import sector
from registry.models import Commons
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


def test_two_figures_stand_for_what_is_kept(demo) -> None:
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


# All bodies together


def test_edition_has_the_sums_of_its_page(demo, client) -> None:
    found = client.get("/api/v1/editions/2026Q3").json()
    page = client.get("/public-value/2026Q3/").content.decode()
    said = sector.of_edition(demo)
    for basis, name in (("declared", "savings"), ("modelled", "savings_modelled")):
        rows = ScoreSaving.objects.filter(score__in=Score.objects.of(demo).listed(), basis=basis)
        for scenario in ("low", "central", "high"):
            sums = rows.filter(scenario=scenario).aggregate(annual=Sum("annual"), npv10=Sum("npv10"))
            assert found[name][scenario] == {what: significant(value) for what, value in sums.items()}
        assert money(found[name]["central"]["annual"]) in page
        assert found["savings_bodies"][basis] == rows.filter(scenario="central").count() > 0
    assert [rung["name"] for rung in found["ladder"]] == [rung["name"] for rung in said["ladder"]]
    _realised, _contracted, identified, modelled, own, *_ = found["ladder"]
    assert (identified["code"], identified["amount"]) == ("identified", found["savings"]["central"]["annual"])
    assert (modelled["code"], modelled["amount"]) == ("modelled", found["savings_modelled"]["central"]["annual"])
    assert (own["code"], own["unit"]) == ("own_systems", "a_year")


def test_ladder_of_the_united_kingdom_has_the_two_claims(priced, client) -> None:  # noqa: F811
    Commons.objects.update_or_create(pk=1, defaults={"country": "GB", "currency": "GBP"})
    duplicate(priced, coverage=1, annual_cost=123_456)
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=2)
    rungs = {rung["code"]: rung for rung in client.get("/api/v1/editions/2026Q3").json()["ladder"]}
    found = ["identified", "own_systems", "coverage", "headline_claim", "government_claim"]
    assert list(rungs) == ["realised", "contracted", *found]
    assert rungs["headline_claim"]["amount"] == 46_000_000_000
    assert rungs["government_claim"]["amount"] == 45_000_000_000
    assert (rungs["coverage"]["amount"], rungs["coverage"]["unit"]) == (None, "parts_per_million")
    assert "cannot be compared" in rungs["coverage"]["about"]


def test_edition_without_systems_has_no_sums(world, client) -> None:  # noqa: F811
    compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=2)
    found = client.get("/api/v1/editions/2026Q3").json()
    assert (found["savings"], found["savings_modelled"]) == (None, None)
    assert found["savings_bodies"] == {"declared": 0, "modelled": 0}
    assert [(rung["code"], rung["amount"]) for rung in found["ladder"]] == [("realised", None), ("contracted", None)]


def test_edition_of_before_savings_has_no_ladder(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=1, annual_cost=123_456)
    Edition.objects.filter(pk=compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=2).pk).update(money={})
    assert client.get("/api/v1/editions/2026Q3").json()["ladder"] == []


def test_edition_asks_few_questions(demo, client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        assert client.get("/api/v1/editions/2026Q3").status_code == 200
