"""Exemptions: everybody reads them; a body's owner asks; people of other bodies sit on the panel."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalogue.models import Function
from commons.exceptions import Refused
from commons.formats import in_formats
from public_value.tasks import follow_registry
from registry.actions.exemptions import ask_for_exemption, leave_seat, take_back_exemption, take_seat, vote
from registry.actions.exemptions.asking import Asking, last_granted
from registry.listings import ExemptionListing
from registry.models import Declaration, Exemption, ExemptReason, Organisation, PanelSeat
from registry.moderation.doors import FORM, attempt, for_whom, given
from registry.moderation.forms import YES, ExemptionForm, VoteForm
from registry.permissions import may_ask_for_exemption, may_sit_somewhere
from registry.presenters import exemptions as presented
from registry.presenters import moderation
from registry.signed_in import actor_of
from registry.views.paging import to_first_page
from registry.workspace.doors import entered

A_PAGE = 25


@never_cache
@require_safe
@in_formats(ExemptionListing)
def exemption_list(request: HttpRequest) -> HttpResponse:
    selection = ExemptionListing().select(request.GET)
    page = selection.page(request.GET.get("page"), A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "registry/moderation/exemption_list.html", presented.page(selection, page))


@require_safe
@for_whom(may_sit_somewhere)
def panels(request: HttpRequest) -> HttpResponse:
    """“Exemptions asked for: sit on a panel”."""
    context = {"rows": presented.panels(actor_of(request)), "breadcrumbs": moderation.crumbs(_("Exemptions asked for"))}
    return render(request, "registry/moderation/panels.html", context)


def found(pk: int) -> Exemption:
    related = ("organisation__peer_group", "function", "asked_in", "decided_in", "renews")
    return get_object_or_404(Exemption.objects.select_related(*related), pk=pk)


@never_cache
@require_safe
def exemption(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "registry/moderation/exemption.html", shown(request, found(pk)) | {"form": VoteForm()})


def shown(request: HttpRequest, one: Exemption) -> dict[str, Any]:
    return presented.one(one, actor_of(request))


@never_cache
@login_required
@require_POST
def sit(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(pk)
    body = get_object_or_404(Organisation, slug=request.POST.get("body", "")[:120].replace("\x00", ""))
    as_steward = request.POST.get("as") == "steward"
    act = partial(take_seat, exemption=one, organisation=body, as_steward=as_steward, by=actor_of(request))
    return done(request, one, act, _("You have a seat on the panel. Vote here."))


@never_cache
@login_required
@require_POST
def leave(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give a seat back, or free somebody else's."""
    one = found(pk)
    seat = get_object_or_404(PanelSeat.objects.select_related("exemption"), exemption=one, number=number)
    return done(request, one, lambda: leave_seat(seat=seat, by=actor_of(request)), _("The seat is free again."))


@never_cache
@login_required
@require_http_methods(FORM)
def cast(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(pk)
    form = VoteForm(given(request))
    if not form.is_bound:
        return HttpResponseRedirect(one.get_absolute_url())
    if form.is_valid():
        said = form.cleaned_data
        try:
            vote(exemption=one, grants=said["choice"] == YES, reason=said["reason"], by=actor_of(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            follow_registry.delay_on_commit()
            return HttpResponseRedirect(one.get_absolute_url())
    return render(request, "registry/moderation/exemption.html", shown(request, one) | {"form": form}, status=400)


@never_cache
@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(pk)
    if not may_ask_for_exemption(actor_of(request), one.organisation):
        raise PermissionDenied
    act = partial(take_back_exemption, exemption=one, by=actor_of(request))
    return done(request, one, act, _("It is taken back."))


def done(request: HttpRequest, one: Exemption, act: Callable[[], object], said: str) -> HttpResponse:
    return attempt(request, act, said, one.get_absolute_url(), one.get_absolute_url())


@never_cache
@login_required
@require_http_methods(FORM)
def ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """For one of the body's own systems, named by the statement that stands."""
    body, by = entered(request, slug)
    if not may_ask_for_exemption(by, body):
        raise PermissionDenied
    one = Declaration.objects.current().duplicates().filter(organisation=body, pk=pk).select_related("function").first()
    if one is None:
        raise Http404
    before = last_granted(body, one.function, one.system)
    initial = {"reason": before.reason, "text": before.text} if before else None
    form = ExemptionForm(given(request), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made = ask_for_exemption(
                organisation=body, function=one.function, asking=asked(one, form.cleaned_data), by=by
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(made.get_absolute_url())
    context = {
        "body": body,
        "statement": one,
        "before": before,
        "form": form,
        "breadcrumbs": crumbs(body, one.function),
    }
    return render(request, "registry/moderation/exemption_ask.html", context, status=400 if form.is_bound else 200)


def asked(one: Declaration, said: dict[str, Any]) -> Asking:
    return Asking(system=one.system, reason=ExemptReason(said.pop("reason")), **said)


def crumbs(body: Organisation, function: Function) -> list[dict[str, str]]:
    workspace = reverse("registry:workspace_of", args=[body.slug])
    return [
        {"text": _("%(name)s: workspace") % {"name": body.name}, "href": workspace},
        {"text": function.name, "href": reverse("registry:cell", args=[body.slug, function.slug])},
        {"text": _("Ask for an exemption")},
    ]
