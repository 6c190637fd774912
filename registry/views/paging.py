from django.core.paginator import Page
from django.http import HttpRequest, HttpResponseRedirect

from commons.listing import Selection
from commons.listing.selection import page_number


def to_first_page(request: HttpRequest, selection: Selection, page: Page) -> HttpResponseRedirect | None:
    """Page 1 stands in for a page past the end: the reader is sent there, so that the address tells the truth."""
    if page.number > 1 or page_number(request.GET.get("page")) == 1:
        return None
    return HttpResponseRedirect(request.path + selection.query())
