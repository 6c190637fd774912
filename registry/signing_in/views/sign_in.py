"""Signing in by a mailed code, the second factor, and signing out.

For every address the answer is the same, in its words, its status and what it does: who may not sign in gets no mail,
and learns nothing here.
"""

import json

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.logout import logout
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commons.exceptions import Refused
from registry.actions.people import sign_up
from registry.models import Purpose
from registry.signing_in import codes, limits
from registry.signing_in.factors import PASSKEY, factors_of
from registry.signing_in.forms import AddressForm, CodeForm, SecondFactorForm, SecondPasskeyForm
from registry.signing_in.providers import offered
from registry.signing_in.ringing import ring
from registry.signing_in.ways import enter, next_of

FORM = ["GET", "HEAD", "POST"]
PENDING = "signing_in"  # in the session: which code was asked for, by what address, and where to go afterwards
WRONG = gettext_lazy("This code is not right, or too old. Check it, or have another one sent.")


@never_cache
@require_http_methods(FORM)
def sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return redirect(next_of(request) or settings.LOGIN_REDIRECT_URL)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if limits.may_ask(request, email):
            return asked(request, email)
        form.add_error(None, limits.TOO_MANY)
    context = {"form": form, "next": next_of(request), "providers": offered()}
    return render(request, "account/sign_in.html", context, status=status_of(form))


def asked(request: HttpRequest, email: str) -> HttpResponseBase:
    code = codes.ask(purpose=Purpose.SIGN_IN, email=email)
    request.session[PENDING] = {"code": str(code.pk), "email": email, "next": next_of(request)}
    ring(code)
    return redirect("account_code")


@never_cache
@require_http_methods(FORM)
def code(request: HttpRequest) -> HttpResponseBase:
    pending = request.session.get(PENDING)
    if request.user.is_authenticated or not pending:
        return redirect("account_login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        counted = limits.try_of(request, pending["email"])
        if not counted:
            form.add_error(None, limits.TOO_MANY)
        elif found := codes.redeem(pending["code"], Purpose.SIGN_IN, form.cleaned_data["code"]):
            counted.rollback()
            return known(request, found.email)
        else:
            form.add_error("code", WRONG)
    context = {"form": form, "pending": pending, "spent": spent(form, pending["code"])}
    return render(request, "account/code.html", context, status=status_of(form))


def known(request: HttpRequest, email: str) -> HttpResponseBase:
    """Whose address it is was shown; the account is made now where there is none."""
    pending = request.session.pop(PENDING)
    try:
        person = sign_up(email=email)
    except Refused as refused:  # closed, or no longer listed, since the code was mailed
        messages.error(request, str(refused))
        return redirect("account_login")
    return enter(request, person, "code", pending["next"])


def spent(form: CodeForm, pk: str) -> bool:
    """Whether the form was refused and its code is dead, so that another one is what helps."""
    return bool(form.is_bound and form.errors) and not codes.is_alive(pk)


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
@require_http_methods(FORM)
def second(request: HttpRequest) -> HttpResponseBase:
    """The second factor of somebody who has shown the first."""
    stage = request._login_stage
    person, typed = stage.login.user, request.POST if request.method == "POST" else None
    by_key = typed is not None and "credential" in typed
    form = SecondFactorForm(typed if not by_key else None, user=person)
    key_form = SecondPasskeyForm(typed if by_key else None, user=person)
    shown = key_form if by_key else form
    if shown.is_bound and shown.is_valid():
        shown.save()
        return stage.exit()
    factors = factors_of(person)
    options = json.dumps(begin_authentication(person)) if factors[PASSKEY] else ""
    context = {"form": form, "key_form": key_form, "shown": shown, "factors": factors, "options": options}
    return render(request, "account/second.html", context, status=status_of(shown))


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    logout(request, show_message=False)
    messages.success(request, _("You are signed out."))
    return redirect("account_login")


def status_of(form) -> int:
    """429 for too many tries, 400 for what is wrong."""
    if not form.is_bound or not form.errors:
        return 200
    said = [str(error) for errors in form.errors.values() for error in errors]
    return 429 if str(limits.TOO_MANY) in said else 400


def refused(request: HttpRequest, said: str) -> HttpResponse:
    """Back to the first page, with a sentence about what did not work."""
    messages.error(request, said)
    return redirect("account_login")
