"""Differences between what is here and what a source states, kept in step with both."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from registry.models import Choice, Difference, SourceObject


def note_differences(thing: SourceObject, differ: Mapping[str, tuple[Any, Any]], at: datetime) -> None:
    """Open those that are new, renew those that are open, and close those that are no more.

    One that somebody has decided stays decided until the source states something else again.
    """
    there = {one.field: one for one in thing.differences.open()}
    kept = [(one.field, one.theirs) for one in thing.differences.filter(choice=Choice.KEPT)] if differ else []
    for field, (ours, theirs) in differ.items():
        if field in there:
            renew(there[field], ours, theirs)
        elif (field, theirs) not in kept:
            Difference.objects.create(thing=thing, field=field, ours=ours, theirs=theirs, found_at=at)
    gone = [one.pk for field, one in there.items() if field not in differ]
    if gone:
        thing.differences.filter(pk__in=gone).update(choice=Choice.GONE)


def renew(difference: Difference, ours: Any, theirs: Any) -> None:
    if (difference.ours, difference.theirs) != (ours, theirs):
        difference.ours, difference.theirs = ours, theirs
        difference.save(update_fields=["ours", "theirs"])
