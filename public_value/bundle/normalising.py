"""Grades as the index counts them, in the files that anybody recomputes it from (AG-2)."""

import csv
from datetime import date
from pathlib import Path

from django.db import connection

from public_value.bundle.drafts import replace_rows
from registry.independence import SUSPENDED, capped

SUSPENDED_FILE = "suspended.csv"
_NAMED = f"""
    SELECT organisation.slug, function.slug, component.slug
    FROM ({capped()}) capped
    JOIN registry_organisation organisation ON organisation.id = capped.organisation_id
    JOIN catalogue_function function ON function.id = capped.function_id
    JOIN catalogue_component component ON component.id = capped.component_id
"""
_STEWARDS = f"""
    SELECT organisation.slug FROM ({SUSPENDED}) suspended
    JOIN registry_organisation organisation ON organisation.id = suspended.organisation_id
    ORDER BY organisation.slug COLLATE "C"
"""


def normalise(folder: Path, on: date) -> None:
    """State E1 where an attested use counts as E1 on the day, and list the stewards whose reuse earns nothing.

    A pack without such rows is not touched, and has no such list.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"snapshot": on})
        capped = set(cursor.fetchall())
        cursor.execute(_STEWARDS, {"snapshot": on})
        stewards = cursor.fetchall()
    if capped:
        replace_rows(folder / "adoptions.csv", lambda row: counted(row, capped))
    if stewards:
        with (folder / SUSPENDED_FILE).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("organisation",), *stewards])


def counted(row: dict[str, str], capped: set[tuple[str, str, str]]) -> dict[str, str]:
    less = row["evidence"] == "E2" and (row["organisation"], row["function"], row["component"]) in capped
    return row | {"evidence": "E1"} if less else row
