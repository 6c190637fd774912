"""Exemptions: a body asks, three people of other bodies decide, and everybody can read why."""

from registry.actions.exemptions.asking import ask_for_exemption, take_back_exemption
from registry.actions.exemptions.panel import eligible, leave_seat, open_seat, take_seat, vote

__all__ = [
    "ask_for_exemption",
    "eligible",
    "leave_seat",
    "open_seat",
    "take_back_exemption",
    "take_seat",
    "vote",
]
