"""One's own account: name, address, second factors, and where one is signed in."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commons.exceptions import Refused
from registry.actions.people import change_address, change_name
from registry.models import Purpose
from registry.signed_in import actor_of
from registry.signing_in import codes, limits
from registry.signing_in.confirming import confirmed
from registry.signing_in.devices import in_words
from registry.signing_in.domains import is_listed
from registry.signing_in.factors import factors_of, second_factor
from registry.signing_in.forms import AddressForm, CodeForm, NameForm
from registry.signing_in.ringing import ring
from registry.signing_in.sessions import end_sessions, live_sessions
from registry.signing_in.views.sign_in import FORM, WRONG, spent, status_of
from registry.signing_in.ways import back_to, next_of

NEW_ADDRESS = "new_address"  # in the session: which code was asked for, and for what address


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponseBase:
    key = request.session.session_key
    sessions = [
        {"row": one, "device": in_words(one.user_agent), "here": one.session_key == key}
        for one in live_sessions(request.user)
    ]
    context = {"factors": factors_of(request.user), "sessions": sessions, "second": second_factor(request)}
    return render(request, "account/account.html", context)


@never_cache
@login_required
@require_http_methods(FORM)
def name(request: HttpRequest) -> HttpResponseBase:
    typed = request.POST if request.method == "POST" else None
    form = NameForm(typed, initial={"name": request.user.name})
    if form.is_bound and form.is_valid():
        try:
            change_name(person=request.user, name=form.cleaned_data["name"], by=actor_of(request))
            return redirect(back_to(request))
        except Refused as refused:
            form.add_error("name", str(refused))
    context = {"form": form, "next": next_of(request)}
    return render(request, "account/name.html", context, status=status_of(form))


@never_cache
@confirmed
@require_http_methods(FORM)
def address(request: HttpRequest) -> HttpResponseBase:
    """Ask for a code to the new address. Whether somebody has it already is not said: then no mail goes."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    form.fields["email"].label = _("Your new work email address")
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if not is_listed(email):
            form.add_error("email", _("Use an address of a public body, such as name@example.gov.uk"))
        elif not limits.may_ask(request, email):
            form.add_error(None, limits.TOO_MANY)
        else:
            code = codes.ask(purpose=Purpose.CHANGE_ADDRESS, email=email, person=request.user)
            request.session[NEW_ADDRESS] = {"code": str(code.pk), "email": email}
            ring(code)
            return redirect("account_address_code")
    return render(request, "account/address.html", {"form": form}, status=status_of(form))


@never_cache
@confirmed
@require_http_methods(FORM)
def address_code(request: HttpRequest) -> HttpResponseBase:
    pending = request.session.get(NEW_ADDRESS)
    if not pending:
        return redirect("account_address")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        counted = limits.try_of(request, pending["email"])
        if not counted:
            form.add_error(None, limits.TOO_MANY)
        elif codes.redeem(pending["code"], Purpose.CHANGE_ADDRESS, form.cleaned_data["code"]):
            counted.rollback()
            return changed(request, request.session.pop(NEW_ADDRESS)["email"])
        else:
            form.add_error("code", WRONG)
    context = {"form": form, "pending": pending, "spent": spent(form, pending["code"])}
    return render(request, "account/address_code.html", context, status=status_of(form))


def changed(request: HttpRequest, email: str) -> HttpResponseBase:
    try:
        change_address(person=request.user, email=email, by=actor_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("account")
    messages.success(request, _("From now on you sign in with %(email)s.") % {"email": email})
    return redirect("account")


@never_cache
@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One that is not this one, which signing out is for."""
    elsewhere = live_sessions(request.user).exclude(session_key=request.session.session_key)
    ended = get_object_or_404(elsewhere, pk=pk)
    end_sessions(sessions=UserSession.objects.filter(pk=ended.pk), by=actor_of(request))
    messages.success(request, _("%(device)s is signed out.") % {"device": in_words(ended.user_agent)})
    return redirect("account")


@never_cache
@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponseBase:
    elsewhere = live_sessions(request.user).exclude(session_key=request.session.session_key)
    number = end_sessions(sessions=elsewhere, by=actor_of(request))
    if number:
        said = ngettext("%(number)s other session is ended.", "%(number)s other sessions are ended.", number)
        messages.success(request, said % {"number": number})
    return redirect("account")
