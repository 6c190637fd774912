"""Catalogues of data: what is read of them, and that no text makes the reader ask the network or work for long."""

import json
import socket
import time
import tracemalloc
from datetime import date

import pytest

from catalogue.readers.dcat import read
from catalogue.readers.description import Contact
from registry.actions.search import refresh_search
from tests import factories

PREFIXES = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BINS = """\
<https://ash.example/bins> a dcat:Dataset ;
  dct:title "Müll"@de, "Bins"@en ;
  dct:description "Bin days." ;
  dct:identifier "bins" ;
  dcat:keyword "waste", "bins" ;
  dct:issued "2026-03-31"^^xsd:date ;
  dct:publisher [ a foaf:Agent ; foaf:name "Ash Council" ] ;
  dcat:contactPoint [ vcard:fn "Ash" ; vcard:hasEmail <mailto:bins@ash.example> ] ;
  dct:conformsTo <https://standards.example/1> ;
  dcat:distribution <#csv> .
<#csv> a dcat:Distribution ; dcat:accessURL <https://ash.example/bins.csv> ;
  dct:license <https://spdx.org/licenses/CC-BY-4.0> .
"""
CONTEXT = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
PAY = {
    "@context": CONTEXT,
    "@graph": [
        {
            "@id": "https://ash.example/pay",
            "@type": "dcat:DataService",
            "dct:title": "Pay",
            "dcat:endpointURL": {"@id": "https://pay.example/"},
        }
    ],
}
BOMBS = {
    "deep Turtle": "<http://a> <http://b> " + "[" * 400_000,
    "wide Turtle": "<http://a> <http://b> " + ",".join(["1"] * 400_000) + " .",
    "unclosed text": '<http://a> <http://b> "' + '\\"' * 400_000,
    "many unclosed texts": "'\n" * 400_000,
    "a page": PREFIXES + '<http://a> <http://b> """' + "<p>a</p>" * 100_000
    + '"""^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML> .',
    "a long number": PREFIXES + f'<http://a> <http://b> "{"9" * 900_000}"^^xsd:integer .',
    "wide JSON-LD": json.dumps({"@id": "http://a", "http://b": list(range(16_000))}),
    "deep JSON-LD": '{"http://b":' * 100_000,
    "too large": "# " + "x" * 1_000_001,
    "contexts": json.dumps({"@graph": [{"@context": CONTEXT, "@id": f"http://a/{n}"} for n in range(5_000)]}),
    "terms": json.dumps({"@context": {f"t{n}": f"http://a/{n}" for n in range(2_000)}}),
}  # fmt: skip


def test_dataset_is_described():
    reading = read(PREFIXES + BINS)
    [bins] = reading.descriptions
    assert reading.problems == []
    assert (bins.kind, bins.identifier, bins.name) == ("dataset", "bins", "Bins")
    assert (bins.url, bins.licence) == ("https://ash.example/bins.csv", "CC-BY-4.0")
    assert (bins.owner, bins.released_on) == ("Ash Council", date(2026, 3, 31))
    assert bins.contacts == [Contact(name="Ash", email="bins@ash.example")]
    assert bins.keywords == ["bins", "waste"]
    assert bins.standards == ["https://standards.example/1"]
    assert bins.document["http://www.w3.org/ns/dcat#distribution"] == ["#csv"]
    assert bins.document["@id"] == "https://ash.example/bins"


def test_service_is_described_from_json_ld():
    reading = read(json.dumps(PAY))
    [pay] = reading.descriptions
    assert reading.problems == []
    assert (pay.kind, pay.name, pay.url) == ("service", "Pay", "https://pay.example/")


