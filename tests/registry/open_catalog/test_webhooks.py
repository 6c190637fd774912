"""Webhooks: whose they are, what they are told, and that nothing is lost, told twice at once, or told to the inside."""

import hashlib
import hmac
import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from catalogue.readers import ComponentDescription
from registry.actions.components import describe_component
from registry.actions.deliveries import (
    LEASE,
    MOST_ATTEMPTS,
    MOST_FAILURES,
    attempt,
    deliver_due,
    forget_old,
    take,
    tell,
)
from registry.actions.deprecations import deprecate_component
from registry.actions.webhooks import MOST
from registry.models import Act, Delivery, DeliveryState, Event, Scope, Subject, Webhook, WebhookEvent
from registry.permissions import COMMAND_LINE
from registry.tasks import deliver_webhooks, forget_deliveries
from tests import factories
from tests.registry.open_catalog.conftest import Api, api_of
from tests.sites import said

pytestmark = pytest.mark.django_db
HOOK = {"url": "https://example.org/told", "secret": "a secret of some length"}
SOFTWARE = {"url": "https://example.org/body/bins", "publiccodeYml": "-"}


@pytest.fixture
def body():
    return factories.organisation()


@pytest.fixture
def publisher(body) -> Api:
    return api_of(body)


def webhook(url: str, **fields) -> Webhook:
    return Webhook.objects.create(**{"subject": Subject.SOFTWARE, "url": url, **fields})


def delivery(hook: Webhook, **fields) -> Delivery:
    return Delivery.objects.create(**{"webhook": hook, "event": "create", "about": "/software/1", **fields})


class TestKeeping:
    @pytest.mark.parametrize("kind", ["software", "publishers"])
    def test_made_for_all_of_a_kind_and_for_one_thing(self, publisher, body, kind):
        id = factories.component().uuid if kind == "software" else body.uuid
        for path in (f"/{kind}/webhooks", f"/{kind}/{id}/webhooks"):
            made = publisher.post(path, HOOK)
            assert made.status_code == 200
            assert "secret" not in made.json()
            assert publisher.get(path).json()["data"] == [made.json()]
            assert publisher.get(f"/webhooks/{made.json()['id']}").json() == made.json()
        assert Event.objects.filter(act=Act.CREATE_WEBHOOK).count() == 2
        assert "secret" not in str(Event.objects.values_list("detail", flat=True))

    def test_others_are_nobody_s_business(self, publisher, operator):
        id = publisher.post("/software/webhooks", HOOK).json()["id"]
        other = api_of(factories.organisation())
        assert other.get("/software/webhooks").json()["data"] == []
        for ask in (other.get, other.delete, lambda path: other.patch(path, HOOK)):
            assert ask(f"/webhooks/{id}").status_code == 404
        assert operator.get(f"/webhooks/{id}").status_code == 200

    @pytest.mark.parametrize(
        ("method", "path"),
        [("GET", "/software/webhooks"), ("POST", "/software/webhooks"), ("GET", "/publishers/webhooks"),
         ("GET", "/webhooks/x"), ("DELETE", "/webhooks/x"), ("PATCH", "/webhooks/x")],
    )  # fmt: skip
    def test_nobody_sees_them_without_a_token(self, api, body, method, path):
        sent = HOOK if method in ("POST", "PATCH") else None
        assert api.ask(method, path, sent).status_code == 401
        scopeless = api_of(body, {Scope.CATALOGUE_WRITE}).ask(method, path, sent)
        assert scopeless.status_code == (404 if path == "/webhooks/x" else 403)

    @pytest.mark.parametrize("path", ["/software/00000000-0000-4000-8000-000000000000", "/publishers/nobody"])
    def test_of_what_is_not_there(self, publisher, path):
        assert publisher.get(f"{path}/webhooks").status_code == 404
        assert publisher.post(f"{path}/webhooks", HOOK).status_code == 404

    @pytest.mark.parametrize(
        "change", [{"url": None}, {"url": "x"}, {"secret": "short"}, {"secret": "x" * 257}, {"colour": 1}]
    )
    def test_what_breaks_the_contract_is_refused(self, publisher, change):
        assert publisher.post("/software/webhooks", HOOK | change).status_code == 422

    def test_same_one_twice_is_a_conflict(self, publisher):
        publisher.post("/software/webhooks", HOOK)
        assert publisher.post("/software/webhooks", HOOK).status_code == 409

    def test_there_are_not_too_many(self, publisher, body):
        Webhook.objects.bulk_create(
            Webhook(organisation=body, subject=Subject.SOFTWARE, url=f"https://example.org/{n}") for n in range(MOST)
        )
        assert publisher.post("/software/webhooks", HOOK).status_code == 409

    def test_patch_keeps_the_secret_unless_it_is_sent(self, publisher):
        id = publisher.post("/software/webhooks", HOOK).json()["id"]
        changed = publisher.patch(f"/webhooks/{id}", {"url": "https://example.org/other"}).json()
        assert changed["url"] == "https://example.org/other"
        assert Webhook.objects.get().secret == HOOK["secret"]
        publisher.patch(f"/webhooks/{id}", {"secret": None})
        assert Webhook.objects.get().secret == ""

    def test_delete_removes_it(self, publisher):
        id = publisher.post("/software/webhooks", HOOK).json()["id"]
        assert publisher.delete(f"/webhooks/{id}").status_code == 204
        assert not Webhook.objects.exists()


