"""Contracted savings, and the ladder on every face: its rungs in order, its cases, and what is said of an empty one."""

import csv
import io

import pytest

from public_value.actions import compute_edition
from public_value.bundle.writing import bundle
from public_value.bundle.zipping import unzipped
from public_value.ladder import figures
from public_value.models import Edition, Score, ScoreSaving
from public_value.pack import EVERY_SHEET
from public_value.recompute.comparing import Tally
from public_value.recompute.main import check_bundle
from public_value.recompute.rungs import realised_rungs
from registry.models import Declaration
from registry.pack.loading import load_pack
from tests import factories
from tests.public_value.test_bundle import unpacked
from tests.public_value.test_editions import DEMO
from tests.public_value.test_evidence import SNAPSHOT, adopt, days_ago, duplicate, world  # noqa: F401  (a fixture)
from tests.public_value.test_pages import words
from tests.public_value.test_realised import ended, shared
from tests.public_value.test_recompute import sealed
from tests.public_value.test_saving_cases import priced  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

EDITION = "/public-value/2026Q3/"


def compute() -> Edition:
    return compute_edition(label="2026Q3", snapshot_date=SNAPSHOT, draws=2)


def rungs() -> dict:
    return figures(compute(), Score.objects.listed())


def page(client) -> str:
    compute()
    return words(client.get(EDITION).content.decode())


# Contracted


@pytest.mark.parametrize("stage", ["planned", "pilot", "partial"])
def test_saving_is_contracted_where_the_move_has_begun(priced, stage: str) -> None:  # noqa: F811
    duplicate(priced, coverage=0.9, annual_cost=9_000)
    adopt(priced, stage=stage, evidence="E1", coverage=None)
    found = rungs()
    assert found["contracted"] == found["identified"] > 0


@pytest.mark.parametrize(("days", "begun"), [(89, True), (90, False), (None, False)])
def test_adoption_that_is_live_for_less_than_90_days_is_a_trial_still(priced, days, begun: bool) -> None:  # noqa: F811
    duplicate(priced, coverage=0.9, annual_cost=9_000)
    adopt(priced, stage="live", evidence="E1", since=None if days is None else days_ago(days))
    found = rungs()
    assert found["contracted"] == (found["identified"] if begun else 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"evidence": "E0"},
        {"evidence": ""},
        {"stage": "retired"},
        {"confirmed": days_ago(1096)},
        {"confirmed": None},
    ],
)
def test_statement_that_commits_to_nothing_contracts_nothing(priced, fields: dict) -> None:  # noqa: F811
    duplicate(priced, coverage=0.9, annual_cost=9_000)
    adopt(priced, **{"stage": "planned", "evidence": "E1"} | fields)
    assert rungs()["contracted"] == 0


def test_plan_for_a_draft_contracts_nothing(priced) -> None:  # noqa: F811
    draft = factories.component(functions=[priced.function], external_independent_adopters=2, lifecycle="draft")
    duplicate(priced, coverage=0.9, annual_cost=9_000)
    adopt(priced, component=draft, stage="planned")
    assert rungs()["contracted"] == 0


def test_plan_for_another_function_contracts_nothing(priced) -> None:  # noqa: F811
    duplicate(priced, coverage=0.9, annual_cost=9_000)
    adopt(priced, function=factories.function(evolution="commodity"), stage="planned")
    assert rungs()["contracted"] == 0


def test_contracted_is_a_part_of_each_basis_and_scenario(priced) -> None:  # noqa: F811
    duplicate(priced, coverage=0.5, annual_cost=9_000)
    duplicate(priced, coverage=0.4)
    adopt(priced, stage="planned")
    found = rungs()
    rows = list(ScoreSaving.objects.all())
    assert len(rows) == 6
    assert all(row.contracted == row.annual > 0 for row in rows)
    assert found["contracted"] == found["identified"] < found["identified"] + found["modelled"]


# The edition's page


def test_rungs_stand_in_order_with_their_cases_below(priced, client) -> None:  # noqa: F811
    other = factories.organisation(name="Palewick", peer_group=priced.group, driver=1000)
    ended(priced, organisation=other, annual_cost=98_765)
    shared(priced, organisation=other, annual_cost=12_345)
    duplicate(priced, coverage=0.5, annual_cost=9_000)
    duplicate(priced, coverage=0.4)
    adopt(priced, stage="planned")
    said = page(client)
    names = ["Realised £86,000 a year, in 1 case", "Contracted £", "Identified £", "Modelled £"]
    places = [said.index(name) for name in names]
    assert places == sorted(places)
    assert "never to be added to it" in said
    assert f"Palewick : {priced.function.name} ( statements" in said
    assert "26 August 2025 E2 £99,000 £12,000 £86,000" in said
    assert f"history=1&amp;organisation={other.slug}" in client.get(EDITION).content.decode()


def test_empty_rungs_are_said_in_words(world, client) -> None:  # noqa: F811
    said = page(client)
    assert "Realised none yet Nobody has yet stated both costs, before and after, each confirmed (E2)." in said
    assert "Contracted none yet No body with an identified saving has stated" in said
    assert "What was saved, case by case" not in said


def test_what_is_at_e1_is_told_in_words_and_not_in_the_rung(world, client) -> None:  # noqa: F811
    ended(world, evidence="E1", annual_cost=98_765)
    shared(world)
    said = page(client)
    assert "Realised none yet" in said
    assert "£99,000 more a year at E1" in said
    assert "What was saved, case by case" in said


