"""Whose history: what of each table belongs to it."""

from dataclasses import dataclass, field
from typing import Any

from catalogue.models import Component, Function
from registry.models import Organisation

COMPONENT_FACTS = ("lifecycle", "name", "licence", "price_per_transaction", "fixed_fee")
BODY_FACTS = ("name", "type", "homepage", "nation", "region", "start", "end")


@dataclass(frozen=True)
class Scope:
    """`where` and `kept` say which declarations and stewardships belong to it, `challenged` which challenges.

    `facts` are fields of its own row, kept in `states`; what was so while a component was a draft is nobody's business.
    """

    name: str
    about: Any
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


def of_body(body: Organisation) -> Scope:
    return Scope(
        name=f"{body.slug}-history",
        about=body,
        params={"body": body.pk},
        where="declaration.organisation_id = %(body)s",
        challenged="challenge.organisation_id = %(body)s",
        kept="stewardship.organisation_id = %(body)s",
        table="registry_organisation",
        states="registry_organisationevent",
        facts=BODY_FACTS,
    )


def of_component(component: Component) -> Scope:
    return Scope(
        name=f"{component.slug}-history",
        about=component,
        params={"component": component.pk},
        where="declaration.component_id = %(component)s",
        challenged="challenge.component_id = %(component)s",
        kept="stewardship.component_id = %(component)s",
        table="catalogue_component",
        states="catalogue_componentevent",
        facts=COMPONENT_FACTS,
    )


def of_cell(body: Organisation, function: Function) -> Scope:
    both = "{0}.organisation_id = %(body)s AND {0}.function_id = %(function)s"
    return Scope(
        name=f"{body.slug}-{function.slug}-history",
        about=body,
        params={"body": body.pk, "function": function.pk},
        where=both.format("declaration"),
        challenged=both.format("challenge"),
    )
