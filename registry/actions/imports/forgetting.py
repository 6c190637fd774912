"""Old imports: their files are forgotten, and previews that nobody applied are dropped. That they were stays."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions.imports.telling import tell
from registry.models import Import, ImportLine, ImportPart, ImportState, JobState

KEPT_FOR = timedelta(days=90)
MOST_AT_ONCE = 100  # the timetable comes by again


def forget_imports() -> int:
    """Forget the parts and rows of imports that were sent long ago, and return of how many."""
    now = timezone.now()
    old = Import.objects.filter(uploaded_in__at__lt=now - KEPT_FOR, forgotten_at=None)
    keys = list(old.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for key in keys:
        with transaction.atomic():
            forget(Import.objects.select_for_update(of=("self",)).get(pk=key))
    return len(keys)


def forget(imported: Import) -> None:
    if imported.state not in (ImportState.APPLIED, ImportState.FAILED, ImportState.DROPPED):
        imported.state, imported.taken, imported.taken_until = ImportState.DROPPED, None, None
        tell(
            imported.job_id,
            state=JobState.CANCELLED,
            stage=ImportState.DROPPED.label,
            sentence=_("Nobody applied it in 90 days, so it was dropped. Nothing was saved."),
        )
    ImportLine.objects.filter(imported=imported).delete()
    ImportPart.objects.filter(imported=imported).delete()
    imported.headings, imported.sample, imported.forgotten_at = [], [], timezone.now()
    imported.save()
