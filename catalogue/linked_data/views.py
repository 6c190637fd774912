"""The catalogue as data that others harvest. Open to everybody, and to every page's script."""

import json
import re
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from rdflib import Graph
from rdflib.plugins.serializers.jsonld import from_rdf

from catalogue.linked_data.documents import with_offers
from catalogue.linked_data.pages import HarvestPage
from catalogue.linked_data.resources import Names
from catalogue.linked_data.schema_org import described
from catalogue.linked_data.vocabulary import CONTEXT
from catalogue.models import SearchEntry
from commons.api.views import only
from commons.constraints import SLUG
from commons.formats.faces import CACHED
from commons.kept import Kept, database_version
from commons.listing import BadParameter, ParameterError
from commons.listing.errors import shown
from commons.listing.text import as_json
from registry.models import Commons

TURTLE, JSON_LD = "text/turtle", "application/ld+json"
Answer = tuple[bytes, str]  # the page, and the address of the next one
ANSWERS: Kept[Answer] = Kept(16)
LONGEST = 2_097_152  # bytes of an answer that is kept


@require_safe
def harvest(request: HttpRequest, media_type: str, kind: type[HarvestPage]) -> HttpResponseBase:
    """A page of the catalogue or of the services, made once for as long as nothing is recorded."""
    only(request.GET, ("after",))
    registry = Commons.objects.first() or Commons()
    version, key = database_version(), (request.build_absolute_uri(), registry.title, registry.licence)
    found = ANSWERS.find(version, key)
    if found is None:
        found = made(request, media_type, kind, registry)
        if len(found[0]) <= LONGEST:
            ANSWERS.keep(version, key, found)
    body, onward = found
    return sent(request, body, media_type, f'<{onward}>; rel="next"' if onward else "")


@require_safe
def component(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One listed component as schema.org has it."""
    only(request.GET, ())
    entry = get_object_or_404(SearchEntry.objects.only("document"), slug=slug)
    names = Names(request.build_absolute_uri("/"))
    return sent(request, as_json(described(names, *with_offers([json.loads(entry.document)]))).encode(), JSON_LD)


def made(request: HttpRequest, media_type: str, kind: type[HarvestPage], registry: Commons) -> Answer:
    root, here = request.build_absolute_uri("/"), request.build_absolute_uri(request.path)
    page = kind(root=root, here=here, after=after(request), registry=registry)
    return serialised(page.graph(), media_type), page.onward


def after(request: HttpRequest) -> str:
    """The slug that the page before ended with; blank for the first page."""
    text = request.GET.get("after", "")
    if text and not re.fullmatch(SLUG, text):
        detail = f"“after” must be the code of a component, not “{shown(text)}”. Follow the links from page to page."
        raise BadParameter([ParameterError("after", "unknown_value", detail)])
    return text


def serialised(graph: Graph, media_type: str) -> bytes:
    if media_type == TURTLE:
        return graph.serialize(format="turtle", encoding="utf-8")
    return as_json(ordered(from_rdf(graph, CONTEXT))).encode()


def ordered(value: Any) -> Any:
    """JSON-LD in one order, whatever the order of sets in this process: every process then gives the same ETag."""
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value)}
    return sorted(map(ordered, value), key=as_json) if isinstance(value, list) else value


def sent(request: HttpRequest, body: bytes, media_type: str, links: str = "") -> HttpResponseBase:
    """The body with a strong ETag, or 304 where the harvester has it already."""
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    charset = "; charset=utf-8" if media_type == TURTLE else ""
    response = HttpResponse(body, content_type=media_type + charset)
    response["ETag"], response["Cache-Control"] = etag, CACHED
    response["Access-Control-Allow-Origin"] = "*"
    if links:
        response["Link"] = links
    return get_conditional_response(request, etag=etag, response=response)
