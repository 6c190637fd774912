"""Which format a file is taken for, by its name and by what is in it."""

import time

import pytest

from catalogue.readers.formats import FORMATS, read_bytes, read_text, recognised

OPENAPI = '{\n  "openapi": "3.1.0",\n  "info": {"title": "Bins", "version": "1"},\n  "paths": {}\n}'
BACKSTAGE = """apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: bins}
spec:
  type: openapi
  lifecycle: production
  owner: team
  definition: |
    openapi: 3.1.0
    info: {title: Bins, version: "1"}
    paths: {}
"""
DCAT = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
<https://example.org/bins> a dcat:Dataset ; dct:title "Bins" ; dct:description "All bins." .
"""
TEXTS = {
    "publiccode.yml": "publiccodeYmlVersion: '0.4'\nname: Bins\n",
    "backstage": BACKSTAGE,
    "uk-metadata-model": "type: dcat:Dataset\ntitle: Bins\nsecurityClassification: OFFICIAL\n",
    "code.json": '{"name": "Bins", "laborHours": 3}',
    "uk-api-catalogue": "dateAdded,dateUpdated,url,name\n2026-01-01,2026-01-01,https://example.org,Bins\n",
    "openapi": OPENAPI,
    "dcat-ap": DCAT,
}
NAMES = {
    "publiccode.yml": ["publiccode.yml", "a__publiccode.yaml", "publiccode.minimal.yml"],
    "backstage": ["catalog-info.yaml", "my.catalog-info.yml"],
    "uk-metadata-model": ["bins.uk-metadata.yaml"],
    "code.json": ["code.json", "CODE.JSON"],
    "uk-api-catalogue": ["api-catalogue.csv", "apic.csv"],
    "openapi": ["openapi.json", "my-openapi.yaml", "swagger.yml", "openapi.v1.json"],
    "dcat-ap": ["catalog.ttl", "catalog.jsonld"],
}


def test_every_format_is_tried_here() -> None:
    assert {one.name for one in FORMATS} == TEXTS.keys() == NAMES.keys()


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_recognised_by_what_is_in_it(name: str) -> None:
    report = read_text(TEXTS[name])
    assert report.format == name
    assert report.reading.descriptions or report.reading.problems


@pytest.mark.parametrize(("name", "file"), [(name, file) for name, files in NAMES.items() for file in files])
def test_file_is_recognised_by_its_name(name: str, file: str) -> None:
    assert recognised("", f"some/folder/{file}").name == name


def test_other_spellings_of_a_text_are_recognised() -> None:
    assert read_text("\ufeffopenapi: 3.0.3\ninfo: {title: Bins, version: '1'}\npaths: {}\n").format == "openapi"
    assert read_text('{"swagger": "2.0", "info": {}}').format == "openapi"
    assert read_text('{"api-version": "api.gov.uk/v1alpha", "data": {}}').format == "uk-api-catalogue"


@pytest.mark.parametrize("text", ["", "name: Bins", "# about openapi: not one", "<html>"])
def test_other_texts_are_not_recognised(text: str) -> None:
    report = read_text(text)
    assert report.format == ""
    assert "not one that is read here" in report.reading.problems[0].message


@pytest.mark.parametrize("part", [b"\n", b" ", b"{", b" {\n", b'"', b"- \n", b"\t\n"])
def test_recognising_takes_no_longer_than_a_text_is_long(part: bytes) -> None:
    began = time.process_time()
    recognised((part * (1_000_000 // len(part))).decode())
    assert time.process_time() - began < 1


def test_invalid_bytes_are_a_problem_and_no_crash() -> None:
    assert read_bytes(b"\xff\xfe\x00", "openapi.json").reading.errors
