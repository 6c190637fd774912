"""Clients that know nothing of us: one that walks over HTTP as the crawler does, one that tries all that it may."""

import json
import threading
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import schemathesis
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from commons.wsgi import application
from registry.actions.tokens import issue_token
from registry.models import CodeHosting, Scope
from registry.permissions import COMMAND_LINE
from tests import factories

pytestmark = pytest.mark.long
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
BOUNDED = settings(
    max_examples=3, phases=[Phase.generate], deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(transactional_db):
    """The application behind a real server; the address of its /v1."""

    def answering(environ, start_response):
        try:
            return application(environ, start_response)
        finally:
            connection.close()

    server = make_server("127.0.0.1", 0, answering, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def read(address: str) -> dict:
    with urlopen(address) as answer:
        return json.load(answer)


def write(address: str, body: dict, token: str, method: str, kind: str) -> tuple[int, dict]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
    try:
        with urlopen(Request(address, json.dumps(body).encode(), headers, method=method)) as answer:
            content = answer.read()
            return answer.status, json.loads(content) if content else {}
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def walked(base: str, link: str = "next", begin: str = "") -> list[list[str]]:
    """As the crawler goes: whatever the link is, it is put behind the address."""
    pages, further = [], begin
    while further is not None:
        page = read(base + further)
        pages.append([one["id"] for one in page["data"]])
        further = page["links"][link]
    return pages


def test_walk_to_the_last_cursor_and_back(served):
    software = [factories.component(repository=f"https://example.org/{n}") for n in range(60)]
    bodies = [factories.organisation() for _ in range(30)]
    for number, body in enumerate(bodies):
        CodeHosting.objects.create(organisation=body, url=f"https://example.org/{number}")
    for name, made in (("software", software), ("publishers", bodies)):
        pages = walked(f"{served}/{name}")
        assert [len(page) for page in pages] == ([25, 25, 10] if name == "software" else [25, 5])
        found = [id for page in pages for id in page]
        assert sorted(found) == sorted(str(one.uuid) for one in made)
        assert len(set(found)) == len(found)
        begin = read(f"{served}/{name}")["links"]["next"]
        for _ in pages[2:]:
            begin = read(f"{served}/{name}{begin}")["links"]["next"]
        before = read(f"{served}/{name}{begin}")["links"]["prev"]
        assert walked(f"{served}/{name}", "prev", before) == list(reversed(pages[:-1]))


def test_crawler_finds_adds_and_updates_software(served):
    """Its steps for one repository: is it known, by its address; if not, POST; if so, PATCH; and a line in the log."""
    token = issue_token(
        organisation=factories.organisation(), name="Crawler", scopes={Scope.CATALOGUE_WRITE}, by=COMMAND_LINE
    ).secret
    url = "https://example.org/body/bins.git"
    assert read(f"{served}/software?url={url}")["data"] == []
    new = {"publiccodeYml": "name: Bins", "url": url, "aliases": None, "active": True}
    status, made = write(f"{served}/software", new, token, "POST", "application/json")
    assert status == 200
    [known] = read(f"{served}/software?url={quote(url)}")["data"]
    assert known == made
    change = {"publiccodeYml": "name: Bins 2", "url": url, "aliases": []}
    address = f"{served}/software/{made['id']}"
    assert write(address, change, token, "PATCH", "application/merge-patch+json")[1]["publiccodeYml"] == "name: Bins 2"
    assert write(f"{address}/logs", {"message": "GOOD publiccode.yml"}, token, "POST", "application/json")[0] == 204
    assert read(f"{address}/logs")["data"][0]["message"] == "GOOD publiccode.yml"


@pytest.mark.django_db(transaction=True)
def test_whatever_its_description_allows_is_answered_by_it():
    """With a token that may do all: no answer is a fault of ours, of another form or of an unknown status."""
    component = factories.component(repository="https://example.org/x")
    scopes = {Scope.CATALOGUE_WRITE, Scope.WEBHOOKS_WRITE}
    token = issue_token(organisation=None, name="All", scopes=scopes, by=COMMAND_LINE).secret
    described = schemathesis.openapi.from_wsgi("/v1/openapi.yaml", application)
    operations = [each.ok() for each in described.get_all_operations()]
    assert len(operations) == 42
    for operation in operations:

        @BOUNDED
        @given(case=operation.as_strategy())
        def answers(case):
            if "/software/{" in case.path and "{softwareId}" not in case.path:
                case.path_parameters["id"] = str(component.uuid)
            case.call_and_validate(checks=list(CHECKS), headers={"Authorization": f"Bearer {token}"})

        answers()
