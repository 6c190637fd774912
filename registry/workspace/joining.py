"""Asking to be in a body's team."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commons.exceptions import Refused
from registry.actions.members import ask_for_role
from registry.models import Organisation
from registry.presenters import team
from registry.signed_in import actor_of
from registry.workspace.team_forms import AskForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    body, actor = existing(slug), actor_of(request)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ask_for_role(organisation=body, by=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("registry:role_asked", slug=slug)
    context = team.joining(body, actor) | {"form": form}
    return render(request, "registry/workspace/join.html", context, status=400 if form.is_bound else 200)


@never_cache
@login_required
@require_safe
def joined(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next."""
    return render(request, "registry/workspace/asked.html", team.joining(existing(slug), actor_of(request)))


def existing(slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.existing(timezone.localdate()), slug=slug)
