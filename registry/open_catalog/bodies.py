"""The JSON that a client sends, within bounds."""

import json
from typing import Any

from django.http import HttpRequest

from registry.open_catalog.answers import Problem

LARGEST = 1_000_000  # bytes: a publiccode.yml of 99,999 characters, each of them escaped, and the rest
DEEPEST = 100  # objects and arrays within each other
MALFORMED = "invalid or malformed JSON"
MERGE_PATCH, JSON_PATCH, JSON = "application/merge-patch+json", "application/json-patch+json", "application/json"


def parsed(request: HttpRequest) -> Any:
    """Raises Problem: it is too large, no JSON, or has text in it that no database keeps."""
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        length = 0
    if length > LARGEST:
        raise Problem(413, f"the body is larger than {LARGEST:,} bytes")
    content = request.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Problem(413, f"the body is larger than {LARGEST:,} bytes")
    try:
        text = content.decode()
        document = json.loads(text, parse_constant=refused)
        keepable(document)
    except (ValueError, RecursionError) as error:
        raise Problem(400, MALFORMED) from error
    return document


def refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON.")


def keepable(value: Any, depth: int = 0) -> None:
    """Raises ValueError for a NUL or half a character, for numbers of which JSON knows no end, and for a nest."""
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("NUL")
        value.encode()
    elif isinstance(value, dict):
        for key, below in value.items():
            keepable(key)
            keepable(below, depth + 1)
    elif isinstance(value, list):
        for below in value:
            keepable(below, depth + 1)
    elif isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise ValueError("infinite")


def object_of(request: HttpRequest) -> dict[str, Any]:
    kind = content_type(request)
    if kind not in (JSON, MERGE_PATCH, ""):
        raise Problem(415, f"send {JSON}, not {kind[:100]}")
    document = parsed(request)
    if not isinstance(document, dict):
        raise Problem(400, "the body must be a JSON object")
    return document


def content_type(request: HttpRequest) -> str:
    return (request.content_type or "").lower()
