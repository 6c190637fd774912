"""Staged rows compared with the recorded ones, and recorded where they differ: set by set, never row by row."""

from django.db import models
from django.db.models.fields import NOT_PROVIDED

from registry.models import StaleEntry
from registry.pack.columns import Column
from registry.pack.sheet import Sheet
from registry.pack.staging import Staged

BATCH_LINES = 200_000  # bounds what the database remembers of foreign keys still to be checked
VANISHED_SHOWN = 3


def compare(staged: Staged) -> None:
    """Write the plan: one row for each staged row that is new or changed, and count."""
    sheet, cursor = staged.sheet, staged.cursor
    differs = f"{_differs(staged, staged.present)} OR {sheet.differs or 'false'}"
    cursor.execute(f"""
        CREATE TEMP TABLE pack_plan ON COMMIT DROP AS
        SELECT s._line AS line, t.{sheet.id} AS recorded, {_new_id(sheet)} AS id FROM pack_staged s
        LEFT JOIN {sheet.table} t ON {sheet.matches} AND {sheet.current}
        WHERE NOT s._refused AND (t.{sheet.id} IS NULL OR {differs})""")
    cursor.execute("CREATE INDEX ON pack_plan (line); ANALYZE pack_plan")
    cursor.execute("SELECT count(*) FILTER (WHERE recorded IS NULL), count(recorded) FROM pack_plan")
    new, changed = cursor.fetchone()
    refused = staged.refusals.rows
    staged.counts = {
        "read": staged.read, "new": new, "changed": changed,
        "unchanged": staged.read - new - changed - refused, "refused": refused,
    }  # fmt: skip


def _new_id(sheet: Sheet) -> str:
    """SQL over s and t: what a row is, or will be, named by in its table."""
    if sheet.single:
        return "1"
    if sheet.id != "id":
        return f's."{next(column.name for column in sheet.columns if column.target == sheet.id)}"'
    sequence = f"nextval(pg_get_serial_sequence('{sheet.table}', 'id'))"
    return sequence if sheet.supersedes else f"coalesce(t.id, {sequence})"


def _differs(staged: Staged, columns: list[Column]) -> str:
    def differs(column: Column) -> str:
        said = f's."{column.name}"'
        stated = f"{said} IS NOT NULL AND " if staged.sheet.keeps_stated else ""
        return f"({stated}{said} IS DISTINCT FROM {column.as_recorded})"

    said = [differs(column) for column in columns if column.name not in staged.sheet.key]
    return " OR ".join(said) or "false"


def vanished(staged: Staged) -> tuple[int, list[str]]:
    """How many recorded rows of this kind the file does not name, and the keys of the first few."""
    sheet, cursor = staged.sheet, staged.cursor
    if sheet.single:
        return 0, []
    rest = f"""FROM {sheet.table} t {joins(sheet)} WHERE {sheet.current}
        AND NOT EXISTS (SELECT 1 FROM pack_staged s WHERE {sheet.matches})"""
    cursor.execute(f"SELECT count(*) {rest}")
    count = cursor.fetchone()[0]
    if not count:
        return 0, []
    keys = [sheet.by_name[name].as_written for name in sheet.key]
    order = ", ".join(f'{key} COLLATE "C" NULLS FIRST' for key in keys)
    cursor.execute(f"SELECT concat_ws(', ', {', '.join(keys)}) {rest} ORDER BY {order} LIMIT {VANISHED_SHOWN}")
    return count, [key for (key,) in cursor.fetchall()]


def joins(sheet) -> str:
    """The rows that references of t name, each joined under its column's name."""
    from registry.pack.references import NOUNS

    return " ".join(
        f'LEFT JOIN {NOUNS[column.noun]._meta.db_table} "{column.name}" ON "{column.name}".id = t."{column.target}"'
        for column in sheet.columns
        if column.noun and not column.own and not column.many
    )


