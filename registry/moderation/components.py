"""New components, looked at after they are listed."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.models import Component
from commons.exceptions import Refused
from registry.actions.looks import return_component, see_component, see_components
from registry.actions.pairs import propose_pair
from registry.models import Organisation, Waiting
from registry.models.moderation.look import new_components
from registry.moderation.doors import FORM, attempt, decided, for_moderators, given, looking
from registry.moderation.forms import DecisionForm
from registry.presenters import looks
from registry.presenters import moderation as presented
from registry.signed_in import actor_of


@require_http_methods(FORM)
@for_moderators
def new_component(request: HttpRequest, slug: str) -> HttpResponse:
    listed = Component.objects.listed().annotate(is_new=Exists(new_components().filter(pk=OuterRef("pk"))))
    component, by = get_object_or_404(listed, slug=slug), actor_of(request)
    if not component.is_new:
        return redirect("catalogue:component", slug)
    form = DecisionForm(given(request), yes=_("It is in order"), no=_("Return it to who looks after it, with a reason"))

    def seen() -> str:
        see_component(component=component, by=by)
        return _("%(component)s is in order.") % {"component": component}

    def send_back(reason: str) -> str:
        return_component(component=component, reason=reason, by=by)
        return _("%(component)s is returned: its page says so until it is changed.") % {"component": component}

    if done := decided(request, form, yes=seen, no=send_back, to=reverse("registry:moderation")):
        return done
    context = looks.page(component) | looking(request, Waiting.COMPONENT, slug) | {"form": form}
    context["breadcrumbs"] = presented.crumbs(component.name)
    return render(request, "registry/moderation/component.html", context, status=400 if form.is_bound else 200)


@require_POST
@for_moderators
def seen_through(request: HttpRequest, slug: str) -> HttpResponse:
    """All that a body has added until now is in order."""
    body = get_object_or_404(Organisation, slug=slug)
    queue = reverse("registry:moderation")
    said = _("All that %(body)s has added until now counts as seen.") % {"body": body}
    return attempt(request, lambda: see_components(organisation=body, by=actor_of(request)), said, queue, queue)


@require_POST
@for_moderators
def propose(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """That two components may be one; judged on the page of the pair."""
    both = [get_object_or_404(Component.objects.listed(), slug=each) for each in (slug, other)]
    try:
        pair = propose_pair(one=both[0], other=both[1], by=actor_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("registry:new_component", slug)
    return redirect(pair)
