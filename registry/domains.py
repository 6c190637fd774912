"""Whose address it is: the domains of a body's people."""

from urllib.parse import urlsplit

from registry.models import Organisation


def of_body(body: Organisation) -> list[str]:
    """The domain of its homepage, without `www.`, and those that an operator has added. In lower case."""
    domains = [host(body.homepage).removeprefix("www."), *(domain.strip().lower() for domain in body.email_domains)]
    return sorted({domain for domain in domains if domain})


def host(address: str) -> str:
    """Blank where the address is none: homepages are kept as they were sent."""
    try:
        return (urlsplit(address.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""


def of_address(email: str) -> str:
    """Blank where there is none."""
    return email.rpartition("@")[2].lower() if "@" in email else ""


def is_of_body(email: str, body: Organisation) -> bool:
    """Exactly one of its domains: what stands below a domain may be another's."""
    return of_address(email) in of_body(body)
