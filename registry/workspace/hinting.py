"""“We think you use these”: confirm, change or reject each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commons import formatting
from commons.exceptions import Refused
from public_value.tasks import follow_registry
from registry.actions.hints import accept_hint, prepare_hint, reject_hint
from registry.hints import hints
from registry.models import Organisation
from registry.permissions import Actor, may_declare
from registry.workspace.doors import preparing
from registry.workspace.pages import crumbed
from registry.workspace.work import names_of, shown


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hints_page(request: HttpRequest, slug: str) -> HttpResponse:
    body, actor = preparing(request, slug)
    refusal = ""
    if request.method == "POST":
        try:
            return answered(request, body, actor)
        except Refused as refused:
            refusal = str(refused)
    found = hints(body, timezone.localdate())
    said = [one.said for one in found]
    cards = shown(said, names_of(said), body.currency, timezone.localdate())
    context = crumbed(body, _("What we think you use")) | {
        "body": body,
        "rows": list(zip(found, cards, strict=True)),
        "may_publish": may_declare(actor, body),
        "refusal": refusal,
    }
    return render(request, "registry/workspace/hints.html", context, status=409 if refusal else 200)


def answered(request: HttpRequest, body: Organisation, actor: Actor) -> HttpResponse:
    """Raises Refused."""
    act, key = request.POST.get("act", ""), request.POST.get("hint", "")
    if act == "change":
        draft, place = prepare_hint(organisation=body, key=key, by=actor)
        return redirect("registry:question", slug=body.slug, function=draft.function.slug, place=place, step="which")
    if act == "reject":
        reject_hint(organisation=body, key=key, reason=request.POST.get("reason", ""), by=actor)
        messages.success(request, _("We do not propose it again"))
    elif act in ("confirm", "all"):
        keys = [one.key for one in hints(body, timezone.localdate())] if act == "all" else [key]
        for each in keys:
            accept_hint(organisation=body, key=each, by=actor)
        follow_registry.delay_on_commit()
        said = ngettext("%(number)s statement is published", "%(number)s statements are published", len(keys))
        messages.success(request, said % {"number": formatting.number(len(keys))})
    return redirect("registry:hints", slug=body.slug)
