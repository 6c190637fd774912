from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registry.models import Commons, Import, Job
from registry.permissions import may_see_workspace
from registry.presenters import job as job_page
from registry.signed_in import actor_of
from registry.workspace.importing.presenters import page as import_page

NOTED_EVERY = timedelta(seconds=4)
RELATED = ("imported__organisation__peer_group", "imported__uploaded_in__by", "imported__applied_in")


@never_cache
@login_required
@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far long work is: for everybody who is signed in; that of a body for its own people."""
    found = get_object_or_404(Job.objects.select_related(*RELATED), pk=pk)
    now = timezone.now()
    imported = getattr(found, "imported", None)
    if imported is not None:
        imported.job = found
        if not may_see_workspace(actor_of(request), imported.organisation):
            raise Http404
        note_watcher(imported, now)
    if request.htmx:
        return told_again(request, found, now)
    if imported is None:
        return render(request, "registry/job.html", job_page.page(found, now))
    context = import_page(imported, actor_of(request), now, request, Commons.objects.currency())
    return render(request, "registry/workspace/importing/import.html", context)


def told_again(request: HttpRequest, found: Job, now: datetime) -> HttpResponse:
    """For a page that watches: nothing where nothing is new, the whole page anew where the work has come to an end."""
    context = job_page.progress(found, now)
    seen = request.GET.get("seen", "")
    if not context["under_way"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if seen == context["version"]:
        return HttpResponse(status=204)
    context["announced"] = seen.rpartition("-")[0].rpartition("-")[0] != found.stage
    return render(request, "registry/_progress.html", context)


def note_watcher(imported: Import, now: datetime) -> None:
    """Whoever watches needs no letter."""
    stale = Q(watched_at=None) | Q(watched_at__lt=now - NOTED_EVERY)
    if imported.watched_at is None or imported.watched_at < now - NOTED_EVERY:
        Import.objects.filter(stale, pk=imported.pk).update(watched_at=now)
