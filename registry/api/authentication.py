"""Who writes: `Authorization: Bearer dcr_…`. Reads never look at it, so that their kept answers are everybody's."""

import re
from secrets import compare_digest

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from registry.actions.tokens import hashed
from registry.models import Token
from registry.permissions import ANYBODY, Actor, of_token

SCHEME = "Bearer"
SENT = re.compile(r"(dcr_[0-9a-f]{8})_[A-Za-z0-9_-]{43}", re.ASCII)
BAD = "The token is not known here, or no longer works: it may have expired or been revoked. Ask for another."
MALFORMED = "Send one token, as “Authorization: Bearer dcr_…”."


class BearerAuthentication(BaseAuthentication):
    """`request.auth` is then the Actor. What is said about a bad token is the same whatever is wrong with it."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Actor] | None:
        sent = request.META.get("HTTP_AUTHORIZATION", "")
        if not sent:
            return None
        scheme, _, secret = sent.partition(" ")
        if scheme.lower() != SCHEME.lower() or not secret.strip():
            raise AuthenticationFailed(MALFORMED)
        return AnonymousUser(), of_token(known(secret.strip()))

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="registry"'


class BearerDescription(OpenApiAuthenticationExtension):
    """How the API's description names it."""

    target_class = BearerAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token of a body or of the registry: dcr_…"}


def known(secret: str) -> Token:
    """The usable token with this secret. Raises AuthenticationFailed."""
    today, shape = timezone.localdate(), SENT.fullmatch(secret)
    named = Token.objects.usable(today).select_related("organisation")
    token = named.filter(prefix=shape[1]).first() if shape else None
    if token is None or not compare_digest(token.hash, hashed(secret)):
        raise AuthenticationFailed(BAD)
    if token.organisation is not None and not token.organisation.exists_on(today):
        raise AuthenticationFailed(BAD)
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
    return token


def actor_of(request: Request) -> Actor:
    return request.auth if isinstance(request.auth, Actor) else ANYBODY
