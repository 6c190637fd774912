"""“These bodies use us”: a steward pastes a list, looks through what we made of it, and claims; bodies answer."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalogue.models import Component, Function
from commons import formatting
from commons.exceptions import Refused
from registry.actions.claims import Claimed, claim_use, withdraw_claim
from registry.claims import ANSWERS, MOST_LINES, Match, matched, with_answers
from registry.models import Claim, Organisation
from registry.permissions import Actor, may_report_usage
from registry.workspace.claim_form import ClaimForm
from registry.workspace.doors import entered
from registry.workspace.pages import crumbed

ROWS_A_PAGE = 50


@never_cache
@login_required
@require_safe
def claims(request: HttpRequest, slug: str) -> HttpResponse:
    """What the body claims as a steward, with what became of each."""
    body, actor = entered(request, slug)
    asked = {"q": request.GET.get("q", "").strip()[:200], "answer": request.GET.get("answer", "")}
    found = with_answers(Claim.objects.standing().filter(steward=body))
    for word in asked["q"].split():
        found = found.filter(Q(organisation__name__icontains=word) | Q(component__name__icontains=word))
    if asked["answer"] in ANSWERS:
        found = found.filter(answer=asked["answer"])
    related = found.select_related("organisation", "function", "component").order_by("organisation__name", "pk")
    context = crumbed(body, _("Who uses what you look after")) | {
        "body": body,
        "asked_for": asked,
        "answers": ANSWERS,
        "page": Paginator(related, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "may_claim": may_report_usage(actor, body),
    }
    return render(request, "registry/workspace/claims.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Paste or upload; look through; claim. Nothing is kept between the steps but what the page carries."""
    body, actor = entered(request, slug)
    if not may_report_usage(actor, body):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("step") == "claim":
        return claimed(request, body, actor)
    form = ClaimForm(request.POST if request.method == "POST" else None, request.FILES or None, body=body)
    context = crumbed(body, _("Say who uses a component")) | {"body": body, "form": form, "most": MOST_LINES}
    if form.is_bound and form.is_valid():
        component, lines = form.cleaned_data["component"], form.cleaned_data["lines"]
        found = matched(lines, component, body, timezone.localdate())
        context |= {"component": component, "ready": ready(found), "wrong": [one for one in found if one.problem]}
        return render(request, "registry/workspace/claim_review.html", context)
    return render(request, "registry/workspace/claim_new.html", context, status=400 if form.is_bound else 200)


def ready(found: list[Match]) -> list[dict]:
    """What can be claimed: each with what its choices send."""
    return [
        {
            "match": one,
            "choices": [(value_of(body, one.function, one.since), body) for body in one.bodies],
        }
        for one in found
        if not one.problem
    ]


def value_of(body: Organisation, function: Function | None, since: date | None) -> str:
    return f"{body.pk}|{function.pk if function else ''}|{since.isoformat() if since else ''}"


def claimed(request: HttpRequest, body: Organisation, actor: Actor) -> HttpResponse:
    """What was left chosen on the review page."""
    kept = Component.objects.listed().filter(stewardships__in=body.stewardships.current())
    component = get_object_or_404(kept.distinct(), slug=request.POST.get("component", ""))
    try:
        done = claim_use(steward=body, component=component, claims=chosen(request.POST, component), by=actor)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        said = ngettext("%(number)s use is claimed", "%(number)s uses are claimed", len(done))
        messages.success(request, said % {"number": formatting.number(len(done))})
    return redirect("registry:claims", slug=body.slug)


def chosen(sent: QueryDict, component: Component) -> list[Claimed]:
    """What the page sends, without what is no choice of it."""
    parts = [value.split("|") for name in sent if name.startswith("line-") for value in sent.getlist(name) if value]
    triples = [(int(body), int(function), since) for body, function, since in (p for p in parts if plain(p))]
    bodies = Organisation.objects.in_bulk({body for body, _function, _since in triples})
    functions = component.functions.in_bulk()
    return [
        Claimed(bodies[body], functions[function], date.fromisoformat(since) if since else None)
        for body, function, since in triples
        if body in bodies and function in functions
    ]


def plain(parts: list[str]) -> bool:
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts[:2]):
        return False
    try:
        return not parts[2] or bool(date.fromisoformat(parts[2]))
    except ValueError:
        return False


@never_cache
@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    body, actor = entered(request, slug)
    if not may_report_usage(actor, body):
        raise PermissionDenied
    every = Claim.objects.select_related("steward", "component", "organisation")
    try:
        withdraw_claim(claim=get_object_or_404(every, steward=body, pk=pk), by=actor)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The claim is taken back"))
    return redirect("registry:claims", slug=body.slug)
