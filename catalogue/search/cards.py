"""The row of each component in the list of components, kept ready in the index."""

import json
from datetime import date

from django.db import connection

from catalogue.search.arrays import as_array
from commons.listing.selection import Row

CARDS = "SELECT component_id, card FROM catalogue_searchentry WHERE component_id = ANY(%s::bigint[])"


def cards(components: list[int]) -> list[str]:
    """The components' cards in the given order; one that has gone meanwhile is left out."""
    found = cards_of(components)
    return [found[number] for number in components if number in found]


def cards_of(components: list[int]) -> dict[int, str]:
    """The components' cards by component."""
    with connection.cursor() as cursor:
        cursor.execute(CARDS, [as_array(components)])
        return dict(cursor.fetchall())


def row(card: str) -> Row:
    made = json.loads(card)
    if made["last_confirmed"]:
        made["last_confirmed"] = date.fromisoformat(made["last_confirmed"])
    return made
