"""Giving programs a token, and taking it back."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from commons.exceptions import Refused
from commons.formatting import plain_date
from registry.actions.members import acting_operators, acting_owners
from registry.actions.post import write_letters
from registry.models import Act, Event, Organisation, Scope, Token
from registry.models.membership import MembershipQuerySet
from registry.models.token import FOR_TOKENS, LONGEST_LIFE
from registry.permissions import Actor, may_issue_token, may_revoke_token

USUAL_DAYS = 90
SECRET_BYTES = 32
WARNED_BEFORE = timedelta(days=14)
ENDING = """The token “{token.name}” ({token.prefix}…) of {body} works until {day}. Then what sends it is refused.

It was last used: {used}.

Where it is still needed, issue another and give that to the program: {page}
"""
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


def warn_of_ends() -> None:
    """Write to the owners of a body whose token ends within 14 days, once; of the registry's own, to its operators.

    Nobody is warned of a token that was given for no longer than that.
    """
    today = timezone.localdate()
    usable = Token.objects.usable(today).select_related("organisation")
    lasting = usable.filter(expires_on__lte=today + WARNED_BEFORE, expires_on__gt=F("issued_on") + WARNED_BEFORE)
    for token in lasting:
        if token.organisation is None:
            warn(token, acting_operators(), reverse("admin:registry_token_changelist"))
        elif token.organisation.exists_on(today):
            warn(token, acting_owners(token.organisation), reverse("registry:tokens", args=[token.organisation.slug]))


def warn(token: Token, people: MembershipQuerySet, page: str) -> None:
    day = plain_date(token.expires_on)
    write_letters(
        to=people.values_list("person__email", flat=True),
        about=f"token {token.pk} ends",
        subject=f"A token of {token.organisation or 'the registry'} works until {day}",
        text=ENDING.format(
            token=token,
            body=token.organisation or "the registry",
            day=day,
            used=plain_date(token.last_used_on) if token.last_used_on else "never",
            page=f"{settings.SITE_ADDRESS}{page}",
        ),
    )


def hashed(secret: str) -> str:
    """SHA-256 is enough: the secret is 256 random bits, which nobody guesses however fast they try."""
    return hashlib.sha256(secret.encode()).hexdigest()


def said(token: Token) -> dict:
    body = token.organisation.slug if token.organisation else None
    return {"prefix": token.prefix, "name": token.name, "organisation": body, "scopes": token.scopes}
