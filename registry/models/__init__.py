from registry.models.alert import Alert
from registry.models.assembly import Assembly, Part
from registry.models.commons import Commons
from registry.models.declaration import (
    STAGES_IN_USE,
    Declaration,
    DeclarationKind,
    Evidence,
    ExemptReason,
    Stage,
    Why,
)
from registry.models.deprecation import Deprecation, Notice
from registry.models.draft import Draft
from registry.models.event import Act, Event
from registry.models.evidence_link import EvidenceLink
from registry.models.harvest import Choice, Difference, Harvest, HarvestLine, Host, Outcome, StatedUse
from registry.models.hint import RejectedHint
from registry.models.idempotency import IdempotentAnswer
from registry.models.job import Job, JobKind, JobState
from registry.models.letter import Letter, LetterKind
from registry.models.membership import Membership, Role
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
from registry.models.pair import Pair, PairState
from registry.models.person import Person
from registry.models.returns import Account, Contribution, Volume
from registry.models.review import Review
from registry.models.signing_in import Purpose, SharedValue, SignInCode
from registry.models.source import ObjectState, Source, SourceKind, SourceObject, SourceState
from registry.models.spend import Payment, SpendFile
from registry.models.stale_entry import StaleEntry
from registry.models.stewardship import Stewardship
from registry.models.token import Scope, Token
from registry.models.withheld import ShownTo, Withheld

__all__ = [
    "STAGES_IN_USE",
    "Account",
    "Act",
    "Alert",
    "Assembly",
    "Catalog",
    "Choice",
    "CodeHosting",
    "Commons",
    "Contribution",
    "Declaration",
    "DeclarationKind",
    "Delivery",
    "DeliveryState",
    "Deprecation",
    "Difference",
    "Draft",
    "Event",
    "Evidence",
    "EvidenceLink",
    "ExemptReason",
    "Harvest",
    "HarvestLine",
    "Host",
    "IdempotentAnswer",
    "Identifier",
    "Job",
    "JobKind",
    "JobState",
    "Letter",
    "LetterKind",
    "Log",
    "Membership",
    "Notice",
    "ObjectState",
    "Organisation",
    "Outcome",
    "Pair",
    "PairState",
    "Part",
    "Payment",
    "Person",
    "Publisher",
    "Purpose",
    "RejectedHint",
    "Review",
    "Role",
    "Scope",
    "SharedValue",
    "ShownTo",
    "SignInCode",
    "Software",
    "Source",
    "SourceKind",
    "SourceObject",
    "SourceState",
    "SpendFile",
    "Stage",
    "StaleEntry",
    "StatedUse",
    "Stewardship",
    "Subject",
    "Succession",
    "Token",
    "Volume",
    "Webhook",
    "WebhookEvent",
    "Why",
    "Withheld",
]
