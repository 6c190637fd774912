"""Everything to take away, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from commons.api.pages import HOME
from commons.api.urls import PUBLISHED
from registry.models import Commons


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    registry = Commons.objects.first()
    context = {
        "lists": PUBLISHED,
        "licence": registry.licence if registry else "",
        "breadcrumbs": [HOME, {"text": "Data and API"}],
    }
    return render(request, "api/data.html", context)


urlpatterns = [path("data/", data, name="data")]
