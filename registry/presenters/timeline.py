"""History as a page shows it: what one act did stands together."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

SHOWN_AS_ACT = ("act_label", "who", "source")


SAYING = ("organisation", "function", "component", "before", "after")


def acts(rows: Iterable[dict[str, Any]], *, of_one_kind: bool) -> list[dict[str, Any]]:
    """The newest first: {at, act_label, who, source, changes}.

    `of_one_kind`: all changes are of the one thing whose history it is, so that only what they say of it is shown.
    """
    found = []
    for _key, together in groupby(rows, key=lambda row: (row["event"], row["at"])):
        changes = list(together)
        first = changes[0]
        if of_one_kind:
            changes = [row | {"what_label": ""} for row in changes if any(row[name] for name in SAYING)]
        found.append({"at": first["at"], "changes": changes, **{name: first[name] for name in SHOWN_AS_ACT}})
    return found
