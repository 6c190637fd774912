"""Where importers look, how they go from page to page, and what they make of what is there."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from catalogue.models import Component
from commons.fetching import Fetched
from registry.importers import ckan, dcat, open_catalogue
from registry.importers.file import read as read_file
from registry.importers.found import Text, Unreadable
from registry.importers.open_catalogue import next_page, stated_users
from registry.importers.repository import addresses
from registry.models import SourceKind
from tests import factories
from tests.registry.harvesting.conftest import counts, publiccode, read, source_at
from tests.sites import said


@pytest.mark.parametrize(
    ("repository", "first"),
    [
        ("https://github.com/a/b", "https://raw.githubusercontent.com/a/b/HEAD/publiccode.yml"),
        ("https://github.com/a/b.git", "https://raw.githubusercontent.com/a/b/HEAD/publiccode.yml"),
        ("https://www.github.com/a/b/tree/main/docs", "https://raw.githubusercontent.com/a/b/HEAD/publiccode.yml"),
        ("https://gitlab.com/a/sub/b/", "https://gitlab.com/a/sub/b/-/raw/HEAD/publiccode.yml"),
        ("https://gitlab.county.example/a/b", "https://gitlab.county.example/a/b/-/raw/HEAD/publiccode.yml"),
        ("https://codeberg.org/a/b", "https://codeberg.org/api/v1/repos/a/b/raw/publiccode.yml"),
        ("https://bitbucket.org/a/b/src/main/", "https://bitbucket.org/a/b/raw/HEAD/publiccode.yml"),
    ],
)
def test_repository_is_asked_as_its_host_serves_files(repository, first):
    assert addresses(repository)[0] == first


def test_unknown_host_is_asked_in_every_way():
    ways = addresses("https://code.county.example/a/b.git")[:3]
    assert ways == [
        "https://code.county.example/a/b/-/raw/HEAD/publiccode.yml",
        "https://code.county.example/api/v1/repos/a/b/raw/publiccode.yml",
        "https://code.county.example/a/b/publiccode.yml",
    ]


START = "https://api.example/v1/software?page%5Bsize%5D=50"


@pytest.mark.parametrize(
    ("link", "query"),
    [
        ("?page[after]=abc==", {"page[after]": ["abc=="], "page[size]": ["50"]}),
        ("abc==", {"page[after]": ["abc=="], "page[size]": ["50"]}),
        ("https://evil.example/x?page[after]=abc&page[size]=10", {"page[after]": ["abc"], "page[size]": ["10"]}),
    ],
)
def test_cursor_leads_on_the_same_host_only(link, query):
    parts = urlsplit(next_page(START, link))
    assert (parts.netloc, parts.path, parse_qs(parts.query)) == ("api.example", "/v1/software", query)


@pytest.mark.parametrize("link", [None, "", {}, []])
def test_no_cursor_is_the_end(link):
    assert next_page(START, link) == ""


def test_users_are_named_by_code_address_or_name():
    said_users = [
        "Ada County",
        {"name": "B", "identifiers": ["gss:E1"]},
        {"name": "C", "uri": "urn:c"},
        {"organisation": {"name": "D"}},
        7,
        {},
        None,
    ]
    assert stated_users(said_users) == ["Ada County", "gss:E1", "urn:c", "D", "7"]
    assert stated_users("Ada") == []


def pages_of(module, source, answers: dict[str, bytes]) -> list[str]:
    """The addresses that an importer asks, one after the other."""
    asked = []

    def ask(url, **_):
        asked.append(url)
        return Fetched(url=url, status=200, content=answers[url], content_type="", etag="", last_modified="")

    list(module.fetch(source, ask))
    return asked


def test_ckan_is_walked_to_its_end():
    source = factories.Source(kind=SourceKind.CKAN, address="https://data.example/")
    page = json.dumps({"success": True, "result": {"count": 150, "results": [{"id": "1"}]}}).encode()
    answers = {
        f"https://data.example/api/3/action/package_search?rows=100&start={start}&sort=id+asc": page
        for start in (0, 100)
    }
    assert pages_of(ckan, source, answers) == list(answers)


def test_ckan_s_packages_are_datasets():
    package = {
        "id": "1",
        "name": "bins",
        "title": "Bin days",
        "notes": "When",
        "license_title": "OGL",
        "maintainer": "Ada",
        "maintainer_email": "ada@county.example",
        "tags": [{"name": "waste"}, 5],
        "organization": None,
    }
    content = json.dumps({"success": True, "result": {"count": 2, "results": [package, {"title": "No id"}]}}).encode()
    found, nameless = ckan.read(Text(address="https://data.example/x", content=content, name="https://data.example"))
    described = found.description
    assert (found.identifier, described.kind, described.url) == ("1", "dataset", "https://data.example/dataset/bins")
    assert (described.licence, described.keywords, described.contacts[0].name) == ("OGL", ["waste"], "Ada")
    assert "neither an id" in nameless.refusal


@pytest.mark.parametrize("text", [7, {}, ["name: x"], None, "", " "])
def test_software_without_a_text_is_refused_alone(text):
    content = json.dumps({"data": [{"id": "1", "url": "https://git.example/a", "publiccodeYml": text}]}).encode()
    (found,) = open_catalogue.read(Text(address="https://api.example/software", content=content))
    assert (found.identifier, found.description, found.refusal) == ("1", None, open_catalogue.NO_TEXT)


TURTLE = """@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://data.example/{number}> a dcat:Dataset ; dct:title "Set {number}" ; dct:description "Words" .
<https://data.example/p> hydra:next <{onward}> ."""


