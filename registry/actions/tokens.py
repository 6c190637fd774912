"""Giving programs a token, and taking it back."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from commons.exceptions import Refused
from registry.models import Act, Event, Organisation, Scope, Token
from registry.models.token import FOR_TOKENS, LONGEST_LIFE
from registry.permissions import Actor, may_issue_token, may_revoke_token

USUAL_DAYS = 90
SECRET_BYTES = 32
GIVEN = [scope.value for scope in FOR_TOKENS if scope != Scope.OPERATE]


class Issued(NamedTuple):
    """`secret` is what the program sends. It is here once, and nowhere afterwards."""

    token: Token
    secret: str


@transaction.atomic
def issue_token(
    *, organisation: Organisation | None, name: str, scopes: Collection[Scope], days: int = USUAL_DAYS, by: Actor
) -> Issued:
    """Give a body's programs a token; without a body, the registry's own operators.

    Raises Refused: not allowed, no name or scope, a life that is too long, or a body that no longer exists.
    """
    today = timezone.localdate()
    refuse_issue(organisation, name, scopes, days, by)
    prefix = f"dcr_{secrets.token_hex(4)}"
    secret = f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"
    wanted = {*scopes, *([Scope.OPERATE] if organisation is None else [])}
    token = Token.objects.create(
        organisation=organisation,
        name=name.strip(),
        prefix=prefix,
        hash=hashed(secret),
        scopes=sorted(wanted),
        issued_by=by.person,
        issued_on=today,
        expires_on=today + timedelta(days=days),
    )
    Event.objects.create(act=Act.ISSUE_TOKEN, **by.signature, detail=said(token) | {"days": days})
    return Issued(token, secret)


def refuse_issue(organisation: Organisation | None, name: str, scopes: Collection[Scope], days: int, by: Actor) -> None:
    if not may_issue_token(by, organisation, scopes):
        raise Refused("Only an owner of the body or an operator issues tokens, none that may do more than they.")
    if not name.strip():
        raise Refused("Say what the token is for: “Crawler of the county”.")
    if not scopes:
        raise Refused(f"Say what the token is allowed to do: {', '.join(GIVEN)}.")
    if unknown := set(scopes).difference(FOR_TOKENS):
        raise Refused(f"No token may {', '.join(sorted(unknown))}: that is for people.")
    if not 1 <= days <= LONGEST_LIFE.days:
        raise Refused(f"A token lives from 1 to {LONGEST_LIFE.days} days, not {days}.")
    if organisation is not None and Scope.OPERATE in scopes:
        raise Refused(f"{Scope.OPERATE} is for the registry's own tokens, and this one is a body's.")
    if organisation is not None and not organisation.exists_on(timezone.localdate()):
        raise Refused(f"{organisation} does not exist today: its tokens would not work.")


@transaction.atomic
def revoke_token(*, token: Token, by: Actor) -> Token:
    """Take a token back, at once and for good. Raises Refused: not allowed, or revoked already."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if not may_revoke_token(by, token):
        raise Refused("Only an owner of its body, an operator of the registry, or the token itself, may revoke it.")
    if token.revoked_at:
        raise Refused(f"{token.prefix} was revoked on {token.revoked_at:%Y-%m-%d} already.")
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    Event.objects.create(act=Act.REVOKE_TOKEN, **by.signature, detail=said(token))
    return token


def hashed(secret: str) -> str:
    """SHA-256 is enough: the secret is 256 random bits, which nobody guesses however fast they try."""
    return hashlib.sha256(secret.encode()).hexdigest()


def said(token: Token) -> dict:
    body = token.organisation.slug if token.organisation else None
    return {"prefix": token.prefix, "name": token.name, "organisation": body, "scopes": token.scopes}
