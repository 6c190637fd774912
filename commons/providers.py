"""Which OpenID Connect providers people may sign in with: what the environment says, as allauth's settings take it."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def providers(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """One app of allauth for each name in OIDC_PROVIDERS, from OIDC_<NAME>_ISSUER, …_CLIENT_ID and so on."""
    return [provider(name, environment) for name in environment.get("OIDC_PROVIDERS", "").split()]


def provider(name: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """Raises ImproperlyConfigured: a name that cannot stand in an address, or something missing."""
    if not SLUG.fullmatch(name):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: “{name}” may have small letters, digits and single hyphens.")
    prefix = f"OIDC_{name.replace('-', '_').upper()}_"
    said = {part: environment.get(prefix + part, "").strip() for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")}
    missing = [prefix + part for part, value in said.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS names “{name}”: set {', '.join(missing)}.")
    return {
        "provider_id": name,
        "name": environment.get(prefix + "NAME") or name,
        "client_id": said["CLIENT_ID"],
        "secret": said["CLIENT_SECRET"],
        "settings": {
            "server_url": safe_issuer(prefix, said["ISSUER"]),
            "domains": tuple(domains(environment.get(prefix + "DOMAINS", ""))),
            "oauth_pkce_enabled": True,
        },
    }


def safe_issuer(prefix: str, issuer: str) -> str:
    """What a provider says of people is believed because of who answers at its address: so HTTPS, or this machine."""
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured(f"{prefix}ISSUER must begin with https://")
    return issuer.rstrip("/")


def domains(text: str) -> list[str]:
    """Names of domains, separated by blanks or commas."""
    return [name.lower().strip(".") for name in re.split(r"[\s,]+", text) if name.strip(".")]
