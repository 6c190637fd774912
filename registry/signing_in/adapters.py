"""What allauth asks us: what a sign-in records and leads to, how secrets are kept, how providers are asked."""

import base64
import hashlib
import secrets
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.people import record_sign_in, record_sign_out
from registry.models import Person
from registry.signing_in import factors
from registry.signing_in.limits import TOO_MANY
from registry.signing_in.sessions import SEEN


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    @transaction.atomic
    def login(self, request: HttpRequest, user: Person) -> None:
        """Every way in ends here. Django gives the session a new key: whoever knew the old one knows nothing."""
        ways = factors.ways(request, user)
        super().login(request, user)
        request.session[SEEN] = timezone.now().timestamp()
        record_sign_in(person=user, ways=ways)

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            record_sign_out(person=request.user)
        super().logout(request)

    def post_login(self, request: HttpRequest, user: Person, **how: Any) -> HttpResponse:
        """Who has told no name yet is asked for it first."""
        response = super().post_login(request, user, **how)
        if user.name:
            return response
        return HttpResponseRedirect(f"{reverse('account_name')}?{urlencode({'next': response['Location']})}")

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))

    def is_reauthentication_required(self, *, app: str, **how: Any) -> bool:
        """Our pages ask for it themselves (confirming.py), before they show anything."""
        return False

    def send_notification_mail(self, *args: Any, **how: Any) -> None:
        """Our acts have a letter sent (views/factors.py)."""

    def add_message(self, *args: Any, **how: Any) -> None:
        """Our pages say themselves what was done."""


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right. Wait for the next one, and type it as it is shown."),
    }

    def encrypt(self, text: str) -> str:
        """So that a copy of the database alone opens no account."""
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Under a secret key that was lost nothing is right: a recovery by an operator is the way out."""
        try:
            return keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        return _("Passkey %(number)s") % {"number": len(factors.factors_of(user)[type]) + 1}

    def get_totp_issuer(self) -> str:
        return settings.SERVICE_NAME

    def _get_site_name(self) -> str:
        return settings.SERVICE_NAME


def keys() -> MultiFernet:
    """The secret key's own first, then those that it followed."""
    return MultiFernet([fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"registry.signing_in.factors:{key}".encode()).digest()))


class ProviderAdapter(DefaultSocialAccountAdapter):
    def get_requests_session(self) -> requests.Session:
        """A provider is asked at the addresses that it names itself, and is not followed elsewhere."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session
