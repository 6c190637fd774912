"""Reading sources: one worker for each source, and each thing in a transaction of its own."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalogue.describing.cleaning import line
from commons.exceptions import Refused
from commons.fetching import Unfetchable
from registry.actions.search import refresh_stale
from registry.actions.sources import NOT_ALLOWED, mark_stale
from registry.harvesting import again, letters
from registry.harvesting.loading import identifier_of, load
from registry.harvesting.naming import organisations_named
from registry.importers import api_catalogue, ckan, dcat, file, open_catalogue, politeness, repository
from registry.importers.found import Fetch, Found, Read, Text, Unreadable
from registry.models import Harvest, HarvestLine, ObjectState, Outcome, Source, SourceKind, SourceObject
from registry.models.source import ALONE, LEASE_MINUTES
from registry.permissions import Actor, may_keep_sources

LEASE = timedelta(minutes=LEASE_MINUTES)
HOLD_EVERY = 200  # things: some seconds
LINES_LAST = timedelta(days=90)
AGAIN_AFTER = timedelta(days=1)
VANISHED = "The source describes nothing where {} were before. They are kept as they are."
OWN_FAULT = "A fault of the registry stopped the reading. What was read until then is kept."

IMPORTERS: dict[str, tuple[Fetch, Read]] = {
    SourceKind.REPOSITORY: (repository.fetch, repository.read),
    SourceKind.FILE: (file.fetch, file.read),
    SourceKind.API_CATALOGUE: (api_catalogue.fetch, api_catalogue.read),
    SourceKind.OPEN_CATALOGUE: (open_catalogue.fetch, open_catalogue.read),
    SourceKind.CKAN: (ckan.fetch, ckan.read),
    SourceKind.DCAT: (dcat.fetch, dcat.read),
}


Tell = Callable[[Outcome, str, str], object]


class Lost(Exception):
    """Another worker has the source: this one took too long."""


@dataclass
class Progress:
    """How far a reading has come. `texts` are the last two that were read: more than one is not asked for by ETag."""

    counts: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    texts: list[Text] = field(default_factory=list)


def harvest(*, source: Source, by: Actor, dry_run: bool = False, tell: Tell | None = None) -> Harvest:
    """Read a source now, whether it is its turn or not, and return what came of it. `tell` hears of each line.

    A dry run reads the network and undoes everything else. Raises Refused: not allowed, stopped, or being read.
    """
    with transaction.atomic() if dry_run else nullcontext():
        done = read_through(take(source.pk, by), by, send=not dry_run)
        for line_of in HarvestLine.objects.filter(harvest=done).select_related("thing") if tell else []:
            tell(Outcome(line_of.outcome), str(line_of.thing), line_of.message)
        if dry_run:
            transaction.set_rollback(True)
    if not dry_run:
        refresh_stale()
    return done


def harvest_due(*, by: Actor, most: int = 50, tell: Callable[[Harvest], object] = lambda done: None) -> int:
    """Read sources whose turn it is, until none is left, and return how many. Others may do the same at once."""
    for number in range(most):
        begun = take_due()
        if begun is None:
            return number
        tell(read_through(begun, by))
        refresh_stale()
    return most


@transaction.atomic
def take_due() -> Harvest | None:
    """The source that has waited longest, for this worker alone. None where it is nobody's turn."""
    due = Source.objects.due(timezone.now()).order_by("next_due_at", "pk")
    found = due.select_for_update(skip_locked=True).first()
    return begin(found) if found else None


@transaction.atomic
def take(source: int, by: Actor) -> Harvest:
    found = Source.objects.select_for_update(of=["self"]).select_related("organisation").get(pk=source)
    if not may_keep_sources(by, found.organisation):
        raise Refused(NOT_ALLOWED)
    if found.stopped_at:
        raise Refused("It is no longer read.")
    if found.taken_until and found.taken_until > timezone.now():
        raise Refused("It is being read at this moment.")
    return begin(found)


def begin(source: Source) -> Harvest:
    now = timezone.now()
    source.tried_at, source.taken_until = now, now + LEASE
    source.save(update_fields=["tried_at", "taken_until"])
    return Harvest.objects.create(source=source, began_at=now)


def read_through(harvest: Harvest, by: Actor, *, send: bool = True) -> Harvest:
    progress = Progress()
    try:
        walk(harvest, progress, by)
    except Lost:
        return harvest
    except (Unfetchable, Unreadable) as error:
        return end(harvest, progress, failure=str(error), until=getattr(error, "until", None), send=send)
    except Exception:
        end(harvest, progress, failure=OWN_FAULT, send=send)
        raise
    return end(harvest, progress, send=send)


