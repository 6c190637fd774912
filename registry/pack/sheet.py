"""A sheet: what one file of a pack, or one part of `pack.toml`, holds, and how it becomes rows of a table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models

from registry.pack.columns import Column

MANIFEST = "pack.toml"


@dataclass(frozen=True)
class Check:
    """A rule over several values of one row. `wrong` is SQL in which `{name}` stands for a column's value."""

    columns: tuple[str, ...]  # the first one carries the blame
    wrong: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class Link:
    """Rows of their own for a list's items: SQL that removes what is no longer said, and adds what is new.

    The statements speak of `pack_plan p` (line, recorded, id) and `pack_staged s`; `%(event)s` is the load's event.
    """

    column: str
    remove: str
    add: str
    table: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    file: str
    model: type[models.Model]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    noun: str = ""  # what its key names, where other sheets refer to it
    checks: tuple[Check, ...] = ()
    further_checks: tuple[Callable, ...] = ()  # (load: Staged) -> number refused
    links: tuple[Link, ...] = ()
    fixed: dict[str, str] = field(default_factory=dict)  # columns of the table that are the same in every row: SQL
    scope: str = "true"  # SQL over t: which rows of the table are this sheet's
    supersedes: bool = False  # a change is a new row; the old one stays as history
    single: bool = False  # the table has one row, id 1
    keeps_stated: bool = False  # a blank does not overwrite what is stated
    path: tuple[str, ...] = ()  # in pack.toml: the tables above its rows
    searched: str = ""  # SQL over pack_plan and pack_staged: components whose search entries its rows touch
    differs: str = ""  # SQL over s and t: what makes a row a changed one beside its columns
    finish: Callable | None = None  # (load: Staged) -> None: what SQL alone cannot do
    export: Callable | None = None  # (cursor, folder) -> None: files beside the table

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def id(self) -> str:
        """The column that names a row in its table; another row's key where the table holds one row for each."""
        return self.model._meta.pk.column

    @property
    def current(self) -> str:
        return f"({self.scope}) AND t.superseded_in_id IS NULL" if self.supersedes else f"({self.scope})"

    @property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def required(self) -> list[str]:
        return [column.name for column in self.columns if column.required]

    @property
    def matches(self) -> str:
        """SQL: the staged row s and the recorded row t have the same key."""
        if self.single:
            return "t.id = 1"
        return " AND ".join(f't."{self.by_name[name].target}" = s."{name}"' for name in self.key)


def among(sheets: Iterable[Sheet]) -> dict[str, list[Sheet]]:
    """Sheets by file, in the order in which files load."""
    files: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        files.setdefault(sheet.file, []).append(sheet)
    return files


def join_rows(*, column: str, through: type[models.Model], owner: str, other: str, others: type[models.Model]) -> Link:
    """A list kept as rows of a plain join table."""
    table, other_table = through._meta.db_table, others._meta.db_table
    said = f"""SELECT 1 FROM pack_staged s JOIN {other_table} o ON o.slug = ANY(string_to_array(s."{column}", ';'))
        WHERE s._line = p.line AND o.id = j.{other}"""
    return Link(
        column=column,
        table=table,
        remove=f"DELETE FROM {table} j USING pack_plan p WHERE p.recorded = j.{owner} AND NOT EXISTS ({said})",
        add=f"""INSERT INTO {table} ({owner}, {other})
            SELECT p.id, o.id FROM pack_plan p JOIN pack_staged s ON s._line = p.line
            CROSS JOIN LATERAL unnest(string_to_array(s."{column}", ';')) AS said(slug)
            JOIN {other_table} o ON o.slug = said.slug
            WHERE NOT EXISTS (SELECT 1 FROM {table} j WHERE j.{owner} = p.id AND j.{other} = o.id)""",
    )


def joined(column: str, *, through: type[models.Model], owner: str, other: str, others: type[models.Model]) -> str:
    """SQL over t: the same list as it is recorded, sorted and joined as in a file."""
    return f"""(SELECT string_agg(o.slug, ';' ORDER BY o.slug COLLATE "C") FROM {through._meta.db_table} j
        JOIN {others._meta.db_table} o ON o.id = j.{other} WHERE j.{owner} = t.id)"""
