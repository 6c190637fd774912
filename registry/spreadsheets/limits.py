"""How much is read of a file that somebody sends. What is beyond is refused before it costs anything."""

from typing import BinaryIO

LARGEST_FILE = 20 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000
MOST_SHEETS = 50
HIGHEST_ROW = 1_048_576  # of every spreadsheet program
LARGEST_UNPACKED = 400 * 1024 * 1024
"""Bytes of all parts of a workbook: 50,000 full rows have a quarter of that."""
MOST_RATIO, RATIO_FROM = 250, 2 * 1024 * 1024
"""How much smaller a part may be packed, where it is larger than the second number: a real table comes to about 60."""
MOST_PARTS = 2_000
LARGEST_TEXTS = 48 * 1024 * 1024
"""Bytes of a workbook's shared texts, which are all kept while it is read."""


LARGEST_TABLE = 60_000_000
"""Characters of all cells: one text that a workbook holds once can stand in a million of them."""


class Unreadable(Exception):
    """A file that cannot be taken, in a sentence that says what to do."""


TOO_LARGE = f"The file is larger than {LARGEST_FILE // 1024**2} MB. Split it, and upload the parts one after the other."
TOO_MANY_ROWS = f"The table has more than {MOST_ROWS:,} rows. Split it, and upload the parts one after the other."
TOO_MUCH_TEXT = "The table holds more text than is read at once. Split it, and upload the parts one after the other."
TOO_MANY_COLUMNS = f"The table has more than {MOST_COLUMNS} columns. Delete those that are not needed."
BOMB = "The workbook unpacks to far more than a table needs. Copy the table alone into a new workbook, and upload that."
BROKEN = "The workbook cannot be read: it is damaged. Open it, save it under a new name, and upload that."
ENTITIES = "The workbook defines XML entities, which no spreadsheet program does. Save the table as a new workbook."
LOCKED = "The workbook is protected by a password. Save it without one, and upload it again."


def size_of(file: BinaryIO) -> int:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size


def cell(text: str, row: int) -> str:
    """The text as a database can hold it. Raises Unreadable for one that is too long."""
    if len(text) > LONGEST_CELL:
        raise Unreadable(too_long(row))
    return text.replace("\0", "\ufffd") if "\0" in text else text


def too_long(row: int) -> str:
    return f"A cell of row {row:,} has more than {LONGEST_CELL:,} characters. Shorten it, or end its quotation."
