"""Where a keyset page stopped, as a word that a client hands back. Signed, so that only places we named are visited."""

from typing import Any, NamedTuple

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder

from commons.listing.errors import BadParameter, ParameterError

# Without a time in it: the same place is the same word, so that the same page has the same ETag.
SIGNER = signing.Signer(salt="commons.listing.cursor")


class Place(NamedTuple):
    """`keys` are the sort keys of the row beside which the page begins; `backwards` reads towards the first row."""

    order: str
    keys: list[Any]
    backwards: bool = False


class KeyEncoder(DjangoJSONEncoder):
    """Full precision for dates and times, so that a key equals the row's own."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else super().default(value)


class Serializer:
    def dumps(self, value: Any) -> bytes:
        return KeyEncoder(separators=(",", ":")).encode(value).encode()

    def loads(self, data: bytes) -> Any:
        return signing.JSONSerializer().loads(data)


def write(place: Place) -> str:
    return SIGNER.sign_object(list(place), serializer=Serializer)


def read(text: str | None, order: str) -> Place | None:
    """The place that a cursor names. Raises BadParameter where it is not ours or belongs to another order."""
    if not text:
        return None
    try:
        place = Place(*SIGNER.unsign_object(text, serializer=Serializer))
    except signing.BadSignature:
        place = None
    if place is None or place.order != order:
        raise unknown()
    return place


def unknown() -> BadParameter:
    detail = "“cursor” is not one that this list gave for this order. Start again without it."
    return BadParameter([ParameterError("cursor", "unknown_cursor", detail)])


def around(rows: list, limit: int, place: Place | None, order: str, key) -> tuple[list, str | None, str | None]:
    """(rows of the page, next cursor, previous cursor) from one row more than `limit`, read from `place` onwards."""
    more, rows = len(rows) > limit, rows[:limit]
    backwards = place is not None and place.backwards
    if backwards:
        rows.reverse()
    if not rows:
        return rows, None, None
    first, last = Place(order, key(rows[0]), True), Place(order, key(rows[-1]))
    onward = write(last) if more or backwards else None
    back = write(first) if (more if backwards else place) else None
    return rows, onward, back
