"""Who writes: `Authorization: Bearer dcr_…`. Reads never look at it, so that their kept answers are everybody's."""

import re
from secrets import compare_digest

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed

from registry.actions.tokens import hashed
from registry.models import Token
from registry.permissions import ANYBODY, Actor, of_token

SCHEME = "Bearer"
SENT = re.compile(r"(dcr_[0-9a-f]{8})_[A-Za-z0-9_-]{43}", re.ASCII)
BAD = "The token is not known here, or no longer works: it may have expired or been revoked. Ask for another."
MALFORMED = "Send one token, as “Authorization: Bearer dcr_…”."


def actor_of(request: HttpRequest) -> Actor:
    """Whose token was sent; ANYBODY where none was. What is said about a bad one is the same whatever is wrong with it.

    Raises AuthenticationFailed.
    """
    sent = request.META.get("HTTP_AUTHORIZATION", "")
    if not sent:
        return ANYBODY
    scheme, _, secret = sent.partition(" ")
    if scheme.lower() != SCHEME.lower() or not secret.strip():
        raise AuthenticationFailed(MALFORMED)
    return of_token(known(secret.strip()))


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
