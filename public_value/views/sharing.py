"""What sharing would bring: for one component the bodies that could adopt it, for one function all systems together."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalogue.models import Component, Function
from commons.api.views import only
from commons.kept_pages import kept_page
from commons.listing.selection import page_number
from public_value.evidence.openings import open_to
from public_value.presenters import component as component_page
from public_value.presenters import consolidation
from public_value.presenters import edition as edition_page
from public_value.views.editions import latest, named

BODIES_A_PAGE = 15


@require_safe
@kept_page
def component(request: HttpRequest, label: str, slug: str) -> HttpResponse:
    only(request.GET, ("page",))
    edition, found = named(label), get_object_or_404(Component.objects.listed(), slug=slug)
    number = page_number(request.GET.get("page"))
    scores = Paginator(open_to(edition, found.pk), BODIES_A_PAGE)
    context = component_page.page(edition, found, scores.get_page(number))
    return render(request, "public_value/component.html", context)


@require_safe
@kept_page
def function(request: HttpRequest, label: str, slug: str) -> HttpResponse:
    only(request.GET, ())
    edition, found = named(label), get_object_or_404(Function, slug=slug)
    return render(request, "public_value/function.html", consolidation.page(edition, found))


@require_safe
def of_latest(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """From a page of the catalogue, which asks nothing about editions, to the latest one."""
    found = latest()
    if found is None:
        return render(request, "public_value/none.html", {"breadcrumbs": edition_page.ALONE})
    return HttpResponseRedirect(reverse(f"public_value:{name}", args=[found.label, slug]))
