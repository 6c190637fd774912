"""Second factors: whether this session has one, and which a person has."""

from collections.abc import Collection
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from registry.models import Person

TOTP, PASSKEY, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


def second_factor(request: HttpRequest) -> bool:
    """Whether whoever is signed in here showed a second factor, or a passkey, in this session. Asks no database."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def ways(request: HttpRequest, person: Person) -> list[str]:
    """How this session was signed in, in order: code, password, totp …, the name of a provider."""
    return [way(record) for record in get_authentication_records(request, person)]


def way(record: dict[str, Any]) -> str:
    return record.get("type") or record.get("provider") or record["method"]


def forget_records(request: HttpRequest, authenticator: int) -> None:
    """What was shown with a factor that is removed counts no more."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    left = [one for one in records if (one.get("method"), one.get("id")) != ("mfa", authenticator)]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = left


def factors_of(person: Person) -> dict[str, list[Authenticator]]:
    """By kind, oldest first."""
    found: dict[str, list[Authenticator]] = {TOTP: [], PASSKEY: [], RECOVERY: []}
    for one in Authenticator.objects.filter(user=person).order_by("created_at"):
        found[one.type].append(one)
    return found


def has_factor(person: Person) -> bool:
    return bool(with_factor([person]))


def with_factor(people: Collection[Person]) -> set[int]:
    """The ids of those who have a second factor."""
    factors = Authenticator.objects.filter(user__in=people).exclude(type=RECOVERY)
    return set(factors.values_list("user", flat=True))
