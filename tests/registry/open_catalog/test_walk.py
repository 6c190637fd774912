"""Every method at every address of the contract, with every answer that it names, and every list to its last cursor."""

import re
from collections import defaultdict

import pytest

from registry.models import CodeHosting, Publisher, Software
from tests import factories
from tests.registry.open_catalog.conftest import Api, api_of
from tests.registry.open_catalog.contract import OAS, document
from tests.shared import needs

pytestmark = [pytest.mark.django_db, needs(OAS)]
WRITES = ("post", "patch", "delete")
NOWHERE = "00000000-0000-4000-8000-000000000000"
NEVER = {("get", "/status", "400"), ("get", "/status", "422")} | {
    (method, f"/{kind}/webhooks", "404") for method in ("get", "post") for kind in ("software", "publishers")
}
"""What the contract names and nothing here brings about: where all of a kind are meant, none is missing. Nor is
anything limited by rate (429)."""
SENT = {
    "/software": {"url": "https://example.org/new/{n}", "publiccodeYml": "name: New"},
    "/software/{softwareId}": {"vitality": "1"},
    "/software/{softwareId}/analysis": {"size": {"v": 1}},
    "/software/{softwareId}/logs": {"message": "Seen"},
    "/logs": {"message": "Seen"},
    "/catalogs": {"name": "New", "alternativeId": "new-{n}", "sources": [{"url": "https://example.org/new"}]},
    "/catalogs/{catalogId}": {"name": "Coast"},
    "/catalogs/{catalogId}/analysis": {"size": {"v": 1}},
    "/catalogs/{catalogId}/publishers": {"description": "B{n}", "codeHosting": [{"url": "https://example.org/b/{n}"}]},
    "/catalogs/{catalogId}/publishers/{publisherId}": {"active": True},
    "/catalogs/{catalogId}/software": {"url": "https://example.org/new/{n}", "publiccodeYml": "name: New"},
    "/catalogs/{catalogId}/software/{softwareId}": {"vitality": "1"},
    "/catalogs/{catalogId}/logs": {"message": "Seen"},
    "/publishers": {"description": "B{n}", "codeHosting": [{"url": "https://example.org/b/{n}"}]},
    "/publishers/{publisherId}": {"active": True},
    "/webhooks/{webhookId}": {"url": "https://hooks.example.org/{n}"},
}
HOOK = {"url": "https://hooks.example.org/{n}"}
LISTS = sorted(
    path
    for path, known in (document()["paths"].items() if OAS.exists() else ())
    if "page[after]" in str(known.get("get", {}).get("parameters")) or "page-after" in str(known.get("get"))
)


class World:
    """One of each thing, so that every address leads somewhere. `sent` is never twice the same."""

    def __init__(self, operator: Api) -> None:
        self.operator, self.number = operator, 0
        catalog = operator.post("/catalogs", self.body("/catalogs")).json()["id"]
        software = operator.post(f"/catalogs/{catalog}/software", self.body("/software")).json()["id"]
        publisher = operator.post(f"/catalogs/{catalog}/publishers", self.body("/publishers")).json()["id"]
        webhook = operator.post("/software/webhooks", self.body("/software/webhooks")).json()["id"]
        ids = {"softwareId": software, "catalogId": catalog, "publisherId": publisher, "webhookId": webhook}
        self.ids = {f"{{{name}}}": id for name, id in ids.items()}

    def body(self, path: str) -> dict:
        self.number += 1

        def filled(value):
            if isinstance(value, dict):
                return {key: filled(below) for key, below in value.items()}
            if isinstance(value, list):
                return list(map(filled, value))
            return value.replace("{n}", str(self.number)) if isinstance(value, str) else value

        return filled(HOOK if path.endswith("/webhooks") else SENT[path])

    def at(self, path: str, *, nowhere: bool = False) -> str:
        return re.sub(r"\{\w+\}", lambda found: NOWHERE if nowhere else self.ids[found[0]], path)


def operations() -> list[tuple[str, str]]:
    """Reads before writes, and what is deleted last of all, the innermost first."""
    order = ("get", "post", "patch", "delete")
    found = [(method, path) for path, known in document()["paths"].items() for method in order if method in known]
    return sorted(found, key=lambda one: (order.index(one[0]), one[1].startswith("/catalogs"), -len(one[1])))


