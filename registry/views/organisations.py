from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.presenters.links import external
from commons.formats import in_formats
from commons.kept_pages import kept_page
from public_value.presenters import index_summary
from registry import areas
from registry.independence import caps
from registry.listings.pages import BodiesByName, StatementsOf
from registry.models import Organisation
from registry.peers import shown_to
from registry.presenters import body as body_page
from registry.presenters import organisations
from registry.presenters.attestations import told
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
    body = body_page.described().filter(slug=slug).first()
    if body is None:
        return elsewhere(slug)
    page = body_page.page(body, timezone.localdate(), version=request.database_version)
    return render(request, "registry/organisation.html", page | {"index": index_summary(body)})


def elsewhere(slug: str) -> HttpResponseRedirect:
    """An address that a body would have by its new or old name leads to it: its own never changes. One that a plan will
    make leads to the plan, for as long as it is one. Raises Http404."""
    if plan := areas.planned_at(slug):
        return HttpResponseRedirect(plan.get_absolute_url())
    return by_other_name(slug, "registry:organisation")


def by_other_name(slug: str, page: str) -> HttpResponsePermanentRedirect:
    """To this page of the one body that is called so, or was. Raises Http404."""
    named = list(Organisation.objects.named_like(slug)[:2])
    if len(named) != 1:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(page, args=[named[0].slug]))


def statements_of(slug: str) -> StatementsOf:
    return StatementsOf(get_object_or_404(Organisation, slug=slug))


def key_of(row: dict) -> tuple[str, str]:
    return row["function"]["slug"], row["component"]["slug"] if row["component"] else ""


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
    capped = caps([(row["id"], row["evidence"]) for row in page.object_list], timezone.localdate())
    attested = told(body, [key_of(row) for row in page.object_list if row["component"] and not row["superseded"]])
    for row in page.object_list:
        row["attested"] = attested.get(key_of(row), "") if row["component"] and not row["superseded"] else ""
        row["cap"] = capped[row["id"]].words if row["id"] in capped else ""
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
