"""One text for one value, so that a hash names a parameter file or a snapshot whoever computes it."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces, not escaped (UTF-8 when encoded).

    A number equal to an integer is written as that integer, any other as a string of its shortest plain decimal
    (0.25 → "0.25"), because languages print floats differently. NaN and infinities raise ValueError.
    """
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256_of(value: object) -> str:
    """SHA-256 of the canonical JSON of a value, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float | Decimal) and value == value and abs(value) != float("inf"):
        return int(value) if value == int(value) else f"{Decimal(repr(value) if isinstance(value, float) else value):f}"
    return value