def walk(harvest: Harvest, progress: Progress, by: Actor) -> None:
    """Text by text. Raises Unfetchable, Unreadable, Lost."""
    fetch, read = IMPORTERS[harvest.source.kind]
    for text in fetch(harvest.source, politeness.ask):
        hold_on(harvest)
        progress.texts = [*progress.texts, text][-2:]
        if text.is_unchanged:
            again.compare(harvest, progress.counts)
        else:
            load_all(harvest, read(text), progress, by)
    refuse_to_lose_all(harvest, progress)


def hold_on(harvest: Harvest) -> None:
    """Say that this worker lives. Raises Lost where the source was taken by another, or stopped."""
    mine = Source.objects.filter(pk=harvest.source_id, taken_until=harvest.source.taken_until)
    harvest.source.taken_until = timezone.now() + LEASE
    if not mine.update(taken_until=harvest.source.taken_until):
        raise Lost


def load_all(harvest: Harvest, found: Iterable[Found], progress: Progress, by: Actor) -> None:
    these = {identifier: one for one in found if (identifier := identifier_of(one)) not in progress.seen}
    users = organisations_named({line(name, 300) for one in these.values() for name in one.used_by})
    for number, (identifier, one) in enumerate(these.items()):
        if number % HOLD_EVERY == HOLD_EVERY - 1:
            hold_on(harvest)
        progress.seen.add(identifier)
        progress.counts[load(harvest, one, users, timezone.now(), by)] += 1


def refuse_to_lose_all(harvest: Harvest, progress: Progress) -> None:
    """Raises Unreadable where nothing is left of what was there: more likely a mistake than meant."""
    there = SourceObject.objects.filter(source=harvest.source_id).exclude(state=ObjectState.MISSING).count()
    if there and not progress.seen and not any(text.is_unchanged for text in progress.texts):
        raise Unreadable(VANISHED.format(there))


@transaction.atomic
def end(
    harvest: Harvest, progress: Progress, *, failure: str = "", until: datetime | None = None, send: bool = True
) -> Harvest:
    """Write down how the reading ended, and when the source's next turn is."""
    now = timezone.now()
    source = Source.objects.select_for_update(of=["self"]).select_related("organisation").get(pk=harvest.source_id)
    if source.taken_until != harvest.source.taken_until:
        return harvest  # another worker has it, or it was stopped: what is to be said of it is theirs
    harvest.source, harvest.ended_at, harvest.failure = source, now, line(failure)
    harvest.not_changed = any(text.is_unchanged for text in progress.texts)
    if not failure and not harvest.not_changed:
        progress.counts[Outcome.MISSING] = miss(harvest, progress.seen, now)
    for outcome in Outcome.values:
        setattr(harvest, outcome, progress.counts[outcome])
    harvest.save()
    if not failure and source.kind in ALONE and progress.counts[Outcome.REFUSED] == len(progress.seen) > 0:
        failure = HarvestLine.objects.filter(harvest=harvest, outcome=Outcome.REFUSED).latest("pk").message
    settle(source, failure, progress, now, until, send=send)
    HarvestLine.objects.filter(harvest__source=source, harvest__began_at__lt=now - LINES_LAST).delete()
    return harvest


def miss(harvest: Harvest, seen: set[str], now: datetime) -> int:
    """What is no longer there is kept, and says so."""
    gone = SourceObject.objects.filter(source=harvest.source_id).exclude(identifier__in=seen)
    lines = [HarvestLine(harvest=harvest, thing=thing, outcome=Outcome.MISSING) for thing in gone]
    new = gone.exclude(state=ObjectState.MISSING)
    mark_stale(list(new.exclude(component=None).values_list("component", flat=True)))
    since = Coalesce("troubled_since", Value(now))
    new.update(state=ObjectState.MISSING, trouble="The source no longer has it.", troubled_since=since)
    return len(HarvestLine.objects.bulk_create(lines, batch_size=1_000))


def settle(
    source: Source, failure: str, progress: Progress, now: datetime, until: datetime | None, *, send: bool
) -> None:
    was_failing = source.failing_since is not None
    source.taken_until = None
    if failure:
        source.failure, source.failing_since = line(failure), source.failing_since or now
        source.next_due_at = until or now + AGAIN_AFTER
        if send:
            letters.write_to_owner(source, now, busy=until is not None)
    else:
        source.failure, source.failing_since, source.letters, source.letter_on = "", None, 0, None
        source.succeeded_at, source.next_due_at = now, now + timedelta(days=source.every_days)
        remember(source, progress.texts)
    source.save()
    if was_failing != bool(failure):
        mark_stale(list(source.things.exclude(component=None).values_list("component", flat=True)))


def remember(source: Source, texts: list[Text]) -> None:
    """What to ask with the next time, where all of it is one text."""
    if len(texts) == 1 and not texts[0].is_unchanged:
        source.read_from, source.etag, source.last_modified = texts[0].address, texts[0].etag, texts[0].last_modified
    elif len(texts) != 1:
        source.read_from = source.etag = source.last_modified = ""
