"""History as a page shows it: what one act did stands together."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

SHOWN_AS_ACT = ("act_label", "who", "source")


def acts(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest first: {at, act_label, who, source, changes}."""
    found = []
    for _key, together in groupby(rows, key=lambda row: (row["event"], row["at"])):
        changes = list(together)
        first = changes[0]
        found.append({"at": first["at"], "changes": changes, **{name: first[name] for name in SHOWN_AS_ACT}})
    return found
