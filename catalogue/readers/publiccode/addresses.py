"""Addresses: URLs, URIs, paths in a repository, e-mail."""

import re
from urllib.parse import urlsplit

URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")
URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:.+", re.IGNORECASE | re.ASCII)
HOST = re.compile(r"[\w.~-]+|\[[0-9A-Fa-f:.]+\]")
EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[\w-]+(\.[\w-]+)+")
BAD_IN_ADDRESS = re.compile(r"[\s\x00-\x20<>\"{}|\\^`]")
COPIED = re.compile(r"[\w.-]+@[\w.-]+:.+")  # as git clone takes it: git@example.org:body/name.git
LONGEST = 2_000


def is_url(text: str, *, web: bool = False) -> bool:
    """An absolute address with a host; `web`: of the web."""
    if len(text) > LONGEST or BAD_IN_ADDRESS.search(text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port  # raises where the port is none
    except ValueError:
        return False
    if web and parts.scheme not in ("http", "https"):
        return False
    return bool(parts.scheme) and bool(HOST.fullmatch(f"[{host}]" if ":" in host else host))


def is_uri(text: str) -> bool:
    """Any URI; one with two slashes has a host, and a URN a name space."""
    if len(text) > LONGEST or not URI.fullmatch(text):
        return False
    if text.lower().startswith("urn:"):
        return bool(URN.fullmatch(text))
    return is_url(text) if re.match(r"[^:]+://|https?:", text, re.IGNORECASE) else True


def is_copied_from_git(text: str) -> bool:
    return bool(COPIED.fullmatch(text))


def is_email(text: str) -> bool:
    return len(text) <= 254 and bool(EMAIL.fullmatch(text))


def wrong_path(text: str, endings: tuple[str, ...]) -> str:
    """What is wrong with a path in the repository or an address of a file, as a sentence; blank where it is right."""
    if "://" in text or re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", text):
        if not is_url(text, web=True):
            return "This is neither a relative path nor an address that begins with http:// or https://."
        path = urlsplit(text).path
    elif text.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", text):
        return "The path leads out of the repository: write it from the repository’s top folder, such as img/logo.svg."
    else:
        path = text
    if endings and not path.lower().endswith(endings):
        return f"The file must end in {', '.join(endings[:-1])} or {endings[-1]}."
    return ""
