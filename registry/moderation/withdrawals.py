"""Withdrawing a component: asked by who looks after it, once they have seen whom it affects."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalogue.judging import listed, signed_in, writing
from catalogue.models import Component
from catalogue.presenters.trail import trail
from catalogue.presenters.words import bodies
from commons.exceptions import Refused
from public_value.tasks import follow_registry
from registry.actions.deprecations import affected
from registry.actions.withdrawals import (
    ask_to_withdraw,
    keep_component,
    others_affected,
    refuse_withdrawal,
    withdraw_component,
)
from registry.models import Organisation, Waiting, Withdrawal
from registry.moderation.doors import FORM, decided, for_moderators, given, looking
from registry.moderation.forms import DecisionForm, WithdrawalForm
from registry.permissions import Actor
from registry.presenters import moderation as presented
from registry.signed_in import actor_of
from registry.tasks import send_letters_due

USERS_SHOWN = 30


@require_http_methods(FORM)
@never_cache
@signed_in
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """First why and what instead, then whom it affects, then asked for; done at once where nobody uses it."""
    component = listed(slug)
    by = writing(request, component)
    form = WithdrawalForm(given(request))
    if form.is_bound and form.is_valid():
        try:
            refuse_withdrawal(component, by=by, **form.cleaned_data)
            if "confirm" not in request.POST:
                return interrupted(request, component, form, by)
            asked = ask_to_withdraw(component=component, by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return done(request, asked)
    waiting = Withdrawal.objects.waiting().filter(component=component).select_related("asked_in").first()
    context = {"component": component, "form": form, "waiting": waiting}
    context["breadcrumbs"] = trail(component, _("Withdraw it"))
    return render(request, "registry/moderation/withdraw.html", context, status=400 if form.is_bound else 200)


def interrupted(request: HttpRequest, component: Component, form: WithdrawalForm, by: Actor) -> HttpResponse:
    """What would follow: nothing has been written yet."""
    context = shown(others_affected(component, by)) | form.cleaned_data | {"component": component}
    context["breadcrumbs"] = trail(component, _("Withdraw it"))
    return render(request, "registry/moderation/withdraw_check.html", context)


def shown(affected: Iterable[Organisation]) -> dict:
    users = list(affected)
    return {"users": users[:USERS_SHOWN], "more": len(users) - USERS_SHOWN, "bodies": bodies(len(users))}


def done(request: HttpRequest, asked: Withdrawal) -> HttpResponse:
    if asked.decided_in_id:
        follow_registry.delay_on_commit()
        messages.success(request, _("%(name)s is withdrawn.") % {"name": asked.component})
    else:
        messages.success(request, _("A moderator is asked: bodies use it. Until then nothing changes."))
    return HttpResponseRedirect(reverse("catalogue:component", args=[asked.component.slug]))


@require_http_methods(FORM)
@for_moderators
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    related = ("component", "successor", "organisation", "asked_in", "decided_in")
    found = get_object_or_404(Withdrawal.objects.select_related(*related), pk=pk)
    by = actor_of(request)
    form = DecisionForm(given(request), yes=_("Withdraw it, and write to every body that uses it"))

    def carry_out() -> str:
        withdraw_component(withdrawal=found, by=by)
        follow_registry.delay_on_commit()
        send_letters_due.delay_on_commit()
        return _("%(name)s is withdrawn, and bodies are told.") % {"name": found.component}

    def send_back(reason: str) -> str:
        keep_component(withdrawal=found, reason=reason, by=by)
        return _("%(name)s stays. Who looks after it is told.") % {"name": found.component}

    if done := decided(request, form, yes=carry_out, no=send_back, to=reverse("registry:moderation")):
        return done
    context = shown(affected(found.component, timezone.localdate())) | {
        "withdrawal": found,
        "component": found.component,
        "form": form,
    }
    context |= {"lease": None} if found.decided_in_id else looking(request, Waiting.WITHDRAWAL, pk)
    context["breadcrumbs"] = presented.crumbs(found.component.name)
    return render(request, "registry/moderation/withdrawal.html", context, status=400 if form.is_bound else 200)