def apply(staged: Staged, event: int | None) -> None:
    """Record the plan. `event` is the id of the act that new statements are recorded in."""
    note_stale(staged)
    if staged.sheet.supersedes:
        staged.cursor.execute(
            f"UPDATE {staged.sheet.table} t SET superseded_in_id = %s FROM pack_plan p WHERE t.id = p.recorded", [event]
        )
    else:
        _update(staged)
    _insert(staged, event)
    for step in ("remove", "add"):
        for link in staged.sheet.links:
            if staged.has(link.column):
                staged.cursor.execute(getattr(link, step), {"event": event})
    note_stale(staged)
    if staged.sheet.finish:
        staged.sheet.finish(staged)


def note_stale(staged: Staged) -> None:
    """Note whose search entries the plan touches.

    Asked before it is recorded and after: only before does a body have its old name, and a peer group the old ones
    above it; only after the new ones.
    """
    if staged.sheet.searched:
        staged.cursor.execute(f"""
            INSERT INTO {StaleEntry._meta.db_table} (component_id)
            SELECT DISTINCT touched.id FROM ({staged.sheet.searched}) touched (id)""")


def _insert(staged: Staged, event: int | None) -> None:
    sheet, cursor = staged.sheet, staged.cursor
    columns = {sheet.id: "p.id"} | _values(staged)
    if sheet.supersedes:
        columns["recorded_in_id"] = str(int(event))
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f"""
        INSERT INTO {sheet.table} ({names}) SELECT {", ".join(columns.values())}
        FROM pack_plan p JOIN pack_staged s ON s._line = p.line
        LEFT JOIN {sheet.table} t ON t.{sheet.id} = p.recorded
        WHERE {"true" if sheet.supersedes else "p.recorded IS NULL"}"""
    if sheet.noun or sheet.single:  # its rows name each other, so they come in one statement
        cursor.execute(statement)
        return
    cursor.execute("SELECT coalesce(min(line), 0), coalesce(max(line), 0) FROM pack_plan")
    first, last = cursor.fetchone()
    for line in range(first, last + 1, BATCH_LINES):
        cursor.execute(f"{statement} AND p.line >= {line} AND p.line < {line + BATCH_LINES}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _values(staged: Staged) -> dict[str, str]:
    """Every column of the table, and the SQL of its value in a new row."""
    sheet = staged.sheet
    said = {column.target: column for column in sheet.columns if column.target}
    values = {}
    for field in sheet.model._meta.concrete_fields:
        column = said.get(field.column)
        if field.column in sheet.fixed:
            values[field.column] = sheet.fixed[field.column]
        elif column and staged.has(column.name):
            values[field.column] = column.to_record
        elif field.column not in (sheet.id, "recorded_in_id", "superseded_in_id") and not _by_database(field):
            default = column.blank if column and column.blank != "NULL" else _default(field)
            carried = f'CASE WHEN p.recorded IS NULL THEN {default} ELSE t."{field.column}" END'
            if sheet.supersedes:
                values[field.column] = carried
            elif default != "NULL":
                values[field.column] = default
    return values


def _by_database(field: models.Field) -> bool:
    return field.generated or field.has_db_default()


def _default(field: models.Field) -> str:
    """SQL of what a row holds in a column of which the pack says nothing."""
    if field.null:
        return "NULL"
    if isinstance(field, models.CharField | models.TextField) and field.default is NOT_PROVIDED:
        return "''"
    if isinstance(field, models.BinaryField):
        return "''::bytea"
    if callable(field.default):
        return "'{}'"
    if isinstance(field.default, bool | int | float):
        return str(field.default)
    raise TypeError(f"A pack cannot make {field}: give it a default in the model or in the sheet.")


def _update(staged: Staged) -> None:
    sheet = staged.sheet
    own = [column for column in staged.present if column.target and column.name not in sheet.key]
    if not own:
        return

    def value(column: Column) -> str:
        recorded = f't."{column.target}"'
        if not sheet.keeps_stated:
            return column.to_record
        return f'CASE WHEN s."{column.name}" IS NULL THEN {recorded} ELSE {column.to_record} END'

    sets = ", ".join(f'"{column.target}" = {value(column)}' for column in own)
    staged.cursor.execute(f"""
        UPDATE {sheet.table} t SET {sets} FROM pack_plan p JOIN pack_staged s ON s._line = p.line
        WHERE t.{sheet.id} = p.recorded AND ({_differs(staged, own)})""")
