"""A council uploads its portfolio, mends it, imports it and takes it back; on a phone and on a desk, with and without
script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.system.people import is_sound
from tests.system.sharing import Town
from tests.system.sharing import town as served_town
from tests.system.test_challenges import TABLES

pytestmark = pytest.mark.browser
PATIENCE_MS = 60_000  # a worker may be busy with the first edition


@pytest.fixture(scope="module")
def council(tmp_path_factory) -> Iterator[Town]:
    with served_town(tmp_path_factory.mktemp("importing"), TABLES) as server:
        yield server


def comes_to(somebody, words: str | re.Pattern) -> None:
    """The page turns into the next one by itself, with or without script."""
    expect(somebody.page.locator("h1")).to_have_text(words, timeout=PATIENCE_MS)
    somebody.is_well()
    is_sound(somebody)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_council_uploads_mends_imports_and_takes_back(council, reader, width, javascript):
    owner = reader(council, width=width, javascript=javascript)
    owner.signs_in(*council.sign_in()).opens("/workspace/quillsford/").follows("Upload your portfolio")
    owner.sees("Upload your portfolio")
    is_sound(owner)
    owner.presses("Check the table")
    assert "Choose a file, or paste a table" in owner.main.inner_text()
    is_sound(owner)

    name, heading = f"Binfold {width} {javascript}", f"Thing {width} {javascript}"
    rows = [
        f"Function;{heading};Supplier;Cost a year;Price year",
        f"Bin days;{name};Quill;£1,200;2026-27",
        "Nowhere;B;;lots;",
    ]
    file = {"name": "ours.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    owner.page.locator("input[type=file]").set_input_files(file)
    owner.presses("Check the table")
    comes_to(owner, "Say which column is which")
    owner.presses("Say which column is which").sees("Which column is which?")
    is_sound(owner)
    owner.presses("Read the file")
    is_sound(owner)
    owner.main.get_by_label(heading, exact=True).select_option(label="System of your own")
    owner.presses("Read the file")

    comes_to(owner, re.compile("^1 new, 0 changed, 1 problem"))
    assert "There is no function “Nowhere”" in owner.main.inner_text()
    owner.follows(re.compile(r"^New \(1\)"))
    assert name in owner.main.inner_text()
    is_sound(owner)
    owner.presses("Import the good row")
    comes_to(owner, "Your portfolio is imported")
    owner.follows("Your portfolio")
    assert name in owner.main.inner_text()
    owner.page.go_back()
    owner.presses("Take it back")
    assert "It is taken back" in owner.page.locator("body").inner_text()
    owner.opens("/workspace/quillsford/import/")
    is_sound(owner)
    assert "ours.csv" in owner.main.inner_text()
