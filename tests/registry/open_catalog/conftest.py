import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from registry.actions.tokens import issue_token
from registry.models import Organisation, Scope
from registry.permissions import COMMAND_LINE
from tests.registry.open_catalog.contract import check

ALL = {Scope.CATALOGUE_WRITE, Scope.WEBHOOKS_WRITE}


class Api:
    """A client of /v1 that holds every answer against the contract. `token` is what it sends."""

    def __init__(self, token: str = "") -> None:
        self.client, self.token = Client(), token

    def ask(self, method: str, path: str, body: Any = None, kind: str = "application/json", **more) -> HttpResponse:
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        response = self.client.generic(
            method, f"/v1{path}", "" if body is None else content, content_type=kind, headers=headers, **more
        )
        check(method, path, response)
        return response

    def get(self, path: str) -> HttpResponse:
        return self.ask("GET", path)

    def post(self, path: str, body: Any) -> HttpResponse:
        return self.ask("POST", path, body)

    def patch(self, path: str, body: Any, kind: str = "application/merge-patch+json") -> HttpResponse:
        return self.ask("PATCH", path, body, kind)

    def operate(self, path: str, *operations: dict) -> HttpResponse:
        return self.ask("PATCH", path, list(operations), "application/json-patch+json")

    def delete(self, path: str) -> HttpResponse:
        return self.ask("DELETE", path)


def api_of(organisation: Organisation | None, scopes: set[Scope] = ALL) -> Api:
    """A client with a token of this body; None: the registry's own."""
    issued = issue_token(organisation=organisation, name="Test", scopes=scopes, by=COMMAND_LINE)
    return Api(issued.secret)


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def operator(db) -> Api:
    return api_of(None)
