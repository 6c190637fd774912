"""What belongs to a published edition stays as it is, whoever writes: triggers, once a statement and not once a row."""

import pgtrigger

STANDS = ("published", "superseded")
"""The states of an edition that was published."""

_REFUSE = """
    IF EXISTS (
        SELECT 1 FROM {changed} changed {join} JOIN public_value_edition edition ON {of} WHERE edition.state IN {states}
    ) THEN
        RAISE EXCEPTION 'This belongs to a published edition, and what is published stays.'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NULL;
"""
_ROWS = {
    "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), "new_rows"),
    "update": (
        pgtrigger.Update,
        pgtrigger.Referencing(old="old_rows", new="new_rows"),
        "(TABLE old_rows UNION ALL TABLE new_rows)",
    ),
    "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), "old_rows"),
}


def stands_still(name: str, of: str, *, join: str = "") -> list[pgtrigger.Trigger]:
    """Triggers that refuse to add, change or delete rows of a published edition.

    `of` is SQL that ties a row, `changed`, to its `edition`; `join` brings in a table on the way. `name` is what the
    refusal carries, as a constraint's would.
    """
    return [
        pgtrigger.Trigger(
            name=f"{name}_{word}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=rows,
            func=_REFUSE.format(changed=changed, join=join, of=of, states=STANDS, name=name),
        )
        for word, (operation, rows, changed) in _ROWS.items()
    ]
