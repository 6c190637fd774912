"""What was recorded when an edition was computed, laid out once more from the snapshot that it keeps.

Its files become temporary tables. RECORDS has their rows stand in place of the registry's in the statements of the
other modules, as the yardstick does in `frozen`.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from public_value.models import EditionSnapshot

_BLOCK = 1 << 20
_RAW = "pv_raw"

# A component that was not public yet goes by another name in the snapshot.
_COMPONENT = """
    LEFT JOIN jsonb_each_text(%(drafts)s::jsonb) hidden ON hidden.value = raw.component
    JOIN catalogue_component component ON component.slug = coalesce(hidden.key, raw.component)
"""
_ORGANISATION = "JOIN registry_organisation organisation ON organisation.slug = raw.organisation"
_FUNCTION = "JOIN catalogue_function function ON function.slug = raw.function"
_SAID = """
    organisation.id AS organisation_id, function.id AS function_id, raw.coverage::float8,
    raw.transactions::float8, raw.annual_cost::numeric, coalesce(raw.price_fy, '') AS price_fy, raw.confirmed::date,
    coalesce(raw.evidence, '') AS evidence, raw.published::boolean, NULL::bigint AS superseded_in_id
"""
_SAID_COLUMNS = "organisation function coverage transactions annual_cost price_fy confirmed evidence published"

# By file: the columns that are read of it, and the tables that they fill. Declarations are of two files.
_TABLES = {
    "organisations.csv": (
        "organisation peer_group driver start end",
        "organisation",
        f"""SELECT organisation.id, organisation.slug, peer_group.id AS peer_group_id, raw.driver::numeric,
               raw.start::date, raw."end"::date
        FROM {_RAW} raw {_ORGANISATION}
        LEFT JOIN catalogue_peergroup peer_group ON peer_group.slug = raw.peer_group""",
    ),
    "adoptions.csv": (
        f"{_SAID_COLUMNS} component stage since",
        "adoption",
        f"""SELECT row_number() OVER () AS id, 'adoption' AS kind, component.id AS component_id, raw.stage,
               raw.since::date, NULL::date AS contract_end, NULL::int AS contract_slips, NULL::date AS exempt_until,
               {_SAID}
        FROM {_RAW} raw {_ORGANISATION} {_FUNCTION} {_COMPONENT}""",
    ),
    "duplicates.csv": (
        f"{_SAID_COLUMNS} contract_end contract_slips exempt_until",
        "duplicate",
        f"""SELECT -row_number() OVER () AS id, 'duplicate' AS kind, NULL::bigint AS component_id, '' AS stage,
               NULL::date AS since, raw.contract_end::date, raw.contract_slips::int, raw.exempt_until::date,
               {_SAID}
        FROM {_RAW} raw {_ORGANISATION} {_FUNCTION}""",
    ),
    "volumes.csv": (
        "organisation function transactions",
        "volume",
        f"""SELECT organisation.id AS organisation_id, function.id AS function_id, raw.transactions::float8
        FROM {_RAW} raw {_ORGANISATION} {_FUNCTION}""",
    ),
    "accounts.csv": (
        "organisation financial_year frontline administrative",
        "account",
        f"""SELECT organisation.id AS organisation_id, raw.financial_year, raw.frontline::numeric,
               raw.administrative::numeric
        FROM {_RAW} raw {_ORGANISATION}""",
    ),
    "contributions.csv": (
        "organisation component made_on units",
        "contribution",
        f"""SELECT organisation.id AS organisation_id, component.id AS component_id, raw.made_on::date,
               raw.units::float8
        FROM {_RAW} raw {_ORGANISATION} {_COMPONENT}""",
    ),
    "suspended.csv": (
        "organisation",
        "suspended",
        f"SELECT organisation.id AS organisation_id FROM {_RAW} raw {_ORGANISATION}",
    ),
    "components.csv": (
        "component stewards",
        "stewardship",
        f"""SELECT row_number() OVER () AS id, organisation.id AS organisation_id, component.id AS component_id,
               split_part(said.item, '=', 2)::float8 AS share, NULL::bigint AS superseded_in_id
        FROM {_RAW} raw {_COMPONENT}
        CROSS JOIN LATERAL unnest(string_to_array(raw.stewards, ';')) said(item)
        JOIN registry_organisation organisation ON organisation.slug = split_part(said.item, '=', 1)""",
    ),
}
_INDEXED = ("adoption", "duplicate", "volume", "account", "contribution", "stewardship", "suspended")

# The grades of its files are normalised already.
RECORDS = """
    pv_capped AS (
        SELECT NULL::bigint AS organisation_id, NULL::bigint AS function_id, NULL::bigint AS component_id WHERE false
    ),
    pv_suspended AS NOT MATERIALIZED (SELECT * FROM {name}_suspended),
    registry_organisation AS NOT MATERIALIZED (SELECT * FROM {name}_organisation),
    registry_declaration AS NOT MATERIALIZED (
        SELECT * FROM {name}_adoption UNION ALL SELECT * FROM {name}_duplicate
    ),
    registry_volume AS NOT MATERIALIZED (SELECT * FROM {name}_volume),
    registry_account AS NOT MATERIALIZED (SELECT * FROM {name}_account),
    registry_contribution AS NOT MATERIALIZED (SELECT * FROM {name}_contribution),
    registry_stewardship AS NOT MATERIALIZED (SELECT * FROM {name}_stewardship)
"""


@contextmanager
def recorded(snapshot: EditionSnapshot, name: str) -> Iterator[str]:
    """What a snapshot recorded, in temporary tables whose names begin with `name`, for as long as they are needed.

    Gives RECORDS, to stand before a statement. In the caller's transaction, which takes them along where it fails.
    """
    with connection.cursor() as cursor:
        with zipfile.ZipFile(io.BytesIO(snapshot.content)) as files:
            for file, (columns, noun, select) in _TABLES.items():
                _lay_out(cursor, files, file, columns.split())
                made = f"CREATE TEMPORARY TABLE {name}_{noun} AS {select}"
                cursor.execute(made, {"drafts": json.dumps(snapshot.drafts)})
                cursor.execute(f"DROP TABLE {_RAW}")
        for noun in _INDEXED:
            cursor.execute(f"CREATE INDEX ON {name}_{noun} (organisation_id)")
        for _, noun, _ in _TABLES.values():
            cursor.execute(f"ANALYZE {name}_{noun}")
    yield RECORDS.format(name=name)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {', '.join(f'{name}_{noun}' for _, noun, _ in _TABLES.values())}")


def _lay_out(cursor, files: zipfile.ZipFile, file: str, columns: list[str]) -> None:
    """The rows of a file as text, with the `columns` that are read of it, also where it has none of them."""
    present = _header(files, file)
    named = ", ".join(f'"{column}" text' for column in [*present, *(set(columns) - set(present))])
    cursor.execute(f"CREATE TEMPORARY TABLE {_RAW} ({named})")
    if present:
        into = ", ".join(f'"{column}"' for column in present)
        with files.open(file) as rows, cursor.copy(f"COPY {_RAW} ({into}) FROM STDIN (FORMAT csv, HEADER)") as copy:
            while block := rows.read(_BLOCK):
                copy.write(block)


def _header(files: zipfile.ZipFile, file: str) -> list[str]:
    """The columns of a file; none where the snapshot has no such file."""
    if file not in files.namelist():
        return []
    with files.open(file) as raw:
        return next(csv.reader(io.TextIOWrapper(raw, encoding="utf-8", newline="")), [])
