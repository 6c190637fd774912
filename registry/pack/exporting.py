"""Write the registry as a pack: every file sorted by its key, in canonical values, by COPY, with little memory."""

from collections.abc import Collection
from pathlib import Path

from django.db import connection, transaction

from commons.exceptions import Refused
from registry.pack import manifest
from registry.pack.applying import joins
from registry.pack.columns import Column
from registry.pack.sheet import MANIFEST, Sheet, among


def export_pack(folder: Path, *, sheets: list[Sheet], force: bool = False) -> dict[str, int]:
    """Write the pack into `folder`; returns the number of rows of each file that was written.

    Files without rows are not written, `pack.toml` always is. Loading the pack into an empty registry and exporting
    again gives the same bytes. Raises Refused when the folder is not empty, unless `force`.
    """
    folder = Path(folder)
    files = among(sheets)
    _prepare(folder, force)
    with transaction.atomic(), connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:  # one state of the registry in all files
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        sections = [(sheet, _rows(cursor, sheet)) for sheet in files[MANIFEST]]
        (folder / MANIFEST).write_text(manifest.write(sections), encoding="utf-8", newline="\n")
        written = {MANIFEST: sum(len(rows) for _, rows in sections)}
        for file, of_file in files.items():
            if file != MANIFEST and (count := _write(cursor, of_file[0], folder)):
                written[file] = count
    return written


def _prepare(folder: Path, force: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()) and not force:
            raise Refused(f"{folder} is not empty. Name an empty folder, or add --force to write over its pack.")
    except OSError as error:
        raise Refused(f"{folder} cannot be written: {error.strerror}. Name another folder.") from error


def select(sheet: Sheet, without: Collection[str] = ()) -> str:
    written = [column for column in sheet.columns if column.name not in without]
    columns = ", ".join(f'{column.as_written} AS "{column.name}"' for column in written)
    order = ", ".join(f'{sheet.by_name[name].as_written} COLLATE "C" NULLS FIRST' for name in sheet.key) or "1"
    return f"SELECT {columns} FROM {sheet.table} t {joins(sheet)} WHERE {sheet.current} ORDER BY {order}"


def _rows(cursor, sheet: Sheet) -> list[list[str | None]]:
    cursor.execute(select(sheet))
    rows = [list(row) for row in cursor.fetchall()]
    return rows or ([[None] * len(sheet.columns)] if sheet.single else [])


def _write(cursor, sheet: Sheet, folder: Path) -> int:
    """Write one CSV file; none, and none of an earlier export, where there are no rows."""
    path = folder / sheet.file
    cursor.execute(f"SELECT count(*) FROM {sheet.table} t WHERE {sheet.current}")
    count = cursor.fetchone()[0]
    if not count:
        path.unlink(missing_ok=True)
        return 0
    unstated = [column.name for column in sheet.columns if column.rare and not _stated(cursor, sheet, column)]
    statement = select(sheet, without=unstated)
    with path.open("wb") as file, cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv, HEADER)") as copy:
        for block in copy:
            file.write(block)
    if sheet.export:
        sheet.export(cursor, folder)
    return count


def _stated(cursor, sheet: Sheet, column: Column) -> bool:
    cursor.execute(
        f"SELECT EXISTS (SELECT 1 FROM {sheet.table} t WHERE {sheet.current} AND {column.as_written} IS NOT NULL)"
    )
    return cursor.fetchone()[0]
