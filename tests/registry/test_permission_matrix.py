"""Who may do what, at every address, by every method: `permission_matrix.md` beside this file is asked cell by cell.

The table is the documented rules (ASVS 8.1.1): a stranger can read it. Rows are made from the URLconf, so that an
address which nobody has declared fails, and each method that no line names has to be answered by 405.

To declare a new address, add a line to the section of `permission_matrix.md` where it belongs:

    | GET POST | `workspace/<slug:slug>/import/` | editors, operators | sign in, 404; team 403 |

- Method: those that the line is about, parted by blanks. Ask for reads and writes apart where others may.
- Address: exactly as the URLconf has it; `admin/**` stands for all that begin so.
- Who may: actors and groups of `permission_world.py` (PEOPLE for pages, TOKENS for the API), who get 2xx or 3xx.
- The others: what whoever is signed out gets, what everybody else gets; then groups that get something else.
  One word alone is for both. Left blank where everybody may.

Say in `permission_places.py` which thing stands in the address, and in `permission_things.py` what a write sends, so
that whoever may is not told of a mistake. Nothing that is asked stays: each request is rolled back.

What is foreign is told by who asks: all things are of the body “own”, and teams and tokens of a foreign body, of one
that has ended and of one that was merged into “own” ask for them. Those teams are one person with every role: grants
only add up, so what all of them together may not, none may.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import override_settings
from django.urls import get_resolver, include, path

from tests.registry.permission_things import make, publish
from tests.registry.permission_world import (
    GROUPS,
    MAIL,
    METHODS,
    PEOPLE,
    SIGNED_OUT,
    SURNAME,
    TOKENS,
    World,
    is_api,
    routes,
)

pytestmark = [pytest.mark.django_db, pytest.mark.long]
TABLE = Path(__file__).with_name("permission_matrix.md")
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Line:
    section: str
    methods: tuple[str, ...]
    address: str
    may: frozenset[str]
    others: tuple[tuple[frozenset[str], str], ...]
    """Who gets what, the first that names them."""

    def covers(self, route: str) -> bool:
        """A line of its own goes before one for all that begin so."""
        if self.address.endswith("**"):
            return route.startswith(self.address[:-2]) and route not in EXACT
        return route == self.address

    def expected(self, actor: str) -> str:
        if actor in self.may:
            return "yes"
        return next(answer for actors, answer in self.others if actor in actors)


def lines(text: str) -> Iterator[Line]:
    section = ""
    for row in text.splitlines():
        if row.startswith("## "):
            section = row[3:]
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if len(cells) == 4 and cells[1].startswith("`"):
            methods, address, may, others = cells
            yield Line(section, tuple(methods.split()), address.strip("`"), named(may), answers(others))


def named(text: str) -> frozenset[str]:
    """The actors behind the names. Raises ValueError for one that is unknown, so that no slip of the pen passes."""
    every = {*PEOPLE, *TOKENS, "token"}
    if text == EVERYBODY:
        return frozenset(every)
    names = [name.strip() for name in text.split(",") if name.strip() and name.strip() != "nobody"]
    found = frozenset(actor for name in names for actor in GROUPS.get(name, (name,)))
    if unknown := found - every:
        raise ValueError(f"Nobody is called {', '.join(sorted(unknown))}.")
    return found


def answers(text: str) -> tuple[tuple[frozenset[str], str], ...]:
    if not text:
        return ()
    usual, *special = [part.strip() for part in text.split(";")]
    signed_out, _, others = usual.partition(", ")
    apart = tuple((named(part.rpartition(" ")[0]), part.rpartition(" ")[2]) for part in special)
    return (*apart, (frozenset(SIGNED_OUT), signed_out), (named(EVERYBODY), others or signed_out))


DECLARED = list(lines(TABLE.read_text()))
EXACT = {line.address for line in DECLARED}
SECTIONS = list(dict.fromkeys(line.section for line in DECLARED))


def undeclared(declared: Iterable[Line]) -> list[str]:
    return [route for route in routes() if not any(line.covers(route) for line in declared)]


def cells(line: Line) -> Iterator[tuple[str, str, str]]:
    """(actor, method, route). What everybody may is asked by nobody in particular, and by who may most."""
    for route in routes():
        if not line.covers(route):
            continue
        for method in line.methods:
            for actor in actors(line):
                yield actor, method, route


def actors(line: Line) -> tuple[str, ...]:
    if line.may >= set(PEOPLE):
        return ("anybody",)
    if line.address.endswith("**"):  # one guard for all: who may least, and who may most and does not come in
        return ("anybody", "moderator", "operator by a code")
    return TOKENS if is_api(line.address) else (*PEOPLE, "token")


def wrong(world: World, line: Line) -> list[str]:
    """What was answered otherwise than the table says, in words."""
    found = []
    for actor, method, route in cells(line):
        answer = world.ask(actor, method, route)
        if answer != line.expected(actor):
            found.append(f"{method} {route} by {actor}: {answer}, not {line.expected(actor)}")
    return found


@pytest.fixture
def world() -> Iterator[World]:
    """As where it is served behind HTTPS: nobody is trusted for sitting at the machine."""
    with override_settings(BEHIND_HTTPS=True):
        yield make()


def test_every_address_is_declared():
    assert undeclared(DECLARED) == [], "Declare these in tests/registry/permission_matrix.md"


def test_nothing_is_declared_that_is_no_more_or_twice():
    known = routes()
    assert [line.address for line in DECLARED if not any(line.covers(route) for route in known)] == []
    told = [(method, line.address) for line in DECLARED for method in line.methods]
    assert sorted({one for one in told if told.count(one) > 1}) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_everybody_gets_what_the_table_says(world, section):
    if "index" in section:
        publish(world)
    slips = [slip for line in DECLARED if line.section == section for slip in wrong(world, line)]
    assert not slips, "\n".join(slips)


def test_methods_that_are_not_declared_are_not_allowed(world):
    """Asked with all that anybody can bring: an operator's session, and the registry's token."""
    world.sessions["all"], world.secrets["all"] = world.sessions["operator"], world.secrets["token"]
    declared = {(method, line.address) for line in DECLARED for method in line.methods}
    exact = [route for route in routes() if any(line.address == route for line in DECLARED)]
    asked = [(method, route) for route in exact for method in METHODS if (method, route) not in declared]
    assert len(asked) > 500
    answered = {(method, route): world.ask("all", method, route) for method, route in asked}
    nothing = {route for route in exact if world.ask("all", "GET", route) == "404"}
    slips = [
        f"{method} {route}: {answer}, not 405"
        for (method, route), answer in answered.items()
        if answer != "405" and not (answer == "404" and route in nothing)
    ]
    assert not slips, "\n".join(slips)


def test_every_write_of_the_description_is_declared():
    """What the API's own description offers is in the table, method by method."""
    from drf_spectacular.generators import SchemaGenerator

    declared = {(method, re.sub(r"<(?:\w+:)?\w+>", "{}", line.address)) for line in DECLARED for method in line.methods}
    offered = {
        (method.upper(), re.sub(r"\{\w+\}", "{}", address.lstrip("/")))
        for address, operations in SchemaGenerator().get_schema(public=True)["paths"].items()
        for method in operations
        if method.upper() in METHODS
    }
    assert len(offered) > 40
    assert sorted(offered - declared) == []


