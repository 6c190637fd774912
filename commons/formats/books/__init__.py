"""Spreadsheets, as public bodies publish them: first a sheet that says what it is, then one for each table, its header
frozen. Codes stand beside labels, the reason of a blank beside the blank; numbers are numbers, dates are dates, and a
text is a text: nothing is ever run.
"""

from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import BinaryIO

from commons.formats.books import ods, xlsx
from commons.formats.books.book import MOST_ROWS, Book, Table

WRITERS: dict[str, Callable[[Book, BinaryIO], None]] = {"xlsx": xlsx.write, "ods": ods.write}
BLOCK = 65_536  # bytes sent at once

__all__ = ["MOST_ROWS", "WRITERS", "Book", "Table", "as_book"]


def as_book(book: Book, form: str) -> Iterator[bytes]:
    """The file's bytes. It is made on the disk when the first are asked for, so that memory stays flat."""
    with TemporaryFile() as file:
        WRITERS[form](book, file)
        file.seek(0)
        yield from iter(lambda: file.read(BLOCK), b"")
