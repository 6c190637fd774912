from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from registry.actions.webhooks import create_webhook, delete_webhook, update_webhook
from registry.models import Scope, Subject, Webhook
from registry.open_catalog import validation
from registry.open_catalog.answers import nothing, private
from registry.open_catalog.bodies import object_of
from registry.open_catalog.paging import page
from registry.open_catalog.representations.others import webhook_document, webhook_documents
from registry.open_catalog.resource import Resource, uuid_of
from registry.open_catalog.views.publishers import publisher_of
from registry.open_catalog.views.software import component_of
from registry.permissions import Actor, body_of, may_keep_webhooks


class WebhookList(Resource):
    """The webhooks of the token's own body: for all of a kind, or for one thing."""

    noun = "Webhook"
    secret = True
    subject: Subject

    def get(self, request: HttpRequest, id: str = "") -> HttpResponseBase:
        about = self.about(id)
        self.need(may_keep_webhooks(self.actor, body_of(self.actor)))
        rows = kept_by(self.actor).of(self.subject, about)
        return private(page(rows, request.GET, webhook_documents))

    def post(self, request: HttpRequest, id: str = "") -> HttpResponseBase:
        about = self.about(id)
        self.need(may_keep_webhooks(self.actor, body_of(self.actor)))
        document = object_of(request)
        validation.webhook(document)
        made = create_webhook(
            subject=self.subject,
            subject_uuid=about,
            url=document["url"],
            secret=document.get("secret") or "",
            by=self.actor,
        )
        return private(webhook_document(made))

    def about(self, id: str) -> UUID | None:
        if not id:
            return None
        return component_of(id).uuid if self.subject == Subject.SOFTWARE else publisher_of(id).uuid


class SoftwareWebhooks(WebhookList):
    subject = Subject.SOFTWARE


class PublisherWebhooks(WebhookList):
    subject = Subject.PUBLISHERS


class OneWebhook(Resource):
    noun = "Webhook"
    secret = True

    def get(self, request: HttpRequest, id: str) -> HttpResponseBase:
        return private(webhook_document(webhook_of(self.actor, id)))

    def patch(self, request: HttpRequest, id: str) -> HttpResponseBase:
        webhook = webhook_of(self.actor, id)
        document = object_of(request)
        secret = (document["secret"] or "") if "secret" in document else None
        validation.webhook({"url": webhook.url} | document)
        url = document.get("url") or webhook.url
        return private(webhook_document(update_webhook(webhook=webhook, url=url, secret=secret, by=self.actor)))

    def delete(self, request: HttpRequest, id: str) -> HttpResponseBase:
        delete_webhook(webhook=webhook_of(self.actor, id), by=self.actor)
        return nothing()


def kept_by(actor: Actor) -> QuerySet[Webhook]:
    """An operator of the registry sees everybody's."""
    if Scope.WEBHOOKS_WRITE in actor.everywhere:
        return Webhook.objects.all()
    bodies = [body for body, scopes in actor.grants.items() if Scope.WEBHOOKS_WRITE in scopes]
    return Webhook.objects.filter(organisation__in=bodies)


def webhook_of(actor: Actor, id: str) -> Webhook:
    """One that this actor may see: that others keep one is nobody's business. Raises Http404."""
    uuid = uuid_of(id)
    found = kept_by(actor).filter(uuid=uuid).first() if uuid else None
    if found is None:
        raise Http404("Webhook was not found")
    return found
