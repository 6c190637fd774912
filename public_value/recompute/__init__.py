"""The public value index PVI-1.0.0, computed a second, obvious way.

Plain Python and the standard library, one row after another, so that a stranger can read the method and recompute a
published edition from its open data. Nothing here is shared with the product's engine. Joined into one file by
`public_value.bundle.script`, these modules are the `recompute.py` of every published edition; so no two of them may use
the same name for two things.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from public_value.recompute.edition import bodies_of, compute_edition

__all__ = ["PARAMETERS", "bodies_of", "compute"]

PARAMETERS = Path(__file__).parents[1] / "methods" / "pvi-1.0.0.json"


def compute(
    pack_folder: str | Path,
    label: str,
    snapshot_date: date | str,
    params: dict | None = None,
    draws: int = 1000,
    progress: Callable[[int, int], None] | None = None,
) -> dict:
    """As `compute_edition`, of a method's parameters or, where none are given, those of the product."""
    params = params or json.loads(PARAMETERS.read_text(encoding="utf-8"))
    snapshot = date.fromisoformat(snapshot_date) if isinstance(snapshot_date, str) else snapshot_date
    return compute_edition(Path(pack_folder), label, snapshot, params, draws, progress)
