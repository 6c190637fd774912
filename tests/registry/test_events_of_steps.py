"""Writes that need more than one request: each makes exactly one event too. `test_events_of_writes.py` names them."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from registry.models import Act, Draft, Event, Payment, Role
from tests import factories
from tests.registry.workspace.conftest import body, come, function, shared  # noqa: F401  (fixtures)
from tests.registry.written import one_event, watched

pytestmark = pytest.mark.django_db
PLACE = "/workspace/birch/functions/bookings/"


def revision(client) -> str:
    return re.search(r'name="revision" value="(\d+)"', client.get(PLACE).content.decode())[1]


@pytest.fixture
def draft(come, body, function):  # noqa: F811
    client = come(Role.OWNER)
    client.post(f"{PLACE}0/how/", {"how": "not_responsible", "revision": "0"})
    return Draft.objects.get()


def test_publishing_a_draft(client, draft):
    assert one_event(client, f"{PLACE}publish/", {"revision": revision(client)}) == Act.DECLARE


def test_dropping_a_draft(client, draft):
    assert one_event(client, f"{PLACE}drop/") == Act.DROP_DRAFT


HINTS = {"confirm": Act.DECLARE, "reject": Act.REJECT_HINT, "change": Act.SAVE_DRAFT}


@pytest.mark.parametrize(("choice", "act"), HINTS.items())
def test_answering_a_hint(come, body, shared, choice, act):  # noqa: F811
    on = timezone.localdate() - timedelta(days=9)
    Payment.objects.create(organisation=body, reference="P", amount=9, paid_on=on, component=shared)
    sent = {"act": choice, "hint": f"component:{shared.slug}"}
    assert one_event(come(Role.OWNER), reverse("registry:hints", args=[body.slug]), sent) == act


def test_challenging_what_is_recorded(client, body, function, shared, time_machine):  # noqa: F811
    factories.adoption(organisation=body, component=shared, function=function)
    payment = Payment.objects.create(organisation=body, reference="P", amount=9, paid_on=timezone.localdate())
    things = {
        "feedback_declaration": [body.declarations.get().pk],
        "feedback_component": [shared.slug],
        "feedback_organisation": [body.slug],
        "feedback_missing": [body.slug, factories.function().slug],
        "feedback_payment": [payment.pk],
    }
    for name, args in things.items():
        address = reverse(f"registry:{name}", args=args)
        token = client.get(address).context["form"].next_token
        time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
        sent = {"claim": "It is wrong.", "evidence_url": "", "email": "", "website": "", "token": token}
        assert one_event(client, address, sent) == Act.RAISE_CHALLENGE


@pytest.mark.parametrize("address", ["/sign-out/", "/admin/logout/"])
def test_signing_out(client, address):
    client.force_login(factories.person())
    assert one_event(client, address) == Act.SIGN_OUT


def act_of(name: str) -> Event:
    return Event.objects.create(act=Act.EDIT, source=name)


def test_what_is_not_written_together_is_found():
    with watched() as apart:
        with transaction.atomic():
            act_of("one")
        with transaction.atomic():
            factories.person()
    with watched() as bare:
        act_of("two")
    with watched() as twice, transaction.atomic():
        act_of("three")
        with transaction.atomic():
            act_of("four")
            factories.person()
    assert apart.apart == ["registry_person"]
    assert bare.apart == ["registry_event"]
    assert twice.events == 2
