"""Areas whose bodies become others: all of them, and what comes together in one. Everybody may read them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commons.formats import in_formats
from commons.kept_pages import kept_page
from registry import areas
from registry.listings.transition import TransitionListing
from registry.presenters import transition as transition_page
from registry.presenters import transition_sheets
from registry.views.paging import to_first_page


@require_safe
@kept_page
def area_list(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/area_list.html", transition_page.list_page(areas.areas(), timezone.localdate()))


@require_safe
def area_of(request: HttpRequest, slug: str) -> HttpResponse:
    """The area that a body is in: of several, the one that changes last."""
    found = areas.of_body(slug, areas.areas())
    if not found:
        raise Http404
    return HttpResponseRedirect(reverse("registry:transition", args=[found[0].slug]))


def listing_of(slug: str, version: str = "") -> TransitionListing:
    found = areas.area(slug)
    if found is None:
        raise Http404
    return TransitionListing(found, timezone.localdate(), version)


@require_safe
@in_formats(listing_of, transition_sheets.tables)
@kept_page
def transition(request: HttpRequest, slug: str) -> HttpResponse:
    listing = listing_of(slug, request.database_version)
    selection = listing.select(request.GET)
    page = selection.page(request.GET.get("page"), transition_page.functions_a_page(listing.area))
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    shown = transition_page.page(listing.area, selection, page, listing.on)
    return render(request, "registry/transition.html", shown)
