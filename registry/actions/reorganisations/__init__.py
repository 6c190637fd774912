"""What becomes of bodies. `acts` are those of people, `vesting` is the worker's; `refusals` say what cannot be."""

from registry.actions.reorganisations.acts import (
    cancel_reorganisation,
    change_reorganisation,
    plan_reorganisation,
    second_reorganisation,
)
from registry.actions.reorganisations.plans import Plan, PlannedBody, PlannedLeaving
from registry.actions.reorganisations.vesting import carry_out, carry_out_due

__all__ = [
    "Plan",
    "PlannedBody",
    "PlannedLeaving",
    "cancel_reorganisation",
    "carry_out",
    "carry_out_due",
    "change_reorganisation",
    "plan_reorganisation",
    "second_reorganisation",
]
