"""How far an import is, for whoever watches; and a letter for whoever does not."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commons.formatting import number
from registry.actions.post import write_letter
from registry.models import Import, ImportState, Job, JobState, LetterKind
from registry.models.job import ENDED

WATCHING = timedelta(seconds=20)  # whoever looked so recently sees how it ends
LETTER = """{what}

{page}

You uploaded “{name}” for {body} at {service}.
"""


def tell(
    job: int, *, state: JobState, stage: str, done: int | None = None, total: int | None = None, sentence: str = ""
) -> None:
    """Say how far a job is. One that has ended stays as it is."""
    now = timezone.now()
    said: dict[str, Any] = {"state": state, "stage": stage, "heartbeat_at": now, "sentence": sentence}
    said |= {name: value for name, value in (("done", done), ("total", total)) if value is not None}
    if state in ENDED:
        said["finished_at"] = now
    running = Job.objects.filter(pk=job, finished_at=None)
    running.exclude(stage=stage).update(stage_began_at=now, done=0)
    running.update(**said)


def leave_to_worker(imported: Import, state: ImportState) -> None:
    imported.state, imported.taken, imported.taken_until, imported.tries = state, None, None, 0
    imported.watched_at = timezone.now()
    imported.save()
    tell(imported.job_id, state=JobState.QUEUED, stage=str(state.label), done=0)


def write_of(imported: Import, stage: str, what: str) -> None:
    """Write to whoever sent the file and has left the page; once for each stage. Programs ask for themselves."""
    sender = imported.wished_by or imported.uploaded_in.by
    watched = Import.objects.filter(pk=imported.pk).values_list("watched_at", flat=True).first()
    if sender is None or (watched is not None and timezone.now() - watched < WATCHING):
        return
    text = LETTER.format(
        what=what,
        page=settings.SITE_ADDRESS + reverse("registry:job", args=[imported.job_id]),
        name=imported.name,
        body=imported.organisation,
        service=settings.SERVICE_NAME,
    )
    write_letter(
        to=sender.email,
        about=f"import {imported.pk} {stage}",
        subject=what.split(". ")[0],
        text=text,
        kind=LetterKind.JOB,
    )


def counts(imported: Import) -> str:
    """“58 new, 12 changed, 3 problems, 20 unchanged”."""
    said = {
        "new": number(imported.new),
        "changed": number(imported.changed),
        "problems": ngettext("%s problem", "%s problems", imported.problems) % number(imported.problems),
        "unchanged": number(imported.unchanged),
    }
    return _("%(new)s new, %(changed)s changed, %(problems)s, %(unchanged)s unchanged") % said
