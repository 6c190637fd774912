"""Saved assemblies. Everybody who has the address may read one; whoever may act for its body may do the rest."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.blueprints.asked import Asked, read
from catalogue.blueprints.patterns import pattern
from catalogue.models import Blueprint
from commons.exceptions import Refused
from public_value.tasks import follow_registry
from registry.actions.assemblies import AssemblyChoice, change_assembly, fork_assembly, save_assembly, withdraw_assembly
from registry.actions.plans import plan_assembly, planned, undo_plan
from registry.forms import AssemblyForm, SaveForm
from registry.listings.declarations import CURRENCY
from registry.models import Assembly
from registry.permissions import Actor, may_plan_assembly, may_write_assembly
from registry.presenters import assembly as assembly_page
from registry.signed_in import actor_of

FORM = ["GET", "HEAD", "POST"]


def found(uuid: UUID) -> Assembly:
    listed = Assembly.objects.listed().annotate(currency=CURRENCY)
    return get_object_or_404(
        listed.select_related("organisation", "blueprint__function", "forked_from", "saved_in", "planned_in"), uuid=uuid
    )


@never_cache
@require_safe
def assembly(request: HttpRequest, uuid: UUID) -> HttpResponse:
    page = assembly_page.page(found(uuid), actor_of(request), timezone.localdate())
    return render(request, "registry/assembly.html", page)


@never_cache
@require_safe
def history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Names of people are for the body's own: in public there are roles."""
    page = assembly_page.history_page(found(uuid), actor_of(request))
    return render(request, "registry/assembly_history.html", page)


@never_cache
@login_required
@require_http_methods(FORM)
def save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the choice that is in the address."""
    chosen = pattern(slug)
    actor = signed_in(request)
    asked = read(chosen, request.GET)
    own = changeable(chosen.blueprint, asked.body, actor)
    form = SaveForm(others=own, initial={"organisation": asked.body, "instead": ""})
    if request.method == "POST":
        form = SaveForm(request.POST, others=own)
        if form.is_valid():
            try:
                return redirect("registry:assembly", uuid=kept(form, chosen.blueprint, asked, actor).uuid)
            except Refused as refused:
                form.add_error(None, str(refused))
    context = {"form": form, "blueprint": chosen.blueprint, "query": asked.query(), "heading": _("Save this choice")}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "registry/assembly_form.html", context | {"button": _("Save")}, status=status)


def changeable(blueprint: Blueprint, body: str, by: Actor) -> list[Assembly]:
    """What the choice could replace: the body's assemblies of the same blueprint that are not planned."""
    listed = Assembly.objects.listed().filter(blueprint=blueprint, organisation__slug=body, planned_in=None)
    return [one for one in listed.select_related("organisation") if may_write_assembly(by, one.organisation)]


def kept(form: SaveForm, blueprint: Blueprint, asked: Asked, by: Actor) -> Assembly:
    given = form.cleaned_data
    cases = None if asked.cases is None else int(asked.cases)
    choice = AssemblyChoice(slots=asked.choices, also=asked.also, cases=cases)
    if form.replaced:
        return change_assembly(assembly=form.replaced, name=given["name"], choice=choice, by=by)
    return save_assembly(
        organisation=given["organisation"], blueprint=blueprint, name=given["name"], choice=choice, by=by
    )


def signed_in(request: HttpRequest) -> Actor:
    """Raises PermissionDenied for whoever may act for no body at all."""
    actor = actor_of(request)
    if not actor.everywhere and not actor.grants:
        raise PermissionDenied
    return actor


@never_cache
@login_required
@require_http_methods(FORM)
def fork(request: HttpRequest, uuid: UUID) -> HttpResponse:
    origin, actor = found(uuid), signed_in(request)
    form = AssemblyForm(initial={"name": origin.name})
    if request.method == "POST":
        form = AssemblyForm(request.POST)
        if form.is_valid():
            try:
                made = fork_assembly(assembly=origin, **form.cleaned_data, by=actor)
                return redirect("registry:assembly", uuid=made.uuid)
            except Refused as refused:
                form.add_error(None, str(refused))
    heading = _("Take over “%(name)s”") % {"name": origin.name}
    context = {"form": form, "blueprint": origin.blueprint, "heading": heading}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "registry/assembly_form.html", context | {"button": _("Take it over")}, status=status)


@never_cache
@login_required
@require_http_methods(FORM)
def plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Shows what would be declared; the button declares it."""
    kept_one, actor = found(uuid), signed_in(request)
    allow(may_plan_assembly(actor, kept_one.organisation))
    words = {
        "heading": _("Plan to use it"),
        "lead": _("%(body)s declares, in one act, that it plans to use these:") % {"body": kept_one.organisation},
        "button": _("Declare these as planned"),
        "rows": assembly_page.plan_rows(planned(kept_one)),
    }

    def act() -> str:
        made = plan_assembly(assembly=kept_one, by=actor)
        follow_registry.delay_on_commit()
        return assembly_page.planned_sentence(len(made))

    return confirmed(request, kept_one, words, act)


@never_cache
@login_required
@require_http_methods(FORM)
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    kept_one, actor = found(uuid), signed_in(request)
    allow(may_plan_assembly(actor, kept_one.organisation))
    words = {
        "heading": _("Take the plan back"),
        "lead": _("What the plan declared ends, and what it had ended is said again. What was changed since stays."),
        "button": _("Take the plan back"),
    }

    def act() -> str:
        ended = undo_plan(assembly=kept_one, by=actor)
        follow_registry.delay_on_commit()
        return assembly_page.undone_sentence(ended)

    return confirmed(request, kept_one, words, act)


@never_cache
@login_required
@require_http_methods(FORM)
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    kept_one, actor = found(uuid), signed_in(request)
    allow(may_write_assembly(actor, kept_one.organisation))
    words = {
        "heading": _("Withdraw it"),
        "lead": _("Nobody can open it any more. What others took over stays with them."),
        "button": _("Withdraw this assembly"),
    }

    def act() -> str:
        withdraw_assembly(assembly=kept_one, by=actor)
        return _("“%(name)s” is withdrawn") % {"name": kept_one.name}

    return confirmed(request, kept_one, words, act, after="catalogue:blueprint_list")


def allow(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def confirmed(
    request: HttpRequest, kept_one: Assembly, words: dict[str, Any], act: Callable[[], str], after: str = ""
) -> HttpResponse:
    """Ask first; then do it, say so, and lead on. What is refused is said on the same page."""
    refusal = ""
    if request.method == "POST":
        try:
            messages.success(request, act())
            return redirect(after) if after else redirect("registry:assembly", uuid=kept_one.uuid)
        except Refused as refused:
            refusal = str(refused)
    crumbs = assembly_page.crumbs(kept_one, {"text": kept_one.name})
    context = {"assembly": kept_one, "refusal": refusal, "breadcrumbs": crumbs} | words
    return render(request, "registry/assembly_act.html", context, status=409 if refusal else 200)
