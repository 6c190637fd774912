"""A body's team: who is in it, who asks to be, whom an owner invites, and what ends."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commons.exceptions import Refused
from registry.actions.members import end_role, grant_role, invite, owned, refuse_role
from registry.models import Membership, Organisation, Role
from registry.permissions import Actor, may_end_role, may_grant_role, may_see_members
from registry.presenters import team
from registry.signed_in import actor_of
from registry.workspace.doors import entered
from registry.workspace.team_forms import InviteForm, RefuseForm

FORM = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    body, actor = entered(request, slug, may_see_members)
    return render(request, "registry/workspace/members.html", team.members(body, actor))


@never_cache
@login_required
@require_http_methods(FORM)
def invitation(request: HttpRequest, slug: str) -> HttpResponse:
    body, actor = entered(request, slug, may_see_members)
    roles = team.grantable(body, actor, owned(body))
    if not roles:
        raise PermissionDenied
    form = InviteForm(request.POST if request.method == "POST" else None, roles=roles)
    if form.is_bound and form.is_valid():
        made = done(form, lambda: invite(organisation=body, by=actor, **form.cleaned_data))
        if made:
            messages.success(request, welcome(made))
            return redirect("registry:members", slug=slug)
    return page(request, "invite", {"body": body, "form": form, **crumbs(body, actor, _("Invite somebody"))})


@never_cache
@login_required
@require_POST
def approve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership, actor = answered(request, slug, pk)
    try:
        grant_role(membership=membership, by=actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, welcome(membership))
    return redirect("registry:members", slug=slug)


@never_cache
@login_required
@require_http_methods(FORM)
def refuse(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    membership, actor = answered(request, slug, pk)
    body, form = membership.organisation, RefuseForm(request.POST if request.method == "POST" else None)
    if (
        form.is_bound
        and form.is_valid()
        and done(form, lambda: refuse_role(membership=membership, by=actor, **form.cleaned_data))
    ):
        messages.success(request, _("%(person)s is told why not.") % {"person": membership.person})
        return redirect("registry:members", slug=slug)
    context = {"body": body, "membership": membership, "form": form, **crumbs(body, actor, _("Refuse"))}
    return page(request, "refuse", context)


@never_cache
@login_required
@require_http_methods(FORM)
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first. One's own role can be given up by everybody; what others may not see is not there for them."""
    actor = actor_of(request)
    membership = of_body(slug, pk, ended_in=None)
    own = actor.person is not None and actor.person.pk == membership.person_id
    if not own and not may_see_members(actor, membership.organisation):
        raise Http404
    if not may_end_role(actor, membership):
        raise PermissionDenied
    context = team.ending(membership, actor)
    if request.method == "POST":
        try:
            end_role(membership=membership, by=actor)
        except Refused as refused:
            return render(request, "registry/workspace/end_role.html", context | {"refusal": refused}, status=409)
        messages.success(request, _("The role has ended."))
        return redirect("registry:workspace") if own else redirect("registry:members", slug=slug)
    return render(request, "registry/workspace/end_role.html", context)


def answered(request: HttpRequest, slug: str, pk: int) -> tuple[Membership, Actor]:
    """What was asked for, and who answers. Raises PermissionDenied for who may only look on."""
    body, actor = entered(request, slug, may_see_members)
    membership = of_body(slug, pk)
    if not may_grant_role(actor, body, Role(membership.role), owned=owned(body)):
        raise PermissionDenied
    return membership, actor


def of_body(slug: str, pk: int, **more) -> Membership:
    found = Membership.objects.select_related("person", "organisation")
    return get_object_or_404(found, pk=pk, organisation__slug=slug, **more)


def done(form: Form, act: Callable[[], Membership]) -> Membership | None:
    """What the act made; where it is refused, the form says why."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def welcome(membership: Membership) -> str:
    return _("%(person)s is now in the team, and is written to.") % {"person": membership.person}


def crumbs(body: Organisation, actor: Actor, here: str) -> dict:
    members_page = {"text": _("Team"), "href": team.members_address(body)}
    return {"breadcrumbs": team.crumbs(body, actor, members_page, {"text": here})}


def page(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    status = 400 if context["form"].is_bound else 200
    return render(request, f"registry/workspace/{name}.html", context, status=status)
