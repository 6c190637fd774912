"""Merge patches (RFC 7396) and JSON Patch (RFC 6902), applied to a document of JSON. Nothing here knows what it is."""

import json
import re
from copy import deepcopy
from typing import Any

MOST_OPERATIONS, LONGEST_PATH = 100, 255
MOST_COPIED = 1_000_000  # characters of a document that copies make larger: a hundred of them could double it each time


class Malformed(ValueError):
    """It is no JSON Patch."""


class Unfit(ValueError):
    """It cannot be applied to this document, or its test fails."""


def merged(target: Any, patch: Any) -> Any:
    """What a merge patch makes of the target: null removes, objects are merged, everything else is put in place."""
    if not isinstance(patch, dict):
        return patch
    made = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            made.pop(key, None)
        else:
            made[key] = merged(made.get(key), value)
    return made


def patched(document: Any, patch: Any) -> Any:
    """What a JSON Patch makes of the document. Raises Malformed, Unfit."""
    if not isinstance(patch, list):
        raise Malformed("a JSON Patch is an array of operations")
    if not 1 <= len(patch) <= MOST_OPERATIONS:
        raise Unfit(f"a patch has 1 to {MOST_OPERATIONS} operations")
    made = deepcopy(document)
    for operation in patch:
        made = applied(made, operation)
        if operation["op"] == "copy" and len(json.dumps(made)) > MOST_COPIED:
            raise Unfit(f"copies may not make it larger than {MOST_COPIED:,} characters")
    return made


def applied(document: Any, operation: Any) -> Any:
    if not isinstance(operation, dict) or not isinstance(operation.get("path"), str):
        raise Malformed("an operation is an object with op and path")
    kind = operation.get("op")
    path = pointer(operation["path"])
    if kind in ("add", "replace", "test"):
        if "value" not in operation:
            raise Malformed(f"{kind} needs a value")
        value = deepcopy(operation["value"])
    elif kind in ("move", "copy"):
        origin = pointer(operation.get("from"))
        if kind == "move" and path[: len(origin)] == origin and path != origin:
            raise Unfit("a value cannot be moved into itself")
        value = deepcopy(found(document, origin))
        document = removed(document, origin) if kind == "move" else document
        kind = "add"
    elif kind != "remove":
        raise Malformed(f"there is no operation {str(kind)[:40]}")
    if kind == "remove":
        return removed(document, path)
    if kind == "add":
        return added(document, path, value)
    present = found(document, path)
    if kind == "test":
        if not same(present, value):
            raise Unfit(f"the test of {operation['path'][:100]} failed")
        return document
    return replaced(document, path, value)


def pointer(text: Any) -> list[str]:
    """The steps of a JSON Pointer (RFC 6901)."""
    if not isinstance(text, str) or (text and not text.startswith("/")):
        raise Malformed("a path is blank or begins with /")
    if re.search(r"~(?![01])", text):
        raise Malformed("in a path ~ is written ~0, and / within a name ~1")
    if len(text) > LONGEST_PATH:
        raise Unfit(f"a path has at most {LONGEST_PATH} characters")
    return [step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:]]


def found(document: Any, path: list[str]) -> Any:
    for step in path:
        if isinstance(document, dict) and step in document:
            document = document[step]
        elif isinstance(document, list):
            document = document[place(document, step)]
        else:
            raise Unfit(f"there is nothing at {step[:100]}")
    return document


def place(items: list[Any], step: str, *, end: bool = False) -> int:
    if end and step == "-":
        return len(items)
    plain = step.isascii() and step.isdigit() and (step == "0" or not step.startswith("0")) and len(step) < 10
    if not plain or int(step) >= len(items) + end:
        raise Unfit(f"there is no item {step[:100]}")
    return int(step)


def added(document: Any, path: list[str], value: Any) -> Any:
    if not path:
        return value
    parent = found(document, path[:-1])
    if isinstance(parent, dict):
        parent[path[-1]] = value
    elif isinstance(parent, list):
        parent.insert(place(parent, path[-1], end=True), value)
    else:
        raise Unfit(f"nothing can be added at {path[-1][:100]}")
    return document


def replaced(document: Any, path: list[str], value: Any) -> Any:
    if not path:
        return value
    parent = found(document, path[:-1])
    parent[path[-1] if isinstance(parent, dict) else place(parent, path[-1])] = value
    return document


def removed(document: Any, path: list[str]) -> Any:
    found(document, path)
    if not path:
        raise Unfit("the whole cannot be removed")
    parent = found(document, path[:-1])
    del parent[path[-1] if isinstance(parent, dict) else place(parent, path[-1])]
    return document


def same(one: Any, other: Any) -> bool:
    """Equal as JSON has it: true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(one == other)
