from pathlib import Path

import pytest

from catalogue.readers.description import Contact, Operation
from catalogue.readers.openapi import read

ROOT = Path(__file__).parents[3]
BINS = """\
openapi: 3.1.0
info:
  title: Bin days
  version: 1.10
  summary: When bins are emptied.
  description: |
    Ask by *address*.
  license: {name: MIT License, identifier: MIT}
  contact: {name: Ash Council, email: bins@ash.example}
servers:
  - url: /relative
  - url: https://{place}.ash.example/v1
    variables:
      place: {default: bins}
tags: [{name: waste}]
externalDocs: {url: https://docs.ash.example/}
paths:
  /days:
    parameters: []
    get:
      summary: List days
    post: {}
  x-more: {}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X}
    token: {type: http, scheme: Bearer}
    other: {$ref: "#/elsewhere"}
"""
SWAGGER = """{
  "swagger": "2.0",
  "info": {"title": "Old", "version": "1", "license": {"name": "Apache 2.0"}},
  "host": "old.example", "basePath": "/v2", "schemes": ["http", "https"],
  "securityDefinitions": {"b": {"type": "basic"}},
  "paths": {"/a": {"get": {"responses": {}}}}
}"""


def test_interface_is_described_with_its_operations():
    reading = read(BINS)
    [bins] = reading.descriptions
    assert reading.problems == []
    assert (bins.format, bins.format_version, bins.kind) == ("openapi", "3.1.0", "service")
    assert (bins.name, bins.version, bins.summary) == ("Bin days", "1.10", "When bins are emptied.")
    assert bins.description == "Ask by *address*."
    assert (bins.url, bins.documentation) == ("https://bins.ash.example/v1", "https://docs.ash.example/")
    assert bins.licence == "MIT"
    assert bins.contacts == [Contact(name="Ash Council", email="bins@ash.example")]
    assert bins.operations == [
        Operation(method="GET", path="/days", summary="List days"),
        Operation(method="POST", path="/days"),
    ]
    assert bins.authentication == ["apiKey", "http bearer"]
    assert bins.keywords == ["waste"]
    assert bins.document["paths"]["/days"]["get"] == {"summary": "List days"}


def test_swagger_has_its_address_in_parts():
    reading = read(SWAGGER)
    [old] = reading.descriptions
    assert (old.url, old.licence, old.authentication) == ("https://old.example/v2", "Apache 2.0", ["basic"])
    assert [problem.key for problem in reading.problems] == ["paths./a.get.responses"]


def test_our_own_description_is_read():
    reading = read((ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8"))
    assert reading.problems == []
    assert "/api/v1/components" in {operation.path for operation in reading.descriptions[0].operations}


@pytest.mark.parametrize(
    ("text", "key", "place", "words"),
    [
        ("title: x", "", (1, 1), "no description of an interface"),
        ("- 1", "", (1, 1), "no description of an interface"),
        ("a: 1\nopenapi: 4.0.0", "openapi", (2, 1), "4.0.0"),
        ("swagger: 1.2", "swagger", (1, 1), "not one that is read"),
        ("openapi: 3.0.3\npaths: {}\ninfo:\n  version: 1", "info.title", (3, 1), "missing"),
        ("openapi: 3.0.3\npaths: {}\ninfo: text", "info", (3, 1), "mapping"),
        ("openapi: 3.1.0\ninfo: {title: x, version: 1}", "", (1, 1), "nothing that can be called"),
        ("openapi: 3.1.0\ninfo: {title: x, version: 1}\npaths:\n  days: {}", "paths.days", (4, 3), "slash"),
        ("openapi: 3.1.0\ninfo: {title: [x], version: 1}\npaths: {}", "info.title", (2, 8), "text"),
        ("openapi: 3.1.0\ninfo: {title: x, version: 1}\npaths:\n  /a:\n    get: 1", "paths./a.get", (5, 5), "mapping"),
        ("openapi: 3.1.0\nopenapi: 3.1.0\npaths: {}\ninfo: {title: x, version: 1}", "openapi", (2, 1), "twice"),
        ("openapi: [", "openapi[0]", (2, 1), "bracket"),
    ],
)
def test_problem_says_where_it_is_and_what_to_do(text, key, place, words):
    problems = {problem.key: problem for problem in read(text).errors}
    assert key in problems
    assert words in problems[key].message
    assert (problems[key].line, problems[key].column) == place
