"""Saying how a function is done: its page, the questions one by one, publishing; and both versions, where two meet."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalogue.models import Function
from commons.exceptions import Refused
from public_value.tasks import follow_registry
from registry.actions.declarations import Changed, declare, drop_draft, save_draft
from registry.actions.declarations.drafting import DraftChanged
from registry.models import Commons
from registry.permissions import Actor, may_ask_for_exemption, may_declare, may_draft
from registry.said import Said, from_json
from registry.workspace import forms
from registry.workspace.doors import entered, preparing
from registry.workspace.pages import crumbed
from registry.workspace.work import (
    Work,
    candidates,
    history,
    in_hand,
    link_words,
    names_of,
    shown,
    with_answer,
    wrong_together,
)

STEPS = ("how", "which", "details", "evidence")
LONGEST_VERSION = 100_000  # characters of statements that a browser sends back


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
    statements = shown(work.statements, names_of(work.statements), Commons.objects.currency(), today)
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
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str, function: str, place: int, step: str) -> HttpResponse:
    """One page of questions about the statement at `place`; the one after the last is a new one."""
    work, actor = prepared(request, slug, function)
    said = work.statements[place] if place < len(work.statements) else None
    if step not in STEPS or place > len(work.statements) or (said is None and step != "how"):
        raise Http404
    form = form_of(step, work, said, request.POST if request.method == "POST" else None)
    if form is None:
        return redirect("registry:question", slug=slug, function=function, place=place, step="how")
    if form.is_bound and form.is_valid():
        answered = form.answered(said)
        statements = with_answer(work.statements, place, answered)
        try:
            keep(work, statements, request, actor)
        except DraftChanged as changed:
            return both(request, work, statements, theirs=list(map(from_json, changed.draft.statements)))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return onward(work, statements, answered, step)
    context = crumbed(work.body, work.function.name) | {
        "work": work, "form": form, "place": place, "step": step,
        "number": STEPS.index(step) + 1, "steps": len(STEPS), "back": back(work, place, step),
    }  # fmt: skip
    return render(request, "registry/workspace/question.html", context, status=400 if form.errors else 200)


def form_of(step: str, work: Work, said: Said | None, data: Any) -> forms.Question | None:
    """The form of a step; None where the statement is of a kind that the step does not ask about."""
    initial = forms.initial(said)
    if step == "how":
        return forms.HowForm(data, initial=initial)
    if said is None or said.kind in forms.ANSWERS.values():
        return None
    if step == "evidence":
        return forms.EvidenceForm(data, initial=initial)
    if step == "details":
        return forms.DetailsForm(data, initial=initial, kind=said.kind)
    offered = {one.slug: one.name for one in candidates(work.body, work.function)}
    if said.kind == "duplicate":
        return forms.SystemForm(data, initial=initial, shared=bool(offered))
    if said.component and said.component not in offered:
        offered |= names_of([said])
    return forms.ComponentForm(data, initial=initial, candidates=offered, planned=said.stage == "planned")


def keep(work: Work, statements: Sequence[Said], request: HttpRequest, actor: Actor) -> None:
    """Save the draft. Raises DraftChanged, Refused."""
    revision = request.POST.get("revision", "")
    save_draft(
        organisation=work.body,
        function=work.function,
        statements=statements,
        seen=work.seen,
        revision=int(revision) if revision.isdecimal() and len(revision) < 10 else work.revision,
        by=actor,
    )


def onward(work: Work, statements: Sequence[Said], answered: Said, step: str) -> HttpResponse:
    """The next question about the statement; after the last one, or where nothing more is asked, the function."""
    following = STEPS.index(step) + 1
    if answered.kind in forms.ANSWERS.values() or following == len(STEPS):
        return to_cell(work)
    return redirect(
        "registry:question",
        slug=work.body.slug,
        function=work.function.slug,
        place=list(statements).index(answered),
        step=STEPS[following],
    )


def back(work: Work, place: int, step: str) -> str:
    before = STEPS.index(step) - 1
    if before < 0:
        return reverse("registry:cell", args=[work.body.slug, work.function.slug])
    return reverse("registry:question", args=[work.body.slug, work.function.slug, place, STEPS[before]])


@never_cache
@login_required
@require_POST
def remove(request: HttpRequest, slug: str, function: str, place: int) -> HttpResponse:
    """Take a statement out of the draft. It ends when that is published."""
    work, actor = prepared(request, slug, function)
    if place >= len(work.statements):
        raise Http404
    statements = [said for at, said in enumerate(work.statements) if at != place]
    try:
        keep(work, statements, request, actor)
    except DraftChanged as changed:
        return both(request, work, statements, theirs=list(map(from_json, changed.draft.statements)))
    except Refused as refused:
        return cell_page(request, work, actor, str(refused))
    return to_cell(work)


@never_cache
@login_required
@require_POST
def replace(request: HttpRequest, slug: str, function: str) -> HttpResponse:
    """Of two versions of a draft take one's own: it was seen beside the other."""
    work, actor = prepared(request, slug, function)
    try:
        keep(work, version(request), request, actor)
    except DraftChanged as changed:
        return both(request, work, version(request), theirs=list(map(from_json, changed.draft.statements)))
    except Refused as refused:
        return cell_page(request, work, actor, str(refused))
    return to_cell(work)


def version(request: HttpRequest) -> list[Said]:
    """The statements that a browser sends back. Raises BadRequest for what no page of ours has sent."""
    text = request.POST.get("version", "")
    try:
        if len(text) > LONGEST_VERSION:
            raise ValueError
        return [from_json(said) for said in json.loads(text)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise BadRequest(_("Your version could not be read. Go back and send it again.")) from wrong


def both(request: HttpRequest, work: Work, mine: Sequence[Said], theirs: Sequence[Said]) -> HttpResponse:
    """Two people at once: both versions side by side, and nothing is lost."""
    today, names = timezone.localdate(), names_of([*mine, *theirs])
    now = in_hand(work.body, work.function)
    context = crumbed(work.body, work.function.name) | {
        "work": now,
        "mine": shown(mine, names, Commons.objects.currency(), today),
        "theirs": shown(theirs, names, Commons.objects.currency(), today),
        "version": json.dumps([said.as_json() for said in mine]),
    }
    return render(request, "registry/workspace/both.html", context, status=409)


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
