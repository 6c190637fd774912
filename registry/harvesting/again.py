"""A source that has not changed, against what people have written here since."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from catalogue.describing import recorded
from registry.harvesting.differences import note_differences
from registry.harvesting.merging import merged
from registry.models import Harvest, HarvestLine, ObjectState, Outcome, SourceObject

OUTCOMES = {
    ObjectState.GOOD: Outcome.UNCHANGED,
    ObjectState.REFUSED: Outcome.REFUSED,
    ObjectState.MISSING: Outcome.MISSING,
}


def compare(harvest: Harvest, counts: Counter[str]) -> None:
    """Find what differs now, with what was harvested the last time. Nothing is written to components."""
    now = timezone.now()
    things = SourceObject.objects.filter(source=harvest.source_id)
    if harvest.source.succeeded_at:
        # It is again as it was then: what to ask with is remembered only where all went well. So what is refused since
        # is as good as it was, and what was refused then still is.
        mended = things.filter(state=ObjectState.REFUSED, troubled_since__gt=harvest.source.succeeded_at)
        mended.update(state=ObjectState.GOOD, trouble="", troubled_since=None)
    things.filter(state=ObjectState.GOOD).update(read_at=now)
    for thing in things.select_related("component"):
        say_again(harvest, thing, counts)


def say_again(harvest: Harvest, thing: SourceObject, counts: Counter[str]) -> None:
    with transaction.atomic():
        if thing.state == ObjectState.GOOD and thing.component:
            ours, theirs = recorded(thing.component), thing.harvested
            differ = merged(ours=ours, theirs=theirs, last=theirs, may_write=False).differ
            note_differences(thing, differ, timezone.now())
        outcome = OUTCOMES[thing.state]
        HarvestLine.objects.create(harvest=harvest, thing=thing, outcome=outcome, message=thing.trouble)
    counts[outcome] += 1
