from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.presenters.links import external
from commons.formats import in_formats
from commons.kept_pages import kept_page
from public_value.presenters import index_summary
from registry.listings.pages import BodiesByName, StatementsOf
from registry.models import Organisation
from registry.peers import shown_to
from registry.presenters import body as body_page
from registry.presenters import organisations
from registry.signed_in import actor_of
from registry.views.paging import to_first_page

BODIES_A_PAGE, STATEMENTS_A_PAGE = 50, 50


@require_safe
@in_formats(BodiesByName)
@kept_page
def organisation_list(request: HttpRequest) -> HttpResponse:
    selection = BodiesByName().select(request.GET)
    page = selection.page(request.GET.get("page"), BODIES_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "registry/organisation_list.html", organisations.page(selection, page, timezone.localdate()))


@require_safe
@kept_page
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    body = get_object_or_404(body_page.described(), slug=slug)
    page = body_page.page(body, timezone.localdate(), version=request.database_version)
    return render(request, "registry/organisation.html", page | {"index": index_summary(body)})


def statements_of(slug: str) -> StatementsOf:
    return StatementsOf(get_object_or_404(Organisation, slug=slug))


@require_safe
@in_formats(statements_of)
@kept_page
def statements(request: HttpRequest, slug: str) -> HttpResponse:
    body = get_object_or_404(Organisation, slug=slug)
    selection = StatementsOf(body).select(request.GET)
    page = selection.page(request.GET.get("page"), STATEMENTS_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    actor = actor_of(request)
    beside = shown_to(actor, body, [row["id"] for row in page.object_list]) if actor.person else {}
    for row in page.object_list:
        row["source"] = external(row["source_url"] or "")
        row["beside"] = beside.get(row["id"], [])
    return render(
        request,
        "registry/statements.html",
        {
            "body": body,
            "selection": selection,
            "page": page,
            "today": timezone.localdate(),
            "breadcrumbs": body_page.breadcrumbs(body, _("What it has told us")),
        },
    )
