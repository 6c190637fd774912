from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from commons.constraints import one_of

SILENCE = timedelta(minutes=5)
"""A job that nobody has worked at for so long counts as failed: a dead worker cannot say so itself."""


class JobKind(models.TextChoices):
    PREVIEW = "preview", "Calculating the live preview"
    IMPORT = "import", "Importing a portfolio"


class JobState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    ASKING = "asking", "Waits for an answer"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


ENDED = [JobState.DONE, JobState.FAILED, JobState.CANCELLED]


class Job(models.Model):
    """Long work and how far it is, for people to watch. It directs nothing: the work's own tables do."""

    kind = models.CharField(max_length=20, choices=JobKind)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    stage = models.CharField(max_length=100, blank=True, help_text="What is being done, in words.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    stage_began_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    sentence = models.TextField(blank=True, help_text="How it ended.")

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", JobKind), name="job_kind_is_known"),
            models.CheckConstraint(condition=one_of("state", JobState), name="job_state_is_known"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_not_over_done"),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, finished_at__isnull=False) | (~Q(state__in=ENDED) & Q(finished_at=None)),
                name="job_end_is_timed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("registry:job", args=[self.pk])

    def is_silent(self, now: datetime) -> bool:
        """Whether it should be running, and nobody has worked at it for too long."""
        return self.state in (JobState.QUEUED, JobState.RUNNING) and now - self.heartbeat_at > SILENCE
