"""Where descriptions of components are read from, again and again."""

from datetime import datetime

from django.core.validators import validate_email
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse

from commons.constraints import keep_history, one_of

LEASE_MINUTES = 15
"""For so long nobody else takes a source that is being read. A worker that lives says so again with every page."""
GONE_AFTER_DAYS = 90
"""A component whose every source has failed for so long is left out of searches that do not ask for it."""
ON_THE_WEB = r"^https?://[^[:space:]]+$"


class SourceKind(models.TextChoices):
    REPOSITORY = "repository", "Repository"
    FILE = "file", "File"
    API_CATALOGUE = "api_catalogue", "Catalogue of APIs"
    OPEN_CATALOGUE = "open_catalogue", "Open Catalog API"
    CKAN = "ckan", "CKAN"
    DCAT = "dcat", "DCAT"


ALONE = (SourceKind.REPOSITORY, SourceKind.FILE)
"""What describes one thing as a rule: where that has an error, the source has."""


class SourceState(models.TextChoices):
    """Not a column: it follows from several (`SourceQuerySet.in_state`)."""

    NEW = "new", "Not read yet"
    GOOD = "good", "Up to date"
    FAILING = "failing", "Has errors"
    STOPPED = "stopped", "No longer read"


STATES = {
    SourceState.STOPPED: ~Q(stopped_at=None),
    SourceState.FAILING: Q(stopped_at=None, failing_since__isnull=False),
    SourceState.GOOD: Q(stopped_at=None, failing_since=None, succeeded_at__isnull=False),
    SourceState.NEW: Q(stopped_at=None, failing_since=None, succeeded_at=None),
}


class SourceQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """To be read now: it is time, and no worker has it, or the one that had it is gone."""
        return self.filter(Q(taken_until=None) | Q(taken_until__lte=now), stopped_at=None, next_due_at__lte=now)

    def in_state(self, state: SourceState):
        return self.filter(STATES[state])

    def with_state(self):
        """Annotates `state`, one of SourceState."""
        cases = [models.When(condition, then=models.Value(state.value)) for state, condition in STATES.items()]
        return self.annotate(state=models.Case(*cases, output_field=models.CharField()))


# What reading writes is no history: `Harvest` keeps that.
READ = ["next_due_at", "taken_until", "tried_at", "succeeded_at", "failing_since", "failure", "letters", "letter_on"]


@keep_history(exclude=[*READ, "read_from", "etag", "last_modified"])
class Source(models.Model):
    """A repository, file or catalogue that belongs to a body and is read on a timetable. Stopped, never deleted."""

    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=20, choices=SourceKind)
    address = models.TextField()
    every_days = models.PositiveSmallIntegerField(default=1)
    looked_after = models.BooleanField(
        default=False, help_text="The body looks after what is found here: it says so with the source."
    )
    contact = models.CharField(
        max_length=254, blank=True, validators=[validate_email], help_text="Who is written to where it fails."
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True, help_text="A worker has it until then.")
    tried_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True, help_text="Why it could not be read the last time.")
    letters = models.PositiveSmallIntegerField(default=0, help_text="How often its owner was written to since.")
    letter_on = models.DateField(null=True, blank=True)
    read_from = models.TextField(blank=True, help_text="Where the text was, with what it was asked for last.")
    etag = models.TextField(blank=True)
    last_modified = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_in = models.ForeignKey(
        "registry.Event",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The act that made it what it is.",
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "address", "id"]
        indexes = [models.Index("next_due_at", condition=Q(stopped_at=None), name="source_by_turn")]
        constraints = [
            models.UniqueConstraint("address", "kind", condition=Q(stopped_at=None), name="source_read_once"),
            models.CheckConstraint(condition=one_of("kind", SourceKind), name="source_kind_is_known"),
            models.CheckConstraint(condition=Q(address__regex=ON_THE_WEB), name="source_is_on_the_web"),
            models.CheckConstraint(condition=Q(every_days__range=(1, 90)), name="source_is_read_in_time"),
            models.CheckConstraint(
                condition=Q(stopped_at=None, next_due_at__isnull=False) | ~Q(stopped_at=None), name="source_has_a_turn"
            ),
            models.CheckConstraint(
                condition=Q(failing_since=None, failure="") | ~Q(failing_since=None) & ~Q(failure=""),
                name="source_says_why_it_fails",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.address}"

    def get_absolute_url(self) -> str:
        return reverse("registry:source", args=[self.pk])


class ObjectState(models.TextChoices):
    GOOD = "good", "Read without errors"
    REFUSED = "refused", "Has errors"
    MISSING = "missing", "No longer there"


class SourceObjectQuerySet(models.QuerySet):
    def listed(self):
        """What the public may see: nothing that tells of a draft."""
        return self.exclude(component__lifecycle="draft")

    def failing(self):
        """Those that do not say today what they said: they have errors or are gone, or their source cannot be read."""
        return self.filter(~Q(state=ObjectState.GOOD) | Q(source__failing_since__isnull=False))

    def fresh(self):
        return self.filter(state=ObjectState.GOOD, source__failing_since=None, source__stopped_at=None)

    def showing_old(self):
        """Those whose component is described by no object that is read without errors."""
        others = SourceObject.objects.fresh().filter(component=OuterRef("component"))
        return self.failing().filter(component__isnull=False, source__stopped_at=None).exclude(Exists(others))


class SourceObject(models.Model):
    """A thing that a source describes, and the component that it became."""

    source = models.ForeignKey("registry.Source", models.CASCADE, related_name="things")
    identifier = models.TextField(help_text="What the source calls it: an address, a number, a file.")
    name = models.CharField(max_length=300, blank=True)
    component = models.ForeignKey(
        "catalogue.Component", models.SET_NULL, null=True, blank=True, related_name="source_objects"
    )
    made = models.BooleanField(default=False, help_text="The component was made from it.")
    state = models.CharField(max_length=10, choices=ObjectState)
    trouble = models.TextField(blank=True, help_text="Why it was not taken the last time.")
    troubled_since = models.DateTimeField(null=True, blank=True)
    text_hash = models.CharField(max_length=64, blank=True, help_text="Of the text that was taken last.")
    harvested = models.JSONField(default=dict, blank=True, help_text="What the text stated that was taken last.")
    read_at = models.DateTimeField(null=True, blank=True, help_text="When it was last read without an error.")

    objects = SourceObjectQuerySet.as_manager()

    class Meta:
        ordering = ["name", "identifier"]
        constraints = [
            models.UniqueConstraint(fields=["source", "identifier"], name="source_object_once"),
            models.CheckConstraint(condition=one_of("state", ObjectState), name="source_object_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ObjectState.GOOD, troubled_since=None)
                | ~Q(state=ObjectState.GOOD) & Q(troubled_since__isnull=False),
                name="source_object_trouble_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.identifier
