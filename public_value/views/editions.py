from urllib.parse import quote

from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commons.formats import in_formats
from commons.kept_pages import kept_page
from public_value.history import of_edition
from public_value.listings import EditionListing, ScoresOfOneKind
from public_value.models import Edition
from public_value.presenters import edition as edition_page
from registry.history import HistoryListing
from registry.views.history import page as history_page
from registry.views.paging import to_first_page

BODIES_A_PAGE, EDITIONS_A_PAGE = 60, 25


def latest() -> Edition | None:
    return Edition.objects.listed().first()


def named(label: str, revision: int | None = None) -> Edition:
    return get_object_or_404(those_named(label, revision))


def those_named(label: str, revision: int | None = None) -> QuerySet:
    """The edition of a label, however its letters are written: the revision that counts, or a published one."""
    editions = Edition.objects.labelled(label)
    return editions.standing().filter(revision=revision) if revision else editions.listed()


def elsewhere(request: HttpRequest, label: str, edition: Edition) -> HttpResponse | None:
    """Where the address writes the label in other letters, the way to the one address of the page."""
    if label == edition.label:
        return None
    path = request.get_full_path().replace(f"/{quote(label)}/", f"/{edition.label}/", 1)
    return HttpResponsePermanentRedirect(path)


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """The latest edition."""
    found = latest()
    if found is None:
        return render(request, "public_value/none.html", {"breadcrumbs": edition_page.ALONE})
    return shown(request, label=found.label)


@require_safe
def edition(request: HttpRequest, label: str, revision: int | None = None) -> HttpResponseBase:
    return shown(request, label=label, revision=revision)


def scores_of(label: str, revision: int | None = None) -> ScoresOfOneKind:
    return ScoresOfOneKind(named(label, revision))


@in_formats(scores_of)
@kept_page
def shown(request: HttpRequest, label: str, revision: int | None = None) -> HttpResponse:
    found = get_object_or_404(edition_page.described(those_named(label, revision)))
    if other := elsewhere(request, label, found):
        return other
    selection = ScoresOfOneKind(found).select(request.GET)
    page = selection.page(request.GET.get("page"), BODIES_A_PAGE)
    if other := to_first_page(request, selection, page):
        return other
    return render(request, "public_value/edition.html", edition_page.page(found, selection, page))


@require_safe
@in_formats(EditionListing)
@kept_page
def edition_list(request: HttpRequest) -> HttpResponse:
    selection = EditionListing().select(request.GET)
    page = selection.page(request.GET.get("page"), EDITIONS_A_PAGE)
    context = {"selection": selection, "page": page, "breadcrumbs": edition_page.trail(_("Editions"))}
    return render(request, "public_value/edition_list.html", context)


def history_of(label: str) -> HistoryListing:
    return HistoryListing(of_edition(named(label)))


@require_safe
@in_formats(history_of)
@kept_page
def edition_history(request: HttpRequest, label: str) -> HttpResponse:
    found = named(label)
    if other := elsewhere(request, label, found):
        return other
    heading = _("Edition %(label)s: history") % {"label": found.label}
    return history_page(request, of_edition(found), heading, edition_page.breadcrumbs(found, _("History")))


@require_safe
def parameters(request: HttpRequest, label: str) -> HttpResponse:
    """The method's parameter file as the edition used it, character for character."""
    return HttpResponse(named(label).parameters, content_type="application/json")
