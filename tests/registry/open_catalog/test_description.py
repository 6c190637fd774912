"""What /v1/openapi.yaml says is what is served, and the contract is all in it."""

import re

import pytest
import yaml
from openapi_spec_validator import validate

from registry.open_catalog import validation
from registry.open_catalog.urls import urlpatterns
from registry.open_catalog.views.description import FILE
from tests.registry.open_catalog.contract import OAS, document
from tests.shared import needs

METHODS = {"get", "post", "patch", "delete"}


def described() -> dict:
    return yaml.safe_load(FILE.read_text())


def operations(document: dict) -> set[tuple[str, str]]:
    """(method, address) whatever its parameters are called."""
    return {
        (method, re.sub(r"\{[^}]+\}", "{}", path))
        for path, known in document["paths"].items()
        for method in known
        if method in METHODS
    }


def test_it_is_valid_and_served(client):
    response = client.get("/v1/openapi.yaml")
    assert response.status_code == 200
    validate(yaml.safe_load(response.content))


def test_it_describes_every_address_that_is_served():
    served = {
        (method, "/" + re.sub(r"<str:[^>]+>", "{}", str(pattern.pattern)))
        for pattern in urlpatterns
        if pattern.name not in ("missing", "openapi")
        for method in METHODS
        if hasattr(pattern.callback.view_class, method)
        and method in pattern.callback.view_initkwargs.get("http_method_names", METHODS)
    }
    assert served == operations(described())


@pytest.mark.parametrize(
    ("schema", "checks"),
    [
        ("SoftwareToWrite", validation.SOFTWARE), ("PublisherToWrite", validation.PUBLISHER),
        ("CatalogToWrite", validation.CATALOG), ("LogToWrite", validation.LOG), ("WebhookToWrite", validation.WEBHOOK),
    ],
)  # fmt: skip
def test_it_names_every_member_that_is_read(schema, checks):
    assert set(described()["components"]["schemas"][schema]["properties"]) == set(checks)


@needs(OAS)
def test_contract_is_all_in_it():
    assert operations(described()) == operations(document())


@needs(OAS)
@pytest.mark.parametrize("schema", ["Software", "Publisher", "Catalog", "Log", "Webhook"])
def test_members_are_the_contract_s_and_those_that_are_told_of(schema):
    ours, theirs = (set(one["components"]["schemas"][schema]["properties"]) for one in (described(), document()))
    assert ours - theirs == ({"usedBy", "usedByTotal"} if schema == "Software" else set())
    assert theirs - ours == ({"secret"} if schema == "Webhook" else set())


@needs(OAS)
def test_parameters_of_every_read_are_the_contract_s():
    def names(document: dict) -> dict[tuple[str, str], set[str]]:
        parameters = document["components"].get("parameters", {})
        found = {}
        for path, known in document["paths"].items():
            listed = known.get("get", {}).get("parameters", [])
            resolved = [parameters[one["$ref"].rpartition("/")[2]] if "$ref" in one else one for one in listed]
            found["get", re.sub(r"\{[^}]+\}", "{}", path)] = {one["name"] for one in resolved}
        return found

    ours = names(described())
    for operation, theirs in names(document()).items():
        assert theirs <= ours[operation], operation
        assert ours[operation] - theirs <= {"usedBy", "url", "from", "to"}, operation
