"""Whether a document is what the contract demands of a client. Pure: it reads no database."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from registry.models.open_catalog.catalog import ROOT
from registry.open_catalog.answers import Invalid, Wrong

Check = Callable[[str, Any], list[Wrong]]
READ_ONLY = {"id", "catalogId", "createdAt", "updatedAt", "entity"}
"""What a client may send back as it got it, and is not looked at."""
LONGEST_TEXT, LONGEST_ADDRESS, LONGEST_SOURCE = 99_999, 255, 2048


def text(least: int = 0, most: int = 255) -> Check:
    def check(name: str, value: Any) -> list[Wrong]:
        if not isinstance(value, str):
            return [Wrong(name, "type")]
        if len(value) < least:
            return [Wrong(name, "required" if not value else "min", value)]
        return [Wrong(name, "max", value)] if len(value) > most else []

    return check


def address(most: int = LONGEST_ADDRESS) -> Check:
    sized = text(1, most)

    def check(name: str, value: Any) -> list[Wrong]:
        return sized(name, value) or ([] if is_web(value) else [Wrong(name, "url", value)])

    return check


def is_web(value: str) -> bool:
    """An http(s) address of a host, without a name or a password in it."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    plain = value.isprintable() and " " not in value and "\\" not in value
    return plain and parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc


def is_address(value: str) -> bool:
    """Whether the contract takes it as an address; what is recorded here may be longer, or name who reads it."""
    return 0 < len(value) <= LONGEST_ADDRESS and is_web(value)


def email(name: str, value: Any) -> list[Wrong]:
    if wrong := text(0, 255)(name, value):
        return wrong
    try:
        validate_email(value.strip())
    except ValidationError:
        return [Wrong(name, "email", value)] if value else []
    return []


def boolean(name: str, value: Any) -> list[Wrong]:
    return [] if isinstance(value, bool) else [Wrong(name, "type")]


def items(each: Check, least: int = 0, most: int = 255) -> Check:
    def check(name: str, value: Any) -> list[Wrong]:
        if not isinstance(value, list):
            return [Wrong(name, "type")]
        if len(value) < least:
            return [Wrong(name, "gt")]
        if len(value) > most:
            return [Wrong(name, "max")]
        return [wrong for place, item in enumerate(value) for wrong in each(f"{name}[{place}]", item)]

    return check


def members(known: Mapping[str, Check], *required: str) -> Check:
    """An object with these members, no others, and those of them that are `required`."""

    def check(name: str, value: Any) -> list[Wrong]:
        if not isinstance(value, dict):
            return [Wrong(name or "body", "type")]
        inside = f"{name}." if name else ""
        missing = [Wrong(f"{inside}{key}", "required") for key in required if value.get(key) is None]
        unknown = [Wrong(f"{inside}{named(key)}", "unknown") for key in value if key not in {*known, *READ_ONLY}]
        wrong = [
            one
            for key, each in known.items()
            if value.get(key) is not None
            for one in each(f"{inside}{key}", value[key])
        ]
        return missing + unknown + wrong

    return check


def named(key: str) -> str:
    """A member's name as the contract allows it in an answer: with a letter in it."""
    return key if any(letter.isascii() and letter.isalpha() for letter in key) else f"member {key}"


def namespaces(name: str, value: Any) -> list[Wrong]:
    """Analysis: by namespace an object with the version `v` of what is in it."""
    if not isinstance(value, dict):
        return [Wrong(name, "type")]
    wrong = []
    for key, said in value.items():
        if not isinstance(said, dict):
            wrong.append(Wrong(f"{name}.{key}", "type"))
        elif "v" not in said:
            wrong.append(Wrong(f"{name}.{key}.v", "required"))
        elif isinstance(said["v"], bool) or not isinstance(said["v"], int) or not 1 <= said["v"] <= 999:
            wrong.append(Wrong(f"{name}.{key}.v", "type"))
    return wrong


def scope(name: str, value: Any) -> list[Wrong]:
    return text(1, 64)(name, value)


SOFTWARE = {
    "url": address(),
    "publiccodeYml": text(1, LONGEST_TEXT),
    "aliases": items(address()),
    "active": boolean,
    "vitality": text(0, LONGEST_TEXT),
}
HOSTING = {"url": address(), "group": boolean}
PUBLISHER = {
    "description": text(1),
    "codeHosting": items(members(HOSTING, "url"), least=1),
    "email": email,
    "active": boolean,
    "alternativeId": text(0),
}
SOURCE = {"driver": text(0, 64), "url": address(LONGEST_SOURCE), "args": items(text(1, LONGEST_SOURCE), 1, 20)}
CATALOG = {
    "name": text(1),
    "alternativeId": text(0),
    "active": boolean,
    "publishersNamespace": text(0),
    "scopes": items(scope, most=20),
    "sources": items(members(SOURCE, "url"), most=100),
}
LOG = {"message": text(1, 2048)}
WEBHOOK = {"url": address(), "secret": text(16, 256)}


def software(document: Any) -> None:
    """Raises Invalid, as all below do."""
    refuse(members(SOFTWARE, "url", "publiccodeYml")("", document))


def patched_software(document: Any) -> None:
    """One after a patch has at least what is shown of every software, and may have an analysis."""
    refuse(members({**SOFTWARE, "analysis": namespaces}, "url", "publiccodeYml")("", document))


def publisher(document: Any) -> None:
    refuse(members(PUBLISHER, "description", "codeHosting")("", document))


def catalog(document: Any) -> None:
    wrong = members(CATALOG, "name")("", document)
    if not wrong:
        sources, is_root = document.get("sources") or [], document.get("alternativeId") == ROOT
        wrong = [Wrong("sources", "excluded" if sources else "gt")] if bool(sources) == is_root else []
    refuse(wrong)


def log(document: Any) -> None:
    refuse(members(LOG, "message")("", document))


def webhook(document: Any) -> None:
    refuse(members(WEBHOOK, "url")("", document))


def analysis(document: Any) -> None:
    refuse(namespaces("analysis", document))


def refuse(wrong: list[Wrong]) -> None:
    if wrong:
        raise Invalid(wrong)
