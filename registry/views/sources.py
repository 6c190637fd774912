from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commons.exceptions import Refused
from commons.formats import in_formats
from commons.kept_pages import kept_page
from registry.actions.differences import choose_difference, may_choose
from registry.history import HistoryListing, of_source
from registry.listings.sources import LinesOf, SourceListing, ThingsOf
from registry.models import Choice, Difference, Source
from registry.presenters import sources as presented
from registry.signed_in import actor_of
from registry.views import history
from registry.views.paging import to_first_page

SOURCES_A_PAGE, THINGS_A_PAGE, LINES_A_PAGE = 50, 50, 100


@require_safe
@in_formats(SourceListing)
@kept_page
def source_list(request: HttpRequest) -> HttpResponse:
    selection = SourceListing().select(request.GET)
    page = selection.page(request.GET.get("page"), SOURCES_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "registry/source_list.html", presented.page(selection, page))


def found(pk: int) -> Source:
    return get_object_or_404(Source.objects.with_state().select_related("organisation"), pk=pk)


def things_of(pk: int) -> ThingsOf:
    return ThingsOf(found(pk))


def lines_of(pk: int) -> LinesOf:
    return LinesOf(found(pk))


@require_safe
@in_formats(things_of)
@kept_page
def source(request: HttpRequest, pk: int) -> HttpResponse:
    source = found(pk)
    selection = ThingsOf(source).select(request.GET)
    page = selection.page(request.GET.get("page"), THINGS_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    context = presented.one(source, selection, page, actor_of(request))
    return render(request, "registry/source_page.html", context)


@require_safe
@in_formats(lines_of)
@kept_page
def source_log(request: HttpRequest, pk: int) -> HttpResponse:
    source = found(pk)
    selection = LinesOf(source).select(request.GET)
    page = selection.page(request.GET.get("page"), LINES_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    crumbs = presented.crumbs({"text": source.address, "href": source.get_absolute_url()}, {"text": _("Log")})
    context = {"source": source, "selection": selection, "page": page, "breadcrumbs": crumbs}
    return render(request, "registry/source_log.html", context)


def history_of(pk: int) -> HistoryListing:
    return HistoryListing(of_source(found(pk)))


@require_safe
@in_formats(history_of)
@kept_page
def source_history(request: HttpRequest, pk: int) -> HttpResponse:
    source = found(pk)
    crumbs = presented.crumbs({"text": source.address, "href": source.get_absolute_url()}, {"text": _("History")})
    return history.page(request, of_source(source), _("%(name)s: history") % {"name": source.address}, crumbs)


@require_POST
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what the source states, or keep what is here."""
    listed = Difference.objects.listed().select_related("thing__source__organisation", "thing__component")
    chosen = get_object_or_404(listed, pk=pk)
    back = chosen.thing.source.get_absolute_url()
    if not request.user.is_authenticated:
        return redirect_to_login(back)
    if not may_choose(chosen, actor_of(request)):
        raise PermissionDenied
    try:
        choice = Choice(request.POST.get("choice", ""))
        choose_difference(difference=chosen, choice=choice, by=actor_of(request))
        messages.success(request, _("%(field)s: your choice is recorded.") % {"field": chosen.get_field_display()})
    except (Refused, ValueError) as refused:
        said = str(refused) if isinstance(refused, Refused) else _("Choose one of the two.")
        messages.error(request, said)
    return HttpResponseRedirect(f"{back}#differences")
