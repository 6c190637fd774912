"""Keeping addresses that want to hear when software or publishers change."""

from uuid import UUID

from django.db import IntegrityError, transaction

from commons.exceptions import Refused
from commons.fetching import Unfetchable
from commons.fetching.reading import checked
from registry.models import Act, Event, Subject, Webhook
from registry.permissions import Actor, body_of

MOST = 100
"""Webhooks that one body may keep: each is told of every change."""


@transaction.atomic
def create_webhook(*, subject: Subject, subject_uuid: UUID | None, url: str, secret: str, by: Actor) -> Webhook:
    """Raises Refused: it is kept already, there are too many, or nobody could be told at this address."""
    body = body_of(by)
    if Webhook.objects.filter(organisation=body).count() >= MOST:
        raise Refused(f"At most {MOST} webhooks are kept for one publisher. Remove one first.")
    made = Webhook(organisation=body, subject=subject, subject_uuid=subject_uuid, url=url, secret=secret)
    saved(made)
    Event.objects.create(act=Act.CREATE_WEBHOOK, **by.signature, detail=said(made))
    return made


@transaction.atomic
def update_webhook(*, webhook: Webhook, url: str, secret: str | None, by: Actor) -> Webhook:
    """Change its address and, unless None, its secret; one that had failed too often is tried again.

    Raises Refused: as `create_webhook` does.
    """
    webhook.url, webhook.failures, webhook.disabled_at = url, 0, None
    webhook.secret = webhook.secret if secret is None else secret
    saved(webhook)
    Event.objects.create(act=Act.UPDATE_WEBHOOK, **by.signature, detail=said(webhook))
    return webhook


@transaction.atomic
def delete_webhook(*, webhook: Webhook, by: Actor) -> None:
    Event.objects.create(act=Act.DELETE_WEBHOOK, **by.signature, detail=said(webhook))
    webhook.delete()


def saved(webhook: Webhook) -> None:
    try:
        checked(webhook.url)
        with transaction.atomic():
            webhook.save()
    except Unfetchable as error:
        raise Refused(str(error)) from error
    except IntegrityError as error:
        raise Refused(f"url already exists: {webhook.url}") from error
    webhook.refresh_from_db()


def said(webhook: Webhook) -> dict[str, str]:
    about = f"/{webhook.subject}" + (f"/{webhook.subject_uuid}" if webhook.subject_uuid else "")
    return {"webhook": str(webhook.uuid), "url": webhook.url, "about": about}
