"""Every answer against the published contract, where that is beside this clone."""

import re
from functools import cache
from typing import Any

import yaml
from django.http import HttpResponse
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.shared import SHARED

OAS = SHARED / "standards" / "open-catalog-api.oas.yaml"
URI = "urn:contract"
BEYOND = {400, 401, 403, 405, 409, 413, 415, 422}
"""What we refuse with where the contract names no such answer: as its Error, or its ValidationError."""


@cache
def document() -> dict[str, Any]:
    return yaml.safe_load(OAS.read_text())


@cache
def routes() -> list[tuple[re.Pattern, dict[str, Any]]]:
    """The literal addresses before those with a parameter."""
    paths = sorted(document()["paths"].items(), key=lambda item: item[0].count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), operations) for path, operations in paths]


def check(method: str, path: str, response: HttpResponse) -> None:
    """Raises where the answer is not what the contract says of this method, address and status."""
    if not OAS.exists():
        return
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    schema = schema_of(method, path, response)
    if schema is None:
        assert response.content == b""
        return
    expected = "application/problem+json" if response.status_code >= 400 else "application/json"
    assert response.headers["Content-Type"] == expected
    validate(response.json(), schema)


def schema_of(method: str, path: str, response: HttpResponse) -> dict[str, Any] | None:
    plain = path.partition("?")[0].removeprefix("/v1")
    found = [operations for pattern, operations in routes() if pattern.fullmatch(plain)]
    responses = found[0].get(method.lower(), {}).get("responses", {}) if found else {}
    answer = responses.get(str(response.status_code))
    if answer is None:
        assert response.status_code in BEYOND or not responses, f"{method} {path}: {response.status_code}"
        name = "ValidationError" if response.status_code == 422 else "Error"
        return {"$ref": f"#/components/schemas/{name}"}
    if "$ref" in answer:
        answer = document()["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    contents = list(answer.get("content", {}).values())
    return contents[0]["schema"] if contents else None


def validate(instance: Any, schema: dict[str, Any]) -> None:
    at = Resource.from_contents(document(), default_specification=DRAFT202012)
    registry = Registry().with_resource(URI, at)
    made = absolute(schema)
    OAS30Validator(made, registry=registry, format_checker=oas30_format_checker).validate(instance)


def absolute(schema: Any) -> Any:
    if isinstance(schema, list):
        return [absolute(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: f"{URI}{value}" if key == "$ref" and value.startswith("#") else absolute(value)
        for key, value in schema.items()
    }
