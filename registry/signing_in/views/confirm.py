"""Show anew that it is you: by a second factor where there is one, else by a code that is mailed."""

import json

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from registry.models import Purpose
from registry.signing_in import codes, limits
from registry.signing_in.factors import PASSKEY, factors_of, has_factor
from registry.signing_in.forms import CodeForm, ConfirmForm, ConfirmPasskeyForm
from registry.signing_in.ringing import ring
from registry.signing_in.views.sign_in import FORM, WRONG, spent, status_of
from registry.signing_in.ways import back_to, next_of

CONFIRMING = "confirming"  # in the session: which code was asked for


@never_cache
@login_required
@require_http_methods(FORM)
def confirm(request: HttpRequest) -> HttpResponseBase:
    if has_factor(request.user):
        return by_factor(request)
    said = ""
    if request.method == "POST":
        if limits.may_ask(request, request.user.email):
            code = codes.ask(purpose=Purpose.CONFIRM, email=request.user.email, person=request.user)
            request.session[CONFIRMING] = str(code.pk)
            ring(code)
            return HttpResponseRedirect(f"{reverse('account_confirm_code')}?{urlencode({'next': next_of(request)})}")
        said = limits.TOO_MANY
    context = {"next": next_of(request), "said": said}
    return render(request, "account/confirm.html", context, status=429 if said else 200)


def by_factor(request: HttpRequest) -> HttpResponseBase:
    typed = request.POST if request.method == "POST" else None
    by_key = typed is not None and "credential" in typed
    form = ConfirmForm(typed if not by_key else None, user=request.user)
    key_form = ConfirmPasskeyForm(typed if by_key else None, user=request.user)
    shown = key_form if by_key else form
    if shown.is_bound and shown.is_valid():
        shown.save()
        return redirect(back_to(request))
    factors = factors_of(request.user)
    options = json.dumps(begin_authentication(request.user)) if factors[PASSKEY] else ""
    context = {"form": form, "key_form": key_form, "shown": shown, "factors": factors, "options": options}
    return render(request, "account/confirm_factor.html", context | {"next": next_of(request)}, status=status_of(shown))


@never_cache
@login_required
@require_http_methods(FORM)
def code(request: HttpRequest) -> HttpResponseBase:
    asked = request.session.get(CONFIRMING)
    if not asked:
        return redirect("account_confirm")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        counted = limits.try_of(request, request.user.email)
        if not counted:
            form.add_error(None, limits.TOO_MANY)
        elif codes.redeem(asked, Purpose.CONFIRM, form.cleaned_data["code"]):
            counted.rollback()
            del request.session[CONFIRMING]
            record_authentication(request, request.user, method="code", reauthenticated=True)
            return redirect(back_to(request))
        else:
            form.add_error("code", WRONG)
    context = {"form": form, "spent": spent(form, asked), "next": next_of(request)}
    return render(request, "account/confirm_code.html", context, status=status_of(form))
