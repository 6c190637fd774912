import uuid

from django.conf import settings
from django.db import models


class QuarterlyReader(models.Model):
    """Whether somebody wants the letter of a quarter. Whoever knows the uuid, which is in the letters, may stop it."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="quarterly_reader")
    stopped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}: {'stopped' if self.stopped_at else 'reads'}"


class QuarterlyLetter(models.Model):
    """That a body was looked at for a quarter's letter: once, also by two workers at the same moment."""

    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=6, help_text="2026Q4")
    readers = models.PositiveSmallIntegerField(default=0, help_text="To how many people it went.")

    class Meta:
        constraints = [models.UniqueConstraint("organisation", "quarter", name="quarterly_letter_once")]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.quarter}"
