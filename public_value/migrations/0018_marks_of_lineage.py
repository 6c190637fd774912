from django.db import migrations

# A body that begins, ends or changes its group changes who adopts what, for all that it uses or looks after. As it was
# made before, but for the days.
MARKS = """
    CREATE OR REPLACE FUNCTION public_value_mark_registry_organisation_update() RETURNS trigger
    LANGUAGE plpgsql SET enable_seqscan = off AS $$
    BEGIN
        INSERT INTO public_value_dirtyorganisation (organisation_id, at)
        WITH touched AS (SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows),
        changed AS (
            SELECT new_rows.id FROM new_rows JOIN old_rows USING (id)
            WHERE new_rows.affiliation_group <> old_rows.affiliation_group {days}
        ),
        concerned AS (
            SELECT declaration.component_id
            FROM changed JOIN registry_declaration declaration ON declaration.organisation_id = changed.id
            WHERE declaration.superseded_in_id IS NULL AND declaration.component_id IS NOT NULL
            UNION
            SELECT stewardship.component_id
            FROM changed JOIN registry_stewardship stewardship ON stewardship.organisation_id = changed.id
            WHERE stewardship.superseded_in_id IS NULL
        )
        SELECT DISTINCT id, now() FROM (
            SELECT id FROM touched
            UNION
            SELECT stewardship.organisation_id
            FROM concerned
            JOIN registry_stewardship stewardship ON stewardship.component_id = concerned.component_id
            WHERE stewardship.superseded_in_id IS NULL
        ) dirty (id);
        RETURN NULL;
    END $$;
"""
DAYS = """
                OR new_rows.start IS DISTINCT FROM old_rows.start OR new_rows."end" IS DISTINCT FROM old_rows."end"
"""


class Migration(migrations.Migration):
    dependencies = [
        ("public_value", "0001_squashed_0017_shown_ranks"),
        ("registry", "0016_reorganisation"),
    ]

    operations = [migrations.RunSQL(MARKS.format(days=DAYS), MARKS.format(days=""))]
