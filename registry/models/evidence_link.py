from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

GOOD_FOR = timedelta(days=365)


class EvidenceLinkQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """To be looked at now: it is time, and no worker has it, or the one that had it is gone."""
        return self.filter(Q(taken_until=None) | Q(taken_until__lte=now), next_due_at__lte=now)

    def good(self, now: datetime):
        """Those that answered the last time, at most a year ago."""
        return self.filter(failures=0, answered_at__gt=now - GOOD_FOR)


class EvidenceLink(models.Model):
    """A public address that declarations name as their evidence, and whether it answers."""

    address = models.CharField(max_length=2000, unique=True)
    next_due_at = models.DateTimeField()
    taken_until = models.DateTimeField(null=True, blank=True, help_text="A worker has it until then.")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="When it answered the last time.")
    failures = models.PositiveSmallIntegerField(default=0, help_text="How often it did not, one after the other.")
    failure = models.TextField(blank=True, help_text="Why it could not be read the last time.")

    objects = EvidenceLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_due_at"], name="evidence_link_by_turn")]
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, failure="") | Q(failures__gt=0) & ~Q(failure=""),
                name="evidence_link_failure_is_told",
            ),
        ]

    def __str__(self) -> str:
        return self.address
