"""Making a row: the one form that pages, JSON and files show."""

from collections.abc import Iterable
from typing import Any

from commons.listing.parts import Column
from commons.listing.selection import Row


def reference(values: Row, name: str) -> dict[str, Any] | None:
    """`{"slug", "name"}` from the read values `<name>_slug` and `<name>_name`, None where there is none."""
    slug = values[f"{name}_slug"]
    return None if slug is None else {"slug": slug, "name": values[f"{name}_name"]}


def labelled(columns: Iterable[Column], values: Row) -> Row:
    """The columns' values in their order, each choice with its label; a blank text is None. The rest stays out."""
    row: Row = {}
    for column in columns:
        value = values[column.name]
        row[column.name] = None if value == "" else value
        if column.kind == "choice":
            row[f"{column.name}_label"] = column.choices.get(value) if value else None
        if column.status:
            row[f"{column.name}_status"] = values[f"{column.name}_status"]
    return row
