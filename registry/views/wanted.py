from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commons.formats import in_formats
from commons.kept_pages import kept_page
from registry.listings.wanted import WantedListing
from registry.presenters.wanted import wanted_page
from registry.views.paging import to_first_page


@require_safe
@in_formats(WantedListing)
@kept_page
def wanted(request: HttpRequest) -> HttpResponse:
    """The components that services need and nobody shares yet."""
    selection = WantedListing().select(request.GET)
    page = selection.page(request.GET.get("page"))
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "registry/wanted.html", wanted_page(selection, page))
