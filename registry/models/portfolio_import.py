"""A portfolio that came as a file: what was sent, what its rows say, and what became of them."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from commons.constraints import one_of
from registry.spreadsheets.tables import Form


class ImportState(models.TextChoices):
    RECEIVED = "received", "Received"
    ASKING = "asking", "Which column is which?"
    READY = "ready", "Preview"
    APPLYING = "applying", "Applying"
    APPLIED = "applied", "Applied"
    DROPPED = "dropped", "Dropped"
    FAILED = "failed", "Failed"


class Wish(models.TextChoices):
    """What is to be done once the rows are checked."""

    PREVIEW = "preview", "Show what would change"
    GOOD = "good", "Import the good rows"
    ALL_OR_NOTHING = "all_or_nothing", "Import all rows, or none"


class LineOutcome(models.TextChoices):
    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    UNCHANGED = "unchanged", "Unchanged"
    PROBLEM = "problem", "Has a problem"


IN_WORK = (ImportState.RECEIVED, ImportState.APPLYING)
OPEN = (*IN_WORK, ImportState.ASKING, ImportState.READY)
OPEN_ONCE = "import_open_once"


class ImportQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """What a worker has to do, and none is doing."""
        return self.filter(Q(taken_until=None) | Q(taken_until__lt=now), state__in=IN_WORK)

    def open(self):
        return self.filter(state__in=OPEN)


class Import(models.Model):
    """A file that a body's people, or its program, have sent, and how far it is.

    Its parts and lines are forgotten after some months; that it was imported is not. `taken` is the lease of the worker
    that has it: another worker goes on when that has run out.
    """

    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="imports", db_index=False)
    job = models.OneToOneField("registry.Job", models.PROTECT, related_name="imported")
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.RECEIVED)
    wish = models.CharField(max_length=20, choices=Wish, default=Wish.PREVIEW)
    name = models.CharField(max_length=200, help_text="Of the file, as it was sent.")
    form = models.CharField(max_length=4, choices=[(form.value, form.value) for form in Form])
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    uploaded_in = models.ForeignKey("registry.Event", models.PROTECT, related_name="+", db_index=False)
    sheet = models.CharField(max_length=200, blank=True)
    heading_row = models.PositiveIntegerField(default=0)
    headings = models.JSONField(default=list, help_text="Of the table, as they are written.")
    sample = models.JSONField(default=list, help_text="Its first rows.")
    columns = models.JSONField(default=list, help_text="What each heading means; null where somebody has to say it.")
    rows = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    problems = models.PositiveIntegerField(default=0, help_text="Rows that have one.")
    basis = models.CharField(max_length=60, blank=True, help_text="What stood when it was checked, in a word.")
    moved = models.BooleanField(default=False, help_text="Something was said meanwhile, so it was checked again.")
    wished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    wished_with = models.ForeignKey(
        "registry.Token", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    applied_in = models.OneToOneField("registry.Event", models.PROTECT, null=True, blank=True, related_name="imported")
    taken = models.UUIDField(null=True, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How many workers have begun it.")
    watched_at = models.DateTimeField(null=True, blank=True, help_text="When somebody last looked how far it is.")
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="When its parts and lines were deleted.")

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["organisation", "digest"], name="import_by_file"),
            models.Index(fields=["taken_until"], condition=Q(state__in=IN_WORK), name="import_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=one_of("state", ImportState), name="import_state_is_known"),
            models.CheckConstraint(condition=one_of("wish", Wish), name="import_wish_is_known"),
            models.CheckConstraint(
                condition=Q(applied_in=None) | Q(state=ImportState.APPLIED), name="import_event_once_applied"
            ),
            models.UniqueConstraint("organisation", "digest", condition=Q(state__in=OPEN), name=OPEN_ONCE),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.name}"

    @property
    def good(self) -> int:
        """Rows that would change something."""
        return self.new + self.changed


class ImportPart(models.Model):
    """A piece of the file."""

    imported = models.ForeignKey("registry.Import", models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["imported", "number"], name="import_part_once")]

    def __str__(self) -> str:
        return f"Part {self.number} of import {self.imported_id}"


class ImportLine(models.Model):
    """A row of the file. `given` is what it states (registry.portfolio_file.rows), `said` the whole statement that it
    makes of what stands, `before` what stood. `problems` are [column, value, sentence]."""

    imported = models.ForeignKey("registry.Import", models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField(help_text="Of the row, as a spreadsheet counts.")
    function = models.ForeignKey("catalogue.Function", models.CASCADE, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10, choices=LineOutcome, blank=True)
    cells = models.JSONField(default=list)
    given = models.JSONField(null=True)
    said = models.JSONField(null=True)
    before = models.JSONField(null=True)
    misread = models.JSONField(default=list, help_text="Those of the problems that its cells alone have.")
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["imported", "outcome", "number"], name="import_line_by_outcome"),
            models.Index(fields=["imported", "function"], name="import_line_by_function"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["imported", "number"], name="import_line_once"),
            models.CheckConstraint(
                condition=one_of("outcome", LineOutcome, blank=True), name="import_line_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.number} of import {self.imported_id}"


class KnownHeading(models.Model):
    """What a body has said that a heading of its files means. Blank: that column is left out."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="known_headings")
    heading = models.CharField(max_length=200, help_text="Without case, signs and what stands in brackets.")
    column = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["heading"]
        constraints = [models.UniqueConstraint(fields=["organisation", "heading"], name="known_heading_once")]

    def __str__(self) -> str:
        return f"{self.heading}: {self.column or 'left out'}"
