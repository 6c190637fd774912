"""A job as people watch it: in words, in a bar, and honest about a worker that died."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from commons.formatting import number
from registry.models import Job, JobState

REFRESH_SECONDS = 5


def page(job: Job, now: datetime) -> dict:
    failed = job.state == JobState.FAILED or job.is_silent(now)
    return {
        "job": job,
        "failed": failed,
        "headline": _("Failed") if failed else job.get_state_display(),
        "sentence": sentence(job, now),
        "refresh": REFRESH_SECONDS if job.finished_at is None and not failed else None,
        "started": timezone.localtime(job.started_at),
        "finished": timezone.localtime(job.finished_at) if job.finished_at else None,
        "breadcrumbs": [{"text": _("Home"), "href": "/"}, {"text": job.get_kind_display()}],
    }


def sentence(job: Job, now: datetime) -> str:
    if job.finished_at:
        return job.sentence
    if job.is_silent(now):
        minutes = int((now - job.heartbeat_at).total_seconds() // 60)
        return _(
            "Nobody has worked at it for %(minutes)s minutes. What was done stays done, and the next worker goes on."
        ) % {"minutes": number(minutes)}
    done = {"stage": job.stage, "done": number(job.done), "total": number(job.total)}
    return _("%(stage)s: %(done)s of %(total)s steps. You can leave this page: it goes on without you.") % done
