"""What becomes of bodies: everybody may read it; moderators plan it, and another one seconds."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commons.exceptions import Refused
from commons.formats import in_formats
from commons.kept_pages import kept_page
from registry.actions.reorganisations import (
    Plan,
    cancel_reorganisation,
    change_reorganisation,
    plan_reorganisation,
    second_reorganisation,
)
from registry.actions.reorganisations.plans import plan_of
from registry.actions.reorganisations.written import read_plan
from registry.forms import CancelForm, ReorganisationForm
from registry.history import HistoryListing, of_reorganisation
from registry.listings.reorganisations import ReorganisationListing
from registry.models import Reorganisation, Waiting
from registry.moderation.doors import looking
from registry.permissions import may_plan_reorganisation
from registry.presenters import reorganisations as presented
from registry.signed_in import actor_of
from registry.views import history
from registry.views.paging import to_first_page

A_PAGE = 25
FORM = ["GET", "HEAD", "POST"]


def for_planners(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Others are told that they may not: that bodies are reorganised is no secret."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not may_plan_reorganisation(actor_of(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(login_required(require_http_methods(FORM)(answer)))


@never_cache
@require_safe
@in_formats(ReorganisationListing)
def reorganisation_list(request: HttpRequest) -> HttpResponse:
    selection = ReorganisationListing().select(request.GET)
    page = selection.page(request.GET.get("page"), A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    context = presented.page(selection, page, may_plan=may_plan_reorganisation(actor_of(request)))
    return render(request, "registry/reorganisation_list.html", context)


def found(pk: int) -> Reorganisation:
    return get_object_or_404(Reorganisation.objects.select_related("planned_in"), pk=pk)


@never_cache
@require_safe
def reorganisation(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "registry/reorganisation.html", presented.one(found(pk), actor_of(request)))


def history_of(pk: int) -> HistoryListing:
    return HistoryListing(of_reorganisation(found(pk)))


@require_safe
@in_formats(history_of)
@kept_page
def reorganisation_history(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = found(pk)
    heading = _("%(name)s: history") % {"name": chosen.area}
    return history.page(request, of_reorganisation(chosen), heading, presented.crumbs(chosen, _("History")))


@for_planners
def new(request: HttpRequest) -> HttpResponse:
    form = ReorganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_reorganisation(plan=asked(form), by=actor_of(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("“%(area)s” is planned. Another person has to second it.") % {"area": made.area}
            )
            return HttpResponseRedirect(made.get_absolute_url())
    return planning(request, form, _("Plan a reorganisation"), _("Plan it"))


@for_planners
def change(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = found(pk)
    plan = plan_of(chosen)
    form = ReorganisationForm(request.POST if request.method == "POST" else None, initial=presented.initial(plan))
    if request.method == "POST" and form.is_valid():
        try:
            made = change_reorganisation(reorganisation=chosen, plan=asked(form), by=actor_of(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("“%(area)s” is changed. Another person has to second it.") % {"area": made.area}
            )
            return HttpResponseRedirect(made.get_absolute_url())
    return planning(request, form, _("Change the plan"), _("Change it"), chosen)


def asked(form: ReorganisationForm) -> Plan:
    """Raises Refused where a line cannot be read."""
    return read_plan(**form.cleaned_data)


def planning(
    request: HttpRequest, form: ReorganisationForm, heading: str, button: str, chosen: Reorganisation | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "button": button, "breadcrumbs": presented.crumbs(chosen, heading)}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "registry/reorganisation_form.html", context, status=status)


@for_planners
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """First what follows, then seconded."""
    chosen = found(pk)
    refusal = ""
    if request.method == "POST":
        try:
            second_reorganisation(reorganisation=chosen, by=actor_of(request))
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("You have seconded it. It is carried out on its day."))
            return HttpResponseRedirect(chosen.get_absolute_url())
    context = presented.one(chosen, actor_of(request)) | {"refusal": refusal}
    context |= looking(request, Waiting.REORGANISATION, pk) if context["may_second"] else {"lease": None}
    context["breadcrumbs"] = presented.crumbs(chosen, _("Second it"))
    return render(request, "registry/reorganisation_second.html", context, status=409 if refusal else 200)


@for_planners
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = found(pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_reorganisation(reorganisation=chosen, by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is cancelled. Nothing happens to these bodies."))
            return HttpResponseRedirect(chosen.get_absolute_url())
    context = {
        "form": form,
        "heading": _("Cancel “%(area)s”") % {"area": chosen.area},
        "button": _("Cancel this reorganisation"),
        "breadcrumbs": presented.crumbs(chosen, _("Cancel it")),
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "registry/reorganisation_form.html", context, status=status)
