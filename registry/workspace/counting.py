"""Usage as stewards counted it: a body sees what was counted of it, and what it reported as a steward itself."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registry.models import Usage
from registry.workspace.doors import entered
from registry.workspace.pages import crumbed

ROWS_A_PAGE = 100


@never_cache
@login_required
@require_safe
def usage(request: HttpRequest, slug: str) -> HttpResponse:
    body, _actor = entered(request, slug)
    whose = "ours" if request.GET.get("whose") == "ours" else "of_us"
    text = request.GET.get("q", "").strip()[:200]
    found = Usage.objects.filter(steward=body) if whose == "ours" else Usage.objects.filter(organisation=body)
    for word in text.split():
        found = found.filter(
            Q(organisation__name__icontains=word)
            | Q(component__name__icontains=word)
            | Q(function__name__icontains=word)
        )
    rows = found.latest().select_related("organisation", "component", "function", "steward")
    ordered = rows.order_by("-month", "component__name", "organisation__name", "pk")
    context = crumbed(body, _("Usage")) | {
        "body": body,
        "whose": whose,
        "asked_for": text,
        "page": Paginator(ordered, ROWS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "registry/workspace/usage.html", context)
