"""Writing the catalogue's search index. The registry does it, because it knows stewards and adopters."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import batched
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from catalogue.models import Component, ComponentKind, Lifecycle, RelationKind
from catalogue.search.facets import FIXED
from commons.listing.text import as_json
from commons.turns import take_turn
from registry.models import STAGES_IN_USE, DeclarationKind, Stage, StaleEntry
from registry.models.declaration import EXPIRES_AFTER
from registry.models.source import GONE_AFTER_DAYS

SQL = Path(__file__).with_name("search_sql")
BATCH = 2_000  # components: under a second, the longest that whoever writes functions or peer groups waits
TIDY = "SELECT gin_clean_pending_list('search_entry_text'), gin_clean_pending_list('search_entry_terms')"
WORDS = """
    SELECT to_tsvector('simple', search_fold(name || ' ' || left(summary, 2000)))
    FROM catalogue_component WHERE lifecycle <> 'draft' AND {chosen}
    UNION ALL
    SELECT to_tsvector('simple', search_fold(label)) FROM catalogue_searchterm
    WHERE facet IN (2, 5) AND id IN (
        SELECT unnest(terms) FROM catalogue_searchentry
        JOIN catalogue_component ON catalogue_component.id = component_id WHERE {chosen}
    )
"""


def refresh_search(component_ids: Iterable[int] | None = None, *, on: date | None = None) -> int:
    """Bring the search entries of these components, or of all, up to date, and return how many there are.

    Also those of their neighbours, whose documents name them. It belongs in the transaction of the act that changed
    a component, its functions, stewards or adoptions, so that what is found is never behind what is recorded. Outside
    a transaction each batch is one of its own. `on` is the day from which declarations' age counts.

    Entries and terms are then what a refresh of all would make them. Words are, where all are refreshed; otherwise
    one may be there that nothing has any more, or with a number of entries that is not quite right.
    """
    chosen = None if component_ids is None else set(component_ids)
    if chosen is not None and not chosen:
        return 0
    touched = with_neighbours(chosen)
    refresh(touched, on)
    if chosen is None:
        count_anew()
    return len(touched)


def refresh_stale(*, on: date | None = None) -> int:
    """Bring the entries up to date that are behind what is recorded, and return how many there were.

    Where they are more than half of all, their words' numbers would be far off, so all words are counted anew.
    """
    stale = sorted(set(StaleEntry.objects.values_list("component_id", flat=True)))
    if not stale:
        return 0
    refresh(stale, on)
    if len(stale) > Component.objects.count() / 2:
        count_anew()
    return len(stale)


def with_neighbours(component_ids: Iterable[int] | None) -> list[int]:
    with connection.cursor() as cursor:
        if component_ids is None:
            cursor.execute("SELECT id FROM catalogue_component ORDER BY id")
        else:
            cursor.execute((SQL / "neighbours.sql").read_text(), {"ids": list(component_ids)})
        return [number for (number,) in cursor.fetchall()]


def refresh(component_ids: list[int], on: date | None) -> None:
    """Write these entries, batch by batch. Functions and peer groups get their present names even where none is given.

    A search sees an entry as it was or as it will be, and for some seconds one of each where several say the same.
    """
    for batch in batches(component_ids):
        with transaction.atomic(), connection.cursor() as cursor:
            take_turn("refresh_search")
            # First: what is noted from now on is of changes that the statements below may not see.
            cursor.execute(f"DELETE FROM {StaleEntry._meta.db_table} WHERE component_id = ANY(%s)", [batch])
            had = terms(cursor, batch)
            write(cursor, batch, on or timezone.localdate())
            forget(cursor, had - terms(cursor, batch))
            add_words(cursor, batch)
            cursor.execute(TIDY)


def batches(component_ids: list[int]) -> Iterator[list[int]]:
    yield from map(list, batched(component_ids, BATCH)) if component_ids else [[]]


def write(cursor, component_ids: list[int], on: date) -> None:
    facts = {
        "ids": component_ids,
        "draft": Lifecycle.DRAFT.value,
        "adoption": DeclarationKind.ADOPTION.value,
        "in_use": [stage.value for stage in STAGES_IN_USE],
        "planned": Stage.PLANNED.value,
        "stopped": Stage.RETIRED.value,
        "since": on - EXPIRES_AFTER,
        "today": on,
        "gone_since": timezone.make_aware(datetime.combine(on - timedelta(days=GONE_AFTER_DAYS), time.min)),
        "zone": settings.TIME_ZONE,
        "currency": settings.CURRENCY,
        "kinds": as_json(dict(ComponentKind.choices)),
        "lifecycles": as_json(dict(Lifecycle.choices)),
        "relations": as_json(dict(RelationKind.choices)),
        "fixed": as_json([{"facet": facet, "value": value, "term": term} for (facet, value), term in FIXED.items()]),
    }
    for step in ("terms.sql", "entries.sql"):
        cursor.execute((SQL / step).read_text(), facts)


def terms(cursor, component_ids: list[int]) -> set[int]:
    cursor.execute(
        "SELECT DISTINCT unnest(terms) FROM catalogue_searchentry WHERE component_id = ANY(%s)", [component_ids]
    )
    return {term for (term,) in cursor.fetchall()}


def forget(cursor, lost: set[int]) -> None:
    """Of the terms that some entry has lost, forget those that no other entry has: a filter offers what there is."""
    if lost:
        cursor.execute((SQL / "forget.sql").read_text(), {"lost": list(lost)})


def add_words(cursor, component_ids: list[int]) -> None:
    chosen = f"catalogue_component.id IN ({','.join(map(str, component_ids)) or 'NULL'})"
    cursor.execute((SQL / "words.sql").read_text(), {"texts": WORDS.format(chosen=chosen)})


def count_anew() -> None:
    """Count the words of all entries, and forget the words and terms that nothing has any more.

    The lock is taken when the counting is done: nobody waits for that. A word that comes back meanwhile may be
    forgotten until the next time.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute((SQL / "count_anew.sql").read_text(), {"texts": WORDS.format(chosen="true")})
