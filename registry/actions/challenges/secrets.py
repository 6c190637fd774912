"""What only whoever raised a challenge has, and what is kept of addresses in their place."""

import hmac
from hashlib import sha256

from django.conf import settings
from django.core import signing

from registry.models import Challenge

# Worked out and not kept: nothing in the database opens the page of whoever challenged.
SIGNER = signing.Signer(salt="registry.challenge")


def secret_of(challenge: Challenge) -> str:
    return SIGNER.sign(challenge.reference).rpartition(SIGNER.sep)[2]


def is_secret_of(challenge: Challenge, secret: str) -> bool:
    try:
        return SIGNER.unsign(f"{challenge.reference}{SIGNER.sep}{secret}") == challenge.reference
    except signing.BadSignature:
        return False


def keyed(purpose: str, text: str) -> str:
    """A hash that nobody can look up who does not have this registry's key."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{purpose}\n{text}".encode(), sha256).hexdigest()
