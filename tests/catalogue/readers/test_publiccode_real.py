"""Files as people publish them, where they are at hand: a folder beside the repository, never a part of it."""

import json
import os
from pathlib import Path

import pytest

from catalogue.readers.publiccode import read, write

FOLDER = Path(os.environ.get("REAL_FILES") or Path(__file__).resolve().parents[4] / "shared" / "data")
FILES = sorted(FOLDER.glob("publiccode/*.y*ml"))
PAGE = FOLDER / "catalogues" / "developers_italia_page1.json"

# Each was judged by hand against the field list: what is refused there is against it, and nothing else is refused.
REFUSED = {
    "AUSL-ReggioEmilia+Matilde__publiccode.yml": {"maintenance.contractors"},
    "Aitema-gmbh+terminvergabe__publiccode.yml": {"categories[1]", "maintenance.type"},
    "CARD-AI+BLKT-VMS-Validavimas__publiccode.yml": {"url", "legal.license", "maintenance.contacts"},
    "CS78-open+CUPChain__publiccode.yml": {
        "platforms", "description", "localisation", "softwareType", "categories[0]", "categories[1]", "categories[2]",
    },
    "CommonGateway+BAGBundle__publiccode.yaml": {
        "legal", "maintenance", "localisation", "description.nl.longDescription", "description.nl.features",
    },
    "ConductionNL+BRP__publiccode.yaml": {
        "landingURL", "softwareType", "description.en.shortDescription", "description.en.longDescription",
        "description.en.features", "description.en.apiDocumentation", "maintenance.contractors",
        "localisation.localisationReady",
    },
    "ckingbailey+publiccode-pusher__schema_publiccode.yml": {
        "description.en.longDescription", "localisation.localisationReady", "dependsOn.open[0].optional",
        "dependsOn.open[1].optional", "dependsOn.hardware[0].optional",
    },
    "maykinmedia+objects-api__publiccode.yaml": {"maintenance.contractors[0].until"},
    "open-formulieren+open-forms__publiccode.yaml": {"maintenance.contractors[0].until"},
    "suitenumerique+docs__publiccode.yml": {
        "platforms", "developmentStatus", "localisation", "description.en.longDescription", "description.en.features",
    },
}  # fmt: skip

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


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_real_file_is_refused_for_what_is_wrong_with_it(file):
    refused = {problem.key for problem in read(file.read_text(encoding="utf-8")).errors}
    assert refused == REFUSED.get(file.name, set())


def test_examples_of_the_standard_are_valid():
    examples = [file for file in FILES if file.name.startswith("_spec")]
    assert len(examples) == 2
    for example in examples:
        assert read(example.read_text(encoding="utf-8")).errors == []


@pytest.mark.skipif(not PAGE.exists(), reason="no page of the Italian catalogue at hand")
def test_files_in_the_italian_catalogue_are_read_and_written_back():
    texts = [entry["publiccodeYml"] for entry in json.loads(PAGE.read_text())["data"] if entry.get("publiccodeYml")]
    assert len(texts) == 25
    for text in texts:
        held(text)
    refused = {read(text).descriptions[0].name: read(text).errors for text in texts if not read(text).is_valid}
    assert len(refused) == 3
    assert {problem.key.split("[")[0] for problems in refused.values() for problem in problems} == {
        "isBasedOn", "localisation.availableLanguages", "localisation.localisationReady",
    }  # fmt: skip
