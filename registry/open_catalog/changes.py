"""A PATCH in either form: a merge patch, which is usual, or a JSON Patch."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from registry.open_catalog.answers import Problem, Wrong
from registry.open_catalog.bodies import JSON_PATCH, content_type, object_of, parsed
from registry.open_catalog.patches import Malformed, Unfit, merged, patched
from registry.open_catalog.validation import READ_ONLY, named, refuse


def changed(request: HttpRequest, before: dict[str, Any], known: Collection[str]) -> Any:
    """What the patch makes of the document. `known`: members that may be named, for a null in a merge patch would hide
    one that is not. Raises Problem."""
    if content_type(request) == JSON_PATCH:
        return by_operations(before, parsed(request))
    sent = object_of(request)
    refuse([Wrong(named(key), "unknown") for key in sent if key not in known and key not in READ_ONLY])
    return merged(before, sent)


def by_operations(before: dict[str, Any], operations: Any) -> Any:
    try:
        return patched(before, operations)
    except Malformed as error:
        raise Problem(400, str(error)) from error
    except Unfit as error:
        raise Problem(422, str(error)) from error
