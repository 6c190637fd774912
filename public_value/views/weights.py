from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commons.listing.selection import page_number
from public_value.methodology import Parameters
from public_value.presenters import weights as weights_page
from public_value.views.editions import named
from public_value.weights import read


@require_safe
def weights(request: HttpRequest, label: str) -> HttpResponse:
    """Anybody may weigh the parts otherwise and see how the order within one kind of body depends on it."""
    edition = named(label)
    kinds = weights_page.groups(edition)
    asked = read(request.GET, Parameters.from_json(edition.parameters), [kind["slug"] for kind in kinds])
    number = page_number(request.GET.get("page"))
    return render(request, "public_value/weights.html", weights_page.page(edition, kinds, asked, number))
