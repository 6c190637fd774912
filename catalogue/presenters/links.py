"""Addresses that other people wrote, as links that a page may show."""

from urllib.parse import urlsplit

WEB = ("http", "https")
SHOWN = 80


def external(address: str) -> dict:
    """`{text, href}`; `href` is blank unless the address is a web address, so that nothing else can be followed."""
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return {"text": address, "href": ""}
    href = address if parts.scheme.lower() in WEB and parts.netloc else ""
    text = address.partition("://")[2].rstrip("/") if href else address
    return {"text": text if len(text) <= SHOWN else f"{text[:SHOWN]}…", "href": href}
