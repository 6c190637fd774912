"""The engine says what the reference says: a second implementation, in plain Python, of the same text."""

import os
from datetime import date
from pathlib import Path

import pytest

from public_value.actions import compute_edition
from public_value.exporting import export_edition
from public_value.pack import EVERY_SHEET
from public_value.recompute import compute
from registry.pack.loading import load_pack
from tests.public_value.worlds import LABEL, SNAPSHOT, random_world, write_pack

DEMO = Path(__file__).parents[2] / "demo"
DRAWS = 30
TOLERANCE = 1e-9
WORLDS = int(os.environ.get("WORLDS", 30))  # how many random worlds: more for a long run


def differences(ours: object, theirs: object, path: str = "") -> list[str]:
    """Where two structures differ, numbers by more than the tolerance."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        keys = sorted(ours.keys() | theirs.keys())
        missing = object()
        pairs = ((key, ours.get(key, missing), theirs.get(key, missing)) for key in keys)
        return [line for key, mine, other in pairs for line in differences(mine, other, f"{path}/{key}")]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = zip(sorted(ours, key=str), sorted(theirs, key=str), strict=True)
        return [line for mine, other in pairs for line in differences(mine, other, f"{path}[]")]
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return [] if abs(ours - theirs) <= TOLERANCE * max(1, abs(theirs)) else [f"{path}: {ours!r}, not {theirs!r}"]
    return [] if ours == theirs else [f"{path}: {ours!r}, not {theirs!r}"]


def agreement(folder: Path, label: str, snapshot: date, draws: int) -> list[str]:
    loaded = load_pack(folder, sheets=EVERY_SHEET)
    assert loaded.refused == 0
    ours = export_edition(compute_edition(label=label, snapshot_date=snapshot, draws=draws))
    theirs = compute(folder, label, snapshot, draws=draws)
    del ours["snapshot_hash"], theirs["snapshot_hash"]  # of the exported pack, and of the folder as it was written
    return differences(ours, theirs)


@pytest.mark.django_db
def test_engine_agrees_with_the_reference_on_the_demo() -> None:
    assert agreement(DEMO, "2026Q3", date(2026, 9, 30), 200) == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(WORLDS))
def test_engine_agrees_with_the_reference_on_a_random_world(seed: int, tmp_path: Path) -> None:
    assert agreement(write_pack(random_world(seed), tmp_path), LABEL, SNAPSHOT, DRAWS) == []
