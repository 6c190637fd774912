"""Whose address it is: the domains of a body's people."""

from urllib.parse import urlsplit

from registry.models import Organisation


def of_body(body: Organisation) -> list[str]:
    """The domain of its homepage, without `www.`, and those that an operator has added. In lower case."""
    host = (urlsplit(body.homepage).hostname or "").removeprefix("www.")
    return sorted({domain for domain in (host, *map(str.lower, body.email_domains)) if domain})


def of_address(email: str) -> str:
    return email.rpartition("@")[2].lower()


def is_of_body(email: str, body: Organisation) -> bool:
    """Exactly one of its domains: what stands below a domain may be another's."""
    return of_address(email) in of_body(body)