def test_dcat_is_walked_by_hydra():
    source = factories.Source(kind=SourceKind.DCAT, address="https://data.example/1.ttl")
    answers = {
        "https://data.example/1.ttl": TURTLE.format(number=1, onward="/2.ttl").encode(),
        "https://data.example/2.ttl": TURTLE.format(number=2, onward="https://elsewhere.example/3.ttl").encode(),
    }
    assert pages_of(dcat, source, answers) == list(answers)


def test_pages_that_lead_in_a_circle_end():
    source = factories.Source(kind=SourceKind.DCAT, address="https://data.example/1.ttl")
    answers = {"https://data.example/1.ttl": TURTLE.format(number=1, onward="/1.ttl").encode()}
    with pytest.raises(Unreadable, match="circle"):
        pages_of(dcat, source, answers)
    page = json.dumps({"data": [], "links": {"next": "?page[size]=50"}}).encode()
    source = factories.Source(kind=SourceKind.OPEN_CATALOGUE, address="https://api.example/v1")
    with pytest.raises(Unreadable, match="circle"):
        pages_of(open_catalogue, source, dict.fromkeys([START, "https://api.example/v1/software?page[size]=50"], page))


def test_file_of_several_is_taken_apart():
    projects = [
        {
            "name": "One",
            "permissions": {"licenses": [], "usageType": "openSource"},
            "repositoryURL": "https://a.example/1",
        },
        {
            "name": "Two",
            "permissions": {"licenses": [], "usageType": "openSource"},
            "repositoryURL": "https://a.example/2",
        },
    ]
    content = json.dumps({"version": "2.0", "measurementType": {"method": "x"}, "projects": projects}).encode()
    found = read_file(Text(address="https://a.example/code.json", content=content, name="code.json"))
    assert [one.name for one in found] == ["One", "Two"]
    assert json.loads(found[0].text)["name"] == "One"


@pytest.mark.django_db
def test_open_catalogue_is_read_to_the_last_cursor(shop):
    software = [
        {
            "id": str(number),
            "url": f"https://git.example/a/{number}",
            "publiccodeYml": publiccode(name=f"Thing {number}", url=f"https://git.example/a/{number}").decode(),
        }
        for number in range(5)
    ]
    software.append({"id": "6", "url": "https://git.example/a/6"})
    for start in (0, 2, 4):
        onward = f"?page[after]={start + 2}" if start < 4 else None
        page = {"data": software[start : start + 2], "links": {"prev": None, "next": onward}}
        after = f"page[after]={start}&page%5Bsize%5D=50" if start else "page%5Bsize%5D=50"
        shop.answers[f"/v1/software?{after}"] = said(json.dumps(page).encode())
    source = source_at(shop, "/v1", SourceKind.OPEN_CATALOGUE)
    assert counts(read(source)) == {"new": 5, "refused": 1}
    assert Component.objects.count() == 5
    assert counts(read(source)) == {"unchanged": 5, "refused": 1}


@pytest.mark.django_db
def test_page_that_fails_keeps_what_was_read_and_misses_nothing(shop):
    row = {"id": "1", "url": "https://git.example/a/1", "publiccodeYml": publiccode().decode()}
    page = {"data": [row], "links": {"next": "?page[after]=2"}}
    shop.answers["/v1/software?page%5Bsize%5D=50"] = said(json.dumps(page).encode())
    source = source_at(shop, "/v1", SourceKind.OPEN_CATALOGUE)
    done = read(source)
    assert "answers 404" in done.failure
    assert counts(done) == {"new": 1}
    shop.answers["/v1/software?page%5Bsize%5D=50"] = said(json.dumps(page | {"data": []}).encode())
    assert counts(read(source)) == {}  # what is behind the page that failed is not known to be gone
