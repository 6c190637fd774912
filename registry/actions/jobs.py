"""Long work tells how far it is. What it tells directs nothing, so that telling it twice or never does no harm."""

from django.utils import timezone

from registry.models import Job, JobKind, JobState


def begin_job(*, kind: JobKind, stage: str, total: int) -> Job:
    now = timezone.now()
    return Job.objects.create(
        kind=kind, state=JobState.RUNNING, stage=stage, total=total, started_at=now, heartbeat_at=now
    )


def report(job: int | None, *, stage: str, done: int) -> None:
    """Say how far a job is, by its id; nothing where it has ended or is gone."""
    running = Job.objects.filter(pk=job, finished_at=None)
    running.update(stage=stage, done=done, heartbeat_at=timezone.now())


def finish(job: int | None, *, sentence: str) -> None:
    now = timezone.now()
    running = Job.objects.filter(pk=job, finished_at=None)
    running.update(state=JobState.DONE, sentence=sentence, heartbeat_at=now, finished_at=now)
