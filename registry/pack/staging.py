"""Rows of a file, read column by column, into a temporary table of the database.

A column repeats its values, so each different one of a chunk is parsed once; the rest is done by C code of the
standard library and by COPY. Memory holds one chunk, whatever the file's size.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.pack.columns import Column
from registry.pack.reading import Chunk
from registry.pack.references import References
from registry.pack.refusals import Refusal, Refusals
from registry.pack.sheet import Sheet
from registry.pack.values import SPACE, Bad, Parser

REMEMBERED = 50_000  # parsed values kept for a column from chunk to chunk
BLANK = Bad("The value is missing.", "Give one: a row cannot be taken without it.")


@dataclass
class Staged:
    """One sheet's rows in the tables `pack_staged` and, once compared, `pack_plan`."""

    sheet: Sheet
    present: list[Column]  # the sheet's columns that this file has
    cursor: object
    references: References
    refusals: Refusals
    folder: object = None
    read: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    places: dict[tuple[int, str], int] = field(default_factory=dict)  # as of a chunk

    def has(self, *names: str) -> bool:
        return set(names) <= {column.name for column in self.present}

    def refusal(self, line: int, column: str, value: str, problem: str, remedy: str) -> Refusal:
        return Refusal(self.sheet.file, self.places.get((line, column), line), column, value, problem, remedy)

    def effective(self, name: str) -> str:
        """SQL over s and t: the value that will hold after the load."""
        column = self.sheet.by_name[name]
        if not self.has(name):
            return column.as_recorded
        return f'coalesce(s."{name}", {column.as_recorded})' if self.sheet.keeps_stated else f's."{name}"'


def create(staged: Staged) -> None:
    columns = "".join(f', "{column.name}" {column.staged}' for column in staged.present)
    columns += "".join(f", \"{name}\" text DEFAULT ''" for name in staged.sheet.key if not staged.has(name))
    staged.cursor.execute("DROP TABLE IF EXISTS pack_staged, pack_plan")
    staged.cursor.execute(f"CREATE TEMP TABLE pack_staged (_line integer, _refused boolean{columns}) ON COMMIT DROP")


def fill(staged: Staged, chunks: Iterable[Chunk]) -> None:
    """Read every chunk, refuse what cannot be read, and copy the rest."""
    reader = RowReader(staged)
    names = "".join(f', "{column.name}"' for column in staged.present)
    keys = ", ".join(f'"{name}"' for name in staged.sheet.key if staged.has(name))
    never_null = f", FORCE_NOT_NULL ({keys})" if keys and not staged.sheet.single else ""
    with staged.cursor.copy(f"COPY pack_staged (_line, _refused{names}) FROM STDIN (FORMAT csv{never_null})") as copy:
        for chunk in chunks:
            staged.read += len(chunk.rows) + chunk.refused_rows
            staged.places |= chunk.places
            copy.write(reader.take(chunk))
    index = f"CREATE INDEX ON pack_staged ({keys})" if staged.sheet.noun else ""
    staged.cursor.execute(f"ANALYZE pack_staged; {index}")


class RowReader:
    """Reads the rows of one sheet. Remembers what it parsed."""

    def __init__(self, staged: Staged) -> None:
        self.staged = staged
        self.keys = set(staged.sheet.key)
        self.columns = [(column, ColumnReader(column, staged.references.parser(column))) for column in staged.present]

    def take(self, chunk: Chunk) -> str:
        """The chunk as text for COPY. A refused row stays with its key alone, so that it does not count as vanished."""
        refused = list(chunk.refused)
        wrong: dict[int, bool] = {}  # place in the chunk: whether the key can be read
        parsed = []
        raws = list(zip(*chunk.rows, strict=True)) or [()] * len(self.columns)
        for (column, reader), raw in zip(self.columns, raws, strict=True):
            values, bad = reader.take(raw)
            parsed.append(values)
            for place, problem in bad:
                is_key = column.name in self.keys
                wrong[place] = wrong.get(place, True) and not is_key
                refused.append(self._refusal(chunk.lines[place], column, raw[place], problem))
        if refused:
            self._refuse(chunk, refused, wrong)
        return self._text(chunk.lines, wrong, parsed)

    def _refusal(self, line: int, column: Column, value: str, bad: Bad) -> Refusal:
        return self.staged.refusal(line, column.name, value, bad.problem, bad.remedy)

    def _refuse(self, chunk: Chunk, refused: list[Refusal], wrong: dict[int, bool]) -> None:
        self.staged.refusals.add(refused, chunk.refused_rows + len(wrong))
        noun = self.staged.sheet.noun
        if noun:
            place_of_key = [column.name for column, _ in self.columns].index(noun)
            for place in wrong:
                slug = chunk.rows[place][place_of_key].strip(SPACE)
                self.staged.references.refused[noun, slug] = (self.staged.sheet.file, chunk.lines[place])

    def _text(self, lines: list[int], wrong: dict[int, bool], parsed: list[list]) -> str:
        rows = zip(lines, ["f"] * len(lines), *parsed, strict=True)
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        if not wrong:
            writer.writerows(rows)
            return buffer.getvalue()
        is_key = [False, False, *(column.name in self.keys for column, _ in self.columns)]
        for place, row in enumerate(rows):
            if place not in wrong:
                writer.writerow(row)
            elif wrong[place]:
                kept = [value if key else None for value, key in zip(row, is_key, strict=True)]
                writer.writerow([lines[place], "t", *kept[2:]])
        return buffer.getvalue()


class ColumnReader:
    def __init__(self, column: Column, parse: Parser) -> None:
        self.column, self.parse = column, parse
        self.known: dict[str, str | None] = {}
        self.bad: dict[str, Bad] = {}

    def take(self, raw: tuple[str, ...]) -> tuple[list[str | None], list[tuple[int, Bad]]]:
        """The canonical values, None where blank or bad; and the bad ones with their places."""
        if len(self.known) > REMEMBERED:
            self.known, self.bad = {}, {}
        for value in set(raw).difference(self.known):
            self._learn(value)
        values = list(map(self.known.__getitem__, raw))
        if not self.bad:
            return values, []
        return values, [(place, self.bad[value]) for place, value in enumerate(raw) if value in self.bad]

    def _learn(self, value: str) -> None:
        self.known[value] = None
        try:
            if value.strip(SPACE):
                self.known[value] = self.parse(value)
            elif self.column.required:
                raise BLANK
        except Bad as bad:
            self.bad[value] = bad
