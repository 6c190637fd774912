from datetime import date
from pathlib import Path

import pytest

from catalogue.readers.description import Contact
from catalogue.readers.uk_metadata import read
from tests.shared import CATALOGUES, needs

RECORDS = CATALOGUES / "uk-metadata-model" / "data"
SERVICE = """\
identifier: https://ash.example/bins
type: dcat:DataService
title: Bin days
description: When bins are emptied.
accessRights: OPEN
securityClassification: OFFICIAL
contactPoint: {contactName: Ash, email: bins@ash.example}
creator: [ash]
publisher: ash-council
licence: https://a.example/licence
issued: 2026-03-31
modified: "2026-04-01"
version: 1.10
keyword: [waste]
endpointURL: https://api.ash.example/
endpointDescription: https://docs.ash.example/
serviceStatus: PRIVATE_BETA
serviceType: REST
"""


def records(folder: str) -> list[Path]:
    return sorted(RECORDS.glob(f"*/{folder}/*.yaml"))


def test_service_is_described():
    reading = read(SERVICE)
    [bins] = reading.descriptions
    assert reading.problems == []
    assert (bins.kind, bins.name, bins.version) == ("service", "Bin days", "1.10")
    assert (bins.url, bins.api_description) == ("https://api.ash.example/", "https://docs.ash.example/")
    assert (bins.lifecycle, bins.released_on) == ("beta", date(2026, 3, 31))
    assert bins.contacts == [Contact(name="Ash", email="bins@ash.example")]
    assert (bins.owner, bins.keywords) == ("ash-council", ["waste"])


@pytest.mark.parametrize(
    ("line", "changed", "key"),
    [
        ("type: dcat:DataService", "type: DataService", "type"),
        ("type: dcat:DataService", "type: Thing", "type"),
        ("accessRights: OPEN", "accessRights: SECRET", "accessRights"),
        ("issued: 2026-03-31", "issued: 31/03/2026", "issued"),
        ("licence: https", "license: https", "licence"),
        ("licence: https://a.example/licence", "licence: mine", "licence"),
        ("creator: [ash]", "creator: ash", "creator"),
        ("email: bins@ash.example", "email: bins at ash", "contactPoint.email"),
        ("keyword: [waste]", f"summary: {'x' * 251}", "summary"),
    ],
)
def test_what_breaks_the_model_is_told_where_it_stands(line, changed, key):
    text = SERVICE.replace(line, changed)
    problems = {problem.key: problem for problem in read(text).errors}
    assert key in problems
    if changed.split(":")[0] == key:
        assert problems[key].line == text[: text.index(changed)].count("\n") + 1


def test_several_records_may_stand_in_one_text():
    assert len(read(f"{SERVICE}---\n{SERVICE}").descriptions) == 2
    assert len(read("- " + SERVICE.replace("\n", "\n  ").rstrip()).descriptions) == 1


@needs(RECORDS)
def test_every_valid_record_of_the_model_is_valid():
    assert {
        path.name: [str(problem) for problem in read(path.read_text(encoding="utf-8")).problems]
        for path in records("valid")
    } == {path.name: [] for path in records("valid")}
    assert sum(len(read(path.read_text(encoding="utf-8")).descriptions) for path in records("valid")) == 7


@needs(RECORDS)
def test_no_invalid_record_of_the_model_is_valid():
    assert [path.name for path in records("invalid") if read(path.read_text(encoding="utf-8")).is_valid] == []
