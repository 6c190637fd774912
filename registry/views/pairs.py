"""Pages on which moderators judge which components are one. For everybody else they are not there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commons.exceptions import Refused
from commons.formats import in_formats
from public_value.tasks import follow_registry
from registry.actions.merges import refuse_merge
from registry.actions.pairs import dismiss_pair, waiting
from registry.actions.proposals import drop_merge, propose_merge, second_merge, sides
from registry.forms import DismissForm
from registry.listings.pairs import PairListing
from registry.models import Pair, PairState, Waiting
from registry.moderation.doors import decided, given, hidden_from_others, looking
from registry.moderation.forms import DecisionForm
from registry.permissions import may_judge_pairs
from registry.presenters import pairs as presented
from registry.signed_in import actor_of
from registry.views.paging import to_first_page

PAIRS_A_PAGE = 25

for_moderators = hidden_from_others(may_judge_pairs)


@require_safe
@for_moderators
@in_formats(PairListing)
def pair_list(request: HttpRequest) -> HttpResponse:
    selection = PairListing().select(request.GET)
    page = selection.page(request.GET.get("page"), PAIRS_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "registry/pair_list.html", presented.page(selection, page))


def listed(pk: int) -> Pair:
    return get_object_or_404(
        Pair.objects.listed().select_related("first", "second", "kept", "decided_in__by", "proposed_in__by"), pk=pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    found = listed(pk)
    form = DismissForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            dismiss_pair(pair=found, by=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(pair)s are two. They are not proposed again.") % {"pair": found})
            return HttpResponseRedirect(reverse("registry:pair_list"))
    context = presented.one(found) | looking_at(request, found) | {"form": form}
    return render(request, "registry/pair.html", context, status=400 if form.is_bound else 200)


def looking_at(request: HttpRequest, found: Pair) -> dict[str, Any]:
    return looking(request, waiting(found), found.pk) if found.state == PairState.OPEN else {"lease": None}


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def merge(request: HttpRequest, pk: int, keep: str) -> HttpResponse:
    """First what would move, then proposed. `keep` is the slug of the one that is kept; another person agrees."""
    found = listed(pk)
    chosen = {one.slug: one for one in (found.first, found.second)}.get(keep)
    if chosen is None or found.state != PairState.OPEN:
        raise Http404
    kept, merged = sides(found, chosen)
    by = actor_of(request)
    try:
        if request.method == "POST":
            propose_merge(pair=found, kept=kept, by=by)
            messages.success(
                request, _("It is proposed to merge %(pair)s. Another person has to agree.") % {"pair": found}
            )
            return HttpResponseRedirect(found.get_absolute_url())
        refuse_merge(kept, merged, by)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(found.get_absolute_url())
    context = presented.merge(found, kept, merged) | looking_at(request, found)
    return render(request, "registry/pair_merge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody else proposes to merge: agreed to, and done, or returned."""
    found, by = listed(pk), actor_of(request)
    if found.state != PairState.OPEN or found.kept is None:
        return HttpResponseRedirect(found.get_absolute_url())
    kept, merged = sides(found, found.kept)
    form = DecisionForm(given(request), yes=_("Agree: merge them now"))

    def agree() -> str:
        second_merge(pair=found, by=by)
        follow_registry.delay_on_commit()
        return _("%(merged)s is merged into %(kept)s.") % {"merged": merged, "kept": kept}

    def send_back(reason: str) -> str:
        drop_merge(pair=found, reason=reason, by=by)
        return _("%(pair)s are not merged: they are to be judged anew.") % {"pair": found}

    if done := decided(request, form, yes=agree, no=send_back, to=found.get_absolute_url()):
        return done
    context = presented.second(found, kept, merged, by) | looking(request, Waiting.MERGE, pk) | {"form": form}
    return render(request, "registry/pair_second.html", context, status=400 if form.is_bound else 200)
