"""Who comes into a workspace, and the list of one's own."""

from collections.abc import Callable
from datetime import date
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registry.listings.declarations import CURRENCY
from registry.listings.moderation import WaitingListing
from registry.models import Membership, Organisation, Role
from registry.permissions import (
    Actor,
    may_draft,
    may_moderate,
    may_second_edition,
    may_see_workspace,
    may_sit_somewhere,
)
from registry.signed_in import actor_of


@never_cache
@login_required
@require_safe
def workspaces(request: HttpRequest) -> HttpResponse:
    """One's own bodies; straight on where there is one and nothing else to say."""
    actor = actor_of(request)
    today = timezone.localdate()
    mine = list(
        Membership.objects.filter(person=request.user, ended_in=None, organisation__isnull=False)
        .select_related("organisation")
        .order_by("organisation__name", "role")
    )
    standing = [one for one in mine if one.granted_in_id]
    bodies = {one.organisation for one in standing if one.organisation.exists_on(today)}
    if len(bodies) == 1 and len(standing) == len(mine) and not actor.held_back and not may_second_edition(actor):
        return redirect("registry:workspace_of", slug=bodies.pop().slug)
    context = {
        "may_publish": may_second_edition(actor),
        "may_sit": may_sit_somewhere(actor),
        "rows": [row(list(roles), actor, today) for _body, roles in groupby(standing, lambda one: one.organisation)],
        "asked": [one for one in mine if not one.granted_in_id],
        "held_back": [role.label for role in Role if role in actor.held_back],
        "to_review": WaitingListing().select({}).total if may_moderate(actor) else None,
    }
    return render(request, "registry/workspace/list.html", context)


def row(roles: list[Membership], actor: Actor, today: date) -> dict:
    """A body, with all that one is for it."""
    body = roles[0].organisation
    return {
        "body": body,
        "roles": [one.get_role_display() for one in roles],
        "held_back": any(Role(one.role) in actor.held_back for one in roles),
        "ended": not body.exists_on(today),
        "open": may_see_workspace(actor, body),
    }


def entered(
    request: HttpRequest, slug: str, may: Callable[[Actor, Organisation], bool] = may_see_workspace
) -> tuple[Organisation, Actor]:
    """The body, with the currency of its sums, and who comes in.

    Raises Http404 for whoever may not see it: others do not learn that it is used.
    """
    actor = actor_of(request)
    bodies = Organisation.objects.select_related("peer_group").annotate(currency=CURRENCY)
    body = get_object_or_404(bodies, slug=slug)
    if not may(actor, body):
        raise Http404
    return body, actor


def preparing(request: HttpRequest, slug: str) -> tuple[Organisation, Actor]:
    """As `entered`. Raises PermissionDenied for whoever only reads."""
    body, actor = entered(request, slug)
    if not may_draft(actor, body):
        raise PermissionDenied
    return body, actor
