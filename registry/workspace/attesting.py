"""Attestations: asked of a body as a steward, given by it, of what it says itself, and of what its systems cost."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commons import formatting
from commons.exceptions import Refused
from public_value.tasks import follow_registry
from registry.actions.attestations import (
    ask_for_attestation,
    attest,
    attest_costs,
    decline,
    withdraw_attestation,
    withdraw_cost,
)
from registry.models import Attestation, AttestationKind, AttestationState, Organisation
from registry.permissions import Actor, may_attest_cost, may_attest_use
from registry.presenters import attestations as presented
from registry.workspace.doors import entered, preparing
from registry.workspace.pages import crumbed

ROWS_A_PAGE = 50


@never_cache
@login_required
@require_safe
def attestations(request: HttpRequest, slug: str) -> HttpResponse:
    body, actor = entered(request, slug)
    return page_of(request, body, actor, request.GET.get("show", ""))


def page_of(
    request: HttpRequest, body: Organisation, actor: Actor, show: str, refusal: str = "", reason: str = ""
) -> HttpResponse:
    """One of the four views. After a refusal the ticks and the reason are still there."""
    today, show = timezone.localdate(), show if show in presented.VIEWS else "asked"
    text, state = request.GET.get("q", "").strip()[:200], request.GET.get("state", "")
    state = state if state in AttestationState.values else ""
    context = crumbed(body, _("Attestations")) | presented.views(body, actor)
    context |= {"body": body, "today": today, "show": show, "views": presented.VIEWS, "refusal": refusal}
    context |= {"asked_for": {"q": text, "state": state}, "reason": reason, "ticked": request.POST.getlist("chosen")}
    if show in ("asked", "given"):
        every = presented.asked_of(body, today) if show == "asked" else presented.given(body)
        found = presented.matching(every, text, state if show == "given" else "")
        page = Paginator(found.select_related("organisation", "function", "component"), ROWS_A_PAGE)
        shown = page.get_page(request.GET.get("page"))
        context |= {"page": shown, "rows": presented.rows(shown, today), "states": AttestationState.choices}
    elif show == "ours":
        context["rows"] = presented.ours(body, today)
    else:
        context |= presented.costs(body) | {"currency": body.currency}
    return render(request, "registry/workspace/attestations.html", context, status=409 if refusal else 200)


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Attest the ticked ones, or decline to with a reason."""
    body, actor = entered(request, slug)
    if not may_attest_use(actor, body):
        raise PermissionDenied
    reason = request.POST.get("reason", "")

    def act() -> str:
        if request.POST.get("act") == "decline":
            done = decline(steward=body, attestations=chosen(request), reason=reason, by=actor)
            return counted(done, _("%(number)s declined"), _("%(number)s declined"))
        done = attest(steward=body, attestations=chosen(request), by=actor)
        return counted(done, _("%(number)s statement is attested"), _("%(number)s statements are attested"))

    return done_or_told(request, body, actor, "asked", act, reason)


@never_cache
@login_required
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the stewards about one statement."""
    body, actor = preparing(request, slug)

    def act() -> str:
        ask_for_attestation(organisation=body, declaration=next(iter(chosen(request)), 0), by=actor)
        return _("The steward is asked")

    return done_or_told(request, body, actor, "ours", act)


@never_cache
@login_required
@require_POST
def cost(request: HttpRequest, slug: str) -> HttpResponse:
    """Attest what the ticked systems cost."""
    body, actor = entered(request, slug)
    if not may_attest_cost(actor, body):
        raise PermissionDenied

    def act() -> str:
        done = attest_costs(organisation=body, declarations=chosen(request), by=actor)
        return counted(done, _("%(number)s cost is attested"), _("%(number)s costs are attested"))

    return done_or_told(request, body, actor, "costs", act)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back what the body, or its finance officer, attested. Asks why first."""
    body, actor = entered(request, slug)
    found = given_or_404(body, pk)
    use = found.kind == AttestationKind.USE
    if not (may_attest_use(actor, body) if use else may_attest_cost(actor, body)):
        raise PermissionDenied
    reason, refusal = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            if use:
                withdraw_attestation(steward=body, attestation=pk, reason=reason, by=actor)
            else:
                withdraw_cost(organisation=body, attestation=pk, reason=reason, by=actor)
        except Refused as refused:
            refusal = str(refused)
        else:
            follow_registry.delay_on_commit()
            messages.success(request, _("It is taken back"))
            return redirect(f"{home(body)}?show={'given' if use else 'costs'}")
    context = crumbed(body, _("Take an attestation back"))
    context |= {"body": body, "attestation": found, "reason": reason, "refusal": refusal, "use": use}
    return render(request, "registry/workspace/withdraw_attestation.html", context, status=409 if refusal else 200)


def given_or_404(body: Organisation, pk: int) -> Attestation:
    costs = Attestation.objects.filter(kind=AttestationKind.COST, organisation=body)
    every = Attestation.objects.select_related("organisation", "function", "component")
    given = Attestation.objects.given_by(body)
    found = every.filter(Q(pk__in=given.values("pk")) | Q(pk__in=costs.values("pk")), pk=pk).first()
    if found is None:
        raise Http404
    return found


def done_or_told(
    request: HttpRequest, body: Organisation, actor: Actor, show: str, act: Callable[[], str], reason: str = ""
) -> HttpResponse:
    """Do it and say so, or show the page again with why not."""
    try:
        said = act()
    except Refused as refused:
        return page_of(request, body, actor, show, str(refused), reason)
    follow_registry.delay_on_commit()
    messages.success(request, said)
    return redirect(f"{home(body)}?show={show}")


def chosen(request: HttpRequest) -> set[int]:
    return {int(key) for key in request.POST.getlist("chosen") if key.isdecimal() and len(key) < 19}


def counted(done: list[Any], one: str, many: str) -> str:
    return ngettext(one, many, len(done)) % {"number": formatting.number(len(done))}


def home(body: Organisation) -> str:
    return reverse("registry:attestations", args=[body.slug])
