from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commons.formats import in_formats
from commons.kept_pages import kept_page
from registry.listings.adoption import AdoptionListing
from registry.presenters import adoption as adoption_page
from registry.views.paging import to_first_page

FUNCTIONS_A_PAGE = 12  # as many as its picture shows


def functions_today() -> AdoptionListing:
    return AdoptionListing(timezone.localdate())


@require_safe
@in_formats(functions_today)
@kept_page
def adoption(request: HttpRequest) -> HttpResponse:
    listing = functions_today()
    selection = listing.select(request.GET)
    page = selection.page(request.GET.get("page"), FUNCTIONS_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "reports/adoption.html", adoption_page.page(selection, page, listing.on))
