"""Everything that waits for a moderator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commons.formats import in_formats
from registry.listings.moderation import WaitingListing
from registry.moderation.doors import for_moderators
from registry.presenters import moderation as presented
from registry.views.paging import to_first_page

ITEMS_A_PAGE = 25


@require_safe
@for_moderators
@in_formats(WaitingListing)
def queue(request: HttpRequest) -> HttpResponse:
    selection = WaitingListing().select(request.GET)
    page = selection.page(request.GET.get("page"), ITEMS_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "registry/moderation/queue.html", presented.page(selection, page))
