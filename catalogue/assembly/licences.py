"""What licences mean for an assembly. Public lists say it (`licences.json`); a lawyer may say otherwise.

Two licences that do not go together only matter where code becomes one program. Services that run by themselves and
talk over a network are as a rule separate programs, so nothing here is ever more than advice.
"""

import json
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

from license_expression import Licensing

from catalogue.assembly.parts import ADVICE, NOTE, Assembly, Brick, Finding
from catalogue.readers.publiccode.licences import listed, mistake, renewed

MOST_LICENCES = 8  # in one expression: its alternatives multiply
OWN = ("LICENSEREF-", "DOCUMENTREF-")
CODE = "service"
APART = "they cannot become one program. As services that talk over a network they are usually separate."

Ways = list[frozenset[str]]


def licence_problems(assembly: Assembly) -> Iterator[Finding]:
    ways: dict[str, Ways] = {}
    for brick in assembly.parts:
        if said := unclear(brick.licence):
            weight = ADVICE if not brick.licence else NOTE
            yield _finding(weight, f"{brick.name} {said}", "", brick)
        elif brick.kind == CODE:
            ways[brick.slug] = alternatives(brick.licence)
    yield from _apart(assembly, ways)
    yield from _network(assembly, ways)


def unclear(licence: str) -> str:
    """Why nothing can be said about it, after the component's name; blank where something can."""
    if not licence:
        return "has no stated licence. Ask before you use it."
    if licence.upper().startswith(OWN):
        return "has terms of its own. Read them before you use it."
    if mistake(licence):
        return f"names its licence in words of its own (“{licence[:80]}”). Read it before you use it."
    if len(Licensing().license_keys(licence)) > MOST_LICENCES:
        return "has very many licences. Read them before you use it."
    return ""


def alternatives(licence: str) -> Ways:
    """The ways in which it may be used: each a set of licences that hold together. “Or later” is a way for each."""
    table, algebra = rules(), Licensing()
    parsed = algebra.dnf(algebra.parse(renewed(licence)))
    either = parsed.args if isinstance(parsed, algebra.OR) else [parsed]
    ways: Ways = []
    for way in either:
        together = way.args if isinstance(way, algebra.AND) else [way]
        keys = [key_of(symbol) for symbol in together]
        ways += [frozenset(chosen) for chosen in product(*(table["also_under"].get(key, [key]) for key in keys))]
    return ways


def key_of(symbol: Any) -> str:
    """The licence's id as SPDX writes it; an exception only allows more, so it is left out."""
    key = str(getattr(symbol, "license_symbol", symbol).key)
    licences, *_ = listed()
    return licences.get(key.lower(), key)


@cache
def rules() -> Any:
    return json.loads(Path(__file__).with_name("licences.json").read_text(encoding="utf-8"))


def _apart(assembly: Assembly, ways: dict[str, Ways]) -> Iterator[Finding]:
    for one, other in combinations(ways, 2):
        sources = [clash(left, right) for left in ways[one] for right in ways[other]]
        if all(sources):
            left, right = assembly.bricks[one], assembly.bricks[other]
            said = f"By their licences ({left.name}: {left.licence}; {right.name}: {right.licence}) {APART}"
            yield _finding(NOTE, said, rules()["sources"][sources[0]], left, right)


def clash(left: frozenset[str], right: frozenset[str]) -> str:
    """The name of the source that says that they cannot be joined; blank where none does."""
    for rule in rules()["apart"]:
        one, other = set(rule["one"]), set(rule["other"])
        if (left & one and right & other) or (left & other and right & one):
            return str(rule["source"])
    return ""


def _network(assembly: Assembly, ways: dict[str, Ways]) -> Iterator[Finding]:
    network = set(rules()["network"])
    bricks = [assembly.bricks[slug] for slug, found in ways.items() if all(way & network for way in found)]
    if bricks:
        names = ", ".join(f"{brick.name} ({brick.licence})" for brick in bricks)
        said = f"Whoever changes one of these and offers it over a network must offer the changed source: {names}."
        yield _finding(NOTE, said, rules()["sources"]["texts"], *bricks)


def _finding(weight: str, said: str, source: str, *about: Brick) -> Finding:
    named = tuple(brick.named for brick in about)
    return Finding(kind="licence", weight=weight, sentence=said, about=named, source=source)
