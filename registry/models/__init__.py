from registry.models.assembly import Assembly, Part
from registry.models.commons import Commons
from registry.models.declaration import (
    STAGES_IN_USE,
    Declaration,
    DeclarationKind,
    Evidence,
    ExemptReason,
    Stage,
)
from registry.models.event import Act, Event
from registry.models.job import Job, JobKind, JobState
from registry.models.open_catalog import (
    Catalog,
    CodeHosting,
    Delivery,
    DeliveryState,
    Log,
    Publisher,
    Software,
    Subject,
    Webhook,
    WebhookEvent,
)
from registry.models.organisation import Identifier, Organisation, Succession
from registry.models.person import Person
from registry.models.returns import Account, Contribution, Volume
from registry.models.spend import Payment, SpendFile
from registry.models.stale_entry import StaleEntry
from registry.models.stewardship import Stewardship
from registry.models.token import Scope, Token

__all__ = [
    "STAGES_IN_USE",
    "Account",
    "Act",
    "Assembly",
    "Catalog",
    "CodeHosting",
    "Commons",
    "Contribution",
    "Declaration",
    "DeclarationKind",
    "Delivery",
    "DeliveryState",
    "Event",
    "Evidence",
    "ExemptReason",
    "Identifier",
    "Job",
    "JobKind",
    "JobState",
    "Log",
    "Organisation",
    "Part",
    "Payment",
    "Person",
    "Publisher",
    "Scope",
    "Software",
    "SpendFile",
    "Stage",
    "StaleEntry",
    "Stewardship",
    "Subject",
    "Succession",
    "Token",
    "Volume",
    "Webhook",
    "WebhookEvent",
]
