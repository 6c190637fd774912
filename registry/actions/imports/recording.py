"""Writing the declarations of an import: as `declarations.rows.record`, for as many rows as a file has.

COPY takes a quarter of the time of INSERT, in which nobody else says anything in the body's name.
"""

from collections.abc import Sequence

from django.db import connection

from registry.models import Declaration, Event, Withheld

TABLE = Declaration._meta.db_table
FIELDS = [field.attname for field in Declaration._meta.concrete_fields]
COLUMNS = ", ".join(f'"{field.column}"' for field in Declaration._meta.concrete_fields)
COPY = f"COPY {TABLE} ({COLUMNS}) FROM STDIN"
KEYS = f"SELECT nextval(pg_get_serial_sequence('{TABLE}', 'id')) FROM generate_series(1, %s)"


def record_many(pairs: Sequence[tuple[Declaration, list[Withheld]]], event: Event) -> list[Declaration]:
    declarations = [declaration for declaration, _kept in pairs]
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [len(pairs)])
        for declaration, (key,) in zip(declarations, cursor.fetchall(), strict=True):
            declaration.pk, declaration.recorded_in_id = key, event.pk
        with cursor.copy(COPY) as copy:
            for declaration in declarations:
                copy.write_row([getattr(declaration, name) for name in FIELDS])
    held = [one for _declaration, kept in pairs for one in kept]
    for declaration, kept in pairs:
        for one in kept:
            one.declaration = declaration
    Withheld.objects.bulk_create(held)
    return declarations
