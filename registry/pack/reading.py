"""A pack's folder: what is in it, whether its files can be read at all, and their rows with their lines."""

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from registry.pack.refusals import Refusal
from registry.pack.sheet import MANIFEST, Sheet
from registry.pack.values import nearest

FIELD_LIMIT = 1_000_000  # characters in one field
CHUNK_ROWS = 10_000
BLOCK_BYTES = 1 << 20
TABULAR = {".csv", ".tsv", ".toml", ".xlsx", ".xls", ".ods", ".json"}


@dataclass
class Chunk:
    """Rows as they stand in the file, each with the line it begins on; and what could not be read."""

    lines: list[int]
    rows: list[list[str]]
    refused: list[Refusal]
    refused_rows: int = 0  # a row can be refused for more than one reason
    places: dict[tuple[int, str], int] = field(default_factory=dict)  # (row's line, column): line, where it differs


@dataclass(frozen=True)
class Readable:
    """A file that is strict UTF-8 text."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        return self.path.name


def examine(path: Path) -> tuple[Readable, Refusal | None]:
    """Hash the file and make sure that all of it is text, in one pass with little memory."""
    digest, decoder, line = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), 1
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
            problem = None
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                problem = ("The file is not UTF-8 text.", "Save it again as “CSV UTF-8”.")
            if problem is None and b"\0" in block:
                line += block[: block.index(b"\0")].count(b"\n")
                problem = ("The file holds a NUL byte, so it is not text.", "Save it again as CSV.")
            if problem:
                return Readable(path, ""), Refusal(path.name, line, "", "", *problem)
            line += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        problem = ("The file is not UTF-8 text: it ends in the middle of a character.", "Save it again as “CSV UTF-8”.")
        return Readable(path, ""), Refusal(path.name, line, "", "", *problem)
    return Readable(path, digest.hexdigest()), None


def columns_of(file: Readable, sheet: Sheet) -> tuple[list[str], list[Refusal]]:
    """The header row, and what is wrong with it. A file whose header is wrong cannot be loaded at all."""
    with opened(file) as text:
        try:
            names = [name.strip() for name in next(csv.reader(text, strict=True), [])]
        except csv.Error:
            names = []
    wrong: list[tuple[str, str, str]] = []
    known = [column.name for column in sheet.columns]
    if not any(names):
        wrong.append(("", "The header row is missing.", f"Begin with: {','.join(known)}."))
        return [], [Refusal(file.name, 1, "", *row) for row in wrong]
    for place, name in enumerate(names):
        if name not in known:
            near = nearest(name, known)
            wrong.append((name, f'There is no column "{name}".', f"{near}The columns are: {', '.join(known)}."))
        elif name in names[:place]:
            wrong.append((name, f'The column "{name}" is there twice.', "Keep one of the two."))
    for name in sheet.required:
        if name not in names:
            wrong.append((name, f'The column "{name}" is missing.', "Add it: a row cannot be taken without it."))
    return names, [Refusal(file.name, 1, name, name, problem, remedy) for name, problem, remedy in wrong]


def opened(file: Readable):
    return file.path.open(encoding="utf-8-sig", newline="")


def chunks(file: Readable, names: list[str]) -> Iterator[Chunk]:
    """The rows below the header, as they come. Rows that are no rows of this table are refused, with their line."""
    csv.field_size_limit(FIELD_LIMIT)
    with opened(file) as text:
        reader = csv.reader(text, strict=True)
        next(reader)
        while True:
            chunk = _chunk(reader, file.name, len(names))
            if not (chunk.lines or chunk.refused):
                return
            yield chunk


def _chunk(reader, name: str, width: int) -> Chunk:
    chunk = Chunk([], [], [])
    line = reader.line_num + 1
    while len(chunk.rows) + len(chunk.refused) < CHUNK_ROWS:
        try:
            for row in reader:
                if len(row) == width:
                    chunk.rows.append(row)
                    chunk.lines.append(line)
                elif row:
                    chunk.refused.append(_ragged(name, line, row, width))
                line = reader.line_num + 1
                if len(chunk.rows) + len(chunk.refused) >= CHUNK_ROWS:
                    break
            else:
                break
        except csv.Error as error:
            chunk.refused.append(_unreadable(name, line, str(error)))
            line = reader.line_num + 1
    chunk.refused_rows = len(chunk.refused)
    return chunk


def _ragged(name: str, line: int, row: list[str], width: int) -> Refusal:
    problem = f"The row has {len(row):,} values, and the header {width}."
    remedy = "Give one value for each column, and put a value that holds a comma in quotation marks."
    return Refusal(name, line, "", ";".join(row)[:200], problem, remedy)


def _unreadable(name: str, line: int, error: str) -> Refusal:
    if "field larger" in error:
        problem = f"A value has more than {FIELD_LIMIT:,} characters: a quotation mark may not be closed."
        return Refusal(name, line, "", "", problem, "Close it, or shorten the value.")
    problem = "The quotation marks in this row do not pair up."
    return Refusal(
        name, line, "", "", problem, 'Put the value in quotation marks, and double those inside it: "a ""b"" c".'
    )


def strangers(folder: Path, known: list[str]) -> list[str]:
    """A sentence for each file that looks like part of a pack and is none."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.name in known or path.is_dir() or path.name.startswith("."):
            continue
        near = nearest(path.name, known, likeness=0.8)  # all of them end alike
        if near or path.suffix.lower() in TABULAR:
            found.append(f"{path.name} is not a file of a pack and is left out. {near}".rstrip())
    return found


def manifest_missing(folder: Path) -> str:
    return f"There is no {MANIFEST} in {folder}: a pack is a folder with {MANIFEST} and CSV files. Name such a folder."
