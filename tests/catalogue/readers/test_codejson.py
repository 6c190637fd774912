import json

import pytest

from catalogue.readers.codejson import NEEDED, read
from catalogue.readers.description import Contact

BINS = {
    "name": "bins",
    "description": "Bin days.",
    "longDescription": "When bins are emptied.",
    "status": "Release Candidate",
    "permissions": {"licenses": [{"name": "MIT", "URL": "https://a.example/LICENSE"}], "usageType": ["openSource"]},
    "organization": "Ash",
    "repositoryURL": "https://code.example/bins",
    "repositoryVisibility": "public",
    "vcs": "git",
    "laborHours": 10,
    "reuseFrequency": {"forks": 0},
    "maintenance": "internal",
    "contractNumber": [],
    "date": {"created": "2026-01-01T00:00:00Z"},
    "tags": ["waste"],
    "contact": {"email": "bins@ash.example", "name": "Ash"},
    "feedbackMechanisms": "https://code.example/bins/issues",
    "AIUseCaseInventory": False,
}


def text(**changes) -> str:
    return json.dumps(BINS | changes, indent=1)


def test_repository_is_described():
    reading = read(text())
    [bins] = reading.descriptions
    assert reading.problems == []
    assert (bins.name, bins.summary, bins.description) == ("bins", "Bin days.", "When bins are emptied.")
    assert (bins.lifecycle, bins.licence, bins.repository) == ("beta", "MIT", "https://code.example/bins")
    assert (bins.owner, bins.keywords) == ("Ash", ["waste"])
    assert bins.contacts == [Contact(name="Ash", email="bins@ash.example")]


@pytest.mark.parametrize("key", NEEDED)
def test_what_the_format_asks_for_is_missed(key):
    [problem] = read(text(**{key: None})).errors
    assert problem.key == key


def test_closed_repository_has_no_address():
    reading = read(text(repositoryURL="private"))
    assert reading.problems == []
    assert reading.descriptions[0].repository == ""


def test_exemption_needs_a_reason():
    exempt = {"licenses": [], "usageType": ["exemptByCIO"]}
    assert [problem.key for problem in read(text(permissions=exempt)).errors] == ["permissions.exemptionText"]
    assert read(text(permissions=exempt | {"exemptionText": "Because."})).is_valid


@pytest.mark.parametrize(
    ("licences", "licence"),
    [
        ([{"name": "Other", "URL": "https://a.example/L"}], "https://a.example/L"),
        ([{"name": "MIT"}, {"name": "CC0-1.0"}], "MIT; CC0-1.0"),
        ([], ""),
    ],
)
def test_licences_are_named_or_addressed(licences, licence):
    permissions = {"licenses": licences, "usageType": []}
    assert read(text(permissions=permissions)).descriptions[0].licence == licence


@pytest.mark.parametrize("key", ["projects", "releases"])
def test_list_of_an_agency_is_read_one_by_one(key):
    listed = {"version": "2.0.0", "agency": "ASH", key: [BINS, {"name": "lost"}, 7]}
    reading = read(json.dumps(listed))
    assert [one.name for one in reading.descriptions] == ["bins", "lost"]
    assert {problem.key for problem in reading.errors} == {f"{key}[1].permissions", f"{key}[2]"}


def test_unknown_status_is_told_with_those_that_there_are():
    [problem] = read(text(status="Done")).errors
    assert problem.key == "status"
    assert "Production" in problem.message
    assert problem.line == text(status="Done")[: text(status="Done").index('"status"')].count("\n") + 1


@pytest.mark.parametrize("wrong", ["[]", "7", "", "{"])
def test_anything_else_is_refused(wrong):
    reading = read(wrong)
    assert not reading.descriptions
    assert len(reading.errors) == 1
