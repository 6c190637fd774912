"""`pack.toml`: its tables as rows of sheets, and rows of sheets as its tables.

A sheet's `path` says where its rows are: `()` the settings at the top, `("deflator",)` one row for each key with its
value, `("peer_groups", "*")` one row for each table below. A column `adoption_mean.custom` is in a table inside that.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator

from registry.pack.columns import Column
from registry.pack.reading import Chunk, Readable
from registry.pack.refusals import Refusal
from registry.pack.sheet import MANIFEST, Sheet
from registry.pack.values import nearest

TABLE = re.compile(r"^\s*\[\s*([^\[\]]+?)\s*\]")
ENTRY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


class Written(str):
    """A number as it stands in the file."""


class Manifest:
    """A `pack.toml` that could be read."""

    def __init__(self, file: Readable, sheets: list[Sheet]) -> None:
        self.text = file.path.read_text(encoding="utf-8-sig")
        self.sheets = sheets
        self.lines = dict(_lines(self.text))
        self.wrong: list[Refusal] = []
        self.content: dict = {}
        try:
            self.content = tomllib.loads(self.text, parse_float=Written)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            problem = f"This is not TOML: {error}."
            at = int(line[1]) if line else self.text.count("\n") + 1
            self.wrong.append(Refusal(MANIFEST, at, "", "", problem, "Mend the line; see toml.io for the rules."))
        else:
            self._look_for_strangers()

    @property
    def title(self) -> str:
        title = self.content.get("title")
        return title if isinstance(title, str) else ""

    def line(self, *path: str) -> int:
        """The line of a key, or of the nearest table above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def chunk(self, sheet: Sheet) -> Chunk:
        """The sheet's rows, with what is not even of the right type refused."""
        chunk = Chunk([], [], [])
        for path, said in self._rows(sheet):
            row, wrong = self._row(sheet, path, said)
            line = self.line(*path)
            if wrong:
                chunk.refused.extend(wrong)
                chunk.refused_rows += 1
            elif any(row):
                chunk.rows.append(row)
                chunk.lines.append(line)
                chunk.places |= {(line, name): self.line(*path, *name.split(".")) for name in said}
        return chunk

    def _rows(self, sheet: Sheet) -> Iterator[tuple[tuple[str, ...], dict]]:
        """(where, {column: value}) of each row."""
        if not sheet.path:
            yield (), {name: self.content[name] for name in sheet.by_name if name in self.content}
            return
        table, key, others = sheet.path[0], sheet.key[0], [name for name in sheet.by_name if name not in sheet.key]
        for name, value in self.content.get(table, {}).items():
            if sheet.path[-1] != "*":
                yield (table, name), {key: name, others[0]: value}
                continue
            said = {column: found for column in others if (found := _inside(value, column)) is not None}
            if said or len(sheet.required) > 1:
                yield (table, name), {key: name} | said

    def _row(self, sheet: Sheet, path: tuple[str, ...], said: dict) -> tuple[list[str], list[Refusal]]:
        row, wrong = [], []
        for column in sheet.columns:
            value = said.get(column.name, "")
            problem = _wrong_type(column, value) if column.name in said and column.name not in sheet.key else None
            if problem:
                line = self.line(*path, *column.name.split("."))
                wrong.append(Refusal(MANIFEST, line, column.name, _shown(value), *problem))
            row.append(str(value))
        return row, wrong

    def _look_for_strangers(self) -> None:
        """Keys that no sheet knows. A pack with such a key is not loaded: it would be silently lost."""
        for path, known in self._tables():
            found = self._at(path)
            if not isinstance(found, dict):
                self._refuse(path, "This must be a table.", f"Write [{'.'.join(path)}] and its keys below.")
                continue
            for name in found:
                if known is not None and name not in known:
                    self._refuse((*path, name), f'There is no key "{name}" here.', _known_keys(name, known))

    def _tables(self) -> Iterator[tuple[tuple[str, ...], list[str] | None]]:
        """Every table of the file, and the keys that it may have: None where they are the author's own."""
        known = [sheet.path[0] if sheet.path else name for sheet in self.sheets for name in sheet.by_name]
        yield (), list(dict.fromkeys(name for name in known if name != "id"))
        for table in dict.fromkeys(sheet.path[0] for sheet in self.sheets if sheet.path):
            if table not in self.content:
                continue
            yield (table,), None
            of_table = [sheet for sheet in self.sheets if sheet.path == (table, "*")]
            names = [name for sheet in of_table for name in sheet.by_name if name not in sheet.key]
            rows = self.content[table] if of_table and isinstance(self.content[table], dict) else {}
            for row, value in rows.items():
                yield (table, row), list(dict.fromkeys(name.split(".")[0] for name in names))
                for inner in dict.fromkeys(name.split(".")[0] for name in names if "." in name):
                    if isinstance(value, dict) and inner in value:
                        yield (
                            (table, row, inner),
                            [name.split(".")[1] for name in names if name.startswith(f"{inner}.")],
                        )

    def _at(self, path: tuple[str, ...]):
        found = self.content
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    def _refuse(self, path: tuple[str, ...], problem: str, remedy: str) -> None:
        self.wrong.append(Refusal(MANIFEST, self.line(*path), ".".join(path), "", problem, remedy))


