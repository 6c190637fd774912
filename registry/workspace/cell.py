"""One function of a body: what stands, what is prepared, and publishing or dropping that."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalogue.models import Function
from commons.exceptions import Refused
from public_value.tasks import follow_registry
from registry.actions.declarations import Changed, declare, drop_draft, save_draft
from registry.permissions import Actor, may_ask_for_exemption, may_declare, may_draft
from registry.workspace import forms
from registry.workspace.doors import entered, preparing
from registry.workspace.pages import crumbed
from registry.workspace.work import Work, candidates, history, in_hand, link_words, names_of, shown, wrong_together


def opened(request: HttpRequest, slug: str, function: str) -> tuple[Work, Actor]:
    body, actor = entered(request, slug)
    return in_hand(body, get_object_or_404(Function, slug=function)), actor


def prepared(request: HttpRequest, slug: str, function: str) -> tuple[Work, Actor]:
    """As `opened`. Raises PermissionDenied for whoever only reads."""
    body, actor = preparing(request, slug)
    return in_hand(body, get_object_or_404(Function, slug=function)), actor


def to_cell(work: Work) -> HttpResponse:
    return redirect("registry:cell", slug=work.body.slug, function=work.function.slug)


@never_cache
@login_required
@require_safe
def cell(request: HttpRequest, slug: str, function: str) -> HttpResponse:
    return cell_page(request, *opened(request, slug, function))


def cell_page(request: HttpRequest, work: Work, actor: Actor, refusal: str = "") -> HttpResponse:
    today = timezone.localdate()
    unchanged, links = work.unchanged, link_words(work.statements)
    statements = shown(work.statements, names_of(work.statements), work.body.currency, today)
    context = crumbed(work.body, work.function.name) | {
        "work": work,
        "today": today,
        "statements": [
            one | {"standing": unchanged.get(one["said"].key), "link": links.get(one["said"].source_url, "")}
            for one in statements
        ],
        "together": wrong_together(work.statements, today),
        "may_draft": may_draft(actor, work.body),
        "may_publish": may_declare(actor, work.body),
        "may_exempt": may_ask_for_exemption(actor, work.body),
        "candidates": candidates(work.body, work.function),
        "history": history(work.body, work.function),
        "refusal": refusal,
        "alone": any(said.kind in forms.ANSWERS.values() for said in work.statements),
    }
    return render(request, "registry/workspace/cell.html", context, status=409 if refusal else 200)


@never_cache
@login_required
@require_POST
def publish(request: HttpRequest, slug: str, function: str) -> HttpResponse:
    """Publish the draft; or, for whoever may not, ask an owner to."""
    work, actor = prepared(request, slug, function)
    if work.draft is None:
        messages.warning(request, _("There is no draft to publish: it was published or dropped meanwhile"))
        return to_cell(work)
    if request.POST.get("revision") != str(work.revision):
        return cell_page(request, work, actor, _("The draft was changed meanwhile. Look at it again, and publish it."))
    if not may_declare(actor, work.body):
        return asked_to_publish(request, work, actor)
    seen = work.standing_ids if request.POST.get("over") == ",".join(map(str, work.standing_ids)) else work.seen
    try:
        done = declare(organisation=work.body, function=work.function, statements=work.statements, seen=seen, by=actor)
    except Changed:
        return cell_page(request, work, actor, _("Something else was published since this draft was begun. See below."))
    except Refused as refused:
        return cell_page(request, work, actor, str(refused))
    follow_registry.delay_on_commit()
    said = _("Published: it is on your public page now") if done.event else _("Nothing was new: what stands stays")
    messages.success(request, said)
    return redirect("registry:workspace_of", slug=slug)


def asked_to_publish(request: HttpRequest, work: Work, actor: Actor) -> HttpResponse:
    try:
        save_draft(
            organisation=work.body,
            function=work.function,
            statements=work.statements,
            seen=work.seen,
            revision=work.revision,
            ready=True,
            by=actor,
        )
    except Refused as refused:
        return cell_page(request, work, actor, str(refused))
    messages.success(request, _("An owner of your body sees it on the list of what to do"))
    return redirect("registry:workspace_of", slug=work.body.slug)


@never_cache
@login_required
@require_POST
def drop(request: HttpRequest, slug: str, function: str) -> HttpResponse:
    work, actor = prepared(request, slug, function)
    if work.draft is not None:
        try:
            drop_draft(draft=work.draft, by=actor)
        except Refused as refused:
            return cell_page(request, work, actor, str(refused))
        messages.success(request, _("The draft is dropped: what stood before still stands"))
    return to_cell(work)
