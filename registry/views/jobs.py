from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registry.models import Job
from registry.presenters import job as job_page


@never_cache
@login_required
@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far long work is: for everybody who is signed in."""
    return render(request, "registry/job.html", job_page.page(get_object_or_404(Job, pk=pk), timezone.now()))
