"""A million declarations: more than 20,000 a second, with memory that does not grow with them.

Not run by default: `pytest tests/performance/test_pack.py`. DECLARATIONS in the environment makes it smaller.
"""

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from public_value.pack import EVERY_SHEET
from registry.models import Declaration
from registry.pack.loading import load_pack
from tests.performance.big_pack import BigPack

DECLARATIONS = int(os.environ.get("DECLARATIONS", 1_000_000))
ROWS_A_SECOND = 20_000
GROWTH_MB = 60  # of this process, from a tenth of the pack to the whole: noise, and the larger catalogue's keys

pytestmark = pytest.mark.django_db


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def load(folder: Path, declarations: int) -> float:
    """Load a pack of that size, and return the seconds that its declarations took."""
    subprocess.run(
        [sys.executable, "-m", "tests.performance.big_pack", folder, "--declarations", str(declarations)], check=True
    )
    files = {file.file: file for file in load_pack(folder, sheets=EVERY_SHEET).files}
    assert sum(file.counts["refused"] for file in files.values()) == 0
    return files["adoptions.csv"].seconds + files["duplicates.csv"].seconds


def test_million_declarations_load_fast_with_flat_memory(tmp_path, capsys):
    load(tmp_path / "small", DECLARATIONS // 10)
    small = peak_mb()
    before = Declaration.objects.count()
    seconds = load(tmp_path / "big", DECLARATIONS)
    rows = DECLARATIONS / seconds
    with capsys.disabled():
        sys.stdout.write(
            f"\n{DECLARATIONS:,} declarations in {seconds:.1f} s: {rows:,.0f} a second, peak {peak_mb():.0f} MB\n"
        )
    assert Declaration.objects.current().count() >= DECLARATIONS > before
    assert peak_mb() - small < GROWTH_MB
    assert rows > ROWS_A_SECOND


def test_big_pack_is_the_same_for_the_same_seed(tmp_path):
    for name in ("one", "two"):
        BigPack(1_000).write(tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_big_pack_has_as_many_declarations_as_asked(tmp_path):
    BigPack(1_234).write(tmp_path)
    rows = [len((tmp_path / name).read_text().splitlines()) - 1 for name in ("adoptions.csv", "duplicates.csv")]
    assert sum(rows) == 1_234
    assert re.search(r"^component-\d+,", (tmp_path / "components.csv").read_text(), re.MULTILINE)
