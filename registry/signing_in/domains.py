"""Whose address makes an account by itself: those of the public sector, by the domains that the settings list."""

from collections.abc import Collection

from django.conf import settings


def is_listed(email: str, domains: Collection[str] | None = None) -> bool:
    """Whether the address is at one of the domains or below it: a.gov.uk is, evilgov.uk and gov.uk.evil are not."""
    domain = email.rpartition("@")[2].lower()
    listed = settings.SIGN_IN_DOMAINS if domains is None else domains
    return email.isascii() and any(domain == name or domain.endswith(f".{name}") for name in listed)
