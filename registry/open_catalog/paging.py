"""Keyset pages, as the Open Catalog API encodes them.

A cursor is the base64 of a JSON array: when the row beside which the page begins was created, and its id. The links are
`?page[after]=<cursor>`, because that is what the API of Italy gives and its clients put behind an address; the contract
shows the bare cursor, so a client that sends a whole link as the parameter's value is understood too.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from registry.open_catalog.answers import Problem

USUAL, MOST = 25, 100
WRONG_CURSOR = "wrong cursor format in page[after] or page[before]"
WRONG_TIME = "invalid date time format (RFC 3339 needed)"
LINK = re.compile(r"^\??page\[(after|before)\]=", re.IGNORECASE)
TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
TRUE, FALSE = {"true", "1", "t"}, {"false", "0", "f", ""}
Present = Callable[[list[Any]], list[dict[str, Any]]]


def page(rows: QuerySet, params: Mapping[str, str], present: Present, *, newest_first: bool = False) -> dict[str, Any]:
    """A page of rows that are ordered by `created_at` and `uuid`, and where it goes on. Raises Problem."""
    limit = size(params)
    after, before = cursor(params.get("page[after]")), cursor(params.get("page[before]"))
    place, backwards = (after, False) if after or not before else (before, True)
    rows = created(rows, params)
    descending = newest_first != backwards
    if place:
        lookup = TupleLessThan if descending else TupleGreaterThan
        rows = rows.filter(lookup(Tuple(F("created_at"), F("uuid")), place))
    order = ("-created_at", "-uuid") if descending else ("created_at", "uuid")
    read = list(rows.order_by(*order)[: limit + 1])
    more, found = len(read) > limit, read[:limit]
    if backwards:
        found.reverse()
    return {"data": present(found), "links": links(found, more, bool(place), backwards)}


def links(found: list[Any], more: bool, inside: bool, backwards: bool) -> dict[str, str | None]:
    if not found:
        return {"prev": None, "next": None}
    has_prev, has_next = (more, True) if backwards else (inside, more)
    return {
        "prev": f"?page[before]={written(found[0])}" if has_prev else None,
        "next": f"?page[after]={written(found[-1])}" if has_next else None,
    }


def written(row: Any) -> str:
    return b64encode(json.dumps([moment(row.created_at), str(row.uuid)], separators=(",", ":")).encode()).decode()


def moment(at: datetime) -> str:
    """RFC 3339, to the microsecond: a cursor must name its row exactly."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def cursor(text: str | None) -> tuple[datetime, UUID] | None:
    if not text:
        return None
    try:
        at, uuid = json.loads(b64decode(LINK.sub("", text), validate=True))
        return time_of(at), UUID(uuid)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Problem(422, WRONG_CURSOR) from error


def time_of(text: str) -> datetime:
    """Raises ValueError."""
    if not TIME.fullmatch(text):
        raise ValueError(WRONG_TIME)
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(WRONG_TIME) from error


def created(rows: QuerySet, params: Mapping[str, str]) -> QuerySet:
    """Those created between `from` and `to`, neither included."""
    for name, lookup in (("from", "created_at__gt"), ("to", "created_at__lt")):
        if text := params.get(name):
            try:
                rows = rows.filter(**{lookup: time_of(text.replace(" ", "+"))})
            except ValueError as error:
                raise Problem(422, WRONG_TIME) from error
    return rows


def size(params: Mapping[str, str]) -> int:
    text = params.get("page[size]") or str(USUAL)
    if not (text.isascii() and text.isdigit()):
        raise Problem(422, "page[size] must be an integer")
    if len(text) > 9 or not 1 <= int(text) <= MOST:
        raise Problem(422, f"page[size] must be between 1 and {MOST}")
    return int(text)


def flag(params: Mapping[str, str], name: str) -> bool:
    text = params.get(name, "").lower()
    if text not in TRUE | FALSE:
        raise Problem(422, f"{name} must be true or false")
    return text in TRUE
