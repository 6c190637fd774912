from django.db import models
from django.db.models import F, Q


class WithdrawalQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_in=None)


class Withdrawal(models.Model):
    """Who looks after a component wants it to be at an end. Where bodies use it, a moderator decides."""

    component = models.ForeignKey("catalogue.Component", models.PROTECT, related_name="withdrawals")
    successor = models.ForeignKey(
        "catalogue.Component",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What to take instead.",
    )
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField()
    asked_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    decided_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    returned = models.TextField(blank=True, help_text="Why it was not withdrawn.")

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["component"], condition=Q(decided_in=None), name="withdrawal_waits_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(returned="") | Q(decided_in__isnull=False), name="withdrawal_returned_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("component")), name="withdrawal_not_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return f"Withdrawal of {self.component}"
