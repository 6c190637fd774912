"""Challenges: somebody says “this is wrong or missing”, and whoever is answerable answers.

raise_challenge → (ask_challenger ⇄ reply_to_question) → agree_to_challenge, or keep_record
→ (escalate_challenge → decide_challenge)
"""

from registry.actions.challenges.answering import agree_to_challenge, ask_challenger, decide_challenge, keep_record
from registry.actions.challenges.challengers import (
    escalate_challenge,
    forget_challenger,
    reply_to_question,
    withdraw_challenge,
)
from registry.actions.challenges.limits import TooMany
from registry.actions.challenges.overdue import escalate_overdue, forget_challengers
from registry.actions.challenges.raising import Raised, raise_challenge
from registry.actions.challenges.subjects import Subject

__all__ = [
    "Raised",
    "Subject",
    "TooMany",
    "agree_to_challenge",
    "ask_challenger",
    "decide_challenge",
    "escalate_challenge",
    "escalate_overdue",
    "forget_challenger",
    "forget_challengers",
    "keep_record",
    "raise_challenge",
    "reply_to_question",
    "withdraw_challenge",
]
