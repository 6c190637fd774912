"""No text makes a reader raise, and whatever it finds has the form that it promises."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.readers import api_catalogue, backstage, codejson, dcat, openapi, uk_metadata
from catalogue.readers.description import ComponentDescription, Reading
from tests.catalogue.readers import (
    test_api_catalogue,
    test_backstage,
    test_codejson,
    test_dcat,
    test_openapi,
    test_uk_metadata,
)

READERS = {reader.__name__: reader.read for reader in (api_catalogue, backstage, codejson, dcat, openapi, uk_metadata)}
SAMPLES = [
    test_openapi.BINS,
    test_openapi.SWAGGER,
    f"{test_api_catalogue.HEADER}\n{test_api_catalogue.ROW}\n",
    test_api_catalogue.MEMBER,
    test_codejson.text(),
    test_backstage.ENTITIES,
    test_uk_metadata.SERVICE,
    test_dcat.PREFIXES + test_dcat.BINS,
    json.dumps(test_dcat.PAY),
]
NAMES = """openapi swagger info title paths /a get servers url tags components securitySchemes data api-version apis
projects permissions licenses name contact usageType apiVersion kind metadata spec definition links type contactPoint
distribution @context @graph @id @type @value dct:title"""
KEYS = st.sampled_from(NAMES.split())
KNOWN = """3.1.0 2.0 backstage.io/v1alpha1 API openapi dcat:Dataset api.gov.uk/v1alpha http://["""
WORDS = st.sampled_from([*KNOWN.split(), "\x00"])
PUT_IN = st.text(max_size=6) | st.sampled_from(['"', "{", "[", ": ", "\n", "&a *a", "- "])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=5),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=6),
    max_leaves=25,
)


@st.composite
def damaged(draw) -> str:
    """A good text with some of it cut out, and something else put in."""
    text = draw(st.sampled_from(SAMPLES))
    first, last = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    last = min(last, first + 40)
    return (
        text[:first]
        + draw(st.text(max_size=6) | st.sampled_from(['"', "{", "[", ": ", "\n", "&a *a", "- "]))
        + text[last:]
    )


TEXTS = st.one_of(st.text(), damaged(), VALUES.map(lambda value: json.dumps(value, allow_nan=True)))


@pytest.mark.parametrize("name", READERS)
@given(text=TEXTS)
@settings(suppress_health_check=[HealthCheck.too_slow])  # it is, on a machine that does other things too
def test_any_text_gives_a_reading(name, text):
    reading = READERS[name](text)
    assert isinstance(reading, Reading)
    for problem in reading.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message.endswith(".")
        assert (problem.key + problem.message).isprintable()
    for description in reading.descriptions:
        assert isinstance(description, ComponentDescription)
        assert description.kind in ("", "service", "dataset", "process")
        assert all(isinstance(value, str) for value in (description.name, description.url, description.licence))
        json.dumps(description.document, allow_nan=False).encode()


@pytest.mark.parametrize("name", READERS)
def test_empty_text_is_a_problem(name):
    assert not READERS[name]("").is_valid


LONG = {
    "CSV of nothing but commas": "url,name," + "," * 500_000 + "\nx" * 200_000,
    "CSV with a cell that never ends": 'url,name\n"' + "x" * 900_000,
    "CSV of short rows": "url,name\n" + "x\n" * 450_000,
    "records without anything": "- {type: dcat:Dataset}\n" * 15_000,
    "records that are none": "- 1\n" * 45_000,
    "projects without anything": '{"projects": [' + "{},\n" * 45_000 + "{}]}",
    "items without anything": "[" + "{},\n" * 45_000 + "{}]",
    "operations": "openapi: 3.0.0\npaths:\n" + "".join(f" /{number}: {{get: 1}}\n" for number in range(12_000)),
    "entities": "---\napiVersion: backstage.io/v1\nkind: API\n" * 1_000,
    "resources": "@prefix d: <http://www.w3.org/ns/dcat#> .\n"
    + "".join(f"<http://a/{number}> a d:DataService .\n" for number in range(1_990)),
    "too many resources": "@prefix d: <http://www.w3.org/ns/dcat#> .\n"
    + "".join(f"<http://a/{number}> a d:DataService .\n" for number in range(14_000)),
}


@pytest.mark.parametrize("long", LONG)
@pytest.mark.parametrize("name", READERS)
def test_long_text_takes_a_short_time_and_tells_few_problems(name, long):
    begun = time.process_time()
    reading = READERS[name](LONG[long])
    assert time.process_time() - begun < 3, "about a second, and more where other things run"
    assert 1 <= len(reading.problems) <= 502, "as many as are told, that there are more, and that the text is too long"
