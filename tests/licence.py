"""A licence: three steps, four slots, five components, two bodies."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from catalogue.models import Blueprint, Component, Function, Slot
from registry.models import Organisation, Volume
from tests import factories


@dataclass
class Licence:
    blueprint: Blueprint
    functions: dict[str, Function]
    slots: dict[str, Slot]
    components: dict[str, Component]
    ash: Organisation
    birch: Organisation

    def query(self, *pairs: str, **more: str) -> str:
        """“form=formery” as “slot-licence-form=formery”, joined as in an address."""
        chosen = [f"slot-licence-{pair}" for pair in pairs]
        return "&".join([*chosen, *(f"{name}={value}" for name, value in more.items())])

    def address(self, *pairs: str, suffix: str = "/", **more: str) -> str:
        return f"/blueprints/licence/assemble{suffix}?{self.query(*pairs, **more)}"


@pytest.fixture
def licence(db) -> Licence:
    functions = {
        name: factories.function(slug=name, name=name.title())
        for name in ("licences", "forms", "payments", "registers")
    }
    blueprint = factories.blueprint(
        slug="licence",
        name="Get a licence",
        summary="Ask, pay, get.",
        kind="permission",
        function=functions["licences"],
    )
    components = {
        "formery": component("formery", functions["forms"], price="0.1", fee=100, licence="AGPL-3.0-only"),
        "oldform": component("oldform", functions["forms"], lifecycle="deprecated"),
        "till": component("till", functions["payments"], price="0.002", fee=0),
        "places": component("places", kind="dataset"),
        "secret": component("secret", functions["payments"], lifecycle="draft"),
    }
    factories.relation(components["formery"], "requires", components["places"])
    group = factories.peer_group()
    ash = factories.organisation(slug="ash", name="Ash Council", peer_group=group)
    birch = factories.organisation(slug="birch", name="Birch Council", peer_group=group)
    Volume.objects.create(organisation=ash, function=functions["licences"], transactions=2000)
    for body in (ash, birch):
        factories.adoption(organisation=body, component=components["formery"], function=functions["forms"])
    factories.adoption(organisation=ash, component=components["till"], function=functions["payments"])
    return Licence(blueprint, functions, slots(blueprint, functions), components, ash, birch)


def component(slug: str, *functions: Function, price: str | None = None, fee: int | None = None, **fields) -> Component:
    return factories.component(
        slug=slug,
        name=slug.title(),
        functions=functions,
        price_per_transaction=None if price is None else Decimal(price),
        fixed_fee=fee,
        **fields,
    )


def slots(blueprint: Blueprint, functions: dict[str, Function]) -> dict[str, Slot]:
    asking, paying, keeping = (
        factories.step(blueprint=blueprint, number=number, verb=verb, name=name)
        for number, (verb, name) in enumerate((("apply", "Ask"), ("pay", "Pay"), ("record", "Keep")), 1)
    )
    once = {"uses_low": 1, "uses_high": 2, "kinds": ["service"]}
    forms, payments, registers = ([functions[name]] for name in ("forms", "payments", "registers"))
    return {
        "form": factories.slot(slug="licence-form", name="Form", step=asking, functions=forms, **once),
        "card": factories.slot(slug="licence-card", name="Card", step=paying, functions=payments, **once),
        "hint": factories.slot(slug="licence-hint", name="Hint", step=asking, required=False),
        "book": factories.slot(slug="licence-book", name="Book", step=keeping, functions=registers),
    }