class TestTelling:
    def test_software_from_beginning_to_end(self, publisher, site):
        publisher.post("/software/webhooks", {"url": site.at("/told"), "secret": HOOK["secret"]})
        id = publisher.post("/software", SOFTWARE).json()["id"]
        publisher.patch(f"/software/{id}", {"vitality": "1"})
        publisher.delete(f"/software/{id}")
        deliver_webhooks()
        told = [(path, json.loads(content)) for path, _, content in site.told]
        assert told == [
            ("/told", {"event": event, "subject": f"/software/{id}"}) for event in ("create", "update", "delete")
        ]
        for _, headers, content in site.told:
            expected = hmac.new(HOOK["secret"].encode(), content, hashlib.sha256).hexdigest()
            assert headers["X-Webhook-Signature"] == expected
            assert headers["Content-Type"] == "application/json"

    def test_publishers_from_beginning_to_end(self, operator, site):
        operator.post("/publishers/webhooks", {"url": site.at("/told")})
        made = {"description": "Coast", "codeHosting": [{"url": "https://example.org/coast"}]}
        id = operator.post("/publishers", made).json()["id"]
        operator.patch(f"/publishers/{id}", {"active": False})
        operator.delete(f"/publishers/{id}")
        deliver_webhooks()
        assert [json.loads(content)["event"] for _, _, content in site.told] == ["create", "update", "delete"]
        assert "X-Webhook-Signature" not in site.told[0][1]

    def test_one_thing_s_webhook_hears_of_nothing_else(self, publisher, body):
        component = factories.component()
        factories.stewardship(component=component, organisation=body)
        publisher.post(f"/software/{component.uuid}/webhooks", HOOK)
        publisher.post("/software", SOFTWARE)
        assert not Delivery.objects.exists()
        publisher.patch(f"/software/{component.uuid}", {"vitality": "1"})
        assert Delivery.objects.get().about == f"/software/{component.uuid}"

    def test_burst_of_changes_is_told_once(self, publisher):
        id = publisher.post("/software", SOFTWARE).json()["id"]
        publisher.post("/software/webhooks", HOOK)
        for number in range(3):
            publisher.patch(f"/software/{id}", {"vitality": str(number)})
        assert Delivery.objects.count() == 1

    def test_software_that_ends_and_does_not(self, publisher):
        component, other = factories.component(), factories.component()
        publisher.post(f"/software/{component.uuid}/webhooks", HOOK)
        day = timezone.localdate() + timedelta(days=30)
        deprecate_component(component=component, successor=other, ends_on=day, by=COMMAND_LINE)
        told = Delivery.objects.get()
        assert (told.event, told.about) == ("update", f"/software/{component.uuid}")

    def test_what_was_refused_is_not_told(self, publisher):
        publisher.post("/software/webhooks", HOOK)
        publisher.post("/software", {"url": "x"})
        publisher.post("/software", SOFTWARE)
        publisher.post("/software", SOFTWARE)
        assert Delivery.objects.count() == 1


