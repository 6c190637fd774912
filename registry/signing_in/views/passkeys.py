"""Signing in with a passkey alone: it is something one has, opened by what one is or knows."""

from allauth.account.models import Login
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from registry.signing_in import limits
from registry.signing_in.views.sign_in import refused
from registry.signing_in.ways import next_of


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """GET: what the browser's own dialogue needs. POST: what came of it."""
    if request.method == "GET":
        if not limits.may_begin(request):
            return JsonResponse({"title": str(limits.TOO_MANY)}, status=429)
        return JsonResponse(begin_authentication(user=None))
    counted = limits.try_of(request, "", "passkey_try")
    form = LoginWebAuthnForm(request.POST)
    if not counted:
        return refused(request, str(limits.TOO_MANY))
    if not form.is_valid():
        return refused(request, _("This passkey is not known here. Sign in with a code, then add it to your account."))
    counted.rollback()
    authenticator = form.cleaned_data["credential"]
    return perform_passwordless_login(
        request, authenticator, Login(user=authenticator.user, redirect_url=next_of(request) or None)
    )
