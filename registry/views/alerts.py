"""Letters about a search. Whoever knows an alert's address may confirm and stop it: it is in the letters alone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalogue.search.news import canonical, in_words
from commons.exceptions import Refused
from registry.actions.alerts import ask_for_alert, confirm_alert, stop_alert
from registry.forms import AlertForm
from registry.letters import said
from registry.models import Alert
from registry.signed_in import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_alert(request: HttpRequest) -> HttpResponse:
    search = canonical(request.GET)
    form = AlertForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ask_for_alert(email=form.cleaned_data["email"], params=QueryDict(search), by=actor_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return answer(request, "alert_asked", {"search": in_words(search)})
    status = 400 if form.is_bound else 200
    return answer(request, "alert_new", {"form": form, "search": in_words(search), "query": search}, status)


@require_safe
@never_cache
def alert(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Alert, pk=pk)
    return answer(request, "alert", {"alert": found, "search": said(found)})


@require_POST
@never_cache
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    confirm_alert(alert=get_object_or_404(Alert, pk=pk), by=actor_of(request))
    return HttpResponseRedirect(reverse("registry:alert", args=[pk]))


@require_POST
@csrf_exempt  # mail programs post here by one click (RFC 8058); who knows the address may stop it
@never_cache
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Twice is as good as once."""
    found = Alert.objects.filter(pk=pk).first()
    if found:
        stop_alert(alert=found, by=actor_of(request))
    return answer(request, "alert_stopped", {})


def answer(request: HttpRequest, page: str, context: dict, status: int = 200) -> HttpResponse:
    crumbs = [
        {"text": _("Components"), "href": reverse("catalogue:component_list")},
        {"text": _("Emails about a search")},
    ]
    response = render(request, f"registry/{page}.html", context | {"breadcrumbs": crumbs}, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
