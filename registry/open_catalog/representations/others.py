"""Catalogues, logs and webhooks."""

from collections.abc import Sequence
from typing import Any

from registry.models import Catalog, Log, Webhook
from registry.open_catalog.paging import moment
from registry.open_catalog.representations.parts import stated


def catalog_documents(catalogs: Sequence[Catalog]) -> list[dict[str, Any]]:
    return [catalog_document(catalog) for catalog in catalogs]


def catalog_document(catalog: Catalog) -> dict[str, Any]:
    said = {
        "id": str(catalog.uuid),
        "name": catalog.name,
        "alternativeId": catalog.alternative_id,
        "active": catalog.active,
        "publishersNamespace": catalog.publishers_namespace,
        "scopes": catalog.scopes,
    }
    times = {"createdAt": moment(catalog.created_at), "updatedAt": moment(catalog.updated_at)}
    return stated(said) | {"sources": catalog.sources} | times


def log_documents(logs: Sequence[Log]) -> list[dict[str, Any]]:
    return [log_document(log) for log in logs]


def log_document(log: Log) -> dict[str, Any]:
    entity = ""
    if log.component is not None:
        entity = f"/software/{log.component.uuid}"
    elif log.catalog is not None:
        entity = f"/catalogs/{log.catalog.uuid}"
    at = moment(log.created_at)
    return stated({"id": str(log.uuid), "createdAt": at, "updatedAt": at, "message": log.message, "entity": entity})


def webhook_documents(webhooks: Sequence[Webhook]) -> list[dict[str, Any]]:
    return [webhook_document(webhook) for webhook in webhooks]


def webhook_document(webhook: Webhook) -> dict[str, Any]:
    """Its secret is never shown."""
    times = {"createdAt": moment(webhook.created_at), "updatedAt": moment(webhook.updated_at)}
    return {"id": str(webhook.uuid), "url": webhook.url} | times
