"""The world that the permission matrix is asked in: who asks, what there is, and what each write sends.

Beside it: `permission_places.py` (what stands in an address), `permission_actors.py` and `permission_things.py`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver

from registry.models import Organisation, Scope
from tests.registry.permission_places import ADMIN_PLACES, PLACES

SURNAME, MAIL = "Zephyrine", "inside.example"
"""What everybody's name and address have in them, and no public answer."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OF_A_TOKEN = tuple(scope for scope in Scope if scope.value.endswith(":write") and scope != Scope.MEMBERS_WRITE)
BAD_TOKENS = ("revoked token", "expired token", "ended token", "merged token")
TEAM = ("reader", "editor", "owner", "finance attestor", "steward's officer")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "team": TEAM,
    "editors": ("editor", "owner"),
    "outside teams": ("foreign team", "ended team", "merged team"),
    "held back": ("owner by a code", "moderator by a code", "operator by a code"),
    "operators": ("operator",),
    "moderators": ("moderator", "operator"),
    "bad tokens": BAD_TOKENS,
    "signed in": (
        "somebody",
        *TEAM,
        *("foreign team", "ended team", "merged team", "analyst", "moderator", "operator"),
        *("owner by a code", "moderator by a code", "operator by a code"),
    ),
    "unsigned": ("anybody", "session"),
    "all registry tokens": ("registry catalogue:write", "registry webhooks:write", "registry token"),
}
"""Names in the table that stand for several."""
PEOPLE = (
    "anybody",
    "somebody",
    *TEAM,
    *GROUPS["outside teams"],
    "analyst",
    "moderator",
    "operator",
    *GROUPS["held back"],
    "deactivated",
)
TOKENS = (
    "anybody",
    "session",
    *(scope.value for scope in OF_A_TOKEN),
    "foreign token",
    *BAD_TOKENS,
    *GROUPS["all registry tokens"],
)
SIGNED_OUT = {"anybody", "deactivated", "session", "token", *BAD_TOKENS}
"""Who is answered as nobody."""


def is_api(route: str) -> bool:
    return route.startswith(("api/v1/", "v1/"))


def routes() -> list[str]:
    """Every address that the URLconf knows, as it is written there."""
    return list(dict.fromkeys(walk(get_resolver().url_patterns)))


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield route


@dataclass
class World:
    """`sessions` and `secrets` by the actor's name in the table; `things` by what stands in an address."""

    own: Organisation
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))
    sessions: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    sent: dict[tuple[str, str], Any] = field(default_factory=dict)

    def address(self, method: str, route: str) -> str:
        """Raises LookupError where nobody has said what stands in it."""
        address = f"{method} {route}"
        for before, after in PLACES:
            address = address.replace(before, after)
        if route.startswith("admin/"):
            for before, after in ADMIN_PLACES:
                address = re.sub(before, after, address)
        for name, value in self.things.items():
            address = address.replace(f"[{name}]", value)
        if re.search(r"[<\[(^]", address):
            raise LookupError(f"{route}: say in permission_places.py what stands there: {address}")
        return f"/{address.removeprefix(f'{method} ')}"

    def ask(self, actor: str, method: str, route: str) -> str:
        """What it comes to: “yes”, “sign in”, or the status."""
        return outcome(self.answer(actor, method, route))

    def answer(self, actor: str, method: str, route: str) -> HttpResponseBase:
        """Nothing stays of what was asked."""
        address, sent = self.address(method, route), self.sent.get((method, route))
        headers = {"If-Match": "*"} if is_api(route) else {}
        if actor in self.secrets:
            headers["Authorization"] = f"Bearer {self.secrets[actor]}"
        client = Client(raise_request_exception=False)
        client.handler = self.handler  # its middleware takes longer to load than most answers
        if actor in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor]
        body, kind = encoded(route, sent)
        if method == "GET":
            address, body = f"{address}?{urlencode(sent)}" if sent else address, ""
        with transaction.atomic():
            response = client.generic(method, address, body, content_type=kind, headers=headers)
            transaction.set_rollback(True)
        return response


def encoded(route: str, sent: Any) -> tuple[str, str]:
    if is_api(route):
        return ("" if sent is None else json.dumps(sent)), "application/json"
    return urlencode(sent or {}, doseq=True), "application/x-www-form-urlencoded"


def outcome(response: HttpResponseBase) -> str:
    """Being told what is wrong with a form (400, 409) is no leave: it has its number."""
    if response.streaming:
        b"".join(response)
    if response.status_code in (301, 302) and urlsplit(response["Location"]).path in signing_in():
        return "sign in"
    return "yes" if response.status_code < 400 else str(response.status_code)


def signing_in() -> tuple[str, ...]:
    return resolve_url(settings.LOGIN_URL), resolve_url("admin:login")
