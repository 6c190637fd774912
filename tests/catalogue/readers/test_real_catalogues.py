"""The catalogues of other people, where they are at hand: every refusal is one that their own makers mean, or a mistake
that anybody can see in the file."""

from collections import Counter
from pathlib import Path

import pytest

from catalogue.readers import api_catalogue
from catalogue.readers.formats import read_text
from tests.shared import CATALOGUES, needs

MODEL = CATALOGUES / "uk-metadata-model" / "data"
RECORDS = sorted(MODEL.glob("*/*/*.yaml"))
WRONG_IN = {
    "invalid-contact-email": "email",
    "missing-contact-name": "contactName",
    "invalid-access-right": "accessRights",
    "invalid-date-format": "modified",
    "invalid-datetime-format": "modified",
    "invalid-email": "contactPoint",
    "invalid-security-classification": "securityClassification",
    "invalid-serviceStatus": "serviceStatus",
    "licence-attribute-misspelled": "licence",
    "missing-security-classification": "securityClassification",
    "invalid-distribution": "distribution[0].licence",
    "invalid-frequency": "updateFrequency",
    "invalid-type": "type",
    "missing-frequency": "updateFrequency",
    "multiple-frequency": "updateFrequency",
    "invalid-mediatype-csv": "mediaType",
    "invalid-mediatype-uri": "mediaType",
    "multiple-mediatype": "mediaType",
}


@pytest.mark.parametrize("file", RECORDS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_record_of_the_uk_model_is_judged_as_its_makers_judge_it(file: Path) -> None:
    report = read_text(file.read_text(), as_format="uk-metadata-model")
    assert report.reading.is_valid == (file.parent.name == "valid")
    if wrong := WRONG_IN.get(file.stem):
        assert wrong in {problem.key for problem in report.reading.errors}


@needs(CATALOGUES / "catalogue.csv")
def test_api_catalogue_of_the_uk_is_read_whole() -> None:
    text, bodies = ((CATALOGUES / name).read_text() for name in ("catalogue.csv", "organisation.csv"))
    reading = api_catalogue.read(text, bodies)
    assert len(reading.descriptions) == 231
    assert Counter(problem.key for problem in reading.errors) == {"startDate": 3}
    assert {problem.key for problem in reading.warnings} == {"url"}
