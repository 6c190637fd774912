"""Whether somebody wants the letter of each quarter. Whoever knows the address may say: it is in the letters alone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from registry.actions.quarterly import resume_quarterly, stop_quarterly
from registry.models import QuarterlyReader
from registry.signed_in import actor_of


@require_safe
@never_cache
def quarterly(request: HttpRequest, pk: UUID) -> HttpResponse:
    return answer(request, get_object_or_404(QuarterlyReader, pk=pk))


@require_POST
@csrf_exempt  # mail programs post here by one click (RFC 8058); who knows the address may stop it
@never_cache
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Twice is as good as once."""
    found = get_object_or_404(QuarterlyReader, pk=pk)
    stop_quarterly(reader=found, by=actor_of(request))
    found.refresh_from_db()
    return answer(request, found)


@require_POST
@never_cache
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    resume_quarterly(reader=get_object_or_404(QuarterlyReader, pk=pk), by=actor_of(request))
    return HttpResponseRedirect(reverse("registry:quarterly", args=[pk]))


def answer(request: HttpRequest, reader: QuarterlyReader) -> HttpResponse:
    crumbs = [{"text": _("Letters of each quarter")}]
    response = render(request, "registry/quarterly.html", {"reader": reader, "breadcrumbs": crumbs})
    response["X-Robots-Tag"] = "noindex"
    return response
