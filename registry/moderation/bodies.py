"""Bodies that are not in the registry yet: asked for by their people, added by a moderator."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commons.exceptions import Refused
from registry.actions.body_requests import AskedBody, add_body, ask_for_body, return_body
from registry.models import BodyRequest, Waiting
from registry.moderation.body_forms import AskForBodyForm, DecideBodyForm
from registry.moderation.doors import FORM, decided, for_moderators, given, looking
from registry.presenters import moderation as presented
from registry.signed_in import actor_of
from registry.tasks import send_letters_due


@never_cache
@login_required
@require_http_methods(FORM)
def ask(request: HttpRequest) -> HttpResponse:
    """“Add a body”: what somebody asks for, and what became of what they asked before."""
    form = AskForBodyForm(given(request))
    if form.is_bound and form.is_valid():
        try:
            ask_for_body(body=body_of(form.cleaned_data), why=form.cleaned_data["why"], by=actor_of(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            send_letters_due.delay_on_commit()
            return redirect(reverse("registry:body_new") + "#asked")
    mine = BodyRequest.objects.filter(asked_in__by=request.user).select_related("asked_in", "organisation")
    organisations = {"text": _("Organisations"), "href": reverse("registry:organisation_list")}
    context = {"form": form, "asked": list(mine[:20]), "breadcrumbs": [organisations, {"text": _("Add a body")}]}
    return render(request, "registry/moderation/body_new.html", context, status=400 if form.is_bound else 200)


@require_http_methods(FORM)
@for_moderators
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        BodyRequest.objects.select_related("asked_in__by", "decided_in", "organisation", "peer_group"), pk=pk
    )
    by = actor_of(request)
    form = DecideBodyForm(given(request), request=found)

    def add() -> str:
        made = add_body(
            request=found, body=body_of(form.cleaned_data), own_domain=form.cleaned_data["own_domain"], by=by
        )
        return _("%(body)s is added. Whoever asked is told.") % {"body": made}

    def send_back(reason: str) -> str:
        return_body(request=found, reason=reason, by=by)
        return _("Whoever asked is told why not.")

    if done := decided(request, form, yes=add, no=send_back, to=reverse("registry:moderation")):
        return done
    context: dict[str, Any] = {"asked": found, "form": form, "alike": presented.bodies_like(found)}
    context |= {"lease": None} if found.decided_in_id else looking(request, Waiting.BODY, pk)
    context["breadcrumbs"] = presented.crumbs(found.name)
    return render(request, "registry/moderation/body.html", context, status=400 if form.is_bound else 200)


def body_of(cleaned: dict[str, Any]) -> AskedBody:
    return AskedBody(**{name: cleaned[name] for name in ("name", "homepage", "identifier", "peer_group")})
