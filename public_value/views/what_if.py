from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commons.listing.selection import page_number, stated
from public_value import changes
from public_value.evidence.kept import kept
from public_value.methodology import Parameters
from public_value.presenters import what_if as what_if_page
from public_value.presenters.what_if_cells import matching
from public_value.supposing import suppose
from public_value.views.score import found

CELLS_A_PAGE = 10


@require_safe
def what_if(request: HttpRequest, label: str, organisation: str) -> HttpResponse:
    """The address is the what-if: whoever has it sees the same, for as long as the edition stands."""
    there = kept(found(label, organisation))
    if not there.can_repeat:
        return render(request, "public_value/what_if_none.html", what_if_page.none(there.score))
    asked = changes.read(request.GET, there, also=("q", "page"))
    number = page_number(request.GET.get("page"))
    if has_blanks(request.GET):
        return HttpResponseRedirect(request.path + stated(request.GET.copy()))
    result = suppose(Parameters.from_json(there.score.edition.parameters), there, asked) if asked else None
    cells = Paginator(matching(there, asked, request.GET.get("q", "")), CELLS_A_PAGE).get_page(number)
    return render(request, "public_value/what_if.html", what_if_page.page(there, asked, result, cells, request.GET))


def has_blanks(params: QueryDict) -> bool:
    """A form sends every question, also those that were left alone; an address to share names the others only."""
    return any(not text for name in params for text in params.getlist(name))
