"""The first owner of a body: a moderator looks whether it is really theirs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registry.actions.members import grant_role, owned, refuse_role
from registry.models import Membership, Waiting
from registry.moderation.doors import FORM, decided, for_moderators, given, looking
from registry.moderation.forms import DecisionForm
from registry.presenters import moderation as presented
from registry.presenters import team
from registry.signed_in import actor_of


@require_http_methods(FORM)
@for_moderators
def first_owner(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = waiting(pk), actor_of(request)
    form = DecisionForm(given(request), yes=_("Approve: they answer for the body from now on"))

    def approve() -> str:
        grant_role(membership=found, by=by)
        return _("%(person)s is owner of %(body)s now.") % {"person": found.person, "body": found.organisation}

    def send_back(reason: str) -> str:
        refuse_role(membership=found, reason=reason, by=by)
        return _("%(person)s is told why not.") % {"person": found.person}

    if done := decided(request, form, yes=approve, no=send_back, to=reverse("registry:moderation")):
        return done
    context = team.first_owner(found) | looking(request, Waiting.OWNER, pk) | {"form": form}
    context["breadcrumbs"] = presented.crumbs(found.organisation.name)
    return render(request, "registry/moderation/first_owner.html", context, status=400 if form.is_bound else 200)


def waiting(pk: int) -> Membership:
    """Raises Http404 where it is no first owner who waits."""
    asked = Membership.objects.asked().owners().select_related("person", "organisation", "asked_in")
    found = asked.filter(pk=pk).first()
    if found is None or owned(found.organisation):
        raise Http404
    return found