@pytest.mark.parametrize(
    ("text", "key", "line", "words"),
    [
        ("<https://a.example/x> a dcat:Dataset ; dct:description 'd' .", "title", 6, "no title"),
        ("\n<https://a.example/x> a dcat:DataService ; dct:title 't' .", "endpointURL", 7, "no endpointURL"),
        ("<#x> a dcat:DataService ; dct:title 't' ; dcat:endpointURL 'u' .", "endpointURL", 6, "must be an address"),
        (
            "<#x> a dcat:Dataset ; dct:title 't' ; dct:description 'd' ; dcat:distribution [ a dcat:Distribution ] .",
            "distribution.accessURL",
            6,
            "no accessURL",
        ),
        (
            "<#x> a dcat:Dataset ; dct:title 't' ; dct:description 'd' ; dct:issued 'soon' .",
            "issued",
            6,
            "no date",
        ),
        ("<#x> a dcat:Catalogue .", "", 1, "nothing to read"),
        ("<#x> a dcat:Dataset", "", 6, "ends in the middle"),
        ("<#x> a nothing:X .", "", 6, "not Turtle"),
    ],
)
def test_problem_says_where_it_is(text, key, line, words):
    [problem] = read(PREFIXES + text).errors
    assert (problem.key, problem.line) == (key, line)
    assert words in problem.message


@pytest.mark.parametrize(
    "change",
    [
        {"@context": "{address}"},
        {"@context": [CONTEXT, "{address}"]},
        {"@context": CONTEXT | {"@import": "{address}"}},
        {"@context": CONTEXT | {"Thing": {"@id": "dct:Thing", "@context": "{address}"}}},
        {"@graph": [{"@context": "{address}", "@id": "http://a", "dct:title": "x"}]},
        {"@included": {"@context": ["{address}"], "dct:title": "x"}},
    ],
)
def test_context_elsewhere_is_never_fetched(change):
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/context.jsonld"
        reading = read(json.dumps(PAY | change).replace("{address}", address))
        with pytest.raises(TimeoutError):
            canary.accept()
    assert "context" in reading.errors[0].message


def test_relative_names_do_not_tell_where_the_program_runs():
    [thing] = read(PREFIXES + "<x> a dcat:Resource ; dct:title 't' ; dct:source <y> .").descriptions
    assert (thing.identifier, thing.based_on) == ("x", ["y"])


def seconds_for(bomb: str) -> float:
    """Of CPU, which others beside it make dearer now and then."""
    begun = time.process_time()
    assert read(bomb).descriptions in ((), [])
    return time.process_time() - begun


@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_takes_no_time(bomb):
    assert min(seconds_for(BOMBS[bomb]) for _ in range(3)) < 1


def test_largest_text_is_read_soon():
    dataset = 'a dcat:Dataset ; dct:title "t" ; dct:description "d"'
    text = PREFIXES + "".join(f"<http://a/{number}> {dataset} .\n" for number in range(1_990))
    begun = time.process_time()
    assert len(read(text).descriptions) == 1_990
    assert time.process_time() - begun < 3
    tracemalloc.start()
    read(text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 64_000_000


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_our_own_catalogue_is_read_back(client, form):
    council = factories.organisation(name="Ash Council")
    factories.stewardship(
        component=factories.component(slug="bins", kind="dataset", url="https://a.example/", licence="MIT"),
        organisation=council,
    )
    factories.component(slug="pay", url="https://pay.example/", licence="ask us", lifecycle="retired")
    factories.component(slug="steps", kind="process")
    factories.component(slug="lost", url="")
    refresh_search()
    reading = read(client.get(f"/catalog.{form}").content.decode())
    found = {one.identifier: one for one in reading.descriptions}
    assert reading.problems == []
    assert {name: one.kind for name, one in found.items()} == {
        "bins": "dataset",
        "pay": "service",
        "steps": "process",
        "lost": "service",
    }
    assert (found["bins"].owner, found["bins"].licence) == ("Ash Council", "MIT")
    assert (found["pay"].url, found["pay"].licence) == ("https://pay.example/", "ask us")
    assert found["pay"].lifecycle == "retired"