def test_nothing_public_names_anybody_of_a_team(world):
    """No page, no file, no feed, no answer of the API: in public there are roles and bodies."""
    publish(world)
    public = [line for line in DECLARED if "GET" in line.methods and "anybody" in line.may]
    assert len(public) > 100
    named_in = [line.address for line in public if names_somebody(world.answer("anybody", "GET", line.address))]
    assert named_in == []
    inside = world.answer("reader", "GET", "workspace/<slug:slug>/members/")
    assert names_somebody(inside)


def names_somebody(response: HttpResponseBase) -> bool:
    text = (b"".join(response) if response.streaming else response.content).decode(errors="replace")
    return SURNAME in text or MAIL in text


# The matrix itself can fail


def line_of(method: str, address: str) -> Line:
    return next(line for line in DECLARED if line.address == address and method in line.methods)


def test_a_route_that_nobody_declared_is_found():
    def view(request) -> HttpResponse:
        return HttpResponse("Anybody may.")

    below = path("more/", include([path("", view), path("<int:pk>/", view)]))
    patterns = (*get_resolver().url_patterns, path("new/", view), below)
    with override_settings(ROOT_URLCONF=patterns):
        assert undeclared(DECLARED) == ["new/", "more/", "more/<int:pk>/"]


GUARDS = [
    ("POST", "workspace/<slug:slug>/tokens/issue/", "registry.presenters.team.may_issue_token", "reader"),
    ("GET", "workspace/<slug:slug>/members/", "registry.workspace.members.may_see_members", "foreign team"),
    ("GET", "pairs/", "registry.permissions.moderation.may_moderate", "anybody"),
    ("DELETE", "api/v1/sources/<int:key>", "registry.api.sources.may_keep_sources", "merged token"),
    ("POST", "v1/catalogs", "registry.open_catalog.views.catalogs.may_write_root_catalogue", "catalogue:write"),
]


@pytest.mark.parametrize(("method", "address", "guard", "actor"), GUARDS)
def test_a_guard_that_is_gone_is_found(world, monkeypatch, method, address, guard, actor):
    line = line_of(method, address)
    assert wrong(world, line) == []
    monkeypatch.setattr(guard, lambda *asked, **more: True)
    slips = wrong(world, line)
    assert slips
    assert any(f" by {actor}:" in slip for slip in slips) == (actor not in SIGNED_OUT or actor == "anybody")


def test_a_slip_of_the_pen_in_the_table_is_found():
    row = "| GET | `x/` | {} | {} |"
    with pytest.raises(ValueError, match="Nobody is called onwer"):
        list(lines(row.format("onwer", "404")))
    with pytest.raises(ValueError, match="Nobody is called taem"):
        list(lines(row.format("owner", "404; taem 403")))
    (line,) = lines(row.format("owner", "sign in, 404; team 403"))
    assert [line.expected(actor) for actor in ("owner", "anybody", "deactivated", "somebody", "reader")] == [
        "yes",
        "sign in",
        "sign in",
        "404",
        "403",
    ]
