from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.presenters.links import external
from commons.formats import in_formats
from commons.kept_pages import kept_page
from registry import spending as sums
from registry.listings.pages import LinesOf
from registry.models import Organisation
from registry.presenters import spending as spending_page
from registry.presenters.body import breadcrumbs
from registry.views.paging import to_first_page

LINES_A_PAGE = 20


def lines_of(slug: str) -> LinesOf:
    return LinesOf(get_object_or_404(Organisation, slug=slug))


@require_safe
@in_formats(lines_of)
@kept_page
def spending(request: HttpRequest, slug: str) -> HttpResponse:
    body = get_object_or_404(spending_page.described(), slug=slug)
    years = sums.years(body)
    year = spending_page.chosen(years, request.GET.get("financial_year"))
    on = timezone.localdate()
    context = {"body": body, "today": on, "breadcrumbs": breadcrumbs(body, _("What it spends"))}
    if year is None:
        asked = LinesOf(body).read(request.GET)
        context |= spending_page.nothing(body, years, asked.value("financial_year"), on)
        return render(request, "registry/spending_nothing.html", context)
    selection = LinesOf(body).select(in_year(request.GET, year))
    page = selection.page(request.GET.get("page"), LINES_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    for row in page.object_list:
        row["link"] = external(row["source_url"] or "")
    context |= spending_page.page(body, years, year, on) | {"selection": selection, "page": page}
    return render(request, "registry/spending.html", context)


def in_year(params: QueryDict, year: sums.Year) -> QueryDict:
    """The lines stand beside the figures, so they are those of the same year also where the reader chose none."""
    params = params.copy()
    if year.name:
        params["financial_year"] = year.name
    return params
