import pytest

from catalogue.readers.backstage import read
from catalogue.readers.description import Operation

ENTITIES = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: bins
  title: Bin days
  description: When bins are emptied.
  annotations:
    github.com/project-slug: ash/bins
  tags: [waste]
  links:
    - url: https://bins.example/
spec:
  type: service
  lifecycle: production
  owner: group:ash
  dependsOn: [resource:default/bins-db]
  consumesApis: [addresses]
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: bins-api, namespace: ash}
spec:
  type: openapi
  lifecycle: experimental
  owner: ash
  definition: |
    openapi: 3.1.0
    info: {title: Bins, version: 1.2.0}
    servers: [{url: https://api.bins.example/}]
    paths: {/days: {get: {summary: Days}}}
---
apiVersion: backstage.io/v1beta1
kind: Resource
metadata:
  name: bins-db
  annotations: {backstage.io/source-location: "url:https://code.example/db/"}
spec: {type: database, owner: ash}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: ash}
"""


def entity(**changes: str) -> str:
    lines = {"kind": "Component", "name": "bins", "spec": "{type: service, lifecycle: live, owner: ash}"} | changes
    return (
        f"apiVersion: backstage.io/v1alpha1\nkind: {lines['kind']}\n"
        f"metadata:\n  name: {lines['name']}\nspec: {lines['spec']}\n"
    )


def test_every_entity_that_is_a_component_is_described():
    reading = read(ENTITIES)
    assert reading.problems == []
    bins, api, database = reading.descriptions
    assert (bins.identifier, bins.name, bins.lifecycle) == ("component:default/bins", "Bin days", "live")
    assert (bins.repository, bins.url) == ("https://github.com/ash/bins", "https://bins.example/")
    assert bins.depends_on == ["resource:default/bins-db", "addresses"]
    assert (bins.owner, bins.keywords, bins.kind) == ("group:ash", ["waste"], "service")
    assert (database.kind, database.repository) == ("dataset", "https://code.example/db/")
    assert (api.identifier, api.lifecycle) == ("api:ash/bins-api", "alpha")


def test_definition_of_an_api_gives_its_operations():
    api = read(ENTITIES).descriptions[1]
    assert api.operations == [Operation(method="GET", path="/days", summary="Days")]
    assert (api.version, api.url) == ("1.2.0", "https://api.bins.example/")


def test_definition_elsewhere_is_named_and_not_fetched():
    spec = "{type: openapi, lifecycle: live, owner: a, definition: {$text: https://a.example/openapi.yaml}}"
    reading = read(entity(kind="API", spec=spec))
    assert reading.problems == []
    assert reading.descriptions[0].api_description == "https://a.example/openapi.yaml"


def test_broken_definition_is_a_problem_of_the_entity():
    [problem] = read(entity(kind="API", spec="{type: openapi, lifecycle: l, owner: a, definition: 'x: 1'}")).errors
    assert (problem.key, problem.line) == ("spec.definition", 5)
    assert "line 1" in problem.message


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("kind: Component", "apiVersion", 1),
        ("- 1", "apiVersion", 1),
        (entity(kind="Thing"), "kind", 2),
        (entity(name="bin days"), "metadata.name", 4),
        (entity(name="x" * 64), "metadata.name", 4),
        (entity(spec="{type: service, lifecycle: live}"), "spec.owner", 5),
        (entity(kind="API", spec="{type: grpc, lifecycle: live, owner: a}"), "spec.definition", 5),
    ],
)
def test_problem_says_where_it_is(text, key, line):
    [problem] = read(text).errors
    assert (problem.key, problem.line) == (key, line)


def test_what_stands_before_a_mistake_is_kept():
    reading = read(entity() + "---\n{")
    assert [one.name for one in reading.descriptions] == ["bins"]
    assert len(reading.errors) == 1
