"""Descriptions of interfaces: OpenAPI 3.0 to 3.2 and Swagger 2.0, in JSON or YAML."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.readers.description import ComponentDescription, Contact, Operation, Reading
from catalogue.readers.structured import Document, Looking, Unreadable, json_or_yaml
from catalogue.readers.structured.looking import unreadable
from catalogue.readers.structured.showing import quoted

FORMAT = "openapi"
VERSION_3 = re.compile(r"3\.[0-2](\.\d+)?(-[a-z0-9.]+)?")
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
NO_VERSION = "The text says neither openapi: 3.x nor swagger: 2.0: it is no description of an interface."
VARIABLE = re.compile(r"{([^{}]+)}")


def read(text: str) -> Reading:
    try:
        document = json_or_yaml(text)
    except Unreadable as error:
        return unreadable(error)
    looking = Looking(document)
    looking.mistakes()
    version = version_of(looking)
    if not version:
        return Reading(problems=looking.problems)
    check_outline(looking, version)
    return Reading(descriptions=[described(document, looking, version)], problems=looking.problems)


def version_of(looking: Looking) -> str:
    """Blank, and an error, where it is none that we read."""
    for key in ("openapi", "swagger"):
        if looking.is_mapping() and looking.get(key) is not None:
            version = looking.text(key)
            known = VERSION_3.fullmatch(version) if key == "openapi" else version == "2.0"
            if not known:
                looking.error(
                    (key,), f"The version {quoted(version)} is not one that is read: 2.0, and 3.0 to 3.2 are."
                )
            return version if known else ""
    looking.error((), NO_VERSION)
    return ""


def check_outline(looking: Looking, version: str) -> None:
    if looking.required("info") and looking.mapping("info"):
        looking.required("info", "title")
        looking.required("info", "version")
    parts = ("paths",) if version.startswith(("2", "3.0")) else ("paths", "components", "webhooks")
    if all(looking.get(part) is None for part in parts):
        looking.error((), f"The description has no {' and no '.join(parts)}: there is nothing that can be called.")


def described(document: Document, looking: Looking, version: str) -> ComponentDescription:
    return ComponentDescription(
        format=FORMAT,
        format_version=version,
        kind="service",
        name=looking.text("info", "title"),
        summary=looking.text("info", "summary"),
        description=looking.text("info", "description"),
        url=next(addresses(looking, version), ""),
        documentation=looking.address("externalDocs", "url"),
        licence=licence(looking),
        version=looking.text("info", "version"),
        contacts=list(contacts(looking)),
        keywords=[name for place, _ in looking.items("tags") if (name := looking.text("tags", place, "name"))],
        authentication=list(dict.fromkeys(ways_in(looking, version))),
        operations=list(operations(looking, version)),
        document=document.value,
    )


def addresses(looking: Looking, version: str) -> Iterator[str]:
    """Web addresses of the interface. One that is relative to the description's own is left out."""
    if version == "2.0":
        host = looking.text("host")
        schemes = looking.texts("schemes") or ["https"]
        if host:
            yield f"{'https' if 'https' in schemes else schemes[0]}://{host}{looking.text('basePath')}"
        return
    for place, _ in looking.items("servers"):
        address = filled(looking, place, looking.text("servers", place, "url"))
        if address.lower().startswith(("http://", "https://")):
            yield address


def filled(looking: Looking, place: int, address: str) -> str:
    """The address with the usual value of each variable."""

    def usual(found: re.Match[str]) -> str:
        value = looking.text("servers", place, "variables", found[1], "default")
        return value or found[0]

    return VARIABLE.sub(usual, address)


def licence(looking: Looking) -> str:
    if looking.get("info", "license") is None:
        return ""
    looking.required("info", "license", "name")
    words = (looking.text("info", "license", key) for key in ("identifier", "name", "url"))
    return next(filter(None, words), "")


def contacts(looking: Looking) -> Iterator[Contact]:
    if looking.mapping("info", "contact"):
        told = {key: looking.text("info", "contact", key) for key in ("name", "email", "url")}
        yield Contact(**told)


def ways_in(looking: Looking, version: str) -> Iterator[str]:
    """How callers say who they are: `apiKey`, `http bearer`, `oauth2`, `openIdConnect`, `mutualTLS`, `basic`."""
    path = ("securityDefinitions",) if version == "2.0" else ("components", "securitySchemes")
    for name in looking.mapping(*path):
        if looking.is_mapping(*path, name) and looking.get(*path, name, "$ref") is None:
            looking.required(*path, name, "type")
            words = (looking.text(*path, name, "type"), looking.text(*path, name, "scheme").lower())
            yield " ".join(filter(None, words))


def operations(looking: Looking, version: str) -> Iterator[Operation]:
    for path in looking.mapping("paths"):
        if path.startswith("x-"):
            continue
        if not path.startswith("/"):
            looking.error(("paths", path), "A path must begin with a slash.")
        for method, said in looking.mapping("paths", path).items():
            if method.lower() in METHODS:
                yield operation(looking.below("paths", path, method), path, said, version)


def operation(looking: Looking, path: str, said: Any, version: str) -> Operation:
    if not isinstance(said, Mapping):
        looking.error((), "An operation must be a mapping.")
    elif version.startswith(("2", "3.0")):
        looking.required("responses")
    return Operation(method=str(looking.root[-1]).upper(), path=path, summary=looking.text("summary"))
