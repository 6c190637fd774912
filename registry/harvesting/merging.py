"""What a source states, what was harvested from it the last time, and what is here: which of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.describing import FIELDS, NEVER_BLANK, Values, is_blank


@dataclass(frozen=True)
class Merge:
    """`write` goes into the component; `differ` is left to people: (ours, theirs) by field."""

    write: Values = field(default_factory=dict)
    differ: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def merged(*, ours: Values, theirs: Values, last: Values, may_write: bool) -> Merge:
    """A field that is here as it was harvested the last time follows the source. One that is here otherwise was written
    by somebody, and stays. What the source never stated is not blanked out.

    `may_write` is false where others look after the component: then everything is left to them.
    """
    write: Values = {}
    differ: dict[str, tuple[Any, Any]] = {}
    for name in FIELDS:
        here, there, before = ours[name], theirs[name], last.get(name)
        if here == there or (is_blank(there) and (name in NEVER_BLANK or is_blank(before))):
            continue
        untouched = here == before or (is_blank(here) and is_blank(before))
        if may_write and untouched:
            write[name] = there
        else:
            differ[name] = (here, there)
    return Merge(write, differ)
