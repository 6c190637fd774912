"""Signing in through an OpenID Connect provider that the settings name.

allauth keeps the state and asks the provider; what the provider says of somebody is checked here, more strictly than
allauth does: the signature and the nonce always, and that the address is verified and the provider's to vouch for.
"""

import secrets
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from requests import RequestException

from commons.exceptions import Refused
from registry.signing_in.domains import is_listed

# Signed with a key that only the provider has. HS256 would be signed with the secret that we share with it.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_SECONDS = 60
# What asking a provider can end in, from no answer at all to one that makes no sense.
FAILED = (RequestException, OAuth2Error, jwt.PyJWTError, KeyError, ValueError, TypeError)


def offered() -> list[dict[str, str]]:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [{"id": app["provider_id"], "name": app["name"]} for app in apps]


class Provider(OpenIDConnectOAuth2Adapter):
    """One of them, as this request asks it. Raises SocialApp.DoesNotExist where the settings name none such."""

    def __init__(self, request: HttpRequest, name: str) -> None:
        super().__init__(request, name)
        if name not in {one["id"] for one in offered()}:
            raise SocialApp.DoesNotExist
        self.provider = self.get_provider()
        self.provider.get_oauth2_adapter = lambda request: self
        self.app = self.provider.app

    def get_provider(self) -> Any:
        return getattr(self, "provider", None) or super().get_provider()

    @property
    def openid_config(self) -> dict[str, Any]:
        """What it says of itself; it must call itself what the settings call it, or it is another one's document."""
        config = super().openid_config
        if config["issuer"].rstrip("/") != self.app.settings["server_url"]:
            raise OAuth2Error("The document of the provider names another issuer")
        return config

    def address(self, wanted: str) -> str:
        """Where to send somebody to sign in. Raises one of FAILED."""
        nonce = secrets.token_urlsafe(24)
        there = self.provider.redirect(
            self.request, AuthProcess.LOGIN, next_url=wanted, auth_params={"nonce": nonce}, nonce=nonce
        )
        return there["Location"]

    def state(self) -> dict[str, Any] | None:
        """What was kept of this journey when it began; None where this browser began none, or it came back already."""
        return statekit.unstash_state(
            self.request, provider_id=self.provider.sub_id, state_id=self.request.GET.get("state", "")
        )

    def claims(self, state: dict[str, Any]) -> dict[str, Any]:
        """What the provider says of who came back. Raises one of FAILED."""
        client = self.get_client(self.request, self.app)
        verifier = state.get("pkce_code_verifier")
        answer = self.get_access_token_data(self.request, self.app, client, pkce_code_verifier=verifier)
        said = self.decoded(answer["id_token"], state["nonce"])
        if "email" in said:
            return said
        more = self._fetch_user_info(answer["access_token"])
        if more["sub"] != said["sub"]:
            raise OAuth2Error("The provider told of somebody else")
        return more | said

    def decoded(self, token: str, nonce: str) -> dict[str, Any]:
        """Raises one of FAILED: not signed by the provider, not for us, out of date, or of another journey."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        kid = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        key = next((one for one in keys if one.key_id == kid or (kid is None and len(keys) == 1)), None)
        if key is None:
            raise OAuth2Error("The token is signed with a key that the provider does not list")
        said = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=self.app.client_id,
            issuer=self.openid_config["issuer"],
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )
        if not secrets.compare_digest(str(said["nonce"]), nonce):
            raise OAuth2Error("The token is of another journey")
        return said


def vouched_address(provider: Provider, claims: dict[str, Any]) -> str:
    """The address that the provider vouches for. Raises Refused: none, not verified, or not the provider's to say."""
    email, domains = str(claims.get("email")), provider.app.settings["domains"]
    try:
        validate_email(email)
    except ValidationError as none:
        raise Refused("no address") from none
    if not email.isascii() or claims.get("email_verified") not in (True, "true"):
        raise Refused("unverified")
    if domains and not is_listed(email, domains):
        raise Refused("foreign")
    return email.lower()
