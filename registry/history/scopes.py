"""Whose history: what of each table belongs to it."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from catalogue.models import Component, Function
from commons.listing.cursors import Place
from registry.history import reading
from registry.history.telling import StatementTeller, Teller
from registry.models import Organisation

COMPONENT_FACTS = ("lifecycle", "name", "licence", "price_per_transaction", "fixed_fee")
BODY_FACTS = ("name", "type", "homepage", "nation", "region", "start", "end")


@dataclass(frozen=True, kw_only=True)
class Scope(ABC):
    """`name` is that of its files, `about` the thing whose history it is."""

    name: str
    about: Any
    of_one_kind = False
    """Whether all changes are of the thing itself."""

    @abstractmethod
    def read(self, place: Place | None, limit: int) -> list[reading.Change]:
        """At most `limit` changes beside `place`: the newest first, or backwards where the place says so."""

    @abstractmethod
    def teller(self, inside: Collection[int] | None) -> Teller:
        """Who says in words what each change is. `inside`: see Teller."""


@dataclass(frozen=True, kw_only=True)
class Statements(Scope):
    """What is said of a thing. `where` and `kept` say which declarations and stewardships belong to it, `challenged`
    which challenges.

    `facts` are fields of its own row, kept in `states`; what was so while a component was a draft is nobody's business.
    """

    params: dict[str, int]
    where: str
    challenged: str
    kept: str = "false"
    table: str = ""
    states: str = ""
    facts: tuple[str, ...] = field(default=())

    @property
    def drafted(self) -> str:
        return "lifecycle" if "lifecycle" in self.facts else "''"

    def read(self, place: Place | None, limit: int) -> list[reading.Change]:
        return reading.read(self, place, limit)

    def teller(self, inside: Collection[int] | None) -> Teller:
        return StatementTeller(inside=inside)


def of_body(body: Organisation) -> Statements:
    return of_thing(body, "organisation", "registry_organisation", BODY_FACTS)


def of_component(component: Component) -> Statements:
    return of_thing(component, "component", "catalogue_component", COMPONENT_FACTS)


def of_thing(thing: Organisation | Component, column: str, table: str, facts: tuple[str, ...]) -> Statements:
    return Statements(
        name=f"{thing.slug}-history",
        about=thing,
        params={"thing": thing.pk},
        where=f"declaration.{column}_id = %(thing)s",
        challenged=f"challenge.{column}_id = %(thing)s",
        kept=f"stewardship.{column}_id = %(thing)s",
        table=table,
        states=f"{table}event",
        facts=facts,
    )


def of_cell(body: Organisation, function: Function) -> Statements:
    both = "{0}.organisation_id = %(body)s AND {0}.function_id = %(function)s"
    return Statements(
        name=f"{body.slug}-{function.slug}-history",
        about=body,
        params={"body": body.pk, "function": function.pk},
        where=both.format("declaration"),
        challenged=both.format("challenge"),
    )
