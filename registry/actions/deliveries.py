"""Telling webhooks what changed: recorded in the transaction of the change, and sent by a worker."""

import hashlib
import hmac
import json
from datetime import timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from catalogue.models import Component, Lifecycle
from commons.fetching import Unfetchable, send
from registry.models import Delivery, DeliveryState, Subject, Webhook, WebhookEvent

SIGNATURE = "X-Webhook-Signature"
LEASE = timedelta(minutes=2)  # after which another worker tries what a dead one had taken
FIRST_WAIT = timedelta(minutes=1)  # doubled after each attempt
MOST_SECONDS = 60.0
MOST_ATTEMPTS = 8  # the last one about two hours after the first
MOST_FAILURES = 40  # attempts in a row, whatever they were about, after which the webhook is disabled
KEPT_FOR = timedelta(days=30)


def tell(subject: Subject, uuid: UUID, event: WebhookEvent) -> None:
    """Record what the webhooks are to be told. It belongs in the transaction of the act."""
    about = f"/{subject}/{uuid}"
    waiting = Webhook.objects.awaiting(subject, uuid)
    made = [Delivery(webhook=webhook, event=event, about=about) for webhook in waiting]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)


def tell_of(component: Component, event: WebhookEvent) -> None:
    """The same for a component that any act changed. Nobody hears of a draft."""
    if component.lifecycle != Lifecycle.DRAFT:
        tell(Subject.SOFTWARE, component.uuid, event)


def deliver_due() -> int:
    """Send what is due, one after the other, and return how many were tried. Safe with any number of workers.

    After a minute the rest waits for the next call: receivers that are slow must not keep a worker to themselves.
    """
    tried, ends = 0, monotonic() + MOST_SECONDS
    while monotonic() < ends and (delivery := take()):
        record(delivery, attempt(delivery))
        tried += 1
    return tried


@transaction.atomic
def take() -> Delivery | None:
    """The next delivery that is due, for this worker alone while the lease lasts."""
    due = Delivery.objects.due().filter(webhook__disabled_at=None).order_by("next_at", "id")
    delivery = due.select_for_update(skip_locked=True, of=("self",)).select_related("webhook").first()
    if delivery is None:
        return None
    delivery.attempts += 1
    delivery.next_at = timezone.now() + LEASE
    delivery.save(update_fields=["attempts", "next_at"])
    return delivery


def attempt(delivery: Delivery) -> str:
    """Send it. Blank where it arrived, else what went wrong."""
    body = json.dumps({"event": delivery.event, "subject": delivery.about}).encode()
    headers = {"Content-Type": "application/json"}
    if delivery.webhook.secret:
        headers[SIGNATURE] = signature(delivery.webhook.secret, body)
    try:
        status = send(delivery.webhook.url, body, headers=headers)
    except Unfetchable as error:
        return str(error)
    return "" if 200 <= status < 300 else f"It answers {status}."


def signature(secret: str, body: bytes) -> str:
    """HMAC-SHA256 of the body, in small hexadecimal letters."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@transaction.atomic
def record(delivery: Delivery, wrong: str) -> None:
    """Note what came of an attempt; plan the next one, or give up."""
    now = timezone.now()
    ended = not wrong or delivery.attempts >= MOST_ATTEMPTS
    delivery.said = wrong or "Delivered."
    if ended:
        delivery.state, delivery.ended_at = DeliveryState.FAILED if wrong else DeliveryState.DELIVERED, now
    delivery.next_at = now + FIRST_WAIT * 2 ** (delivery.attempts - 1)
    delivery.save(update_fields=["said", "state", "ended_at", "next_at"])
    webhook = Webhook.objects.filter(pk=delivery.webhook_id)
    if not wrong:
        webhook.exclude(failures=0).update(failures=0)
        return
    webhook.update(failures=F("failures") + 1)
    if webhook.filter(failures__gte=MOST_FAILURES, disabled_at=None).update(disabled_at=now):
        give_up(delivery.webhook_id)


def give_up(webhook_id: int) -> None:
    waiting = Delivery.objects.filter(webhook=webhook_id, state=DeliveryState.PENDING)
    waiting.update(state=DeliveryState.FAILED, ended_at=timezone.now(), said="The webhook failed too often.")


def forget_old() -> int:
    """Forget deliveries that ended long ago, and return how many."""
    return Delivery.objects.filter(ended_at__lt=timezone.now() - KEPT_FOR).delete()[0]
