"""What is written into a spreadsheet, whatever its format."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from commons.exceptions import Refused
from commons.formats.cells import Value
from commons.xml import writable

MOST_ROWS = 100_000  # a sheet holds ten times as many, and a worker would be minutes at it: that is what CSV is for


class Line(NamedTuple):
    """A line of the first sheet: what is told, and what there is to tell."""

    name: str
    text: str = ""


class Table(NamedTuple):
    """A sheet with a header. The rows are read as they are written."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]


@dataclass(frozen=True)
class Book:
    title: str
    about: Sequence[Line]
    tables: Sequence[Table]
    service: str = ""
    made_at: datetime = field(default_factory=timezone.now)


def bounded(rows: Iterable[Sequence[Value]]) -> Iterator[tuple[int, Sequence[Value]]]:
    """The rows with their numbers under the header. Raises Refused rather than leave any out."""
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise Refused(_("A spreadsheet is made of at most %(most)s rows.") % {"most": f"{MOST_ROWS:,}"})
        yield number, row


def prepared(value: Value) -> Value:
    """Texts as XML can hold them; times as they are told here, since a spreadsheet knows no time zones."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    return value
