"""Everything to take away, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from commons.api.pages import HOME
from commons.api.urls import PUBLISHED
from public_value.models import Edition, EditionBundle
from public_value.presenters.publication import bundle_address
from registry.models import Commons

BUNDLES = 8  # two years of quarters


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    registry = Commons.objects.first()
    context = {
        "lists": PUBLISHED,
        "bundles": bundles(),
        "licence": registry.licence if registry else "",
        "breadcrumbs": [HOME, {"text": "Data and API"}],
    }
    return render(request, "api/data.html", context)


def bundles() -> list[dict]:
    """The open data of the latest published editions."""
    kept = EditionBundle.objects.filter(edition__in=Edition.objects.published()).select_related("edition")
    return [
        {"edition": str(one.edition), "href": bundle_address(one.edition.label, one.edition.revision), "size": one.size}
        for one in kept.defer("content").order_by("-edition__snapshot_date")[:BUNDLES]
    ]


urlpatterns = [path("data/", data, name="data")]
