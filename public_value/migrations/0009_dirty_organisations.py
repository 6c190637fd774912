"""Every write that may change a figure of the live preview marks the organisations concerned, in its own transaction."""

from django.db import migrations

# What a statement touched, by its event: transition tables cannot be shared between events.
TOUCHED = {
    "INSERT": ("NEW TABLE AS new_rows", "SELECT * FROM new_rows"),
    "UPDATE": ("OLD TABLE AS old_rows NEW TABLE AS new_rows", "SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows"),
    "DELETE": ("OLD TABLE AS old_rows", "SELECT * FROM old_rows"),
}
OWN = "SELECT organisation_id AS id FROM touched"
STEWARDS = """
    SELECT stewardship.organisation_id
    FROM ({components}) concerned
    JOIN registry_stewardship stewardship ON stewardship.component_id = concerned.component_id
    WHERE stewardship.superseded_in_id IS NULL
"""
# Only such an adoption counts as an independent adopter, who is in the figures of the component's stewards.
ADOPTED = """
    SELECT component_id FROM touched
    WHERE component_id IS NOT NULL AND stage IN ('partial', 'live') AND evidence IN ('E2', 'E3')
"""
# A body that changes its group changes who is independent of whom, for all that it uses or looks after.
REGROUPED = """
    SELECT declaration.component_id
    FROM new_rows JOIN old_rows USING (id) JOIN registry_declaration declaration ON declaration.organisation_id = new_rows.id
    WHERE new_rows.affiliation_group <> old_rows.affiliation_group
      AND declaration.superseded_in_id IS NULL AND declaration.component_id IS NOT NULL
    UNION
    SELECT stewardship.component_id
    FROM new_rows JOIN old_rows USING (id) JOIN registry_stewardship stewardship ON stewardship.organisation_id = new_rows.id
    WHERE new_rows.affiliation_group <> old_rows.affiliation_group AND stewardship.superseded_in_id IS NULL
"""
# Adopters elsewhere, as their component states them.
COUNTED_ANEW = """
    SELECT new_rows.id AS component_id FROM new_rows JOIN old_rows USING (id)
    WHERE new_rows.external_independent_adopters IS DISTINCT FROM old_rows.external_independent_adopters
"""
ALL = ("INSERT", "UPDATE", "DELETE")
MARKS = [
    ("registry_volume", ALL, OWN),
    ("registry_account", ALL, OWN),
    ("registry_contribution", ALL, OWN),
    ("registry_declaration", ALL, f"{OWN} UNION {STEWARDS.format(components=ADOPTED)}"),
    ("registry_stewardship", ALL, f"{OWN} UNION {STEWARDS.format(components='SELECT component_id FROM touched')}"),
    ("registry_organisation", ("INSERT", "DELETE"), "SELECT id FROM touched"),
    ("registry_organisation", ("UPDATE",), f"SELECT id FROM touched UNION {STEWARDS.format(components=REGROUPED)}"),
    ("catalogue_component", ("UPDATE",), STEWARDS.format(components=COUNTED_ANEW)),
]


def statements(table, event, organisations):
    """The trigger of a table's event with its function, and what takes both away again.

    Stewards are looked up in their index, whatever the planner makes of tables that were empty a moment ago: it would
    walk through all of them for each row of a bulk load.
    """
    name = f"public_value_mark_{table}_{event.lower()}"
    tables, touched = TOUCHED[event]
    made = f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
        BEGIN
            INSERT INTO public_value_dirtyorganisation (organisation_id, at)
            WITH touched AS ({touched}) SELECT DISTINCT id, now() FROM ({organisations}) dirty (id);
            RETURN NULL;
        END $$;
        CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}();
    """
    return made, f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0003_search_version'),
        ('public_value', '0008_preview'),
        ('registry', '0005_job'),
    ]

    operations = [
        # Draws do not compress, and two rows of a thousand draws fit into a page.
        migrations.RunSQL(
            "ALTER TABLE public_value_scoredraws ALTER COLUMN points SET STORAGE EXTERNAL;"
            " ALTER TABLE public_value_scoredraws SET (toast_tuple_target = 4080)",
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(*statements(table, event, organisations))
            for table, events, organisations in MARKS
            for event in events
        ),
    ]
