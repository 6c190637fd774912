"""The public pages of blueprints. An assembly is in its address alone: nothing is stored."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalogue.blueprints import pages
from catalogue.blueprints.api import assembled_text
from catalogue.blueprints.asked import read
from catalogue.blueprints.bill import MEDIA_TYPE as BILL
from catalogue.blueprints.bill import bill_of_materials
from catalogue.blueprints.candidates import candidates
from catalogue.blueprints.document import MEDIA_TYPE as DOCUMENT
from catalogue.blueprints.document import document
from catalogue.blueprints.gathering import Assembled
from catalogue.blueprints.gathering import assemble as assembled
from catalogue.blueprints.listing import BlueprintListing
from catalogue.blueprints.patterns import pattern
from commons.formats import in_formats
from commons.kept_pages import kept_page
from commons.listing.errors import BadParameter
from registry.signed_in import actor_of


@require_safe
@in_formats(BlueprintListing)
@kept_page
def blueprint_list(request: HttpRequest) -> HttpResponse:
    selection = BlueprintListing().select(request.GET)
    return render(request, "catalogue/blueprint_list.html", pages.list_page(selection))


@require_safe
@kept_page
def blueprint(request: HttpRequest, slug: str) -> HttpResponse:
    found = pattern(slug)
    fitting = candidates(found.blueprint.pk, timezone.localdate())
    return render(request, "catalogue/blueprint.html", pages.blueprint_page(found, fitting))


@require_safe
def assemble(request: HttpRequest, slug: str) -> HttpResponse:
    page = pages.assemble_page(asked_for(request, slug))
    return render(request, "catalogue/assemble.html", page | {"may_save": may_save(request)})


def may_save(request: HttpRequest) -> bool:
    """Whether the reader may act for any body."""
    actor = actor_of(request)
    return bool(actor.everywhere or actor.grants)


def asked_for(request: HttpRequest, slug: str) -> Assembled:
    found = pattern(slug)
    return assembled(found, read(found, request.GET), timezone.localdate())


@require_safe
def assemble_json(request: HttpRequest, slug: str) -> HttpResponse:
    return as_file(assembled_text(slug, request.GET).encode(), "application/json", f"{slug}.json")


@require_safe
def assemble_odt(request: HttpRequest, slug: str) -> HttpResponse:
    found = right(asked_for(request, slug))
    return as_file(document(found, address(request, found), timezone.localdate()), DOCUMENT, f"{slug}.odt")


@require_safe
def assemble_bill(request: HttpRequest, slug: str) -> HttpResponse:
    found = right(asked_for(request, slug))
    bill = bill_of_materials(found, address(request, found), timezone.now())
    return as_file(JsonResponse(bill).content, BILL, f"{slug}.cdx.json")


def right(found: Assembled) -> Assembled:
    """A file cannot show what was left out, so that it is refused with every error at once."""
    if found.errors:
        raise BadParameter(found.errors)
    return found


def address(request: HttpRequest, found: Assembled) -> str:
    place = reverse("catalogue:assemble", args=[found.pattern.blueprint.slug])
    return request.build_absolute_uri(f"{place}?{found.asked.query()}")


def as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
