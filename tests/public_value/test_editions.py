"""An edition as a whole: kept in one piece, replaced in one piece, and the sum of its lines."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.models import Sum

from commons.exceptions import Refused
from public_value import results, tasks
from public_value.actions import METHOD, compute_edition, compute_first_edition, editions
from public_value.bundle import snapshot
from public_value.models import Benchmark, Edition, EditionFunction, Score, ScoreLine
from public_value.pack import EVERY_SHEET
from registry.models import Act, Declaration, Event
from registry.pack.loading import load_pack
from tests import factories
from tests.public_value.test_evidence import SNAPSHOT, adopt, duplicate, world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db

DEMO = Path(__file__).parents[2] / "demo"
UK_PACK = Path(__file__).parents[3] / "shared" / "data" / "uk-pack"


def compute(label: str = "2026Q3", **fields) -> Edition:
    return compute_edition(**{"label": label, "snapshot_date": SNAPSHOT, "draws": 20} | fields)


def everything() -> list:
    """All that an edition holds, but for its keys and times."""
    scores = Score.objects.order_by("organisation_id").values()
    lines = ScoreLine.objects.order_by("declaration_id").values()
    functions = EditionFunction.objects.order_by("peer_group_id", "function_id").values()
    keys = {"id", "edition_id", "score_id"}
    return [{name: value for name, value in row.items() if name not in keys} for row in [*scores, *lines, *functions]]


def printed(*arguments: str, **options) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def demo() -> None:
    load_pack(DEMO, sheets=EVERY_SHEET)


# Sums


def test_lines_sum_to_the_contributions_of_every_score(demo) -> None:
    compute()
    sums = Score.objects.scored().annotate(*(Sum(f"lines__points_{name}") for name in "SNO"))
    assert sums.count() == 81
    for score in sums:
        for name in "SNO":
            summed = getattr(score, f"lines__points_{name}__sum") or 0
            assert summed == pytest.approx(getattr(score, f"contribution_{name}"), abs=1e-10)
        parts = [getattr(score, f"contribution_{name}") for name in "SNFCO"]
        assert sum(parts) + score.balance_penalty == pytest.approx(score.pvi, abs=1e-10)


def test_every_current_statement_of_a_solution_is_a_line(demo) -> None:
    compute()
    current = Declaration.objects.current().filter(kind__in=["adoption", "duplicate"])
    assert set(ScoreLine.objects.values_list("declaration_id", flat=True)) == set(current.values_list("pk", flat=True))


def test_line_says_what_its_declaration_did(world) -> None:  # noqa: F811
    adopt(world, coverage=0.5, evidence="E2")
    compute()
    line = ScoreLine.objects.get()
    assert (line.kind, line.envelope, line.share, line.freshness, line.reasons) == ("adoption", 2000, 0.5, 1, [])
    assert line.points_S == pytest.approx(30 * 0.5 * 0.9)
    assert line.points_N == pytest.approx(25 * 0.5 * 0.9)
    assert line.points_O == pytest.approx(10 * 0.5 * 0.9 * 0.25 / 2)


@pytest.mark.parametrize(
    ("declare", "fields", "kind", "reasons"),
    [
        (adopt, {"coverage": 0.005}, "adoption", ["below_de_minimis"]),
        (adopt, {}, "adoption", ["no_share"]),
        (adopt, {"coverage": 0.5, "stage": "planned"}, "left_out", ["planned"]),
        (duplicate, {}, "duplicate", ["no_share"]),
        (duplicate, {"coverage": 0.005}, "duplicate", []),
        (duplicate, {"coverage": 0.5, "confirmed": None}, "left_out", ["expired"]),
        (duplicate, {"coverage": 0.5, "exempt_until": SNAPSHOT}, "exempt", ["exempt_over_cap"]),
        (duplicate, {"coverage": 0.1, "exempt_until": SNAPSHOT}, "exempt", []),
    ],
)
def test_line_says_why_it_counts_less(world, declare, fields: dict, kind: str, reasons: list) -> None:  # noqa: F811
    declare(world, **fields)
    compute()
    line = ScoreLine.objects.get()
    assert (line.kind, line.reasons) == (kind, reasons)


def test_line_of_a_component_that_is_not_shared_says_so(world) -> None:  # noqa: F811
    adopt(world, component=factories.component(functions=[world.function]))
    compute()
    assert ScoreLine.objects.get().reasons == ["not_shared", "no_share"]


def test_function_keeps_why_it_does_not_count(world) -> None:  # noqa: F811
    genesis = factories.function(evolution="genesis")
    compute()
    found = EditionFunction.objects.filter(peer_group=world.group)
    assert dict(found.values_list("function_id", "reason")) == {world.function.pk: "", genesis.pk: "genesis"}


# What is missing


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"peer_group": None}, ["no_peer_group", "no_declaration", "no_accounts"]),
        ({"driver": None}, ["no_driver", "no_declaration", "no_accounts"]),
        ({}, ["no_declaration", "no_accounts", "incomplete"]),
    ],
)
def test_score_says_what_the_body_lacks(world, body: dict, expected: list) -> None:  # noqa: F811
    silent = factories.organisation(**{"peer_group": world.group, "driver": 5} | body)
    compute()
    score = Score.objects.get(organisation=silent)
    assert (score.missing, score.published_as, score.grade) == (expected, "not_published", "E")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({"confirmed": None, "coverage": 0.9}, "all_expired"), ({}, "no_share_stated")],
)
def test_score_says_that_what_was_told_cannot_be_used(world, fields: dict, expected: str) -> None:  # noqa: F811
    duplicate(world, **fields)
    compute()
    assert expected in Score.objects.get(organisation=world.body).missing


def test_score_does_not_ask_for_a_share_that_was_stated(world) -> None:  # noqa: F811
    Benchmark.objects.all().delete()
    duplicate(world, coverage=0.9)
    compute()
    assert "no_share_stated" not in Score.objects.get(organisation=world.body).missing


def test_score_says_what_the_catalogue_lacks(world) -> None:  # noqa: F811
    world.shared.delete()
    compute()
    assert Score.objects.get(organisation=world.body).missing[0] == "no_shared_component"
    Benchmark.objects.all().delete()
    compute()
    assert Score.objects.get(organisation=world.body).missing[0] == "no_benchmark"
    world.function.evolution = ""
    world.function.save()
    compute()
    assert Score.objects.get(organisation=world.body).missing[:2] == ["no_benchmark", "no_evolution_stage"]


def test_score_of_a_good_grade_lacks_nothing(demo) -> None:
    compute(draws=200)
    good = Score.objects.filter(published_as="score")
    assert good.count() > 40
    assert not any(good.values_list("missing", flat=True))


# Keeping and replacing


def test_recomputing_gives_the_same_figures_and_no_second_edition(demo) -> None:
    first = compute()
    before = everything()
    second = compute()
    assert everything() == before
    assert Edition.objects.get() == second
    assert (first.snapshot_hash, first.params_hash) == (second.snapshot_hash, second.params_hash)


def test_snapshot_hash_names_what_is_recorded(world) -> None:  # noqa: F811
    before = compute().snapshot_hash
    assert compute("other").snapshot_hash == before
    duplicate(world)
    assert compute().snapshot_hash != before


def test_edition_keeps_the_method_as_it_is_written(world) -> None:  # noqa: F811
    edition = compute()
    assert edition.parameters == METHOD.read_text()
    assert edition.params_hash == "20317281e2fc6a70a566924513e0296fd2147a0627273a3f5bf9da12ac2be69a"
    assert (edition.seed, edition.method_version, edition.base_financial_year) == ("2026Q3", "PVI-1.0.0", "2025-26")


def test_edition_is_an_act_with_an_event(world) -> None:  # noqa: F811
    edition = compute()
    event = Event.objects.get(act=Act.COMPUTE_EDITION)
    assert (event.detail["label"], event.detail["snapshot_hash"]) == ("2026Q3", edition.snapshot_hash)


def test_edition_that_fails_leaves_the_last_one(world, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    adopt(world, coverage=0.5)
    compute()
    before = everything()

    def die(*arguments) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(results, "_record_lines", die)
    with pytest.raises(KeyboardInterrupt):
        compute()
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_edition_whose_connection_is_killed_leaves_the_last_one(world, monkeypatch) -> None:  # noqa: F811
    adopt(world, coverage=0.5)
    compute()
    before = everything()

    def die(*arguments) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(results, "_record_lines", die)
    with pytest.raises(DatabaseError):
        compute()
    connection.close()
    assert everything() == before
    monkeypatch.undo()
    assert compute()  # the lock went with the connection


@pytest.mark.parametrize("label", ["", "2026 Q3", "a/b", "x" * 61])
def test_label_that_cannot_be_an_address_is_refused(label: str) -> None:
    with pytest.raises(Refused, match="label"):
        compute(label)


def test_draws_below_one_are_refused() -> None:
    with pytest.raises(Refused, match="at least 1 draw"):
        compute(draws=0)


def test_second_computation_at_once_is_refused(world) -> None:  # noqa: F811
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None), parameters.pop("context", None)
    with psycopg.connect(**parameters) as other:
        other.execute("SELECT pg_advisory_lock(hashtext(%s))", [editions._LOCK])
        with pytest.raises(Refused, match="being computed"):
            compute()
        other.execute("SELECT pg_advisory_unlock_all()")
        assert compute()


@pytest.mark.django_db(transaction=True)
def test_edition_is_read_from_one_state_of_the_registry(world, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    seen = []

    def look(on: date, *, keep: bool) -> snapshot.Frozen:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            seen.append(cursor.fetchone()[0])
        return snapshot.frozen(on, keep=keep)

    monkeypatch.setattr(editions, "frozen", look)
    compute()
    assert seen == ["repeatable read"]


# The first edition, the task, the commands


def test_first_edition_is_that_of_the_quarter_of_the_latest_confirmation(world) -> None:  # noqa: F811
    duplicate(world, confirmed=date(2026, 5, 2))
    edition = compute_first_edition()
    assert (edition.label, edition.snapshot_date) == ("2026Q2", date(2026, 6, 30))
    assert compute_first_edition() is None


def test_first_edition_waits_for_organisations() -> None:
    tasks.ensure_first_edition()
    assert not Edition.objects.exists()


def test_task_computes_an_edition_and_may_run_twice(world) -> None:  # noqa: F811
    for _ in range(2):
        tasks.compute_edition_task("2026Q3", "2026-09-30", 20)
    assert Edition.objects.get().draws == 20


def test_first_edition_that_is_refused_is_no_failure(world, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    duplicate(world, annual_cost=5, price_fy="2009-10")
    tasks.ensure_first_edition()
    assert "without a deflator" in caplog.text


def test_first_edition_that_somebody_else_computes_is_waited_for(world, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_lock(hashtext(%s))", [editions._LOCK])
        tasks.ensure_first_edition()
    assert not Edition.objects.exists()
    assert caplog.text == ""


def test_compute_index_says_how_many_get_what(demo) -> None:
    said = printed("compute_index", "--label", "2026Q3", "--snapshot-date", "2026-09-30", "--draws", "50")
    assert "81 organisations" in said
    assert "get a score" in said
    assert "Too much of its work is not explained by any declaration." in said


def test_compute_index_names_each_body_when_asked(world) -> None:  # noqa: F811
    said = printed("compute_index", "--label", "a", "--snapshot-date", "2026-09-30", verbosity=2)
    assert f"{world.body.slug}: It has not declared anything." in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(("--snapshot-date", "30/9/2026"), "not a date"), (("--snapshot-date", "2026-09-30", "--draws", "0"), "1 draw")],
)
def test_compute_index_refuses_with_a_sentence(arguments: tuple, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        printed("compute_index", "--label", "2026Q3", *arguments)


def test_export_index_prints_the_whole_in_full_precision(world) -> None:  # noqa: F811
    adopt(world, coverage=1 / 3)
    compute()
    found = json.loads(printed("export_index", "2026Q3", "--format", "json"))
    body = found["organisations"][world.body.slug]
    assert set(found) == {
        "draws", "edition", "functions", "method", "organisations", "params_hash", "snapshot_date", "snapshot_hash",
    }  # fmt: skip
    assert body["pvi"] == Score.objects.get(organisation=world.body).pvi
    assert body["function_contributions"][world.function.slug]["S"] == ScoreLine.objects.get().points_S
    assert list(found) == sorted(found)


def test_export_index_names_the_editions_that_there_are(world) -> None:  # noqa: F811
    with pytest.raises(CommandError, match=r"There is no edition 1999Q1\. Compute one with compute_index"):
        printed("export_index", "1999Q1")
    compute()
    with pytest.raises(CommandError, match="There are: 2026Q3"):
        printed("export_index", "1999Q1")


@pytest.mark.skipif(not UK_PACK.exists(), reason="the pack of real published facts is not beside this clone")
def test_registry_without_benchmarks_says_what_is_missing_and_publishes_no_number() -> None:
    load_pack(UK_PACK, sheets=EVERY_SHEET)
    said = printed("compute_index", "--label", "2026Q3", "--snapshot-date", "2026-09-30", "--draws", "10")
    scores = Score.objects.all()
    assert scores.count() > 2000
    assert not scores.published().exists()
    assert not scores.scored().exists()
    assert all("no_benchmark" in codes for codes in scores.values_list("missing", flat=True))
    assert "There are no benchmarks for its peer group." in said
    assert json.loads(printed("export_index", "2026Q3"))["organisations"] == {}