def documented() -> set[tuple[str, str, str]]:
    return {
        (method, path, status)
        for method, path in operations()
        for status in document()["paths"][path][method]["responses"]
        if status != "429"
    }


def test_every_answer_that_the_contract_names_is_given(operator):
    """Each is held against the contract as it comes (`Api`)."""
    world, seen = World(operator), defaultdict(set)

    def tried(who: Api, method: str, path: str, body, *, nowhere: bool = False) -> None:
        kind = "application/merge-patch+json" if method == "patch" else "application/json"
        answer = who.ask(method.upper(), world.at(path, nowhere=nowhere), body, kind)
        seen[method, path].add(str(answer.status_code))

    for method, path in operations():
        sends = method in ("post", "patch")
        first, second, last = (world.body(path) if sends else None for _ in range(3))
        if sends:
            tried(operator, method, path, "{")
            tried(operator, method, path, {"colour": 1})
        if method in WRITES:
            tried(Api(), method, path, first)
        tried(operator, method, path, second, nowhere=True)
        if (method, path) == ("delete", "/catalogs/{catalogId}"):
            tried(operator, method, path, None)  # it has a publisher and software
            Software.objects.update(catalog=None)
            Publisher.objects.update(catalog=None)
        tried(operator, method, path, last)
        if method == "post":
            tried(operator, method, path, last)
    given = {(method, path, status) for (method, path), statuses in seen.items() for status in statuses}
    missing = documented() - NEVER - given
    assert missing == set()


def test_both_kinds_of_patches_wherever_the_contract_has_them(operator):
    world = World(operator)
    for path, known in document()["paths"].items():
        if "application/json-patch+json" not in str(known.get("patch")):
            continue
        name = "active" if "publisher" in path else "vitality"
        value = False if name == "active" else "2"
        address = world.at(path)
        assert operator.operate(address, {"op": "add", "path": f"/{name}", "value": value}).json()[name] == value
        assert operator.operate(address, {"op": "test", "path": f"/{name}", "value": "x"}).status_code == 422
        assert operator.ask("PATCH", address, {"op": "add"}, "application/json-patch+json").status_code == 400


@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_walked_to_its_last_cursor_and_back(operator, path):
    world = World(operator)
    fill(world, path)
    address = world.at(path)
    whole = [one["id"] for one in operator.get(f"{address}?page[size]=100").json()["data"]]
    assert len(whole) >= 5
    forth, further = [], "?page[size]=2"
    while further is not None:
        page = operator.get(f"{address}{further}").json()
        assert 1 <= len(page["data"]) <= 2
        forth += [one["id"] for one in page["data"]]
        last, further = page, page["links"]["next"] and f"{page['links']['next']}&page[size]=2"
    assert forth == whole
    back, before = [one["id"] for one in last["data"]], last["links"]["prev"]
    while before is not None:
        page = operator.get(f"{address}{before}&page[size]=2").json()
        back = [one["id"] for one in page["data"]] + back
        before = page["links"]["prev"]
    assert back == whole
    for wrong in ("page[after]=x", "page[size]=0", "page[size]=x"):
        assert operator.get(f"{address}?{wrong}").status_code == 422


def fill(world: World, path: str) -> None:
    """Five more of what is listed there."""
    if path.endswith("/webhooks") or path not in ("/software", "/publishers", "/catalogs"):
        for _ in range(5):
            assert world.operator.post(world.at(path), world.body(path)).status_code in (200, 204)
        return
    for number in range(5):
        if path == "/software":
            factories.component(repository=f"https://example.org/filled/{number}")
        elif path == "/publishers":
            url = f"https://example.org/filled/{number}"
            CodeHosting.objects.create(organisation=factories.organisation(), url=url)
        else:
            world.operator.post(path, world.body(path))


def test_token_of_a_stranger_changes_nothing(operator):
    """Where the contract names no answer for it, it is 403, or 404 where the thing itself is nobody else's business."""
    world, stranger = World(operator), api_of(factories.organisation())
    for method, path in operations():
        if method in WRITES and "{" in path and not path.endswith("/webhooks"):
            body = None if method == "delete" else world.body(path)
            kind = "application/merge-patch+json" if method == "patch" else "application/json"
            answer = stranger.ask(method.upper(), world.at(path), body, kind)
            assert answer.status_code == (404 if path.startswith("/webhooks") else 403), (method, path)