class TestDelivering:
    def test_failed_one_is_tried_again_later_and_later_and_given_up(self, site):
        site.answers["/told"] = said(status=500)
        hook = webhook(site.at("/told"))
        told = delivery(hook)
        waits = []
        for _ in range(MOST_ATTEMPTS):
            Delivery.objects.update(next_at=timezone.now())
            assert deliver_due() == 1
            told.refresh_from_db()
            waits.append(round((told.next_at - timezone.now()).total_seconds() / 60))
        assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
        assert (told.state, told.said) == (DeliveryState.FAILED, "It answers 500.")
        assert deliver_due() == 0
        assert Webhook.objects.get().failures == MOST_ATTEMPTS

    def test_what_does_not_follow_redirects_and_what_does_not_listen(self, site):
        site.answers["/told"] = said(status=302, Location=site.at("/elsewhere"))
        redirected = delivery(webhook(site.at("/told")))
        assert attempt(redirected) == "It answers 302."
        assert [path for path, _, _ in site.told] == ["/told"]

    def test_success_begins_the_count_anew(self, site):
        delivery(webhook(site.at("/told"), failures=MOST_FAILURES - 1))
        deliver_due()
        assert Webhook.objects.get().failures == 0

    def test_webhook_that_always_fails_is_disabled_until_it_is_changed(self, site, operator):
        site.answers["/told"] = said(status=410)
        hook = webhook(site.at("/told"), failures=MOST_FAILURES - 1)
        told, waiting = delivery(hook), delivery(hook, about="/software/2", next_at=timezone.now() + timedelta(days=1))
        deliver_due()
        hook.refresh_from_db()
        waiting.refresh_from_db()
        assert hook.disabled_at is not None
        assert waiting.state == DeliveryState.FAILED
        tell(Subject.SOFTWARE, told.webhook.uuid, WebhookEvent.CREATE)
        assert Delivery.objects.count() == 2
        assert operator.patch(f"/webhooks/{hook.uuid}", {"url": hook.url}).status_code == 200
        hook.refresh_from_db()
        assert (hook.failures, hook.disabled_at) == (0, None)

    @pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"])
    def test_nobody_inside_is_ever_told(self, canary, name):
        told = delivery(webhook(f"http://{name}:{canary.port}/told"))
        assert "public address" in attempt(told)
        assert canary.told == []

    def test_taken_one_is_left_alone_until_its_lease_ends(self, site):
        delivery(webhook(site.at("/told")))
        assert take() is not None
        assert take() is None  # another worker
        Delivery.objects.update(next_at=timezone.now() - LEASE)  # the first one has died
        assert deliver_due() == 1
        assert len(site.told) == 1

    def test_old_ones_are_forgotten(self):
        hook = webhook(HOOK["url"])
        ended = {"state": DeliveryState.DELIVERED}
        delivery(hook, ended_at=timezone.now() - timedelta(days=31), **ended)
        delivery(hook, ended_at=timezone.now(), **ended)
        forget_deliveries()
        assert Delivery.objects.count() == 1
        assert forget_old() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_each_thing_once(site):
    hook = webhook(site.at("/told"))
    Delivery.objects.bulk_create(
        Delivery(webhook=hook, event="create", about=f"/software/{number}") for number in range(20)
    )

    def work() -> None:
        try:
            deliver_due()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    subjects = [json.loads(content)["subject"] for _, _, content in site.told]
    assert sorted(subjects) == sorted(f"/software/{number}" for number in range(20))
    assert not Delivery.objects.exclude(state=DeliveryState.DELIVERED).exists()


class TestOtherActs:
    """Software changes by more than this API."""

    def described(self, **changes):
        description = ComponentDescription(format="publiccode.yml", name="Bins", **changes)
        return describe_component(
            component=None, description=description, text="x", format="publiccode.yml", address="", by=COMMAND_LINE
        )

    def test_what_is_described_anew_is_told(self):
        webhook(HOOK["url"])
        component = self.described(repository="https://example.org/x")
        assert Delivery.objects.get().about == f"/software/{component.uuid}"

    def test_nobody_hears_of_a_draft(self):
        webhook(HOOK["url"])
        self.described(repository="https://example.org/x", lifecycle="draft")
        assert not Delivery.objects.exists()
