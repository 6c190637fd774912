"""What is new of a search: what was added or changed last, first."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from catalogue.search.listing import ComponentListing
from commons.listing.listing import as_query_dict

MOST = 50
# Not what is looked for, but how it is shown.
SHOWN_BY = ("sort", "page", "cursor", "limit", "count", "facets", "fields", "format", "why")


@dataclass(frozen=True)
class News:
    """A component that a search finds. `is_new`: it was added since the beginning that was asked for."""

    uuid: UUID
    slug: str
    name: str
    summary: str
    created_at: datetime
    updated_at: datetime

    def is_new(self, since: datetime) -> bool:
        return self.created_at > since


def canonical(params) -> str:
    """The search of an address, as one text for all ways to write it. Raises BadParameter where it is none."""
    kept = as_query_dict(params).copy()
    for name in SHOWN_BY:
        kept.pop(name, None)
    ComponentListing().select(kept)
    pairs = sorted({(name, value.strip()) for name, values in kept.lists() for value in values if value.strip()})
    made = as_query_dict({})
    for name, value in pairs:
        made.appendlist(name, value)
    return made.urlencode()


def news(params, *, since: datetime | None = None, until: datetime | None = None, most: int = MOST) -> list[News]:
    """What the search finds and was added or changed after `since`, up to `until`; the last change first."""
    kept = as_query_dict(params).copy()
    for name in SHOWN_BY:
        kept.pop(name, None)
    found = ComponentListing().select(kept).entries()
    if since:
        found = found.filter(component__updated_at__gt=since)
    if until:
        found = found.filter(component__updated_at__lte=until)
    columns = ("component__uuid", "slug", "card", "component__created_at", "component__updated_at")
    rows = found.order_by("-component__updated_at", "-component").values_list(*columns)[:most]
    return [made(*row) for row in rows]


def made(uuid: UUID, slug: str, card: str, created_at: datetime, updated_at: datetime) -> News:
    told = json.loads(card)
    return News(uuid, slug, told["name"], told["summary"] or "", created_at, updated_at)


def in_words(search: str) -> str:
    """The search as a reader would say it: “bins”, Kind: Dataset."""
    selection = ComponentListing().select(QueryDict(search))
    typed = selection.asked.value("q")
    said = [f"“{typed}”"] if typed else []
    said += [f"{one.filter.label}: {one.label}" for one in selection.chosen if one.filter.name != "q"]
    return ", ".join(said) or "all components"
