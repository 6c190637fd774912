"""A body's tokens: seen by its team, issued and revoked by its owners. A secret is on one answer, and nowhere else."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from commons.exceptions import Refused
from registry.actions.tokens import issue_token, revoke_token
from registry.models import Token
from registry.permissions import may_revoke_token
from registry.presenters import team
from registry.workspace.doors import entered
from registry.workspace.team_forms import IssueForm

FORM = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_safe
def tokens(request: HttpRequest, slug: str) -> HttpResponse:
    body, actor = entered(request, slug)
    return render(request, "registry/workspace/tokens.html", team.tokens(body, actor, timezone.localdate()))


@sensitive_variables("issued")
@never_cache
@login_required
@require_http_methods(FORM)
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """The secret is in the answer to the form: in no address, no session and no log."""
    body, actor = entered(request, slug)
    scopes = team.issuable(body, actor)
    if not scopes:
        raise PermissionDenied
    form = IssueForm(request.POST if request.method == "POST" else None, body=body, scopes=scopes)
    context = {"body": body, "form": form, "breadcrumbs": team.token_crumbs(body, actor, _("Issue a token"))}
    if form.is_bound and form.is_valid():
        try:
            issued = issue_token(organisation=body, by=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return render(request, "registry/workspace/token_issued.html", context | {"issued": issued})
    return render(request, "registry/workspace/issue_token.html", context, status=400 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(FORM)
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first."""
    body, actor = entered(request, slug)
    token = get_object_or_404(Token.objects.select_related("organisation"), pk=pk, organisation=body)
    if not may_revoke_token(actor, token):
        raise PermissionDenied
    refusal = ""
    if request.method == "POST":
        try:
            revoke_token(token=token, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("%(token)s no longer works.") % {"token": token})
            return redirect("registry:tokens", slug=slug)
    context = {"body": body, "token": token, "refusal": refusal}
    crumbs = {"breadcrumbs": team.token_crumbs(body, actor, _("Revoke a token"))}
    return render(request, "registry/workspace/revoke_token.html", context | crumbs, status=409 if refusal else 200)
