"""A job as people watch it: in words, in a bar, and honest about a worker that died."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commons.formatting import number
from registry.models import Job, JobKind, JobState

REFRESH_SECONDS = 5
STEPS_WORDS = (
    gettext_lazy("Received"),
    gettext_lazy("Reading"),
    gettext_lazy("Checking"),
    gettext_lazy("Preview"),
    gettext_lazy("Applying"),
)
"""The stages of an import, in their order."""
UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


def page(job: Job, now: datetime) -> dict[str, Any]:
    return progress(job, now) | {
        "headline": _("Failed") if failed(job, now) else job.get_state_display(),
        "breadcrumbs": [{"text": _("Home"), "href": "/"}, {"text": job.get_kind_display()}],
    }


def progress(job: Job, now: datetime) -> dict[str, Any]:
    under_way = job.state in UNDER_WAY and not failed(job, now)
    return {
        "job": job,
        "failed": failed(job, now),
        "under_way": under_way,
        "sentence": sentence(job, now),
        "done_words": done_words(job),
        "left": left(job) if under_way else "",
        "version": version(job),
        "refresh": REFRESH_SECONDS if under_way else None,
        "started": timezone.localtime(job.started_at),
        "finished": timezone.localtime(job.finished_at) if job.finished_at else None,
    }


def failed(job: Job, now: datetime) -> bool:
    return job.state == JobState.FAILED or job.is_silent(now)


def version(job: Job) -> str:
    """What a page that watches has seen: the stage, which is announced, and how far it is, which is not."""
    return f"{job.stage}-{job.done}-{job.total}"


def sentence(job: Job, now: datetime) -> str:
    if job.finished_at or job.state == JobState.ASKING:
        return job.sentence
    if job.is_silent(now):
        minutes = int((now - job.heartbeat_at).total_seconds() // 60)
        return _(
            "Nobody has worked at it for %(minutes)s minutes. What was done stays done, and the next worker goes on."
        ) % {"minutes": number(minutes)}
    if job.kind == JobKind.IMPORT:
        return job.stage
    done = {"stage": job.stage, "done": number(job.done), "total": number(job.total)}
    return _("%(stage)s: %(done)s of %(total)s steps. You can leave this page: it goes on without you.") % done


def done_words(job: Job) -> str:
    """“12,400 of 58,000 rows”; blank where nobody has counted yet."""
    if not job.total:
        return ""
    said = {"done": number(job.done), "total": number(job.total)}
    return (
        _("%(done)s of %(total)s rows") % said
        if job.kind == JobKind.IMPORT
        else _("%(done)s of %(total)s steps") % said
    )


def left(job: Job) -> str:
    """How long the stage will take at its pace so far; blank where there is none yet."""
    if job.stage_began_at is None or not job.done or job.done >= job.total:
        return ""
    took = (job.heartbeat_at - job.stage_began_at).total_seconds()
    seconds = took * (job.total - job.done) / job.done
    if seconds < 60:
        return _("less than a minute")
    minutes = round(seconds / 60)
    return ngettext("about %s minute", "about %s minutes", minutes) % number(minutes)
