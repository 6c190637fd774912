"""The properties that the method promises (section 2, end), checked on the reference over random worlds."""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from math import isclose
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from public_value.recompute import PARAMETERS, bodies_of, compute
from public_value.recompute.cells import Body, body_of
from public_value.recompute.draws import drawn_index
from public_value.recompute.reading import Declaration, Pack, read_pack
from public_value.recompute.scores import nominal, score
from public_value.recompute.sharing import Sharing, sharing_of
from tests.public_value.worlds import LABEL, SNAPSHOT, World, random_world, worlds, write_pack

pytestmark = pytest.mark.long
PARAMS = json.loads(PARAMETERS.read_text(encoding="utf-8"))
SEEDS = range(400)
TOLERANCE = 1e-9
STAGES = ("pilot", "partial", "live")
GRADES = ("E0", "E1", "E2", "E3")


@pytest.fixture(scope="module")
def commons(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Pack, Sharing]]:
    """Random worlds as the reference reads them, with the components that are shared in each."""
    folder = tmp_path_factory.mktemp("worlds")
    packs = [read_pack(write_pack(random_world(seed), folder / str(seed)), SNAPSHOT, PARAMS) for seed in SEEDS]
    return [(pack, sharing_of(pack, PARAMS)) for pack in packs]


@pytest.fixture(scope="module")
def bodies(commons: list[tuple[Pack, Sharing]]) -> list[tuple[Pack, Sharing, Body]]:
    return [(pack, sharing, body) for pack, sharing in commons for body in bodies_of(pack, sharing, PARAMS).values()]


