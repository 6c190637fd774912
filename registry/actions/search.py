"""Writing the catalogue's search index. The registry does it, because it knows stewards and adopters."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from catalogue.models import ComponentKind, Lifecycle, RelationKind
from catalogue.search.facets import FIXED
from commons.listing.text import as_json
from registry.models import STAGES_IN_USE, DeclarationKind, Stage
from registry.models.declaration import EXPIRES_AFTER

SQL = Path(__file__).with_name("search_sql")
BATCH = 10_000
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
    a component, its functions, stewards or adoptions, so that what is found is never behind what is recorded. With no
    ids it also forgets words and terms that nothing has any more. `on` is the day from which declarations' age counts.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        touched = with_neighbours(cursor, component_ids)
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('refresh_search'))")
        for start in range(0, len(touched), BATCH):
            write(cursor, touched[start : start + BATCH], on or timezone.localdate())
        write_words(cursor, None if component_ids is None else touched)
        cursor.execute(
            "SELECT gin_clean_pending_list('search_entry_text'), gin_clean_pending_list('search_entry_terms')"
        )
    return len(touched)


def with_neighbours(cursor, component_ids: Iterable[int] | None) -> list[int]:
    if component_ids is None:
        cursor.execute("SELECT id FROM catalogue_component ORDER BY id")
    else:
        cursor.execute((SQL / "neighbours.sql").read_text(), {"ids": list(component_ids)})
    return [number for (number,) in cursor.fetchall()]


def write(cursor, component_ids: list[int], on: date) -> None:
    facts = {
        "ids": component_ids,
        "draft": Lifecycle.DRAFT.value,
        "adoption": DeclarationKind.ADOPTION.value,
        "in_use": [stage.value for stage in STAGES_IN_USE],
        "planned": Stage.PLANNED.value,
        "stopped": Stage.RETIRED.value,
        "since": on - EXPIRES_AFTER,
        "currency": settings.CURRENCY,
        "kinds": as_json(dict(ComponentKind.choices)),
        "lifecycles": as_json(dict(Lifecycle.choices)),
        "relations": as_json(dict(RelationKind.choices)),
        "fixed": as_json([{"facet": facet, "value": value, "term": term} for (facet, value), term in FIXED.items()]),
    }
    for step in ("terms.sql", "entries.sql"):
        cursor.execute((SQL / step).read_text(), facts)


def write_words(cursor, component_ids: list[int] | None) -> None:
    """Count the words of these entries anew; of all where None is given."""
    if component_ids is None:
        cursor.execute("DELETE FROM catalogue_searchword")
        cursor.execute((SQL / "forget.sql").read_text())
        chosen = "true"
    else:
        chosen = f"catalogue_component.id IN ({','.join(map(str, component_ids)) or 'NULL'})"
    cursor.execute((SQL / "words.sql").read_text(), {"texts": WORDS.format(chosen=chosen)})
