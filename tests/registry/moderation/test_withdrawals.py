"""Withdrawing a component: at once where nobody uses it, else when a moderator agrees; each user is told once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from catalogue.models import Component
from commons.exceptions import Refused
from registry.actions.deprecations import deprecate_component
from registry.actions.post import send_letters
from registry.actions.withdrawals import ask_to_withdraw, keep_component, withdraw_component
from registry.models import Act, Delivery, Deprecation, Event, Letter, Role, Webhook, Withdrawal
from registry.permissions import ANYBODY, COMMAND_LINE
from tests import factories
from tests.constraints import refused_by
from tests.registry.moderation.conftest import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def component():
    return factories.component(slug="old", name="Old")


@pytest.fixture
def steward(component):
    body = factories.organisation(slug="birch", name="Birch", contact_email="birch@b.example")
    factories.stewardship(component=component, organisation=body)
    return acting(factories.membership(organisation=body, role=Role.OWNER))


def used(component, **fields):
    return factories.adoption(component=component, organisation=factories.organisation(**fields))


def test_nobody_uses_it_and_it_is_withdrawn_at_once(component, steward):
    heir = factories.component(slug="heir")
    asked = ask_to_withdraw(component=component, reason="It is old", successor=heir, by=steward)
    component.refresh_from_db()
    assert (component.lifecycle, component.successor) == ("retired", heir)
    assert (asked.decided_in, asked.decided_in.act) == (asked.asked_in, Act.WITHDRAW_COMPONENT)
    assert Event.objects.filter(by=steward.person).count() == 1
    assert not Letter.objects.exists()


def test_own_use_is_no_other_s(component, steward, come):
    factories.adoption(component=component, organisation=component.stewardships.get().organisation)
    page = come(steward.person).post("/components/old/withdraw/", {"reason": "Old"}).content.decode()
    assert "Nobody else says that they use Old" in page
    asked = ask_to_withdraw(component=component, reason="It is old", by=steward)
    assert asked.decided_in == asked.asked_in


@pytest.mark.parametrize("ended_meanwhile", [False, True])
def test_what_is_withdrawn_leaves_the_open_catalog(component, steward, mo, client, ended_meanwhile):
    used(component)
    Webhook.objects.create(subject="software", url="https://hooks.example/registry")
    address = f"/v1/software/{component.uuid}"
    asked = ask_to_withdraw(component=component, reason="It is old", by=steward)
    assert client.get(address).status_code == 200
    if ended_meanwhile:
        Component.objects.filter(pk=component.pk).update(lifecycle="retired")
    withdraw_component(withdrawal=asked, by=mo)
    assert client.get(address).status_code == 404
    assert client.get("/components/old/").status_code == 200
    assert [one.event for one in Delivery.objects.all()] == ["delete"]


def test_body_uses_it_and_a_moderator_decides(component, steward, mo):
    used(component, name="Ash", contact_email="ash@a.example")
    used(component, name="Elm")
    deprecate_component(
        component=component,
        successor=factories.component(),
        ends_on=timezone.localdate() + timedelta(days=90),
        by=COMMAND_LINE,
    )
    asked = ask_to_withdraw(component=component, reason="A hole in it", by=steward)
    component.refresh_from_db()
    assert (component.lifecycle, asked.decided_in) == ("deprecated", None)
    with pytest.raises(Refused, match="Only a moderator"):
        withdraw_component(withdrawal=asked, by=steward)
    withdraw_component(withdrawal=asked, by=mo)
    component.refresh_from_db()
    assert component.lifecycle == "retired"
    assert not Deprecation.objects.current().exists()
    (letter,) = Letter.objects.all()
    assert (letter.to, letter.subject) == ("ash@a.example", "Old is withdrawn")
    assert "A hole in it" in letter.text
    assert Event.objects.get(act=Act.WITHDRAW_COMPONENT).detail["told"] == 2
    with pytest.raises(Refused, match="decided already"):
        withdraw_component(withdrawal=asked, by=mo)


def test_moderator_returns_it_with_a_reason(component, steward, mo):
    used(component)
    asked = ask_to_withdraw(component=component, reason="It is old", by=steward)
    with pytest.raises(Refused, match="Say why"):
        keep_component(withdrawal=asked, reason="", by=mo)
    keep_component(withdrawal=asked, reason="Forty bodies use it", by=mo)
    component.refresh_from_db()
    assert component.lifecycle == "live"
    assert {one.to for one in Letter.objects.all()} == {"birch@b.example", steward.person.email}
    ask_to_withdraw(component=component, reason="Still", by=steward)


def test_what_cannot_be_asked(component, steward):
    used(component)
    heir = factories.component(slug="heir", lifecycle="deprecated", name="Heir")
    for changed, why in (
        ({"by": ANYBODY}, "Only a body that looks after"),
        ({"reason": " "}, "Say why"),
        ({"successor": component}, "cannot take the place"),
        ({"successor": heir}, "deprecated itself"),
    ):
        with pytest.raises(Refused, match=why):
            ask_to_withdraw(**{"component": component, "reason": "Old", "by": steward} | changed)
    ask_to_withdraw(component=component, reason="Old", by=steward)
    with pytest.raises(Refused, match="asked already"):
        ask_to_withdraw(component=component, reason="Old", by=steward)
    for lifecycle in ("draft", "retired"):
        with pytest.raises(Refused, match="nothing to withdraw"):
            ask_to_withdraw(component=factories.component(lifecycle=lifecycle), reason="Old", by=COMMAND_LINE)


def test_pages_interrupt_before_anything_is_asked(component, steward, mo, come, django_assert_max_num_queries):
    used(component, slug="ash", name="Ash")
    client = come(steward.person)
    assert 'href="/components/old/withdraw/"' in client.get("/components/old/").content.decode()
    page = client.post("/components/old/withdraw/", {"reason": "<i>Old</i>"}).content.decode()
    assert "app-interruption" in page
    assert "1 public body use Old, or plan to" in page or "use Old, or plan to" in page
    assert "&lt;i&gt;Old" in page
    assert not Withdrawal.objects.exists()
    wrong = client.post("/components/old/withdraw/", {"reason": "x", "successor": "nothing", "confirm": "1"})
    assert "There is no component with this address" in wrong.content.decode()
    client.post("/components/old/withdraw/", {"reason": "<i>Old</i>", "confirm": "1"})
    asked = Withdrawal.objects.get()
    assert "waits for a moderator" in client.get("/components/old/withdraw/").content.decode()
    client = come(mo.person)
    address = f"/moderation/withdrawals/{asked.pk}/"
    with django_assert_max_num_queries(8):
        page = client.get(address).content.decode()
    assert "cannot be taken back in one step" in page
    done = client.post(address, {"choice": "yes"}, follow=True).content.decode()
    assert "Old is withdrawn, and bodies are told." in done
    assert "It was withdrawn on" in client.get(address).content.decode()
    assert "This component is retired" in client.get("/components/old/").content.decode()


def test_it_waits_once(component, steward):
    used(component)
    asked = ask_to_withdraw(component=component, reason="Old", by=steward)
    with refused_by("withdrawal_waits_once"), transaction.atomic():
        Withdrawal.objects.create(component=component, reason="Old", asked_in=asked.asked_in)


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_to_each_once():
    component = factories.component(name="Old")
    for number in range(8):
        used(component, contact_email=f"body-{number}@a.example")
    asked = ask_to_withdraw(component=component, reason="Old", by=COMMAND_LINE)
    moderators = [acting(factories.membership(organisation=None, role=Role.MODERATOR)) for _ in range(2)]

    def alone(work) -> object:
        try:
            return work()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(alone, [lambda by=by: withdraw_component(withdrawal=asked, by=by) for by in moderators]))
        assert "This was decided already." in done
        assert sum(pool.map(alone, [send_letters, send_letters])) == 8
    assert sorted(to for letter in mail.outbox for to in letter.to) == sorted(f"body-{n}@a.example" for n in range(8))
