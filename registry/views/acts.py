"""What somebody's account, or a token, was used for: to see whether that was they."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commons.formats.faces import FORMS, file_of
from commons.formats.negotiation import TYPES, wanted
from registry.listings.acts import ActsOf
from registry.models import Token
from registry.presenters import team
from registry.workspace.doors import entered

ACTS_A_PAGE = 50
OPEN = ("Cache-Control", "Access-Control-Allow-Origin")


@never_cache
@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponseBase:
    return acts(request, ActsOf(request.user), {"heading": _("What your account was used for"), "breadcrumbs": []})


@never_cache
@login_required
@require_safe
def of_token(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    body, actor = entered(request, slug)
    token = get_object_or_404(Token.objects.select_related("organisation"), pk=pk, organisation=body)
    heading = _("What the token %(name)s was used for") % {"name": token.name}
    crumbs = team.token_crumbs(body, actor, token.name)
    return acts(request, ActsOf(token), {"heading": heading, "breadcrumbs": crumbs})


def acts(request: HttpRequest, listing: ActsOf, context: dict[str, Any]) -> HttpResponseBase:
    """The page, or a file that nobody keeps on the way."""
    if (form := wanted(request, tuple(TYPES))) in FORMS:
        response = file_of(listing, request, form)
        for header in OPEN:
            del response[header]
        return response
    selection = listing.select(request.GET)
    page = selection.page(request.GET.get("page"), ACTS_A_PAGE)
    return render(request, "registry/acts.html", context | {"selection": selection, "page": page})
