"""Two listed components that may be one: the registry proposes it, and a moderator judges."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from catalogue.models import Lifecycle
from commons.constraints import one_of


class PairState(models.TextChoices):
    OPEN = "open", "Not judged"
    DISMISSED = "dismissed", "Two different components"
    MERGED = "merged", "Merged"


class PairQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=PairState.OPEN)

    def proposed(self):
        """Somebody proposes to merge them, and nobody has agreed yet."""
        return self.open().filter(kept__isnull=False)

    def involving(self, component):
        return self.filter(Q(first=component) | Q(second=component))

    def listed(self):
        """Without what has become a draft."""
        return self.exclude(first__lifecycle=Lifecycle.DRAFT).exclude(second__lifecycle=Lifecycle.DRAFT)


class Pair(models.Model):
    """A proposal, never a statement: it is shown to moderators alone, and nothing follows from it by itself.

    An open one goes when nothing speaks for it any more. A dismissed or merged one stays: it is never proposed again.
    """

    first = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="+", help_text="The lower id.")
    second = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="+")
    reasons = models.JSONField(help_text="What speaks for it, as `catalogue.similar.pairs` tells it.")
    state = models.CharField(max_length=10, choices=PairState, default=PairState.OPEN)
    found_on = models.DateField()
    reason = models.TextField(blank=True, help_text="Why the two are not one, in the moderator's words.")
    decided_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")
    kept = models.ForeignKey(
        "catalogue.Component",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Which of the two somebody proposes to keep: the merge waits for another person's agreement.",
    )
    proposed_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-found_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_lower_id_first"),
            models.CheckConstraint(condition=one_of("state", PairState), name="pair_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN, decided_in=None, reason="")
                | (Q(state=PairState.DISMISSED, decided_in__isnull=False) & ~Q(reason=""))
                | Q(state=PairState.MERGED, decided_in__isnull=False, reason=""),
                name="pair_is_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kept=None, proposed_in=None)
                | Q(Q(kept=F("first")) | Q(kept=F("second")), proposed_in__isnull=False),
                name="pair_proposal_keeps_one_of_them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"

    def get_absolute_url(self) -> str:
        return reverse("registry:pair", args=[self.pk])
