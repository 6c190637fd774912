"""OpenDocument spreadsheets (ISO/IEC 26300), row by row."""

from collections.abc import Iterator
from itertools import islice

from registry.spreadsheets.limits import (
    HIGHEST_ROW,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    TOO_MANY_COLUMNS,
    Unreadable,
    cell,
)
from registry.spreadsheets.numbers import plain
from registry.spreadsheets.packages import Package, elements, guarded, local, parse

CONTENT = "content.xml"
ASIDE = {"annotation", "shapes", "tracked-changes", "frame"}  # texts that are no cell's


def names(package: Package) -> Iterator[str]:
    tables = (said.get("name", "") for tag, said in elements(package, CONTENT) if tag == "table")
    yield from islice(tables, MOST_SHEETS)


def repeats(said: dict[str, str], of: str) -> int:
    for key, value in said.items():
        if local(key) == f"number-{of}-repeated" and value.isdecimal():
            return max(1, min(int(value[:8]), HIGHEST_ROW))
    return 1


class Rows:
    """What the parser has met of one sheet: rows that are complete, and the cell in hand."""

    def __init__(self, sheet: str) -> None:
        self.sheet, self.inside, self.ended = sheet, False, False
        self.complete: list[tuple[int, list[str]]] = []
        self.number, self.times, self.cells, self.column = 0, 1, {}, 0
        self.said_of_cell, self.words, self.paragraphs, self.aside, self.deep = {}, [], 0, 0, 0

    def start(self, tag: str, said: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "table":
            name = next((value for key, value in said.items() if local(key) == "name"), "")
            self.deep += self.inside
            self.inside = self.inside or (name == self.sheet and not self.ended)
        if not self.inside:
            return
        if tag in ASIDE:
            self.aside += 1
        elif self.aside or self.deep:
            return
        elif tag == "table-row":
            self.times, self.cells, self.column = repeats(said, "rows"), {}, 0
        elif tag in ("table-cell", "covered-table-cell"):
            self.said_of_cell = {local(key): value for key, value in said.items()}
            self.words, self.paragraphs = [], 0
        elif tag == "p":
            self.words += ["\n"] if self.paragraphs else []
            self.paragraphs += 1
        elif tag in ("s", "tab", "line-break"):
            self.words.append({"s": " " * self.blanks(said), "tab": "\t", "line-break": "\n"}[tag])

    def blanks(self, said: dict[str, str]) -> int:
        number = next((value for key, value in said.items() if local(key) == "c"), "1")
        return min(int(number[:6]), LONGEST_CELL) if number.isdecimal() else 1

    def said(self, text: str) -> None:
        if self.inside and self.paragraphs and not self.aside and not self.deep:
            self.words.append(text)

    def end(self, tag: str) -> None:
        tag = local(tag)
        if not self.inside:
            return
        if tag in ASIDE:
            self.aside -= 1
        elif tag == "table":
            self.inside, self.ended, self.deep = self.deep > 0, self.deep == 0, max(0, self.deep - 1)
        elif self.aside or self.deep:
            return
        elif tag in ("table-cell", "covered-table-cell"):
            self.keep(repeats(self.said_of_cell, "columns"))
        elif tag == "table-row":
            self.complete_row()

    def keep(self, times: int) -> None:
        value = self.value()
        if value and self.column + times > MOST_COLUMNS:
            raise Unreadable(TOO_MANY_COLUMNS)
        if value:
            for at in range(self.column, self.column + times):
                self.cells[at] = cell(value, self.number + 1)
        self.column += times
        self.paragraphs = 0

    def value(self) -> str:
        said = self.said_of_cell
        kind = said.get("value-type", "")
        if kind in ("float", "currency", "percentage"):
            return plain(said.get("value", ""))
        if kind == "date":
            return said.get("date-value", "")
        if kind == "boolean":
            return "yes" if said.get("boolean-value") == "true" else "no"
        return "".join(self.words) or said.get("string-value", "")

    def complete_row(self) -> None:
        if self.cells:
            row = [self.cells.get(at, "") for at in range(max(self.cells) + 1)]
            for again in range(min(self.times, 2 * MOST_ROWS)):
                self.complete.append((self.number + again + 1, row))
        self.number += self.times


def rows(package: Package, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that have something in them, with their numbers. Raises Unreadable."""
    met = Rows(sheet)
    parser = guarded()
    parser.StartElementHandler, parser.EndElementHandler = met.start, met.end
    parser.CharacterDataHandler = met.said
    for piece in package.pieces(CONTENT):
        parse(parser, piece)
        yield from met.complete
        met.complete.clear()
        if met.ended:
            return
