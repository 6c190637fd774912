"""Answers in JSON, as far as strangers keep to what they should send."""

import json
from typing import Any

from registry.importers.found import Text, Unreadable

MOST_PAGES = 1_000


def document(text: Text) -> dict[str, Any]:
    """Raises Unreadable where it is no JSON object."""
    try:
        found = json.loads(text.content)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{text.address} does not answer in JSON.") from error
    if not isinstance(found, dict):
        raise Unreadable(f"{text.address} does not answer with a JSON object.")
    return found


def section(found: dict[str, Any], key: str) -> dict[str, Any]:
    value = found.get(key)
    return value if isinstance(value, dict) else {}


def members(found: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = found.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def words(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
