"""Addresses that other people wrote, as URIs that every reader of RDF accepts."""

import re
from urllib.parse import SplitResult, quote, urlsplit

WEB = ("http", "https")
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.?")
BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
IN_PATH, IN_QUERY = "%/:@!$&'()*+,;=-._~", "%/?:@!$&'()*+,;=-._~"  # RFC 3986: what stands for itself
EMAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
LONGEST = 2_000  # characters


def web_uri(text: str) -> str:
    """The address as RFC 3986 has it, what is not allowed in it percent-encoded; blank where it is no web address.

    One with a user name is left out: what follows it may be a password.
    """
    text = text.strip()
    if len(text) > LONGEST or not text.isprintable():
        return ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    name = ascii_host(host)
    if parts.scheme.lower() not in WEB or not name or "@" in parts.netloc:
        return ""
    return joined(parts, name if port is None else f"{name}:{port}")


def joined(parts: SplitResult, place: str) -> str:
    uri = f"{parts.scheme.lower()}://{place}{encoded(parts.path, IN_PATH)}"
    uri += f"?{encoded(parts.query, IN_QUERY)}" if parts.query else ""
    return uri + (f"#{encoded(parts.fragment, IN_QUERY)}" if parts.fragment else "")


def ascii_host(host: str) -> str:
    """A host's name in ASCII; blank where it can be none, and for the address of a machine of IPv6."""
    try:
        name = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return ""
    return name if len(name) <= 253 and HOST.fullmatch(name) else ""


def encoded(text: str, safe: str) -> str:
    """Percent-encoded where need be; what is encoded already stays."""
    return quote(BARE_PERCENT.sub("%25", text), safe=safe)


def mail_uri(text: str) -> str:
    """An e-mail address as a URI; blank where it is none that every reader takes."""
    return f"mailto:{text.strip()}" if EMAIL.fullmatch(text.strip()) else ""