def _known_keys(name: str, known: list[str]) -> str:
    return f"{nearest(name, known)}The keys are: {', '.join(known)}."


def _inside(table: object, column: str):
    for name in column.split("."):
        table = table.get(name) if isinstance(table, dict) else None
    return table


def _wrong_type(column: Column, value: object) -> tuple[str, str] | None:
    if column.numeric:
        if isinstance(value, Written) or (isinstance(value, int) and not isinstance(value, bool)):
            return None
        return "This is not a number.", "Write a plain number such as 0.85, without quotation marks."
    if isinstance(value, str) and not isinstance(value, Written):
        return None
    return "This is not a text.", "Write it in quotation marks."


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def _lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """The line of each table and key, for the plain style that packs are written in."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if found := TABLE.match(line):
            table = _path(found[1])
            yield table, number
        elif found := ENTRY.match(line):
            yield (*table, *_path(found[1])), number


def _path(written: str) -> tuple[str, ...]:
    return tuple(part.strip("\"' ") for part in re.findall(r'"[^"]*"|\'[^\']*\'|[^.\s]+', written))


def write(sections: Iterable[tuple[Sheet, list[list[str | None]]]]) -> str:
    """The canonical `pack.toml` of sheets with their rows, sorted as they come."""
    top: list[str] = []
    mappings: dict[str, list[str]] = {}
    tables: dict[str, dict[str, dict[str, list[str]]]] = {}
    for sheet, rows in sections:
        names = [column for column in sheet.columns if column.name != "id"]
        for row in rows:
            said = dict(zip((column.name for column in sheet.columns), row, strict=True))
            if not sheet.path:
                top += [f"{column.name} = {_literal(column, said[column.name] or '')}" for column in names]
            elif sheet.path[-1] != "*":
                key, column = names
                mappings.setdefault(sheet.path[0], []).append(
                    f"{said[key.name]} = {_literal(column, said[column.name])}"
                )
            else:
                _add_table(tables.setdefault(sheet.path[0], {}), sheet, said)
    parts = ["\n".join(top)]
    parts += ["\n".join([f"[{name}]", *entries]) for name, entries in mappings.items()]
    parts += [
        part for name, rows in tables.items() for key in sorted(rows) for part in _table(f"{name}.{key}", rows[key])
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _add_table(rows: dict[str, dict[str, list[str]]], sheet: Sheet, said: dict[str, str | None]) -> None:
    entries = rows.setdefault(said[sheet.key[0]] or "", {"": []})
    for column in sheet.columns:
        value = said[column.name]
        if column.name not in sheet.key and value is not None:
            inner, _, name = column.name.rpartition(".")
            entries.setdefault(inner, []).append(f"{name} = {_literal(column, value)}")


def _table(name: str, entries: dict[str, list[str]]) -> Iterator[str]:
    for inner, lines in entries.items():
        yield "\n".join([f"[{name}.{inner}]" if inner else f"[{name}]", *lines])


def _literal(column: Column, value: str) -> str:
    if column.numeric:
        return value
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
