"""Rows as JSON text: one form for the API and for files."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any


def as_json(value: Any) -> str:
    """Compact; dates as ISO 8601, sums of money as decimal strings."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain, allow_nan=False)


def plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
