"""The public pages of what exists: components and functions. Everybody may read them."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from catalogue.judging import listed, may
from catalogue.listings import FunctionListing
from catalogue.models import Component, Function
from catalogue.presenters import component as component_page
from catalogue.presenters import function as function_page
from catalogue.presenters.adopters import adopters_page
from catalogue.presenters.components import components_page
from catalogue.presenters.home import home as home_page
from catalogue.presenters.publiccode import publiccode_texts
from catalogue.presenters.tree import Tree, tree_page
from catalogue.presenters.usage import OFFERED_TO
from catalogue.search import ComponentListing
from catalogue.statements import AdopterListing, SystemListing
from commons.formats import in_formats
from commons.formats.faces import CACHED
from commons.kept_pages import kept_page
from registry.views.paging import to_first_page


@require_safe
@kept_page
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", home_page(timezone.localdate()))


@require_safe
@in_formats(ComponentListing)
@kept_page
def component_list(request: HttpRequest) -> HttpResponse:
    selection = ComponentListing().select(request.GET)
    page = selection.page(request.GET.get("page"))
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "catalogue/component_list.html", components_page(selection, page, timezone.localdate()))


@require_safe
@kept_page
def component(request: HttpRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    found = component_page.found(slug, on)
    page = component_page.page(found, on)
    return render(request, "catalogue/component.html", page | {"may": may(request, found)})


@require_safe
def component_publiccode(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The component's publiccode.yml: its own, or one made from what is known."""
    found = get_object_or_404(Component.objects.listed().for_description(), slug=slug)
    text = publiccode_texts([found], request.build_absolute_uri("/"))[found.pk]
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type="text/yaml; charset=utf-8")
    response["ETag"], response["Cache-Control"] = etag, CACHED
    response["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=response)


def adopter_listing(slug: str) -> AdopterListing:
    return AdopterListing(listed(slug).pk)


@require_safe
@in_formats(adopter_listing)
@kept_page
def adopters(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Component.objects.listed().annotate(offered_to=OFFERED_TO), slug=slug)
    selection = AdopterListing(found.pk).select(request.GET)
    page = selection.page(request.GET.get("page"))
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "catalogue/adopters.html", adopters_page(found, selection, page, timezone.localdate()))


@require_safe
@in_formats(FunctionListing)
@kept_page
def function_list(request: HttpRequest) -> HttpResponse:
    selection = FunctionListing().select(request.GET)
    return render(request, "catalogue/function_list.html", tree_page(selection, timezone.localdate()))


def system_listing(slug: str) -> SystemListing:
    return SystemListing(get_object_or_404(Function, slug=slug).pk, timezone.localdate())


@require_safe
@in_formats(system_listing)
@kept_page
def function(request: HttpRequest, slug: str) -> HttpResponse:
    tree = Tree.read()
    found = tree.named(slug)
    if found is None:
        raise Http404(f"No function has the address {slug}.")
    on = timezone.localdate()
    systems = SystemListing(found.id, on).select(request.GET)
    page = function_page.page(tree, found, systems, on)
    if elsewhere := to_first_page(request, systems, page["systems"]):
        return elsewhere
    return render(request, "catalogue/function.html", page)
