from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

UNANSWERED = Q(withdrawn_in=None)


class ClaimQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back by the steward. Whether the body has answered is asked beside (`registry.claims`)."""
        return self.filter(UNANSWERED)


class Claim(models.Model):
    """A steward says that a body uses its component. Nothing counts of it before the body has said so itself."""

    component = models.ForeignKey("catalogue.Component", models.PROTECT, related_name="claims")
    function = models.ForeignKey("catalogue.Function", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="claims")
    steward = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="given_claims")
    since = models.DateField(null=True, blank=True)
    claimed_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    claimed_at = models.DateTimeField(db_default=Now(), editable=False)
    withdrawn_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                "organisation", "component", "function", condition=UNANSWERED, name="claim_standing_once"
            ),
            models.CheckConstraint(condition=~Q(organisation=models.F("steward")), name="claim_not_of_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.steward}: {self.organisation} uses {self.component}"
