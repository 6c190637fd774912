"""What moderators have looked at among components that bodies have described themselves."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from catalogue.models import Component
from commons.constraints import one_of
from registry.models.event import Act
from registry.models.source import SourceObject
from registry.models.stewardship import Stewardship

BY_BODIES = (Act.DESCRIBE_COMPONENT, Act.CREATE_SOFTWARE)


class LookOutcome(models.TextChoices):
    SEEN = "seen", "Seen"
    RETURNED = "returned", "Returned"


class LookQuerySet(models.QuerySet):
    def current(self):
        return self.filter(superseded_in=None)

    def returned(self):
        """Returned, and the component has not changed since: what its page says, and its stewards have to do."""
        return self.current().filter(outcome=LookOutcome.RETURNED, component__updated_at__lte=F("looked_in__at"))


class Look(models.Model):
    """A moderator has looked at a component. `said` is what it said then, so that the next one sees what changed."""

    component = models.ForeignKey("catalogue.Component", models.CASCADE, related_name="looks")
    outcome = models.CharField(max_length=10, choices=LookOutcome)
    reason = models.TextField(blank=True)
    said = models.JSONField(default=dict)
    looked_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    superseded_in = models.ForeignKey(
        "registry.Event", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["component"], condition=Q(superseded_in=None), name="look_current_once"),
            models.CheckConstraint(condition=one_of("outcome", LookOutcome), name="look_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(outcome=LookOutcome.SEEN, reason="") | (Q(outcome=LookOutcome.RETURNED) & ~Q(reason="")),
                name="look_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component}: {self.get_outcome_display().lower()}"


class SeenThrough(models.Model):
    """All that a body had added until then counts as seen: one row for however many components."""

    organisation = models.OneToOneField("registry.Organisation", models.CASCADE, related_name="seen_through")
    until = models.DateTimeField()
    looked_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"{self.organisation}: until {self.until:%Y-%m-%d %H:%M}"


def harvested():
    """What sources of bodies have brought, and nobody has seen through."""
    seen = SeenThrough.objects.filter(
        organisation=OuterRef("source__organisation"), until__gte=OuterRef("component__created_at")
    )
    return SourceObject.objects.filter(~Exists(seen), made=True, component__isnull=False)


def described():
    """What bodies have described by their tokens or their people, likewise. Operators do it for the registry."""
    by_body = Q(recorded_in__token__organisation__isnull=False) | Q(
        recorded_in__token=None, recorded_in__by__isnull=False, recorded_in__by__is_superuser=False
    )
    seen = SeenThrough.objects.filter(
        organisation=OuterRef("organisation"), until__gte=OuterRef("component__created_at")
    )
    return Stewardship.objects.filter(by_body, ~Exists(seen), recorded_in__act__in=BY_BODIES)


def new_components():
    """What no moderator has looked at since bodies added it, and what changed since it was returned. Drafts are not
    public, so that nothing is to be looked at.

    Made of sets: nothing is written when a body adds a component, however many it adds.
    """
    added = Q(pk__in=harvested().values("component")) | Q(pk__in=described().values("component"))
    looked = Look.objects.current().filter(component=OuterRef("pk"))
    changed = Look.objects.current().filter(outcome=LookOutcome.RETURNED, component__updated_at__gt=F("looked_in__at"))
    return Component.objects.listed().filter((added & ~Exists(looked)) | Q(pk__in=changed.values("component")))
