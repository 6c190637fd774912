"""What waits for a moderator, and who is looking at it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commons.constraints import one_of

LASTS = timedelta(minutes=30)


class Waiting(models.TextChoices):
    """Kinds of what waits. Each item is named by its kind and a key of that kind: a number, a slug or a reference."""

    BODY = "body", "New body"
    OWNER = "owner", "First owner of a body"
    COMPONENT = "component", "New component"
    PAIR = "pair", "Components that may be one"
    MERGE = "merge", "Merge that needs a second"
    CHALLENGE = "challenge", "Challenge"
    WITHDRAWAL = "withdrawal", "Withdrawal of a component"
    EXEMPTION = "exemption", "Exemption with a panel"
    REORGANISATION = "reorganisation", "Reorganisation that needs a second"
    EDITION = "edition", "Edition that needs a second"


class LeaseQuerySet(models.QuerySet):
    def standing(self, now: datetime):
        """Those that have not lapsed."""
        return self.filter(until__gt=now)


class Lease(models.Model):
    """Somebody is looking at an item, and others do not decide it meanwhile. It lapses by itself.

    A lease, and no act: it leaves no event behind. To take one over from somebody is an act.
    """

    kind = models.CharField(max_length=20, choices=Waiting)
    key = models.CharField(max_length=130)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leases")
    since = models.DateTimeField()
    until = models.DateTimeField()

    objects = LeaseQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="lease_one_of_an_item"),
            models.CheckConstraint(condition=one_of("kind", Waiting), name="lease_kind_is_known"),
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="lease_times_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.person}"
