"""Publishing an edition by four eyes: an operator asks, somebody else agrees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from public_value.actions.publishing import ask_to_publish, second_publication
from public_value.models import Edition
from registry.models import Waiting
from registry.moderation.doors import FORM, attempt, for_whom, given, looking
from registry.permissions import may_second_edition
from registry.presenters import publishing as presented
from registry.signed_in import actor_of

for_seconds = for_whom(may_second_edition)


@require_safe
@for_seconds
def editions(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/moderation/editions.html", presented.editions(actor_of(request)))


@require_http_methods(FORM)
@for_seconds
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be published; asked for by one, agreed to by another."""
    found, by = get_object_or_404(Edition.objects.dated(), pk=pk), actor_of(request)
    here = reverse("registry:edition_to_publish", args=[pk])
    if given(request) is None:
        page = presented.edition(found, by)
        page |= looking(request, Waiting.EDITION, pk) if page["asked"] and not page["own"] else {"lease": None}
        return render(request, "registry/moderation/edition.html", page)
    if request.POST.get("act") == "ask":
        said = _("It is asked for. Another person has to agree.")
        return attempt(request, lambda: ask_to_publish(edition=found, by=by), said, here, here)
    said = _("%(edition)s is published.") % {"edition": found}
    public = reverse("public_value:edition", args=[found.label])
    return attempt(request, lambda: second_publication(edition=found, by=by), said, public, here)