def test_loss_is_shown_as_one(world, client) -> None:  # noqa: F811
    ended(world, annual_cost=150)
    shared(world, annual_cost=98_765)
    assert "Realised −£99,000 a year, in 1 case" in page(client)


def test_price_without_an_index_is_told(world, client) -> None:  # noqa: F811
    ended(world, price_fy="2019-20")
    shared(world)
    assert "the year of their price has no index: 1." in page(client)


def test_edition_from_before_has_no_such_rungs(priced, client) -> None:  # noqa: F811
    duplicate(priced, coverage=0.5, annual_cost=9_000)
    compute()
    Edition.objects.update(realised_unpriced=None)
    said = words(client.get(EDITION).content.decode())
    assert "Identified" in said
    assert "Realised" not in said
    assert "Contracted" not in said
    rungs = client.get("/api/v1/editions/2026Q3").json()["ladder"]
    assert [rung["code"] for rung in rungs] == ["identified", "own_systems"]


def test_long_list_is_cut_and_the_files_hold_it_whole(world, client, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setattr("public_value.presenters.ladder.MOST_CASES", 1)
    for body in (world.body, factories.organisation(peer_group=world.group, driver=1000)):
        ended(world, organisation=body)
        shared(world, organisation=body)
    assert "The first 1 of 2." in page(client)
    answer = client.get("/api/v1/editions/2026Q3/realised.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["before"], row["after"], row["saving"], row["evidence"]) for row in rows] == [
        ("900.0", "200.0", "700.0", "E2")
    ] * 2


def test_page_asks_few_questions(world, client, django_assert_max_num_queries) -> None:  # noqa: F811
    for number in range(6):
        body = factories.organisation(name=f"Body {number}", peer_group=world.group, driver=1000)
        ended(world, organisation=body)
        shared(world, organisation=body)
    compute()
    with django_assert_max_num_queries(8):
        client.get(EDITION)


# The API


def test_api_gives_the_rungs_to_two_figures_and_the_cases(priced, client) -> None:  # noqa: F811
    ended(priced, annual_cost=98_765)
    shared(priced, annual_cost=12_345)
    other = factories.organisation(peer_group=priced.group, driver=1000)
    duplicate(priced, organisation=other, coverage=1, annual_cost=123_456)
    compute()
    rungs = client.get("/api/v1/editions/2026Q3").json()["ladder"]
    assert [(rung["code"], rung["amount"]) for rung in rungs] == [
        ("realised", 86_000),
        ("contracted", None),
        ("identified", 78_000),
        ("own_systems", 120_000),
    ]
    (item,) = client.get("/api/v1/editions/2026Q3/realised").json()["items"]
    assert item["organisation"]["slug"] == priced.body.slug
    assert (item["saving"], item["since"]) == (86_420, days_ago(400).isoformat())
    assert client.get("/api/v1/editions/1999Q1/realised").status_code == 404


# The open data


@pytest.fixture
def saved(priced) -> Edition:  # noqa: F811
    """An edition with something on each rung."""
    weak = factories.organisation(peer_group=priced.group, driver=1000)
    ended(priced, annual_cost=98_765.43, price_fy="2024-25")
    shared(priced, annual_cost=0.1)
    ended(priced, organisation=weak, evidence="E1")
    shared(priced, organisation=weak)
    moving = factories.organisation(peer_group=priced.group, driver=1000)
    duplicate(priced, organisation=moving, coverage=0.5, annual_cost=9_000)
    duplicate(priced, organisation=moving, coverage=0.3)
    adopt(priced, organisation=moving, stage="planned")
    return compute()


def test_stranger_finds_every_rung(saved, tmp_path) -> None:
    tally = check_bundle(unpacked(saved, tmp_path))
    assert tally.wrong == []
    assert {name: tally.figures[name].checked for name in tally.figures if "realised" in name or name == "ladder"} == {
        "sums of realised.csv": 2,
        "costs of realised.csv": 2,
        "ladder": 5,
    }


@pytest.mark.parametrize(
    ("old", "new", "figure"),
    [("E2", "E1", "ladder"), (",0.1,", ",0.2,", "costs of realised.csv"), ("900.0,", "901.0,", "sums of realised.csv")],
)
def test_changed_row_is_found(saved, tmp_path, old: str, new: str, figure: str) -> None:
    file = unpacked(saved, tmp_path) / "realised.csv"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    assert check_bundle(sealed(tmp_path)).figures[figure].wrong


def test_bundle_of_an_edition_from_before_has_no_ladder(saved, tmp_path) -> None:
    Edition.objects.update(realised_unpriced=None)
    tally: Tally = check_bundle(unpacked(Edition.objects.get(), tmp_path))
    assert tally.wrong == []
    assert "ladder" not in tally.figures


def test_bundle_says_what_is_only_added_up(saved) -> None:
    files = unzipped(bundle(saved, []))
    assert "only added up from realised.csv" in files["README.txt"].decode()
    assert realised_rungs([]) == {"realised": None, "realised_at_e1": None}


def test_demo_has_contracted_savings_and_a_stranger_finds_them(tmp_path) -> None:
    load_pack(DEMO, sheets=EVERY_SHEET)
    edition = compute()
    found = figures(edition, Score.objects.listed())
    assert 0 < found["contracted"] < found["identified"]
    assert Declaration.objects.exclude(superseded_in=None).count() == 0
    assert found["realised"] is None
    assert check_bundle(unpacked(edition, tmp_path)).wrong == []
