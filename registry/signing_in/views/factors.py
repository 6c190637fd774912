"""Second factors: an app that shows codes, passkeys, and recovery codes to print."""

import base64
import json

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commons.exceptions import Refused
from registry.actions import factors as acts
from registry.signed_in import actor_of
from registry.signing_in.confirming import confirmed
from registry.signing_in.factors import RECOVERY, TOTP, factors_of, forget_records
from registry.signing_in.forms import AddAppForm
from registry.signing_in.sessions import end_sessions, live_sessions
from registry.signing_in.views.sign_in import FORM, status_of


@never_cache
@confirmed
@require_http_methods(FORM)
def add_app(request: HttpRequest) -> HttpResponseBase:
    if factors_of(request.user)[TOTP]:
        return redirect("account")
    form = AddAppForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        acts.add_app(request=request, secret=form.secret, by=actor_of(request))
        return added(request, _("An app that shows codes was added."))
    context = {"form": form, "secret": spaced(form.secret), "picture": picture(request, form.secret)}
    return render(request, "account/add_app.html", context, status=status_of(form))


def spaced(secret: str) -> str:
    """In fours, to be typed."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def picture(request: HttpRequest, secret: str) -> str:
    """The code that a telephone's camera reads, as the address of an image."""
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"


@never_cache
@confirmed
@require_http_methods(FORM)
def add_passkey(request: HttpRequest) -> HttpResponseBase:
    form = AddWebAuthnForm(request.POST if request.method == "POST" else None, user=request.user)
    form.fields["name"].label = _("What do you call it?")
    if form.is_bound and form.is_valid():
        acts.add_passkey(
            request=request,
            name=form.cleaned_data["name"][:100],
            credential=form.cleaned_data["credential"],
            by=actor_of(request),
        )
        return added(request, _("A passkey was added."))
    context = {"form": form, "options": json.dumps(begin_registration(request.user, passwordless=True))}
    return render(request, "account/add_passkey.html", context, status=status_of(form))


def added(request: HttpRequest, what: str) -> HttpResponseBase:
    """Who has not seen the recovery codes yet sees them next."""
    messages.success(request, what)
    recovery = factors_of(request.user)[RECOVERY]
    unseen = recovery and not recovery[0].wrap().did_view
    return redirect("account_recovery" if unseen else "account")


@never_cache
@confirmed
@require_http_methods(FORM)
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask once, then remove it and end what was signed in with it elsewhere."""
    factor = get_object_or_404(Authenticator.objects.exclude(type=RECOVERY), pk=pk, user=request.user)
    if request.method != "POST":
        last = len([one for kind, found in factors_of(request.user).items() if kind != RECOVERY for one in found]) == 1
        return render(request, "account/remove_factor.html", {"factor": factor, "last": last})
    by = actor_of(request)
    elsewhere = live_sessions(request.user).exclude(session_key=request.session.session_key)
    try:
        with transaction.atomic():  # nobody stays signed in elsewhere by a factor that is gone
            acts.remove_factor(factor=factor, by=by)
            end_sessions(sessions=elsewhere, by=by)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("account")
    forget_records(request, pk)
    messages.success(request, _("It is removed, and you are signed out everywhere else."))
    return redirect("account")


@never_cache
@confirmed
@require_safe
def recovery(request: HttpRequest) -> HttpResponseBase:
    codes = recovery_of(request)
    codes.mark_as_viewed()
    return render(request, "account/recovery.html", {"codes": codes.get_unused_codes()})


@never_cache
@confirmed
@require_safe
def recovery_file(request: HttpRequest) -> HttpResponseBase:
    """The codes alone, one a line, to be kept where no telephone is."""
    text = "\n".join([*recovery_of(request).get_unused_codes(), ""])
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return answer


def recovery_of(request: HttpRequest):
    return get_object_or_404(Authenticator, user=request.user, type=RECOVERY).wrap()


@never_cache
@confirmed
@require_POST
def renew_recovery(request: HttpRequest) -> HttpResponseBase:
    try:
        acts.renew_recovery_codes(request=request, by=actor_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("account")
    messages.success(request, _("These are new. The old ones do not work any more."))
    return redirect("account_recovery")
