"""Where programs find the API without being told: RFC 9727, as a set of links (RFC 9264)."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commons.formats.faces import CACHED

ADDRESS = "/.well-known/api-catalog"
PROFILE = "https://www.rfc-editor.org/info/rfc9727"
LINKSET = f'application/linkset+json; profile="{PROFILE}"'
HARVESTED = ("catalog", "services")  # DCAT-AP, CPSV-AP
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"


@require_safe
def api_catalog(request: HttpRequest) -> HttpResponse:
    root, here = request.build_absolute_uri("/"), request.build_absolute_uri(ADDRESS)
    response = HttpResponse(json.dumps({"linkset": links(root, here)}), content_type=LINKSET)
    response["Link"] = f'<{here}>; rel="api-catalog"'
    response["Cache-Control"] = CACHED
    response["Access-Control-Allow-Origin"] = "*"
    return response


def links(root: str, here: str) -> list[dict]:
    """The catalogue lists our own API and the Open Catalog API, and says where each is described, explained, and how
    it is; and what can be taken as linked data, page by page."""
    api, open_catalog = f"{root}api/v1/", f"{root}v1/"
    described = [
        {"href": f"{api}schema.json", "type": OPENAPI},
        {"href": f"{api}schema.yaml", "type": "application/yaml"},
    ]
    explained = [{"href": f"{root}api/", "type": "text/html"}, {"href": f"{api}docs", "type": "text/html"}]
    harvested = [harvest(root, name) for name in HARVESTED]
    items = [{"href": item} for item in (api, open_catalog, *(one["anchor"] for one in harvested))]
    return [
        {"anchor": here, "item": items, "profile": [{"href": PROFILE}]},
        {
            "anchor": api,
            "service-desc": described,
            "service-doc": explained,
            "status": [{"href": f"{root}health/ready", "type": "application/json"}],
        },
        {
            "anchor": open_catalog,
            "service-desc": [{"href": f"{open_catalog}openapi.yaml", "type": "application/yaml"}],
            "service-doc": [{"href": f"{root}api/#open-catalog", "type": "text/html"}],
            "status": [{"href": f"{open_catalog}status"}],
        },
        *harvested,
    ]


def harvest(root: str, name: str) -> dict:
    """A collection in Turtle, with its other form and the page that explains both."""
    return {
        "anchor": f"{root}{name}.ttl",
        "alternate": [{"href": f"{root}{name}.jsonld", "type": "application/ld+json"}],
        "service-doc": [{"href": f"{root}data/", "type": "text/html"}],
    }
