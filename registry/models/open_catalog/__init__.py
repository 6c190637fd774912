"""What the Open Catalog API keeps beside components and organisations: docs/open-catalog.md."""

from registry.models.open_catalog.catalog import Catalog
from registry.models.open_catalog.log import Log
from registry.models.open_catalog.publisher import CodeHosting, Publisher
from registry.models.open_catalog.software import Software
from registry.models.open_catalog.webhook import Delivery, DeliveryState, Subject, Webhook, WebhookEvent

__all__ = [
    "Catalog",
    "CodeHosting",
    "Delivery",
    "DeliveryState",
    "Log",
    "Publisher",
    "Software",
    "Subject",
    "Webhook",
    "WebhookEvent",
]
