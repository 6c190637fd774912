"""Between tables and arrays without a Python object per row: PostgreSQL's binary COPY of columns of fixed width."""

from collections.abc import Mapping

import numpy as np
from django.db import connection
from numpy.typing import NDArray

_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # no flags, no header extension
_END = b"\xff\xff"
_TYPES = {"float8": ">f8", "bigint": ">i8", "integer": ">i4", "smallint": ">i2", "boolean": "?"}


def fetch(query: str, columns: Mapping[str, str], bounds: Mapping[str, object] | None = None) -> NDArray[np.void]:
    """The result of a query as a record array. `columns` names its columns in order, with their PostgreSQL types;
    `bounds` are its parameters. A bytea of fixed width has NumPy's type, such as V4000.

    Raises ValueError where a column is NULL or of another type: the width of a row would not be fixed.
    """
    asked = connection.ops.compose_sql(query, bounds) if bounds else query
    with connection.cursor() as cursor, cursor.copy(f"COPY ({asked}) TO STDOUT (FORMAT binary)") as copy:
        data = b"".join(copy)
    body = memoryview(data)[len(_SIGNATURE) : -len(_END)]
    layout = _layout(columns)
    if len(body) % layout.itemsize:
        raise ValueError("A row does not have the width that its columns' types give it.")
    rows = np.frombuffer(body, layout)
    for name, width in _widths(columns).items():
        if np.any(rows[f"{name} width"] != width):
            raise ValueError(f"The column {name} is not a {columns[name]} in every row.")
    return rows


def send(table: str, columns: Mapping[str, str], arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """Append rows to a table; `arrays` holds one array for each of its `columns`, all of one length."""
    rows = np.zeros(len(next(iter(arrays.values()))), _layout(columns))
    rows["fields"] = len(columns)
    for name, width in _widths(columns).items():
        rows[f"{name} width"], rows[name] = width, arrays[name]
    into = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.write(_SIGNATURE + rows.tobytes() + _END)


def _widths(columns: Mapping[str, str]) -> dict[str, int]:
    return {name: np.dtype(_TYPES.get(kind, kind)).itemsize for name, kind in columns.items()}


def _layout(columns: Mapping[str, str]) -> np.dtype[np.void]:
    """One row on the wire: the number of fields, then each field's width and value."""
    fields = [("fields", ">i2")]
    for name, kind in columns.items():
        fields += [(f"{name} width", ">i4"), (name, _TYPES.get(kind, kind))]
    return np.dtype(fields)
