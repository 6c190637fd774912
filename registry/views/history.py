"""Complete history, page by page: of a body, of a component, and of what a body says of a function."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.judging import listed
from catalogue.models import Function
from catalogue.presenters.trail import trail
from commons.formats import in_formats
from commons.kept_pages import kept_page
from registry.history import HistoryListing, Scope, of_body, of_cell, of_component
from registry.models import Organisation
from registry.permissions import names_shown_to
from registry.presenters import body as body_page
from registry.presenters import timeline
from registry.signed_in import actor_of
from registry.views.organisations import by_other_name

CHANGES_A_PAGE = 30


def body_listing(slug: str) -> HistoryListing:
    return HistoryListing(of_body(get_object_or_404(Organisation, slug=slug)))


@require_safe
@in_formats(body_listing)
@kept_page
def organisation_history(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Also of a body that has ended: under its old address for ever, and under a new name by way of the first."""
    body = Organisation.objects.filter(slug=slug).first()
    if body is None:
        return by_other_name(slug, "registry:organisation_history")
    return page(
        request, of_body(body), _("%(name)s: history") % {"name": body}, body_page.breadcrumbs(body, _("History"))
    )


def component_listing(slug: str) -> HistoryListing:
    return HistoryListing(of_component(listed(slug)))


@require_safe
@in_formats(component_listing)
@kept_page
def component_history(request: HttpRequest, slug: str) -> HttpResponse:
    component = listed(slug)
    crumbs = trail(component, _("History"))
    return page(request, of_component(component), _("%(name)s: history") % {"name": component.name}, crumbs)


def cell_of(slug: str, function: str) -> tuple[Organisation, Function]:
    return get_object_or_404(Organisation, slug=slug), get_object_or_404(Function, slug=function)


def cell_listing(slug: str, function: str) -> HistoryListing:
    return HistoryListing(of_cell(*cell_of(slug, function)))


@require_safe
@in_formats(cell_listing)
@kept_page
def cell_history(request: HttpRequest, slug: str, function: str) -> HttpResponse:
    body, said_of = cell_of(slug, function)
    heading = _("%(name)s on %(function)s: history") % {"name": body, "function": said_of.name}
    return page(request, of_cell(body, said_of), heading, body_page.breadcrumbs(body, said_of.name))


def page(request: HttpRequest, scope: Scope, heading: str, breadcrumbs: list[dict[str, Any]]) -> HttpResponse:
    """Names of people are for who may see them: in public there are roles and bodies."""
    actor = actor_of(request)
    listing = HistoryListing(scope, inside=names_shown_to(actor))
    selection = listing.select(request.GET)
    rows, older, newer = selection.after(request.GET.get("cursor"), CHANGES_A_PAGE)
    shown = {
        "heading": heading,
        "acts": timeline.acts(rows, own=getattr(scope.about, "slug", ""), of_one_kind=scope.of_one_kind),
        "older": selection.query(cursor=older) if older else "",
        "newer": selection.query(cursor=newer) if newer else "",
        "selection": selection,
        "breadcrumbs": breadcrumbs,
    }
    response = render(request, "registry/history.html", shown)
    if actor.person is not None:
        add_never_cache_headers(response)
    return response
