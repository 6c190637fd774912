"""What a body's own system costs, attested by an independent finance officer of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commons.exceptions import Refused
from registry.actions.attestations import attest_costs, withdraw_cost
from registry.actions.declarations import confirm_declarations
from registry.models import Attestation, DeclarationKind, Event, Role, ShownTo
from registry.permissions import COMMAND_LINE, of_person
from registry.said import Hold, Said
from tests import factories
from tests.registry.attestations.conftest import LINK, acting, later

pytestmark = pytest.mark.django_db
OWN = Said(
    kind=DeclarationKind.DUPLICATE,
    system="Emberfold",
    supplier="Quill Ltd",
    annual_cost=Decimal(12000),
    price_fy="2026-27",
    contract_end=date(2028, 3, 31),
    source_url=LINK,
)


@pytest.fixture
def finance(world):
    return acting(world.body, Role.FINANCE_ATTESTOR)


@pytest.fixture
def vouch(world, finance):
    def vouch(**given):
        given = {"organisation": world.body, "declarations": {world.now().pk}, "by": finance} | given
        return attest_costs(**given)

    return vouch


def test_attested_cost_is_e2_with_one_event(world, vouch, finance):
    world.say(OWN)
    before = Event.objects.count()

    vouch()

    one = Attestation.objects.get()
    assert (world.grade, one.kind, one.state, one.steward) == ("E2", "cost", "attested", None)
    assert (Event.objects.count(), one.answered_in.by) == (before + 1, finance.person)
    assert "12000" not in str(one.answered_in.detail)


@pytest.mark.parametrize(
    "change",
    [
        {"annual_cost": Decimal(12001)},
        {"price_fy": "2025-26"},
        {"contract_end": date(2029, 3, 31)},
        {"supplier": "Reed Ltd"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_attestation_is_void_when_cost_or_contract_change(world, vouch, change):
    world.say(OWN)
    vouch()
    world.say(replace(OWN, **change))
    assert (world.grade, Attestation.objects.get().state) == ("E1", "void")


@pytest.mark.parametrize(
    "change", [{"coverage": 0.5}, {"reason": "Still"}, {"annual_cost": Decimal("12000.00")}], ids=str
)
def test_attestation_stays_when_something_else_changes(world, vouch, change):
    world.say(OWN)
    vouch()
    world.say(replace(OWN, **change))
    assert (world.grade, Attestation.objects.get().state) == ("E2", "attested")


def test_kept_back_cost_is_attested_too_and_showing_it_changes_nothing(world, vouch):
    world.say(replace(OWN, held={"annual_cost": Hold(ShownTo.OWN), "supplier": Hold(ShownTo.PEERS)}))
    vouch()
    world.say(OWN)
    assert world.grade == "E2"


def test_who_declared_it_may_not(world):
    world.say(OWN)
    person = world.owner.person
    both = factories.membership(person=person, organisation=world.body, role=Role.FINANCE_ATTESTOR)
    by = of_person(person, [both])
    with pytest.raises(Refused, match="in the last 12 months"):
        attest_costs(organisation=world.body, declarations={world.now().pk}, by=by)
    with later(days=366), pytest.raises(Refused, match="You declared Emberfold yourself"):
        attest_costs(organisation=world.body, declarations={world.now().pk}, by=by)


def test_who_declared_or_confirmed_anything_for_the_body_lately_may_not(world, finance, vouch):
    world.say(OWN)
    member = factories.membership(person=finance.person, organisation=world.body, role=Role.EDITOR)
    editor = of_person(finance.person, [member])
    other = factories.duplicate(organisation=world.body, annual_cost=1)
    confirm_declarations(organisation=world.body, declarations=[other.pk], by=editor)
    with pytest.raises(Refused, match="in the last 12 months"):
        vouch()
    with later(days=366):
        vouch()
        assert world.grade == "E2"


def test_attesting_itself_makes_nobody_dependent(world, vouch):
    world.say(OWN)
    vouch()
    world.say(replace(OWN, annual_cost=Decimal(13000)))
    vouch()
    assert world.grade == "E2"


def test_only_a_finance_attestor_of_the_body_may(world):
    world.say(OWN)
    for by in (COMMAND_LINE, world.owner, world.officer, acting(world.steward, Role.FINANCE_ATTESTOR)):
        with pytest.raises(Refused, match="Only a finance attestor of Birch"):
            attest_costs(organisation=world.body, declarations={world.now().pk}, by=by)


@pytest.mark.parametrize("change", [{"annual_cost": None, "price_fy": ""}, {"source_url": ""}], ids=["cost", "link"])
def test_without_a_cost_or_a_link_there_is_nothing_to_attest(world, vouch, change):
    world.say(replace(OWN, **change))
    with pytest.raises(Refused):
        vouch()


def test_taken_back_it_is_what_its_link_says(world, vouch, finance):
    world.say(OWN)
    (one,) = vouch()
    withdraw_cost(organisation=world.body, attestation=one.pk, reason="The bill says otherwise", by=finance)
    assert (world.grade, Attestation.objects.get().state) == ("E1", "withdrawn")
