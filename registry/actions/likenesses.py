"""What was here already that does what a new component does: said in the log of the reading that made it.

It is said after the reading, because to look at a thing from all sides takes longer than to record it.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from catalogue.similar.answering import Likeness
from catalogue.similar.registering import already_recorded
from registry.letters import component_page
from registry.models import Harvest, HarvestLine, Outcome

WITHIN = timedelta(days=1)  # of a reading: what was not said by then is not missed any more
MOST_SECONDS = 60.0
NAMED = 3
NOTHING = "Nothing here was much like it."


def say_likenesses(now: datetime | None = None) -> int:
    """Say it of what was made within a day, and return of how many. Safe with any number of workers.

    After a minute the rest waits for the next call: a large catalogue must not keep a worker to itself.
    """
    said, ends = 0, monotonic() + MOST_SECONDS
    for line, together in silent(now or timezone.now()):
        if monotonic() > ends:
            break
        said += say(line, together)
    return said


def silent(now: datetime) -> Iterator[tuple[int, set[int]]]:
    """Lines of which nothing is said yet, each with the components that the same reading made."""
    for reading in ended(now):
        lines = HarvestLine.objects.filter(harvest=reading, outcome=Outcome.NEW, thing__made=True)
        lines = lines.exclude(thing__component=None)
        if waiting := list(lines.filter(message="").values_list("pk", flat=True)):
            together = set(lines.values_list("thing__component", flat=True))
            yield from ((line, together) for line in waiting)


def ended(now: datetime) -> QuerySet[Harvest]:
    """Readings that may have made something and that nobody goes on with."""
    going_on = Q(ended_at=None, source__taken_until__gt=now)
    made = Q(new__gt=0) | Q(ended_at=None)
    return Harvest.objects.filter(made, ~going_on, began_at__gt=now - WITHIN).order_by("began_at", "pk")


@transaction.atomic
def say(line: int, together: Collection[int]) -> bool:
    """Whether it was said; not where another worker does. `together` are passed over: they were not here before."""
    waiting = HarvestLine.objects.select_for_update(of=["self"], skip_locked=True).select_related("thing__component")
    found = waiting.filter(pk=line, message="").first()
    if found is None or found.thing.component is None:
        return False
    found.message = sentence(already_recorded(found.thing.component, excluding=together))
    found.save(update_fields=["message"])
    return True


def sentence(found: Sequence[Likeness]) -> str:
    """With the addresses of the first, so that it leads on wherever it is read."""
    if not found:
        return NOTHING
    first = [f"{' '.join(one.card['name'].split())} {component_page(one.card['slug'])}" for one in found[:NAMED]]
    many = "1 component" if len(found) == 1 else f"{len(found)} components"
    return f"{many} may already do this: {', '.join(first)}"