def test_worlds_hit_the_rare_branches(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    seen = dict.fromkeys(("relief", "over cap", "full", "stale", "tiny adoption", "dear", "known F", "no F"), 0)
    for _, _, body in bodies:
        rows = [(cell, row) for cell in body.cells for row in cell.rows]
        seen["relief"] += sum(row.relief < 1 for _, row in rows)
        seen["over cap"] += body.xi < 1
        seen["full"] += sum(len(cell.rows) > 1 and cell.unknown == 0 for cell in body.cells)
        seen["stale"] += sum(row.freshness < 1 for _, row in rows)
        seen["tiny adoption"] += sum(row.kind == "adopt" and 0 < row.share < 0.01 for _, row in rows)
        seen["dear"] += sum((row.declaration.cost or 0) > 2 * cell.envelope for cell, row in rows)
        seen["known F"] += body.frontline_share is not None
        seen["no F"] += body.frontline_share is None
    assert min(seen.values()) >= 20, seen


def test_indicators_and_indices_stay_in_range(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    for _, _, body in bodies:
        result = score(body, PARAMS)
        parts = {name: value for name, value in result["indicators"].items() if name != "den"}
        assert all(-TOLERANCE <= value <= 1 + TOLERANCE for value in parts.values()), parts
        assert -TOLERANCE <= result["pvi"] <= result["pvi_peer_imputed"] + TOLERANCE
        assert result["pvi_peer_imputed"] <= result["pvi_max"] + TOLERANCE <= 100 + 2 * TOLERANCE


def test_cells_are_a_partition(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    for _, _, body in bodies:
        for cell in body.cells:
            assert all(row.share >= 0 for row in cell.rows)
            assert isclose(sum(row.share for row in cell.rows) + cell.unknown, 1, abs_tol=TOLERANCE)


def test_duplication_avoided_is_never_below_standardisation(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    for _, _, body in bodies:
        indicators = score(body, PARAMS)["indicators"]
        assert indicators["N"] >= indicators["S"] - TOLERANCE
        assert isclose(indicators["N"], indicators["S"] + indicators["R"], abs_tol=TOLERANCE)


def test_contributions_add_up(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    for _, _, body in bodies:
        result = score(body, PARAMS)
        assert isclose(sum(result["contributions"].values()) + result["balance_penalty"], result["pvi"], abs_tol=1e-9)
        assert result["balance_penalty"] <= TOLERANCE
        for dimension in ("S", "N", "O"):
            parts = sum(points[dimension] for points in result["function_contributions"].values())
            assert isclose(parts, result["contributions"][dimension], abs_tol=1e-9)


def rescored(pack: Pack, sharing: Sharing, body: Body, declarations: list[Declaration]) -> dict:
    """The body's score had it declared this, with the shared components frozen as they are within an edition."""
    return score(body_of(replace(pack, declarations=declarations), sharing, body.organisation, PARAMS), PARAMS)


def changes(bodies: list[tuple[Pack, Sharing, Body]], kinds: tuple[str, ...]) -> Iterator[tuple]:
    """Each row of these kinds in a cell without contradiction, whose volume the row does not set."""
    for pack, sharing, body in bodies:
        before = score(body, PARAMS)["pvi"]
        for cell in body.cells:
            valid = sum(row.share for row in cell.rows) < 1 - TOLERANCE
            steady = all(row.declaration.transactions is None for row in cell.rows)
            for row in cell.rows if valid and steady else ():
                if row.kind in kinds:
                    yield pack, sharing, body, before, row.declaration


def swap(pack: Pack, old: Declaration, *new: Declaration) -> list[Declaration]:
    return [row for row in pack.declarations if row is not old] + list(new)


@pytest.mark.parametrize("kind", ["adopt", "dup", "exempt"])
def test_silence_is_never_better(bodies: list[tuple[Pack, Sharing, Body]], kind: str) -> None:
    checked = 0
    for pack, sharing, body, before, row in changes(bodies, (kind,)):
        assert rescored(pack, sharing, body, swap(pack, row))["pvi"] <= before + TOLERANCE
        checked += 1
    assert checked >= 100


def test_trivial_declaration_dilutes_nothing(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    checked = 0
    for pack, sharing, body, _, row in changes(bodies, ("adopt", "dup")):
        cell = next(cell for cell in body.cells if cell.function == row.function)
        share = min(0.001, cell.unknown)
        trivial = replace(row, kind="duplicate", name="Trifle", coverage=share, cost=1.0, exempt_until=None)
        old, new = score(body, PARAMS), rescored(pack, sharing, body, swap(pack, row, row, trivial))
        unchanged = ("S", "F", "C", "den", "xi")
        assert all(isclose(new["indicators"][name], old["indicators"][name]) for name in unchanged)
        mass = PARAMS["kappa"][cell.evolution] * cell.envelope * share / body.denominator(PARAMS["kappa"])
        assert -TOLERANCE <= new["indicators"]["N"] - old["indicators"]["N"] <= mass + TOLERANCE
        assert new["pvi"] >= old["pvi"] - TOLERANCE
        checked += 1
    assert checked >= 300


def test_better_evidence_never_lowers_the_score(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    checked = 0
    for pack, sharing, body, before, row in changes(bodies, ("adopt", "dup", "exempt")):
        for better in GRADES[GRADES.index(row.evidence) + 1 :]:
            after = rescored(pack, sharing, body, swap(pack, row, replace(row, evidence=better)))
            assert after["pvi"] >= before - TOLERANCE
            checked += 1
    assert checked >= 300


def test_later_stage_never_lowers_the_score(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    checked = 0
    for pack, sharing, body, before, row in changes(bodies, ("adopt",)):
        for later in STAGES[STAGES.index(row.stage) + 1 :]:
            after = rescored(pack, sharing, body, swap(pack, row, replace(row, stage=later)))
            assert after["pvi"] >= before - TOLERANCE
            checked += 1
    assert checked >= 100


def test_cheaper_duplicate_never_lowers_the_score(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    checked = 0
    for pack, sharing, body, before, row in changes(bodies, ("dup", "exempt")):
        for factor in (0.0, 0.5, 0.99):
            cheaper = replace(row, cost=factor * row.cost) if row.cost is not None else row
            assert rescored(pack, sharing, body, swap(pack, row, cheaper))["pvi"] >= before - TOLERANCE
            checked += 1
    assert checked >= 300


MONEY = {
    "benchmarks": ["ref_cost_per_driver"],
    "components": ["price_per_transaction", "fixed_fee"],
    "accounts": ["frontline", "administrative"],
    "adoptions": ["annual_cost"],
    "duplicates": ["annual_cost"],
}


def in_other_money(world: World, rate: float) -> World:
    world = copy.deepcopy(world)
    for table, columns in MONEY.items():
        for row in world[table]:
            row |= {name: row[name] * rate for name in columns if row[name] != ""}
    return world


def test_currency_changes_no_score(tmp_path: Path) -> None:
    for seed in range(40):
        world = random_world(seed)
        old = compute(write_pack(world, tmp_path / f"{seed}-old"), LABEL, SNAPSHOT, draws=0)["organisations"]
        # A power of two, so that no rounding can hide a difference.
        other = write_pack(in_other_money(world, 8.0), tmp_path / f"{seed}-new")
        new = compute(other, LABEL, SNAPSHOT, draws=0)["organisations"]
        assert old.keys() == new.keys()
        for uid in old:
            assert new[uid]["pvi"] == pytest.approx(old[uid]["pvi"], abs=TOLERANCE)
            for figure in ("annual", "npv10"):
                assert new[uid]["savings"]["central"][figure] == pytest.approx(
                    8 * old[uid]["savings"]["central"][figure], rel=1e-9, abs=1e-6
                )


def split_function(world: World, function: str, part: float) -> World:
    """Two children in place of a function; costs, volumes and reference figures fall to them in proportion."""
    world = copy.deepcopy(world)
    parts = {f"{function}-east": part, f"{function}-west": 1 - part}
    for row in world["components"]:
        if function in row["functions"].split(";"):
            row["functions"] += "".join(f";{child}" for child in parts)
    shared_out = ("ref_cost_per_driver", "ref_volume_per_driver", "transactions", "annual_cost")
    for table in ("benchmarks", "volumes", "adoptions", "duplicates"):
        kept = [row for row in world[table] if row["function"] != function]
        for row in world[table]:
            if row["function"] == function:
                for child, share in parts.items():
                    amounts = {name: row[name] * share for name in shared_out if row.get(name, "") != ""}
                    kept.append(row | amounts | {"function": child})
        world[table] = kept
    children = [
        {**row, "function": child} for row in world["functions"] for child in parts if row["function"] == function
    ]
    world["functions"] += [{**child, "parent": function} for child in children]
    return world


def test_splitting_a_function_changes_no_score(tmp_path: Path) -> None:
    for seed in range(60):
        world = random_world(seed)
        random = Random(seed)
        function = random.choice(world["functions"][1:])["function"]
        split = split_function(world, function, random.choice([0.5, 0.3, 0.05]))
        old = compute(write_pack(world, tmp_path / f"{seed}-old"), LABEL, SNAPSHOT, draws=0)["organisations"]
        new = compute(write_pack(split, tmp_path / f"{seed}-new"), LABEL, SNAPSHOT, draws=0)["organisations"]
        assert {uid: body["pvi"] for uid, body in new.items()} == pytest.approx(
            {uid: body["pvi"] for uid, body in old.items()}, abs=TOLERANCE
        )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=worlds())
def test_draws_are_repeatable_and_ordered(world: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = write_pack(world, tmp_path_factory.mktemp("world"))
    first = compute(folder, LABEL, SNAPSHOT.isoformat(), draws=20)
    assert first == compute(folder, LABEL, SNAPSHOT, draws=20)
    ranked = [body for body in first["organisations"].values() if body["rank_interval"]]
    for body in first["organisations"].values():
        assert 0 <= body["mc"]["p5"] <= body["mc"]["p50"] <= body["mc"]["p95"] <= 100 + TOLERANCE
        assert (body["rank_interval"] is not None) == (body["grade"] in "ABC") == (body["published"] == "score")
    assert all(1 <= low <= high <= len(ranked) for low, high in (body["rank_interval"] for body in ranked))


def test_grades_and_rank_intervals_happen(tmp_path: Path) -> None:
    grades = set()
    for seed in range(40):
        edition = compute(write_pack(random_world(seed), tmp_path / str(seed)), LABEL, SNAPSHOT, draws=20)
        grades |= {body["grade"] for body in edition["organisations"].values()}
    assert grades == set("ABCDE")


def test_draw_of_what_is_missing_runs_from_nothing_to_the_peers(bodies: list[tuple[Pack, Sharing, Body]]) -> None:
    """Slot 0 turns the unknown mass and slot 1 the missing front line: both at 0 the headline, both at 1 the peers'."""
    dials, mixed = nominal(PARAMS), 0
    for _, _, body in bodies:
        result = score(body, PARAMS)
        drawn = {
            slots: drawn_index(body, dials, lambda _, slot, slots=slots: slots[slot], 0, PARAMS)
            for slots in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
        }
        assert isclose(drawn[0.0, 0.0], result["pvi"], abs_tol=TOLERANCE)
        assert isclose(drawn[1.0, 1.0], result["pvi_peer_imputed"], abs_tol=TOLERANCE)
        if body.frontline_share is not None and body.f_lo is not None:
            assert isclose(drawn[1.0, 0.0], result["pvi_peer_imputed"], abs_tol=TOLERANCE)
            mixed += drawn[1.0, 0.0] > drawn[0.0, 1.0]
    assert mixed >= 100
