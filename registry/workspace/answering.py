"""The questions about a function, one by one."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commons.exceptions import Refused
from registry.actions.declarations.drafting import DraftChanged
from registry.said import Said, from_json
from registry.workspace import forms
from registry.workspace.cell import prepared, to_cell
from registry.workspace.drafting import both, keep, kept
from registry.workspace.pages import crumbed
from registry.workspace.work import Work, candidates, names_of, with_answer

STEPS = ("how", "which", "details", "evidence")


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
    return kept(request, work, statements, actor)
