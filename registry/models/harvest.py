"""What came of reading a source: a line for each thing, what differs from what people wrote, who is said to use it."""

from django.db import models
from django.db.models import F, Q

from catalogue.describing import FIELDS
from commons.constraints import one_of


class Outcome(models.TextChoices):
    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    UNCHANGED = "unchanged", "Unchanged"
    REFUSED = "refused", "Refused"
    MISSING = "missing", "No longer there"


class Harvest(models.Model):
    """One reading of a source. Without an end it is going on, or its worker died and the source is read again."""

    source = models.ForeignKey("registry.Source", models.CASCADE, related_name="harvests")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True, help_text="Why it could not be read to the end.")
    not_changed = models.BooleanField(default=False, help_text="The source said that nothing has changed.")
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-began_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="harvest_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.began_at:%Y-%m-%d %H:%M}"


class HarvestLine(models.Model):
    """What became of one thing in one reading."""

    harvest = models.ForeignKey("registry.Harvest", models.CASCADE, related_name="lines")
    thing = models.ForeignKey("registry.SourceObject", models.CASCADE, related_name="lines")
    outcome = models.CharField(max_length=10, choices=Outcome)
    message = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["harvest", "thing"], name="harvest_line_once"),
            models.CheckConstraint(condition=one_of("outcome", Outcome), name="harvest_line_outcome_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.thing}: {self.get_outcome_display()}"


class Choice(models.TextChoices):
    OPEN = "open", "Not decided"
    TAKEN = "taken", "Taken from the source"
    KEPT = "kept", "Kept as it is here"
    GONE = "gone", "No longer different"


class DifferenceQuerySet(models.QuerySet):
    def open(self):
        return self.filter(choice=Choice.OPEN)

    def listed(self):
        """What the public may see: nothing that tells of a draft."""
        return self.exclude(thing__component__lifecycle="draft").exclude(thing__component=None)


class Difference(models.Model):
    """A field that somebody wrote here, and that a source states otherwise. Until it is chosen, what is here stays."""

    thing = models.ForeignKey("registry.SourceObject", models.CASCADE, related_name="differences")
    field = models.CharField(max_length=40, choices=list(FIELDS.items()))
    ours = models.JSONField(null=True)
    theirs = models.JSONField(null=True)
    choice = models.CharField(max_length=10, choices=Choice, default=Choice.OPEN)
    found_at = models.DateTimeField()
    chosen_in = models.ForeignKey("registry.Event", models.PROTECT, null=True, blank=True, related_name="+")

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["thing__name", "field", "-id"]
        constraints = [
            models.UniqueConstraint("thing", "field", condition=Q(choice=Choice.OPEN), name="difference_open_once"),
            models.CheckConstraint(condition=one_of("choice", Choice), name="difference_choice_is_known"),
            models.CheckConstraint(
                condition=Q(choice__in=[Choice.TAKEN, Choice.KEPT], chosen_in__isnull=False)
                | Q(choice__in=[Choice.OPEN, Choice.GONE], chosen_in=None),
                name="difference_is_chosen_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} of {self.thing}"


class StatedUse(models.Model):
    """A name that a source gives among a component's users, and the body that it may mean.

    It is no declaration and is counted nowhere: what a body uses it says itself.
    """

    thing = models.ForeignKey("registry.SourceObject", models.CASCADE, related_name="stated_uses")
    name = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        "registry.Organisation", models.SET_NULL, null=True, blank=True, related_name="stated_uses"
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["thing", "name"], name="stated_use_once")]

    def __str__(self) -> str:
        return f"{self.name} uses {self.thing}"


class Host(models.Model):
    """How a host wants to be asked: what its robots.txt says, and since when it wants to be left alone."""

    name = models.TextField(unique=True, help_text="With its scheme and port: https://git.example.")
    robots = models.TextField(blank=True)
    robots_read_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0, help_text="How often it was too busy, one after the other.")

    def __str__(self) -> str:
        return self.name
