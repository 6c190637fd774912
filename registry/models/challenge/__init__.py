"""That somebody says “this is wrong” or “this is missing” of what is recorded, and what became of it."""

from registry.models.challenge.challenge import (
    About,
    Challenge,
    ChallengeOutcome,
    ChallengeState,
    of_declaration,
    of_row,
)
from registry.models.challenge.challenger import ChallengeArrival, Challenger
from registry.models.challenge.step import LEADS_TO, ChallengeStep, StepKind

__all__ = [
    "LEADS_TO",
    "About",
    "Challenge",
    "ChallengeArrival",
    "ChallengeOutcome",
    "ChallengeState",
    "ChallengeStep",
    "Challenger",
    "StepKind",
    "of_declaration",
    "of_row",
]
