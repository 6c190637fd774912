"""Pages on which moderators judge which components are one. For everybody else they are not there."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commons.exceptions import Refused
from commons.formats import in_formats
from public_value.tasks import follow_registry
from registry.actions.merges import merge_components, refuse_merge
from registry.actions.pairs import dismiss_pair
from registry.forms import DismissForm
from registry.listings.pairs import PairListing
from registry.models import Pair, PairState
from registry.permissions import may_judge_pairs
from registry.presenters import pairs as presented
from registry.signed_in import actor_of
from registry.views.paging import to_first_page

PAIRS_A_PAGE = 25


def for_moderators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """404 to others, and nothing is kept on the way: files too are open data elsewhere, and here they are not."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not may_judge_pairs(actor_of(request)):
            raise Http404
        response = view(request, *args, **kwargs)
        for name in ("Cache-Control", "Access-Control-Allow-Origin"):
            del response[name]
        add_never_cache_headers(response)
        return response

    return answer


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
    return get_object_or_404(Pair.objects.listed().select_related("first", "second", "decided_in__by"), pk=pk)


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
    context = presented.one(found) | {"form": form}
    return render(request, "registry/pair.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def merge(request: HttpRequest, pk: int, keep: str) -> HttpResponse:
    """First what moves, then done. `keep` is the slug of the one that is kept."""
    found = listed(pk)
    sides = {found.first.slug: (found.first, found.second), found.second.slug: (found.second, found.first)}
    if keep not in sides or found.state != PairState.OPEN:
        raise Http404
    kept, merged = sides[keep]
    by = actor_of(request)
    try:
        if request.method == "POST":
            merge_components(kept=kept, merged=merged, by=by)
            follow_registry.delay_on_commit()
            messages.success(request, _("%(merged)s is merged into this component.") % {"merged": merged})
            return HttpResponseRedirect(reverse("catalogue:component", args=[kept.slug]))
        refuse_merge(kept, merged, by)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(found.get_absolute_url())
    return render(request, "registry/pair_merge.html", presented.merge(found, kept, merged))
