from registry.models.alert import Alert
from registry.models.assembly import Assembly, Part
from registry.models.attestation import Attestation, AttestationKind, AttestationState, Audit, AuditResult
from registry.models.challenge import (
    LEADS_TO,
    About,
    Challenge,
    ChallengeArrival,
    ChallengeOutcome,
    Challenger,
    ChallengeState,
    ChallengeStep,
    StepKind,
)
from registry.models.claim import Claim
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
from registry.models.moderation import (
    BodyRequest,
    Exemption,
    ExemptionOutcome,
    Lease,
    Look,
    LookOutcome,
    PanelSeat,
    SeenThrough,
    UnwantedLetter,
    Waiting,
    Withdrawal,
)
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
from registry.models.portfolio_import import (
    Import,
    ImportLine,
    ImportPart,
    ImportState,
    KnownHeading,
    LineOutcome,
    Wish,
)
from registry.models.quarterly import QuarterlyLetter, QuarterlyReader
from registry.models.reorganisation import (
    Becoming,
    Inheritance,
    Leaving,
    Passing,
    Reorganisation,
    ReorganisationKind,
    ReorganisationState,
)
from registry.models.returns import Account, Contribution, Volume
from registry.models.review import Review
from registry.models.signing_in import Purpose, SharedValue, SignInCode
from registry.models.source import ObjectState, Source, SourceKind, SourceObject, SourceState
from registry.models.spend import Payment, SpendFile
from registry.models.stale_entry import StaleEntry
from registry.models.stewardship import Stewardship
from registry.models.token import Scope, Token
from registry.models.usage import Usage
from registry.models.withheld import ShownTo, Withheld

__all__ = [
    "LEADS_TO",
    "STAGES_IN_USE",
    "About",
    "Account",
    "Act",
    "Alert",
    "Assembly",
    "Attestation",
    "AttestationKind",
    "AttestationState",
    "Audit",
    "AuditResult",
    "Becoming",
    "BodyRequest",
    "Catalog",
    "Challenge",
    "ChallengeArrival",
    "ChallengeOutcome",
    "ChallengeState",
    "ChallengeStep",
    "Challenger",
    "Choice",
    "Claim",
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
    "Exemption",
    "ExemptionOutcome",
    "Harvest",
    "HarvestLine",
    "Host",
    "IdempotentAnswer",
    "Identifier",
    "Import",
    "ImportLine",
    "ImportPart",
    "ImportState",
    "Inheritance",
    "Job",
    "JobKind",
    "JobState",
    "KnownHeading",
    "Lease",
    "Leaving",
    "Letter",
    "LetterKind",
    "LineOutcome",
    "Log",
    "Look",
    "LookOutcome",
    "Membership",
    "Notice",
    "ObjectState",
    "Organisation",
    "Outcome",
    "Pair",
    "PairState",
    "PanelSeat",
    "Part",
    "Passing",
    "Payment",
    "Person",
    "Publisher",
    "Purpose",
    "QuarterlyLetter",
    "QuarterlyReader",
    "RejectedHint",
    "Reorganisation",
    "ReorganisationKind",
    "ReorganisationState",
    "Review",
    "Role",
    "Scope",
    "SeenThrough",
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
    "StepKind",
    "Stewardship",
    "Subject",
    "Succession",
    "Token",
    "UnwantedLetter",
    "Usage",
    "Volume",
    "Waiting",
    "Webhook",
    "WebhookEvent",
    "Why",
    "Wish",
    "Withdrawal",
    "Withheld",
]
