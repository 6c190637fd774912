"""Pages on which those who look after a component say that it ends, after they have seen whom that affects."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from catalogue.forms import DeprecationForm
from catalogue.judging import listed, signed_in, writing
from catalogue.models import Component
from catalogue.presenters.trail import trail
from catalogue.presenters.words import bodies
from commons.exceptions import Refused
from public_value.tasks import follow_registry
from registry.actions.deprecations import (
    affected,
    deprecate_component,
    is_of_today,
    refuse_deprecation,
    reinstate_component,
)
from registry.models import Deprecation


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def deprecate(request: HttpRequest, slug: str) -> HttpResponse:
    """First what and when, then whom it affects, then done."""
    component = listed(slug)
    by = writing(request, component)
    form = DeprecationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_deprecation(component, by=by, today=timezone.localdate(), **form.cleaned_data)
            if "confirm" not in request.POST:
                return checked(request, component, form)
            deprecate_component(component=component, by=by, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s is deprecated, and bodies are told.") % {"name": component})
            return done(component)
    context = {"component": component, "form": form, "standing": standing(component), "breadcrumbs": crumbs(component)}
    return render(request, "catalogue/deprecate.html", context, status=400 if form.is_bound else 200)


def checked(request: HttpRequest, component: Component, form: DeprecationForm) -> HttpResponse:
    """What would follow: nothing has been written yet."""
    users = list(affected(component, timezone.localdate()))
    context = {
        "component": component,
        "form": form,
        **form.cleaned_data,
        "users": users,
        "bodies": bodies(len(users)),
        "mailed": sum(bool(body.contact_email) for body in users),
        "breadcrumbs": crumbs(component),
    }
    return render(request, "catalogue/deprecate_check.html", context)


@require_POST
@signed_in
def reinstate(request: HttpRequest, slug: str) -> HttpResponse:
    component = listed(slug)
    by = writing(request, component)
    try:
        reinstate_component(component=component, by=by)
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The deprecation of %(name)s is taken back.") % {"name": component})
    return done(component)


def done(component: Component) -> HttpResponseRedirect:
    follow_registry.delay_on_commit()
    return HttpResponseRedirect(reverse("catalogue:component", args=[component.slug]))


def standing(component: Component) -> dict | None:
    """The deprecation that holds, and whether it can still be taken back."""
    found = Deprecation.objects.current().filter(component=component).select_related("recorded_in", "successor").first()
    return {"deprecation": found, "can_undo": is_of_today(found)} if found else None


def crumbs(component: Component) -> list[dict]:
    return trail(component, _("Say that it ends"))
