"""Files as people publish them, where they are at hand: a folder beside the repository, never a part of it."""

import json
import os
from pathlib import Path

import pytest

from catalogue.readers.publiccode import read, write

FOLDER = Path(os.environ.get("REAL_FILES") or Path(__file__).resolve().parents[4] / "shared" / "data")
FILES = sorted(FOLDER.glob("publiccode/*.y*ml"))
PAGE = FOLDER / "catalogues" / "developers_italia_page1.json"

pytestmark = pytest.mark.skipif(not FILES, reason="no folder of real files: REAL_FILES names one")


def held(text: str) -> None:
    """Read without a crash, every problem in its place, and written back whole."""
    reading = read(text)
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines for problem in reading.problems)
    [found] = reading.descriptions
    assert found.name
    assert read(write(found)).descriptions[0].document == found.document


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_real_file_is_read_and_written_back(file):
    held(file.read_text(encoding="utf-8"))


def test_examples_of_the_standard_are_valid():
    examples = [file for file in FILES if file.name.startswith("_spec")]
    assert len(examples) == 2
    for example in examples:
        assert read(example.read_text(encoding="utf-8")).errors == []


@pytest.mark.skipif(not PAGE.exists(), reason="no page of the Italian catalogue at hand")
def test_files_in_the_italian_catalogue_are_read_and_written_back():
    texts = [entry["publiccodeYml"] for entry in json.loads(PAGE.read_text())["data"] if entry.get("publiccodeYml")]
    assert texts
    for text in texts:
        held(text)
