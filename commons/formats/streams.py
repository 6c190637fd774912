"""Rows as a stream of bytes, so that memory stays flat however long a list is."""

import csv
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from commons.formats.cells import cells, header
from commons.listing.parts import Column
from commons.listing.text import as_json

BATCH = 200  # rows sent at once


class Echo:
    """Hands back what the CSV writer writes."""

    def write(self, text: str) -> str:
        return text


def as_csv(columns: list[Column], rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8, with a header row."""
    writer = csv.writer(Echo())
    yield writer.writerow(header(columns)).encode()
    for batch in batched(rows, BATCH):
        yield "".join(writer.writerow(cells(columns, row)) for row in batch).encode()


def as_items(columns: list[Column], rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """`{"items": […]}` with a row on each line."""
    names = [name for column in columns for name in column.names]
    yield b'{"items":['
    separator = "\n"
    for batch in batched(rows, BATCH):
        yield (separator + ",\n".join(as_json({name: row[name] for name in names}) for row in batch)).encode()
        separator = ",\n"
    yield b"\n]}\n"
