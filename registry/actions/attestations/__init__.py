"""Vouching for what others say: by a component's steward for its use, by a finance officer for what a system costs."""

from registry.actions.attestations.answering import attest, decline, withdraw_attestation
from registry.actions.attestations.asking import ask_for_attestation
from registry.actions.attestations.costs import attest_costs, withdraw_cost
from registry.actions.attestations.keeping import end_abandoned, lapse_overdue
from registry.actions.attestations.telling import tell_bodies

__all__ = [
    "ask_for_attestation",
    "attest",
    "attest_costs",
    "decline",
    "end_abandoned",
    "lapse_overdue",
    "tell_bodies",
    "withdraw_attestation",
    "withdraw_cost",
]
