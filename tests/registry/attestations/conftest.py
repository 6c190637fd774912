from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from catalogue.models import Component, Function
from registry.actions.declarations import declare
from registry.actions.declarations.rows import of_cell, said_of
from registry.models import Attestation, Declaration, DeclarationKind, EvidenceLink, Organisation, Role
from registry.permissions import Actor, of_person
from registry.said import Said
from tests import factories

LINK = "https://birch.example/contract"
STEWARDS, OFFICER, OWNER = "sorrel", Role.STEWARDS_OFFICER, Role.OWNER


def acting(body: Organisation, role: Role, **person) -> Actor:
    membership = factories.membership(organisation=body, role=role, person=factories.person(**person))
    return of_person(membership.person, [membership], second_factor=True)


@dataclass
class World:
    """“birch” uses “sorrelpost”, which “sorrel” looks after; its public link answers."""

    body: Organisation
    steward: Organisation
    function: Function
    component: Component
    owner: Actor
    officer: Actor
    said: Said = field(
        default_factory=lambda: Said(
            kind=DeclarationKind.ADOPTION, component="sorrelpost", stage="live", annual_cost=Decimal(900),
            price_fy="2026-27", source_url=LINK,
        )
    )  # fmt: skip

    def say(self, *statements: Said) -> None:
        declare(organisation=self.body, function=self.function, statements=statements, by=self.owner)

    def now(self) -> Declaration:
        return of_cell(self.body, self.function).get()

    @property
    def grade(self) -> str:
        return self.now().evidence

    def asked(self) -> Attestation:
        return Attestation.objects.latest("pk")

    def standing(self) -> list[Said]:
        return [said_of(one) for one in of_cell(self.body, self.function)]


@pytest.fixture
def world(db) -> World:
    body, steward = (factories.organisation(slug=slug, name=slug.title()) for slug in ("birch", "sorrel"))
    function = factories.function(slug="bookings", name="Bookings")
    component = factories.component(slug="sorrelpost", name="Sorrelpost", functions=[function])
    factories.stewardship(component=component, organisation=steward)
    answers(LINK)
    return World(
        body=body,
        steward=steward,
        function=function,
        component=component,
        owner=acting(body, OWNER),
        officer=acting(steward, OFFICER, name="Ash Officer"),
    )


def answers(address: str, *, failures: int = 0) -> None:
    now = timezone.now()
    EvidenceLink.objects.update_or_create(
        address=address,
        defaults={
            "next_due_at": now,
            "answered_at": now,
            "failures": failures,
            "failure": "Silent" if failures else "",
        },
    )


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span), tick=True)


@pytest.fixture
def uses(world) -> Callable:
    """Another body says that it uses a component; the id of what is asked of its steward."""

    def uses(slug: str, *, component: str = "sorrelpost", **body) -> int:
        made = Organisation.objects.filter(slug=slug).first() or factories.organisation(slug=slug, name=slug, **body)
        by = acting(made, OWNER)
        said = Said(kind=DeclarationKind.ADOPTION, component=component, stage="live", source_url=LINK)
        declare(organisation=made, function=world.function, statements=[said], by=by)
        return Attestation.objects.asked().get(organisation=made, component__slug=component).pk

    return uses
