"""A sound publiccode.yml, and the same with something changed."""

from copy import deepcopy
from typing import Any

import yaml

GONE = object()
SOUND: dict[str, Any] = {
    "publiccodeYmlVersion": "0.7.0",
    "name": "Bin days",
    "url": "https://code.example.org/council/bin-days.git",
    "platforms": ["web"],
    "developmentStatus": "stable",
    "softwareType": "standalone/web",
    "description": {
        "en": {
            "shortDescription": "When are the bins collected?",
            "longDescription": "Tells residents when their bins are collected. " * 5,
            "features": ["Finds the day by address"],
        }
    },
    "legal": {"license": "EUPL-1.2"},
    "maintenance": {"type": "internal", "contacts": [{"name": "Ada Example"}]},
    "localisation": {"localisationReady": True, "availableLanguages": ["en"]},
}


def changed(path: str = "", value: Any = GONE) -> str:
    """The file with another value at the path (a.b.0.c), or without it."""
    document = deepcopy(SOUND)
    if path:
        *way, last = path.split(".")
        at: Any = document
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        if value is GONE:
            del at[last]
        else:
            at[int(last) if isinstance(at, list) else last] = value
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
