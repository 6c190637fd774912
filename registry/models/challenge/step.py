from functools import reduce
from operator import or_

import pgtrigger
from django.db import models
from django.db.models import Q

from registry.models.challenge.challenge import ChallengeState, follows_its_steps


class StepKind(models.TextChoices):
    RAISED = "raised", "Challenged"
    ASKED = "asked", "Asked for more"
    REPLIED = "replied", "Said more"
    CHANGED = "changed", "Agreed and changed"
    KEPT = "kept", "Kept as it is"
    ESCALATED = "escalated", "Passed to the moderators"
    OVERDUE = "overdue", "Passed to the moderators, because nobody answered in time"
    UPHELD = "upheld", "Found to be right"
    LEFT = "left", "Left as it is"
    WITHDRAWN = "withdrawn", "Withdrawn"


LEADS_TO = {
    StepKind.RAISED: ChallengeState.OPEN,
    StepKind.ASKED: ChallengeState.ASKED,
    StepKind.REPLIED: ChallengeState.OPEN,
    StepKind.CHANGED: ChallengeState.ANSWERED,
    StepKind.KEPT: ChallengeState.ANSWERED,
    StepKind.ESCALATED: ChallengeState.ESCALATED,
    StepKind.OVERDUE: ChallengeState.ESCALATED,
    StepKind.UPHELD: ChallengeState.DECIDED,
    StepKind.LEFT: ChallengeState.DECIDED,
    StepKind.WITHDRAWN: ChallengeState.WITHDRAWN,
}
IN_WORDS = (StepKind.ASKED, StepKind.REPLIED, StepKind.CHANGED, StepKind.KEPT, StepKind.UPHELD, StepKind.LEFT)
"""Steps that say something."""


class ChallengeStep(models.Model):
    """What somebody did about a challenge. Never changed and never taken back; its event says who it was and when."""

    challenge = models.ForeignKey("registry.Challenge", models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    state = models.CharField(max_length=10, choices=ChallengeState, help_text="What the challenge is from then on.")
    organisation = models.ForeignKey(
        "registry.Organisation",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The body that spoke.",
    )
    text = models.TextField(blank=True)
    evidence_url = models.TextField(blank=True)
    declaration = models.ForeignKey(
        "registry.Declaration",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="What is said instead.",
    )
    changed_in = models.ForeignKey(
        "registry.Event",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The act that changed the record.",
    )
    recorded_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (Q(kind=kind, state=state) for kind, state in LEADS_TO.items())),
                name="challenge_step_leads_where_it_says",
            ),
            models.CheckConstraint(condition=~Q(text="") | ~Q(kind__in=IN_WORDS), name="challenge_step_says_why"),
            models.UniqueConstraint("challenge", condition=Q(kind=StepKind.RAISED), name="challenge_raised_once"),
            # Whoever challenged may ask the moderators once.
            models.UniqueConstraint("challenge", condition=Q(kind=StepKind.ESCALATED), name="challenge_escalated_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="challenge_step_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            follows_its_steps("challenge_state_is_of_its_last_step_too", "NEW.challenge_id"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge}: {self.get_kind_display()}"
